"""What was expected and what came of it, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inventory.values import BenefitEvidence


@dataclass(frozen=True)
class Expectation:
    """What somebody expects of one figure. `low` and `high` are what still counts as it was expected."""

    metric: str  # see `METRICS`; others are kept, and cannot be scored
    value: float
    low: float | None = None
    high: float | None = None
    unit: str = ""
    evidence: BenefitEvidence = BenefitEvidence.CLAIMED  # what stands behind the expectation


class LedgerVerdict(StrEnum):
    """What came of an expectation."""

    HIT = "as expected"
    BETTER = "better"
    MISS = "missed"
    NOT_YET = "not yet"
    CANNOT = "cannot be scored"


@dataclass(frozen=True)
class LedgerScore:
    """One expectation at one of its days."""

    days: int  # after it was frozen: 30 or 90
    verdict: LedgerVerdict
    measured: float | None
    reason: str  # in words


@dataclass(frozen=True)
class LedgerEntry:
    """One expectation as it was frozen; it never changes."""

    id: int
    subject: str  # `pilot:12`, `log:procurement`, or any other text
    expected: Expectation
    decision: int | None  # that it was frozen with
    note: str  # where it comes from
    at: datetime
    by: str  # id of the principal
    by_name: str
    about: str  # the subject in words


@dataclass(frozen=True)
class ScoredEntry:
    """An expectation with its scores."""

    entry: LedgerEntry
    scores: tuple[LedgerScore, ...]

    @property
    def last(self) -> LedgerScore | None:
        """The latest score with a measured number; None where there is none."""
        return next((s for s in reversed(self.scores) if s.measured is not None), None)


@dataclass(frozen=True)
class LedgerCorrection:
    """What measured benefits were of the expected ones, and what is done about it."""

    scored: int  # entries of a benefit with a measured number
    needed: int  # before a ratio is told
    ratio: float | None  # median of measured / expected; None: too few
    low: float | None  # at least 95 % interval, by order statistics
    high: float | None
    factor: float | None  # that claims are multiplied by; None: they are left as they are
    words: str
