"""What commands print: one JSON value with `--json`, else plain tables and lines for people."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from rich.console import Console


def plain(value: Any) -> Any:
    """`value` as JSON knows it: dataclasses become objects, enums their values, moments ISO 8601 in UTC."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(v) for v in value)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [plain(v) for v in value]
    return value


def console() -> Console:
    """A console on standard output."""
    return Console(highlight=False, soft_wrap=True)


def show_json(value: Any) -> None:
    """Print `value` as one JSON value."""
    console().print(json.dumps(plain(value), ensure_ascii=False, indent=2), markup=False)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Print `rows` under `columns` as wide as the screen, or the sentence `empty` where there are none."""
    from app.tables import table

    out = console()
    filled = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    if not filled:
        out.print(empty, markup=False)
        return
    found = table(columns, filled, out.width)
    for line in found.heading:
        out.print(line, style="bold", markup=False, emoji=False)
    for line in found.lines:
        out.print(line, markup=False, emoji=False)
