"""From the cells of one row to the facts of one pilot, with every problem named by its column."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from inventory import labels
from inventory.values import PilotFacts, Sensitivity, Status

T = TypeVar("T")

_STATUS = {
    Status.IDEA: ("idea", "planned", "proposed", "backlog"),
    Status.PILOT: ("pilot", "piloting", "poc", "proof of concept", "experiment", "trial", "test"),
    Status.PRODUCTION: ("production", "live", "prod", "in production", "rolled out", "scaled"),
    Status.PAUSED: ("paused", "on hold", "suspended"),
    Status.STOPPED: ("stopped", "retired", "cancelled", "canceled", "ended", "decommissioned"),
}
_SENSITIVITY = {
    Sensitivity.PUBLIC: ("public", "open"),
    Sensitivity.INTERNAL: ("internal",),
    Sensitivity.CONFIDENTIAL: ("confidential", "secret", "restricted"),
    Sensitivity.PERSONAL: ("personal", "pii", "personal data"),
}
_YES_NO = {True: ("yes", "y", "true", "1"), False: ("no", "n", "false", "0")}
_NUMBER = re.compile(r"^[0-9]+(\.[0-9]+)?$")
_CURRENCY = re.compile(r"^[A-Za-z]{3}$")
_LONGEST = 300
_TEXTS = ("reference", "name", "department", "owner", "sponsor", "purpose", "vendor", "model")


def facts(cells: Mapping[str, str]) -> tuple[PilotFacts, tuple[str, ...]]:
    """The facts in `cells` (column name to cell), and the problems: one sentence each, which names the column.

    With problems the facts are not to be stored. An empty cell is not known.
    """
    problems: list[str] = []

    def read(column: str, reader: Callable[[str], T]) -> T | None:
        cell = cells.get(column, "").strip()
        if not cell:
            return None
        try:
            return reader(cell)
        except ValueError as error:
            problems.append(f"column `{column}`: `{cell}` {error}")
            return None

    values: dict[str, Any] = {column: read(column, _long if column == "purpose" else _short) for column in _TEXTS}
    values |= {column: read(column, _several) or () for column in ("activities", "systems", "data")}
    values["status"] = read("status", _one_of(_STATUS))
    values["data_sensitivity"] = read("data_sensitivity", _one_of(_SENSITIVITY))
    values["human_review"] = read("human_review", _one_of(_YES_NO))
    values["started"] = read("started", _date)
    values |= {column: read(column, _amount) for column in ("monthly_cost", "monthly_benefit")}
    values["currency"] = read("currency", _currency)
    values["users"] = read("users", _whole)
    values["autonomy_level"] = read("autonomy_level", _level)
    for column in ("name", "department"):
        if not cells.get(column, "").strip():
            problems.append(f"column `{column}`: is empty; every pilot needs one.")
            values[column] = ""
    money = [c for c in ("monthly_cost", "monthly_benefit") if values[c] is not None]
    if money and not cells.get("currency", "").strip():
        problems.append(f"column `currency`: is empty; `{money[0]}` needs an ISO 4217 code such as `EUR`.")
    return PilotFacts(**values), tuple(problems)


def _short(cell: str) -> str:
    if len(cell) > _LONGEST:
        raise ValueError(f"has {len(cell)} characters; at most {_LONGEST} are kept.")
    return " ".join(cell.split())


def _long(cell: str) -> str:
    return cell


def _several(cell: str) -> tuple[str, ...]:
    """The names between semicolons, each once."""
    names: dict[str, str] = {}
    for part in cell.split(";"):
        if part.strip():
            names.setdefault(labels.key(part), _short(part.strip()))
    return tuple(names.values())


def _one_of(words: Mapping[T, tuple[str, ...]]) -> Callable[[str], T]:
    def reader(cell: str) -> T:
        for value, spellings in words.items():
            if labels.key(cell) in spellings:
                return value
        raise ValueError(f"is not one of {', '.join(f'`{spellings[0]}`' for spellings in words.values())}.")

    return reader


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("is not a date. Write it as `2026-01-31`.") from None


def _amount(cell: str) -> float:
    number = float(cell) if _NUMBER.match(cell) else math.nan
    if not math.isfinite(number):
        raise ValueError("is not a number from 0. Write it as `1250.50`: no sign, no currency, no thousands separator.")
    return number


def _whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 12):
        raise ValueError("is not a whole number from 0.")
    return int(cell)


def _level(cell: str) -> int:
    if cell not in {"1", "2", "3", "4"}:
        raise ValueError("is not an autonomy level: `1` (suggests) to `4` (acts alone).")
    return int(cell)


def _currency(cell: str) -> str:
    if not _CURRENCY.match(cell):
        raise ValueError("is not a currency. Write an ISO 4217 code such as `EUR`.")
    return cell.upper()
