"""The pilots as a sheet: CSV and JSON that an import reads again as they are, and a sheet to fill in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from inventory.columns import BY_NAME, COLUMNS, ColumnKind
from inventory.plain_facts import plain_facts, plain_value
from inventory.sheets.guards import guarded
from inventory.sheets.lists import joined
from inventory.values import Pilot, PilotFacts


class ExportForm(StrEnum):
    """What pilots are written as."""

    CSV = "csv"
    JSON = "json"


def export_pilots(pilots: Iterable[Pilot], form: ExportForm) -> bytes:
    """The pilots as a file: CSV with a column for everything that is kept, or JSON with what is known."""
    if form is ExportForm.JSON:
        found = [plain_facts(p.facts) for p in pilots]
        return (json.dumps({"pilots": found}, ensure_ascii=False, indent=2) + "\n").encode()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([guarded(cell_text(p.facts, column.name)) for column in COLUMNS] for p in pilots)
    return text.getvalue().encode("utf-8-sig")


def template() -> bytes:
    """A sheet to fill in: what each column holds, and below it the header."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([f"{c.help}{' (required)' if c.required else ''}" for c in COLUMNS])
    writer.writerow([c.name for c in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def cell_text(facts: PilotFacts, column: str) -> str:
    """One field as the cell of a sheet that is read again as it is; empty where it is not known."""
    value: Any = getattr(facts, column)
    if value is None:
        return ""
    if isinstance(value, tuple):
        return joined(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if BY_NAME[column].kind is ColumnKind.SHARE:
        return f"{_decimal(Decimal(str(value)) * 100)} %"
    if isinstance(value, float):
        return _amount(Decimal(str(value)))
    return str(plain_value(value))


def _decimal(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _amount(number: Decimal) -> str:
    """An amount that can be read in one way only: never with just three digits behind its point."""
    text = _decimal(number)
    return f"{text}0" if re.search(r"\.\d{3}$", text) else text
