"""What was done to pilots: imports, changes by hand, and the revisions they left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from inventory.sheets.values import MappedColumn, SheetProblem, SheetQuestion
from inventory.values import PilotFacts


class RevisionWay(StrEnum):
    """How a revision of a pilot came about."""

    IMPORT = "import"
    ADD = "add"
    EDIT = "edit"
    BULK = "bulk edit"
    CARRIED = "carried"  # from a release that kept no revisions


@dataclass(frozen=True)
class FieldChange:
    """One field of a pilot that changed; its values as JSON has them, None where not known."""

    column: str
    before: Any
    after: Any

    def in_words(self) -> str:
        """It as "owner: Ada to Bob"."""
        return f"{self.column}: {value_in_words(self.before)} to {value_in_words(self.after)}"


def value_in_words(value: object) -> str:
    """A value of a pilot, as JSON has it, for people."""
    if value in (None, []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class PilotRevision:
    """One revision of a pilot: who made it, when, how, and what it changed."""

    pilot: int
    number: int  # from 1
    way: RevisionWay
    facts: PilotFacts  # as they were from then on
    changes: tuple[FieldChange, ...]  # against the revision before; of the first one, all that was known
    at: datetime
    by: str  # id of the principal
    by_name: str
    file: str | None  # that was imported
    reason: str | None  # that was given for an edit

    @property
    def how(self) -> str:
        """How it came about, in words, such as "import of pilots.csv"."""
        return f"{self.way} of {self.file}" if self.file and self.way is RevisionWay.IMPORT else str(self.way)

    @property
    def what(self) -> str:
        """What it changed, in words; of a first revision, of how much something was known."""
        known = f"{len(self.changes)} fields known"
        if self.number == 1 and all(change.before is None for change in self.changes):
            return known
        return "; ".join(change.in_words() for change in self.changes) or known


@dataclass(frozen=True)
class PlannedPilot:
    """What an import does with one row."""

    row: int
    name: str
    pilot: int | None  # id of the stored one; None: it is new
    changes: tuple[FieldChange, ...]  # empty: nothing


@dataclass(frozen=True)
class ImportPlan:
    """What an import of a sheet would do; with problems or conflicts, nothing."""

    file: str
    form: str  # CSV, Excel, JSON or YAML, and how it was read
    sheet: str | None  # of a workbook
    header_row: int
    layout: str | None  # name of the kept layout it was read by
    mapping: tuple[MappedColumn, ...]
    pilots: int  # rows with a pilot
    added: tuple[PlannedPilot, ...]
    changed: tuple[PlannedPilot, ...]
    unchanged: tuple[PlannedPilot, ...]
    problems: tuple[SheetProblem, ...]
    conflicts: tuple[SheetProblem, ...]  # what somebody changed by hand since the last import, and the sheet differs
    notes: tuple[str, ...]  # what was read otherwise than it stands, in words
    sheets: tuple[str, ...] = ()  # of the workbook, all of them
    questions: tuple[SheetQuestion, ...] = ()  # that the sheet leaves open

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """Header cells that mean no column: not stored."""
        return tuple(m.heading for m in self.mapping if m.column is None)


@dataclass(frozen=True)
class PilotImport:
    """What one import of a sheet did."""

    id: int
    file: str
    digest: str  # SHA-256 of the file
    pilots: int  # rows with a pilot
    added: tuple[str, ...]  # names
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    unknown_columns: tuple[str, ...]  # not stored
    absent_columns: tuple[str, ...]  # so nothing is known of them
    created_at: datetime
    created_by: str
    mapping: tuple[MappedColumn, ...] = ()
    notes: tuple[str, ...] = ()
    layout: str | None = None  # that it was read by, or is kept as


@dataclass(frozen=True)
class PilotChange:
    """What an edit did to one pilot."""

    pilot: int
    name: str
    revision: int  # that it has now
    changes: tuple[FieldChange, ...]  # empty: nothing changed, and its revision is as before
