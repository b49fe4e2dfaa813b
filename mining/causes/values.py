"""What is asked of causes, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.coarse import Seconds
from core.selection.selection import Selection
from core.trust import TRUSTED, Trust


class Quick(StrEnum):
    """Marks that need no filter."""

    SLOWEST = "slowest"  # the slowest share of the complete cases
    SLOWER = "slower"  # complete cases above a cycle time
    REWORK = "rework"  # an activity stands more than once
    FAILED = "failed"  # an activity instance ended in an error
    OPEN = "open"  # not complete
    OVERDUE = "overdue"  # missed the moment at which it was due
    DEVIATING = "deviating"  # deviates from a model; see `mark_of_deviating`


class FactorKind(StrEnum):
    """What sort of thing a factor is."""

    CASE_ATTRIBUTE = "case attribute"
    EVENT_ATTRIBUTE = "event attribute"
    ACTIVITY = "activity"
    PATH = "path"
    START = "start activity"
    END = "end activity"
    VARIANT = "variant"
    PERFORMER = "performer"
    PERFORMER_KIND = "performer kind"
    SYSTEM = "system"
    LENGTH = "number of activity instances"
    STARTED = "start of the case"


@dataclass(frozen=True)
class Mark:
    """Which cases are marked: a quick mark, or the cases of a selection, or cases that are listed."""

    quick: Quick | None = None
    share: float = 0.1  # of the complete cases, for SLOWEST
    seconds: float = 0.0  # cycle time, for SLOWER
    selection: Selection | None = None  # the marked cases are those it leaves
    cases: tuple[str, ...] = ()  # identifiers of marked cases
    made_of: tuple[str, ...] = ()  # activities that decide whether a case is marked, for DEVIATING
    words: str = ""  # what marked cases do, such as "deviate from the map"; needed with `cases`


@dataclass(frozen=True)
class CycleEffect:
    """How cycle time differs between the complete cases with a factor and those without, in seconds."""

    median_with: Seconds
    median_without: Seconds
    difference: Seconds  # with minus without
    low: Seconds | None  # 95 % interval of the difference; None where there are too few cases for one
    high: Seconds | None
    cases_with: int
    cases_without: int


@dataclass(frozen=True)
class Factor:
    """Something that marked cases have more often, or less often, than the others."""

    kind: FactorKind
    name: str  # of the attribute, `@` before it (and `case:` where events have one of that name too); else empty
    value: str
    phrase: str  # stands behind "cases", such as "that contain `Send Fine`"
    cases: int  # with the factor
    marked: int  # of them
    other_cases: int  # without the factor
    other_marked: int
    odds_ratio: float
    low: float  # 95 % interval of the odds ratio
    high: float
    p: float
    q: float  # p after correction for all factors that were tested
    attributable: float  # marked cases beyond those expected had they been marked as often as the others
    same_as: tuple[str, ...] = ()  # phrases of other factors that the very same cases have
    effect: CycleEffect | None = None
    sentence: str = ""
    stored: str = ""  # the value as the log has it; of a variant its digest
    ends: tuple[str, str] | None = None  # of a path
    low_bound: float | None = None  # of a numeric bin, both inclusive
    high_bound: float | None = None

    @property
    def more(self) -> bool:
        """Whether marked cases have it more often."""
        return self.odds_ratio > 1

    @property
    def share(self) -> float:
        """Of the cases with it, the share that is marked."""
        return self.marked / self.cases

    @property
    def other_share(self) -> float:
        """Of the cases without it, the share that is marked."""
        return self.other_marked / self.other_cases

    @property
    def sure(self) -> float:
        """How far from 1 the odds ratio is at least: the limit of its interval towards 1, as a factor above 1."""
        return self.low if self.more else 1 / self.high


@dataclass(frozen=True)
class UntestedFactors:
    """Factors that were not tested, and why."""

    what: str
    reason: str


@dataclass(frozen=True)
class Causes:
    """What sets the marked cases apart from the others."""

    log: str
    version: int
    mark: str  # stands behind "likely to", such as "take longer than 3 d", "be incomplete"
    base: str  # which cases are looked at
    cases: int
    marked: int
    support: int  # a factor is tested when at least so many cases have it, and at least so many lack it
    alpha: float  # false discovery rate
    tested: int  # how many factors were tested: the family that p is corrected for
    found: int  # how many passed, those beyond `factors` included
    factors: tuple[Factor, ...]  # more often first, each side by how sure it is
    left_out: tuple[UntestedFactors, ...]  # the mark is made of it, or it cannot be compared
    notes: tuple[str, ...]
    withheld: str | None = None  # why there is no result
    follows: tuple[UntestedFactors, ...] = ()  # it comes after the mark is decided, so that it follows from it
    trust: Trust = TRUSTED

    @property
    def more(self) -> Sequence[Factor]:
        """The factors that marked cases have more often."""
        return [f for f in self.factors if f.more]

    @property
    def less(self) -> Sequence[Factor]:
        """The factors that marked cases have less often."""
        return [f for f in self.factors if not f.more]
