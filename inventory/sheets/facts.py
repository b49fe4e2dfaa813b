"""Values that somebody gives by hand as facts of a pilot: texts are read as the cells of a sheet are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inventory.columns import MONEY
from inventory.sheets.mapping import SheetMapping
from inventory.sheets.options import without_options
from inventory.sheets.records import cell_of
from inventory.sheets.rows import SheetRow, read_rows
from inventory.sheets.values import Grid, MappedColumn, SheetCell, SheetLine, SheetReading
from inventory.values import PilotFacts


@dataclass(frozen=True)
class GivenFacts:
    """What was given for one pilot."""

    facts: PilotFacts  # with nothing known of what was not given
    said: frozenset[str]  # columns that were given
    problems: tuple[str, ...]  # in sentences


def facts_from(values: Mapping[str, object], stored: PilotFacts | None = None) -> GivenFacts:
    """The facts that `values` of columns state: texts, or numbers, dates, truths, lists and None.

    An amount of a pilot whose `stored` currency is known needs none.
    """
    cells = {column: cell_of(value) for column, value in values.items()}
    if any(cells.get(column, SheetCell("")).text for column in MONEY) and "currency" not in cells:
        currency = stored.currency if stored is not None else None
        reading = SheetReading(currency=currency)
    else:
        reading = SheetReading()
    names = tuple(cells)
    header = SheetLine(0, tuple(SheetCell(name) for name in names))
    line = SheetLine(1, tuple(cells.values()))
    mapped = tuple(MappedColumn(name, n, name, 1.0, "as it was said") for n, name in enumerate(names, 1))
    mapping = SheetMapping(header, (line,), mapped, {name: (n,) for n, name in enumerate(names)})
    grid = Grid("", "", "", (header, line), headed=True, name_row="Value")
    rows, told = read_rows(grid, mapping, reading)
    row: SheetRow = rows[0]
    problems = tuple(
        _sentence(problem.text)
        for problem in told.problems
        if not (problem.column in ("name", "department") and problem.value is None)
    )
    return GivenFacts(row.facts, row.said, problems)


def _sentence(text: str) -> str:
    """A problem without the row that nobody sees."""
    bare = without_options(text.removeprefix("Value 1, "))  # options are of sheets
    return bare[:1].upper() + bare[1:]
