"""What a verdict is made of and what it says, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Codes = NDArray[np.int64]


class Conclusion(StrEnum):
    """What can be said of a KPI that was measured twice."""

    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no clear change"
    DRIFT = "differs, but a drift could explain it"
    INCOMPARABLE = "cannot be compared"
    ASSUMED = "not judged (assumed)"


@dataclass(frozen=True, eq=False)
class Population:
    """The cases of one side, each array with one entry a case; moments are seconds since 1970 UTC, NaN is unknown."""

    case_ids: NDArray[Any]  # to see whether two sides hold the same cases
    started: Numbers
    ended: Numbers
    complete: Flags  # it is over, however it ended
    done: Flags  # it is over, and neither failed nor cancelled
    cycle: Numbers  # seconds; NaN where the case has no cycle time
    cost: Numbers  # of its activity instances whose cost is known
    costed: Numbers  # how many those are
    errors: Numbers  # activity instances that failed
    judged: Numbers  # activity instances whose outcome is known
    due: Numbers
    met: Numbers  # 1 met, 0 missed, NaN not due
    simulated: Flags  # whether a simulated performer did any of it
    attributes: Mapping[str, NDArray[Any]]  # known at the start: numbers, or anything else as kinds
    log_end: float  # after which the log knows nothing


@dataclass(frozen=True)
class Rules:
    """What a comparison may take for granted, and how cautious it is."""

    every_case: bool = False  # whether somebody said that both logs hold every case: throughput needs it
    drift: float = 0.1  # relative change a month that comes without any cause, as a standard deviation
    segments: tuple[str, ...] | None = None  # attributes that were known at the start; None: all of the case
    primary: str | None = None  # the KPI that was named beforehand, and is tested before the others


@dataclass(frozen=True)
class SideLeftOut:
    """Cases of one side that do not count, and why."""

    side: str  # baseline or now
    cases: int
    why: str


@dataclass(frozen=True)
class RatioEstimate:
    """A difference on the log scale with its 95 % interval: 0 is no change, -0.22 is 20 % less."""

    value: float
    error: float  # its standard error
    low: float
    high: float
    p: float  # two-sided


@dataclass(frozen=True)
class Verdict:
    """What can be said about one KPI, with everything that it rests on."""

    key: str
    outcome: Conclusion
    reasons: tuple[str, ...]  # plain sentences
    of: str = ""  # what changed: the quantity that `change` is a share of
    change: float | None = None  # estimated relative difference, like for like and without drift
    low: float | None = None  # its 95 % interval
    high: float | None = None
    detectable: float | None = None  # the smallest reduction that had been seen with a power of 80 %
    p: float | None = None  # two-sided, allowing for a drift
    p_without_drift: float | None = None
    p_adjusted: float | None = None  # the larger of both, corrected for the KPIs judged together (Holm)
    cases: tuple[int, int] = (0, 0)  # that count: baseline, now
    segments: tuple[str, ...] = ()  # attributes whose mix both sides were brought to
    left_out: tuple[SideLeftOut, ...] = field(default_factory=tuple)

    @property
    def tells(self) -> bool:
        """Whether it says better or worse."""
        return self.outcome in (Conclusion.BETTER, Conclusion.WORSE)
