"""The values of the ingest room: what a source holds, what its columns mean, what was found while reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

QUERY = "SQL query"  # the format of what comes from a database

Progress = Callable[[str, int], None]  # what is being done, and how many rows are through


class ColumnRole(StrEnum):
    """What a column can mean. The words are those of the options of `tandem log import`."""

    CASE = "case"
    ACTIVITY = "activity"
    END = "end"
    START = "start"
    PERFORMER = "performer"
    PERFORMER_KIND = "performer_kind"
    SYSTEM = "system"
    COST = "cost"
    OUTCOME = "outcome"
    DUE = "due"
    COMPLETE = "complete"
    LIFECYCLE = "lifecycle"


REQUIRED = (ColumnRole.CASE, ColumnRole.ACTIVITY, ColumnRole.END)


class Scope(StrEnum):
    """What a column belongs to, as far as the source itself says so."""

    EVENT = "event"
    CASE = "case"


@dataclass(frozen=True)
class Column:
    """One column of a source."""

    key: str  # its name in the table `raw`: c0, c1, ...
    name: str  # its name in the source
    scope: Scope = Scope.EVENT
    instant: bool = False  # its stamps are UTC moments whatever they look like (Parquet's `timestamp with time zone`)
    parts: tuple[str, ...] = ()  # the keys of the columns of date and time of day that it joins

    @property
    def label(self) -> str:
        """How people name it: trace attributes of XES with `case:` before them, as is usual."""
        return f"case:{self.name}" if self.scope is Scope.CASE else self.name


@dataclass(frozen=True)
class Profile:
    """What the values of one column look like in a sample."""

    column: Column
    filled: int  # values that are not empty
    distinct: int
    words: tuple[str, ...]  # the most frequent values, at most twenty
    tried: int  # values that were tried as what follows: those of the most frequent words that mean anything
    moments: int  # of these, how many read as a moment in time
    numbers: int  # of these, how many read as a number
    amounts: int = 0  # of these, how many read as an amount, with marks of decimals and thousands and a currency


def counted(number: int, noun: str) -> str:
    """`number` with its noun, such as "1 row" and "2,000 rows"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


class Treatment(StrEnum):
    """What a finding did to the data."""

    DROPPED = "dropped"  # rows or values are not in the stored log
    REPAIRED = "repaired"  # rows or values are stored otherwise than they were read
    WARNING = "warning"  # stored as read, but figures may mislead
    NOTE = "note"  # worth knowing


@dataclass(frozen=True)
class Finding:
    """One thing that the quality summary counts."""

    code: str
    effect: Treatment
    count: int
    message: str


@dataclass(frozen=True)
class RoleGuess:
    """The column that plays a role, and why."""

    role: ColumnRole
    column: str  # label of the column; `date+time` where two are joined
    reason: str
    feeds: bool = False  # it was guessed from names and values, and KPIs are computed from it: to be accepted
    examples: tuple[str, ...] = ()  # a few of its values


@dataclass(frozen=True)
class Part:
    """One part of a file that can be imported by itself: a sheet of a workbook, an object type of an OCEL log."""

    name: str
    kind: str  # `sheet` or `object type`
    rows: int  # of a sheet, below its header; of an object type: events that touch such an object
    objects: int | None = None  # how many of an object type there are


@dataclass(frozen=True)
class Reading:
    """What a reader put into the table `raw`: its columns and what it met on the way."""

    columns: tuple[Column, ...]
    rows: int
    path: Path  # what people call the source
    format: str  # "XES", "CSV", "Excel", ...: how people call it
    first_row: int = 1  # how people number the first row: 2 where a header stands above it
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)  # such as the delimiter
    part: str | None = None  # the part of the source that was read: a sheet, an object type
    known: tuple[RoleGuess, ...] = ()  # roles that the format itself settles, unless the user says otherwise

    @property
    def name(self) -> str:
        """What the log is said to be made from: the file's name, and the part of it."""
        if self.format == QUERY:
            return f"a query of {self.path.name}"
        return self.path.name if self.part is None else f"{self.path.name}, {self.part}"


@dataclass(frozen=True)
class Preview:
    """What is known of a file before it is imported: its columns, a few rows, and which column plays which role."""

    path: Path
    format: str
    columns: tuple[str, ...]
    roles: tuple[RoleGuess, ...]
    missing: tuple[ColumnRole, ...]  # required roles that no column seems to play
    hints: tuple[str, ...]  # why a role was left open
    rows: tuple[tuple[str | None, ...], ...]  # the first rows, as text
    joins: tuple[str, ...] = ()  # `date+time` of columns that can be joined into one time
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by column, its most frequent values
    unknown_outcomes: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # of these, what may be an error or not


@dataclass(frozen=True)
class ImportResult:
    """An event log version that was just imported."""

    log: str
    version: int
    cases: int
    events: int  # activity instances
    event_rows: int  # rows of the source; more than `events` where rows were paired or dropped
    activities: int
    performers: int
    start: datetime
    end: datetime
    digest: str
    roles: Mapping[str, str]
    quality: Mapping[str, Any]
    guessed: tuple[RoleGuess, ...] = ()  # of the roles, those that were guessed and that KPIs are computed from
