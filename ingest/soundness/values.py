"""The values of a quality report: what a rule is, what it found, which results that puts in doubt, what is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.eventlog.completeness import Completeness
from core.figures import per_cent
from core.trust import Result, Withheld
from ingest.cleaning.apply import StepChange
from ingest.cleaning.steps import Step

_TENTH = 0.0005  # what reads as a tenth of a percent


class Severity(StrEnum):
    """How much a finding matters to who reads results off the log: by its consequence and share, see weight.py."""

    SERIOUS = "serious"  # do not use the figures in doubt before it is mended
    WARNING = "warning"  # read the figures in doubt with it in mind
    NOTE = "note"  # worth knowing; no figure moves by it


class Consequence(StrEnum):
    """What becomes of figures that are made from what a rule finds, whatever its share."""

    WRONG = "wrong"
    MISLEADING = "misleading"
    WORTH_KNOWING = "worth knowing"


@dataclass(frozen=True)
class Rule:
    """One thing that is looked for. Its texts come from the header of its file, and are what the user reads."""

    code: str  # the file's name
    title: str
    why: str  # what is counted, and why it matters
    consequence: Consequence
    of: str  # what it is a share of, such as "activity instances"
    doubts: tuple[Result, ...]
    advice: str
    shows: str  # what the value of an example is: "text" or "seconds"
    sql: str  # one row for each thing found: subject, case_no, position, value, rank; empty: counted by column
    touches: bool = False  # its rows also say how many activity instances each touches
    drops: str = ""  # what its cleaning step drops: "activity instances" or "cases"; empty: nothing
    gone: str = ""  # the query for what the step drops, where that is more than what was found


@dataclass(frozen=True)
class Example:
    """One of the things found."""

    case_id: str | None
    activity: str | None
    moment: datetime | None  # aware, UTC
    value: str


@dataclass(frozen=True)
class Offer:
    """A cleaning step that would mend a finding, with what it would change, counted before it is done."""

    step: Step
    change: StepChange
    share: float  # that it takes away: of all cases where it takes any, else of all activity instances

    @property
    def effect(self) -> str:
        """What it takes away and changes, in words."""
        instances, cases, values = self.change.instances, self.change.cases, self.change.values
        if not (instances or cases):
            return f"takes nothing away; changes {values:,} {'value' if values == 1 else 'values'}"
        taken = f"{instances:,} activity {'instance' if instances == 1 else 'instances'}"
        if cases:
            taken = f"{cases:,} {'case' if cases == 1 else 'cases'} with {taken}"
        share = per_cent(self.share) if self.share >= _TENTH else "less than 0.1 %"
        return f"takes away {taken}, {share} of all {'cases' if cases else 'activity instances'}"


@dataclass(frozen=True)
class FindingPlace:
    """Where a rule found something: in one column, or in the log as a whole."""

    column: str | None  # None: the rule does not look at columns
    severity: Severity
    count: int
    total: int
    touched: float  # the share of the log that it touches, by which it is weighed
    examples: tuple[Example, ...]  # at most five
    doubts: tuple[Result, ...]
    offers: tuple[Offer, ...]  # cleaning steps that would mend it: alternatives, the gentlest first
    not_offered: str = ""  # why a step that comes to mind is not offered

    @property
    def share(self) -> float:
        """`count` as a share of `total`, from 0 to 1."""
        return self.count / self.total if self.total else 0.0


@dataclass(frozen=True)
class QualityFinding:
    """What one rule found in one log version. Its counts and its severity are those of its worst place."""

    code: str
    title: str
    why: str
    places: tuple[FindingPlace, ...]  # one, or one a column: the worst first
    of: str
    advice: str

    @property
    def worst(self) -> FindingPlace:
        """The place that is gravest, and there touches most of the log."""
        return self.places[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it was found in, the worst first; none where the rule looks at the log as a whole."""
        return tuple(place.column for place in self.places if place.column is not None)

    @property
    def severity(self) -> Severity:
        """How grave the worst place is."""
        return self.worst.severity

    @property
    def count(self) -> int:
        """How much the worst place has of it."""
        return self.worst.count

    @property
    def total(self) -> int:
        """How much the worst place has in all."""
        return self.worst.total

    @property
    def share(self) -> float:
        """The share of the worst place, from 0 to 1."""
        return self.worst.share

    @property
    def examples(self) -> tuple[Example, ...]:
        """Examples of the worst place, at most five."""
        return self.worst.examples

    @property
    def doubts(self) -> tuple[Result, ...]:
        """Every result that it puts in doubt, those of the worst place first."""
        return tuple(dict.fromkeys(result for place in self.places for result in place.doubts))

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The cleaning steps that would mend it, those of the worst place first."""
        return tuple(offer for place in self.places for offer in place.offers)

    @property
    def not_offered(self) -> tuple[str, ...]:
        """Why steps that come to mind are not offered."""
        return tuple(dict.fromkeys(place.not_offered for place in self.places if place.not_offered))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The cleaning steps that are offered."""
        return tuple(offer.step for offer in self.offers)


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
    completeness: Completeness  # how it is known which cases are complete
