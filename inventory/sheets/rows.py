"""From the rows of a sheet to facts of pilots, with every problem and everything that was read otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from inventory.columns import BY_NAME, COLUMNS, MONEY
from inventory.sheets.amounts import SEVERAL, ReadAmount
from inventory.sheets.cells import CellReader
from inventory.sheets.evidence import evidence_of
from inventory.sheets.mapping import SheetMapping
from inventory.sheets.values import (
    EMPTY,
    Grid,
    SheetAsk,
    SheetCell,
    SheetProblem,
    SheetQuestion,
    SheetReading,
    Unsettled,
)
from inventory.sheets.words import HeadingUnit, unit_of
from inventory.values import CostPeriod, PilotFacts

_OF_SIGN = {"$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "ARS", "CLP", "COP", "TWD"),
            "¥": ("JPY", "CNY"), "kr": ("SEK", "NOK", "DKK", "ISK"), "kr.": ("SEK", "NOK", "DKK", "ISK")}  # fmt: skip
_SHOWN = 100  # characters of a value that a problem shows


@dataclass(frozen=True)
class SheetRow:
    """One row that speaks of a pilot."""

    number: int
    facts: PilotFacts
    said: frozenset[str]  # columns that the row has something to say of, be it that they are not known


@dataclass
class Told:
    """What was found while reading."""

    problems: list[SheetProblem] = field(default_factory=list)
    _notes: dict[tuple[str, str], list[Any]] = field(default_factory=dict)  # count, row, value, read as
    _asked: dict[SheetQuestion, None] = field(default_factory=dict)

    def note(self, row: int, column: str, value: str, what: str, read: object, *, ask: SheetAsk | None = None) -> None:
        """Remember that `value` was read as `read`, and what may be asked about it."""
        if ask is not None:
            self._asked[SheetQuestion(ask)] = None
        self._notes.setdefault((column, what), [0, row, value, read])[0] += 1

    def questions(self) -> tuple[SheetQuestion, ...]:
        """What is open, each once: of the problems first, then of what was read in one of several ways."""
        asked = [problem.question for problem in self.problems]
        return tuple(dict.fromkeys([*(each for each in asked if each is not None), *self._asked]))

    def notes(self) -> Iterator[str]:
        """What was read otherwise than it stands: one sentence for each column and kind."""
        for (column, what), (count, row, value, read) in self._notes.items():
            cells = f"{count} cell{'s' if count > 1 else ''}"
            shown = f"`{value[:80]}`" if value else "an empty cell"
            yield f"Column `{column}`, {cells}: {what}, such as {shown} in row {row}, read as {read}."


def read_rows(grid: Grid, mapping: SheetMapping, reading: SheetReading) -> tuple[tuple[SheetRow, ...], Told]:
    """The rows below the header as facts, and what is to be told. With problems nothing is to be stored."""
    told = Told()
    rows = list(_cells(grid, mapping, reading, told))
    shown: dict[str, list[SheetCell]] = {}
    for _, cells in rows:
        for column, cell in cells.items():
            shown.setdefault(column, []).append(cell)
    reader = CellReader(reading, evidence_of(shown, reading))
    units = {
        one.column: unit for one in mapping.columns
        if one.column in MONEY and (unit := unit_of(one.heading)) is not None
    }  # fmt: skip
    reads = _RowReader(grid, reader, reading, units, told)
    return tuple(reads.row(number, cells) for number, cells in rows), told


def _cells(
    grid: Grid, mapping: SheetMapping, reading: SheetReading, told: Told
) -> Iterator[tuple[int, dict[str, SheetCell]]]:
    """The cells of each row by column: filled down, with what empty ones mean, and of doubled columns the one value."""
    width = len(mapping.header.cells)
    places_of = mapping.places if grid.headed else _used(mapping)
    above: dict[str, SheetCell] = {}
    doubled: dict[str, tuple[int, str]] = {}
    for line in mapping.rows:
        extra = [cell for cell in line.cells[width:] if cell is not None and cell.text]
        if extra or (len(line.cells) < width and not grid.headed):
            text = (
                f"{grid.name_row} {line.number} has {len(line.cells)} cells, the header has {width}. "
                "Quote cells that contain the delimiter."
            )
            told.problems.append(SheetProblem(line.number, None, extra[0].text if extra else None, text))
            continue
        found: dict[str, SheetCell] = {}
        for column, places in places_of.items():
            given = [cell for place in places if (cell := line.cells[place]) is not None]
            if not given:
                continue
            filled = {cell.text: cell for cell in given if cell.text}
            if len(filled) > 1:
                doubled.setdefault(column, (line.number, ", ".join(f"`{text}`" for text in filled)))
            found[column] = next(iter(filled.values()), EMPTY)
        for column in reading.fill_down:
            if column in found and not found[column].text:
                found[column] = above.get(column, EMPTY)
            above[column] = found.get(column, EMPTY)
        for column, value in reading.defaults.items():
            if not found.get(column, EMPTY).text:
                found[column] = SheetCell(value)
        yield line.number, found
    _tell_doubled(mapping, doubled, told)


def _used(mapping: SheetMapping) -> dict[str, tuple[int, ...]]:
    """The places of columns in which anything stands; one that is empty throughout says nothing, as if it were lacking.

    So a sheet with a column for everything can be filled in for a few of them.
    """
    filled = {n for line in mapping.rows for n, cell in enumerate(line.cells) if cell is not None and cell.text}
    return {
        column: places for column, places in mapping.places.items() if BY_NAME[column].required or filled & set(places)
    }


def _tell_doubled(mapping: SheetMapping, doubled: Mapping[str, tuple[int, str]], told: Told) -> None:
    for column, places in mapping.places.items():
        if column in doubled:
            row, values = doubled[column]
            listed = " and ".join(str(place + 1) for place in places)
            text = (
                f"Columns {listed} both mean `{column}` and differ in row {row}: {values}. Rename or remove one, "
                f"or say which with `--column {column}=#{places[0] + 1}`."
            )
            told.problems.append(SheetProblem(row, column, values, text, SheetAsk.COLUMN))


class _RowReader:
    """Reads one row after the other."""

    def __init__(
        self, grid: Grid, reader: CellReader, reading: SheetReading, units: Mapping[str, HeadingUnit], told: Told
    ) -> None:
        self._name, self._reader, self._reading, self._units, self._told = grid.name_row, reader, reading, units, told

    def row(self, number: int, cells: Mapping[str, SheetCell]) -> SheetRow:
        """The facts that `cells` state. What cannot be read is a problem, and not known in the facts."""
        values: dict[str, Any] = {}
        for column in (c.name for c in COLUMNS if c.name in cells):
            cell = cells[column]

            def note(
                what: str, read: object, /, column: str = column, value: str = cell.text, *, ask: SheetAsk | None = None
            ) -> None:
                self._told.note(number, column, value, what, read, ask=ask)

            try:
                values[column] = self._reader.value(column, cell, note)
            except ValueError as error:
                self._wrong(number, column, cell.text, str(error), error.ask if isinstance(error, Unsettled) else None)
        for column in (c.name for c in COLUMNS if c.required):
            if column in cells and not values.get(column) and not cells[column].text:
                self._wrong(number, column, None, "is empty; every pilot needs one.", SheetAsk.DEFAULT)
        said = set(cells)
        self._money(number, cells, values, said)
        if values.get("started") and values.get("ended") and values["ended"] < values["started"]:
            self._wrong(number, "ended", cells["ended"].text, f"is before it started, on {values['started']}.")
        known = {column: value for column, value in values.items() if value is not None and column in BY_NAME}
        return SheetRow(number, PilotFacts(**({"name": "", "department": ""} | known)), frozenset(said))

    def _wrong(self, number: int, column: str, value: str | None, text: str, ask: SheetAsk | None = None) -> None:
        shown = "" if value is None else f"`{value[:_SHOWN]}{'…' if len(value) > _SHOWN else ''}` "
        said = f"{self._name} {number}, column `{column}`: {shown}{text}"
        self._told.problems.append(SheetProblem(number, column, value, said, ask))

    def _money(self, number: int, cells: Mapping[str, SheetCell], values: dict[str, Any], said: set[str]) -> None:
        """Turn amounts into those of a month in one currency."""
        stated = values.get("currency")
        wrong = "currency" in cells and cells["currency"].text and stated is None
        amounts = {column: values[column] for column in MONEY if isinstance(values.get(column), ReadAmount)}
        codes: dict[str, str] = {}
        for column, amount in amounts.items():
            unit = self._units.get(column)
            code = self._code(number, column, cells[column].text, amount.currency, unit, stated)
            if code:
                codes[column] = code
            values[column] = self._monthly(number, column, cells[column].text, amount, unit, values, said)
        if len(set(codes.values())) > 1:
            listed = ", ".join(f"`{column}` in {code}" for column, code in codes.items())
            self._wrong(number, "currency", None, f"{listed}: a pilot has one currency. Convert one of them.")
        elif codes and not stated:
            values["currency"] = next(iter(codes.values()))
            said.add("currency")
        elif amounts and not codes and not stated and not wrong:
            first = next(iter(amounts))
            self._wrong(
                number, "currency", None,
                f"is empty; `{first}` needs an ISO 4217 code such as `EUR`. For all of them: `--currency EUR`.",
                SheetAsk.CURRENCY,
            )  # fmt: skip

    def _code(
        self, number: int, column: str, text: str, own: str | None, unit: HeadingUnit | None, stated: str | None
    ) -> str | None:
        """The currency of one amount: its own, the column's, the heading's, or as it was said."""
        other = stated or (unit.currency if unit and unit.currency not in SEVERAL else None) or self._reading.currency
        sign = own if own in SEVERAL else (unit.currency if unit and unit.currency in SEVERAL and not own else None)
        if sign:
            if other in _OF_SIGN[sign]:
                return other
            if other:
                self._wrong(number, column, text, f"is in `{sign}`, but its currency is said to be {other}.")
                return None
            if sign != "$":
                said = f"is in `{sign}`, which several currencies have. Say which with `--currency`."
                self._wrong(number, column, text, said, SheetAsk.CURRENCY)
                return None
            what = "`$` as USD (`--currency` says another)"
            self._told.note(number, column, text, what, "USD", ask=SheetAsk.CURRENCY)
            return "USD"
        if own and stated and own != stated:
            self._wrong(number, column, text, f"is in {own}, but column `currency` says {stated}.")
            return None
        return own or other

    def _monthly(
        self, number: int, column: str, text: str, amount: ReadAmount, unit: HeadingUnit | None, values: dict[str, Any],
        said: set[str],
    ) -> float:  # fmt: skip
        value = amount.value * (unit.factor if unit and not amount.thousands else 1)
        if unit and unit.factor > 1 and not amount.thousands:
            self._told.note(number, column, text, "amounts in thousands, as the heading says", f"{value:g}")
        stated: CostPeriod | None = values.get("cost_period") if column == "monthly_cost" else None
        period = amount.period or (unit.period if unit else None) or stated or self._reading.period
        if period is None:
            what = "amounts of no stated period, as of a month (`--period` says another)"
            self._told.note(number, column, text, what, f"{value:g} a month", ask=SheetAsk.PERIOD)
            return value
        if column == "monthly_cost" and period is not CostPeriod.MONTH:
            values["cost_period"] = period
            said.add("cost_period")
        if period is CostPeriod.MONTH:
            return value
        monthly = round(value / period.months, 2)
        self._told.note(
            number, column, text, f"amounts of a {period}, divided by {period.months}", f"{monthly:g} a month"
        )
        return monthly
