"""What a sheet of pilots is on its way to facts, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from inventory.values import CostPeriod


@dataclass(frozen=True)
class SheetCell:
    """One cell: its text and, where a program typed its value, that it is exact: a decimal point, an ISO date."""

    text: str
    exact: bool = False


EMPTY = SheetCell("")


@dataclass(frozen=True)
class SheetLine:
    """One row of a file. A cell that is None is not said at all, as a key that an object of JSON lacks."""

    number: int  # as people count: the row of the file, or the number of the object
    cells: tuple[SheetCell | None, ...]

    @property
    def filled(self) -> bool:
        """Whether any cell has something in it."""
        return any(cell is not None and cell.text for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """A file as rows of cells, before anybody knows which is the header."""

    file: str
    digest: str  # SHA-256 of its bytes
    form: str  # such as CSV, and how it was read, in words
    lines: tuple[SheetLine, ...]  # that have something in them
    sheet: str | None = None
    notes: tuple[str, ...] = ()
    headed: bool = False  # whether the first line is the header for sure
    name_row: str = "Row"  # what people call a line: `Row` or `Object`
    sheets: tuple[str, ...] = ()  # of a workbook, all of them


@dataclass(frozen=True)
class MappedColumn:
    """One column of a file, what it was taken for, how surely and why."""

    heading: str
    place: int  # in the row, from 1
    column: str | None  # None: it is not stored
    confidence: float  # 0 to 1
    reason: str  # in words
    proposed: str | None = None  # what it may be, where that is too unsure to be used
    examples: tuple[str, ...] = ()  # the first values below it, cut where they are long


class SheetAsk(StrEnum):
    """What may be asked about how to read a sheet; each is an option of the import."""

    COLUMN = "column"  # which heading is this column
    DEFAULT = "default"  # what an empty cell of this column means
    WORD = "word"  # what this word means in this column
    DECIMAL = "decimal"
    DATE_ORDER = "date-order"
    CURRENCY = "currency"
    PERIOD = "period"
    LISTS = "lists"


@dataclass(frozen=True)
class SheetQuestion:
    """A question that a sheet leaves open: an answer would settle a problem, or what was taken for granted."""

    ask: SheetAsk
    column: str | None = None  # of which it is asked; None: of the whole sheet
    value: str | None = None  # the word whose meaning is asked for


class Unsettled(ValueError):
    """A cell that cannot be read as long as a question is open."""

    def __init__(self, text: str, ask: SheetAsk) -> None:
        super().__init__(text)
        self.ask = ask


@dataclass(frozen=True)
class SheetProblem:
    """One thing that is wrong, with its place."""

    row: int | None  # None: the whole sheet
    column: str | None
    value: str | None
    text: str  # the whole sentence
    ask: SheetAsk | None = None  # whose answer would settle it

    @property
    def question(self) -> SheetQuestion | None:
        """What is to be asked about it."""
        if self.ask is None:
            return None
        if self.ask is SheetAsk.WORD:
            return SheetQuestion(self.ask, self.column, self.value)
        return SheetQuestion(self.ask, self.column if self.ask in (SheetAsk.COLUMN, SheetAsk.DEFAULT) else None)


@dataclass(frozen=True)
class SheetReading:
    """What was said about how to read a sheet; nothing said is found out or asked for."""

    columns: Mapping[str, str] = field(default_factory=dict)  # column to header cell, or `#3`; empty: left out
    sheet: str | None = None  # of a workbook
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None  # `comma` or `point`, for amounts such as 1.234 that can be read both ways
    date_order: str | None = None  # `dmy` or `mdy`, for dates such as 01/02/2026
    period: CostPeriod | None = None  # of amounts that name none; else a month
    currency: str | None = None  # of amounts that name none, or a sign of several such as `$`
    lists: str | None = None  # the signs that split lists; else `;` and lines, or `,` and `/` where there is none
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column to what its words mean
    defaults: Mapping[str, str] = field(default_factory=dict)  # column to what an empty cell means
    fill_down: Sequence[str] = ()  # columns whose empty cells repeat the one above
    layout: str | None = None  # name of a kept one; empty: none, even if one fits
    conflicts: str | None = None  # `sheet` or `registry`: which wins where somebody changed a pilot by hand
