"""What all cells of a sheet show together: decimal comma or point, day or month first, shares or per cent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inventory.columns import COLUMNS, ColumnKind
from inventory.sheets.amounts import read_amount, read_number
from inventory.sheets.dates import read_date
from inventory.sheets.values import SheetCell, SheetReading


@dataclass(frozen=True)
class Evidence:
    """How the cells of each column are to be read where one alone can be read in two ways; None: nobody knows."""

    decimals: Mapping[str, str | None] = field(default_factory=dict)
    orders: Mapping[str, str | None] = field(default_factory=dict)
    per_cent: frozenset[str] = frozenset()  # columns of shares where plain numbers above 1 stand


def evidence_of(cells: Mapping[str, Iterable[SheetCell]], reading: SheetReading) -> Evidence:
    """What the `cells` show of each column. What was said goes first, then the column, then others of its kind."""
    marks: dict[str, set[str]] = {}
    orders: dict[str, set[str]] = {}
    per_cent = set()
    for column in COLUMNS:
        given = [cell for cell in cells.get(column.name, ()) if cell.text]
        if column.kind is ColumnKind.MONEY:
            marks[column.name] = {mark for cell in given if (mark := _mark(cell))}
        elif column.kind is ColumnKind.DATE:
            orders[column.name] = {order for cell in given if (order := _order(cell))}
        elif column.kind is ColumnKind.SHARE and any(_above_one(cell) for cell in given):
            per_cent.add(column.name)
    return Evidence(
        {name: reading.decimal or _agreed(found, marks) for name, found in marks.items()},
        {name: reading.date_order or _agreed(found, orders) for name, found in orders.items()},
        frozenset(per_cent),
    )


def _agreed(own: set[str], every: Mapping[str, set[str]]) -> str | None:
    """What the column shows, or where it shows nothing, what all others of its kind do."""
    shown = own or set[str]().union(*every.values())
    return next(iter(shown)) if len(shown) == 1 else None


def _mark(cell: SheetCell) -> str | None:
    try:
        return read_amount(cell).mark
    except ValueError:
        return None


def _order(cell: SheetCell) -> str | None:
    try:
        return read_date(cell).order
    except ValueError:
        return None


def _above_one(cell: SheetCell) -> bool:
    if not re.fullmatch(r"[\d.,]+", cell.text):
        return False
    try:
        return read_number(cell.text)[0] > 1
    except ValueError:
        return False
