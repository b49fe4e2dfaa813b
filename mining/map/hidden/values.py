"""What a log does not show, as frozen findings: a claim, its evidence, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.trust import TRUSTED, Trust


class HiddenKind(StrEnum):
    """What points to work that was not recorded."""

    GAP = "unexplained gap"
    PERSONAL = "done by some people only"
    CALENDAR = "outside the system's calendar"
    SWIVEL = "repeated swivel"


class Strength(StrEnum):
    """A confidence in words."""

    STRONG = "strong"  # from 0.75
    FAIR = "fair"  # from 0.5
    WEAK = "weak"


@dataclass(frozen=True)
class Confidence:
    """How sure a finding is: three parts from 0 to 1, each computed from the log, and their geometric mean."""

    support: float  # n / (n + 10) with n cases that show it
    consistency: float  # how regularly it is so; said for each kind of finding
    effect: float  # how far it is from what is usual; said for each kind of finding

    @property
    def value(self) -> float:
        """The geometric mean: one part near 0 leaves little of the whole."""
        return float((self.support * self.consistency * self.effect) ** (1 / 3))

    @property
    def strength(self) -> Strength:
        """It in words."""
        return Strength.STRONG if self.value >= 0.75 else Strength.FAIR if self.value >= 0.5 else Strength.WEAK


@dataclass(frozen=True)
class FindingFigure:
    """One figure behind a finding."""

    name: str
    value: float | str
    unit: str  # seconds, share, count, ratio or text


@dataclass(frozen=True)
class HiddenFinding:
    """Something that the log does not show but points to."""

    kind: HiddenKind
    claim: str  # one sentence
    meaning: str  # what it may be, and what it may be instead
    count: int  # activity instances, or steps of a path
    cases: int  # cases that show it
    confidence: Confidence
    evidence: tuple[FindingFigure, ...]
    examples: tuple[str, ...]  # case ids, at most MOST_EXAMPLES
    activities: tuple[str, ...] = ()  # of a gap: from and to
    performers: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()


MOST_EXAMPLES = 20


@dataclass(frozen=True)
class NotJudged:
    """A kind of finding that this log cannot carry, or only in part, and why."""

    kind: HiddenKind
    reason: str


@dataclass(frozen=True)
class Hidden:
    """Everything that points to hidden steps, the surest first."""

    log: str
    version: int
    findings: tuple[HiddenFinding, ...]
    not_judged: tuple[NotJudged, ...]
    paths: int  # paths with enough cases to be judged
    activities: int  # activities that were judged
    left_out: int  # findings with a confidence below LEAST_CONFIDENCE
    trust: Trust = TRUSTED


LEAST_CONFIDENCE = 0.3


@dataclass(frozen=True)
class Judged:
    """What one of the searches found, and what it could not judge."""

    findings: tuple[HiddenFinding, ...]
    reason: str | None = None  # why it could not judge, or not all
    looked_at: int = 0
