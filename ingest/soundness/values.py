"""The values of a quality report: what a rule is, what it found, which results that puts in doubt, what is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.trust import Result, Withheld
from ingest.cleaning.steps import Step


class Severity(StrEnum):
    """How much a finding matters to who reads results off the log."""

    SERIOUS = "serious"  # figures made from it are wrong
    WARNING = "warning"  # figures made from it may mislead
    NOTE = "note"  # worth knowing


@dataclass(frozen=True)
class Rule:
    """One thing that is looked for. Its texts come from the header of its file, and are what the user reads."""

    code: str  # the file's name
    title: str
    why: str  # what is counted, and why it matters
    severity: Severity
    of: str  # what it is a share of, such as "activity instances"
    doubts: tuple[Result, ...]
    advice: str
    shows: str  # what the value of an example is: "text" or "seconds"
    sql: str  # one row for each thing found: subject, case_no, position, value, rank; empty: counted by column


@dataclass(frozen=True)
class Example:
    """One of the things found."""

    case_id: str | None
    activity: str | None
    moment: datetime | None  # aware, UTC
    value: str


@dataclass(frozen=True)
class QualityFinding:
    """What one rule found in one log version."""

    code: str
    title: str
    why: str
    severity: Severity
    subject: str | None  # the column, where the rule looks at one column at a time
    count: int
    total: int
    of: str
    examples: tuple[Example, ...]  # at most five
    doubts: tuple[Result, ...]
    advice: str
    steps: tuple[Step, ...]  # cleaning steps that would mend it: alternatives, the best first

    @property
    def share(self) -> float:
        """`count` as a share of `total`, from 0 to 1."""
        return self.count / self.total if self.total else 0.0


@dataclass(frozen=True)
class ColumnFacts:
    """What a column of the stored log holds."""

    name: str  # `performer`, `cost`, or `@` and the attribute's name
    of: str  # `event` or `case`
    type: str  # of DuckDB
    total: int  # activity instances or cases
    filled: int
    lowest: str | None
    highest: str | None

    @property
    def constant(self) -> bool:
        """Whether every filled place has the same value."""
        return self.filled > 1 and self.lowest == self.highest


@dataclass(frozen=True)
class QualityReport:
    """How far one log version can be trusted."""

    log: str
    version: int
    findings: tuple[QualityFinding, ...]  # the gravest first
    clear: tuple[str, ...]  # titles of the rules that found nothing
    columns: tuple[ColumnFacts, ...]
    withheld: Mapping[Result, Withheld]
