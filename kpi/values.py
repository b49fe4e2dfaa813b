"""What is measured, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.coarse import Seconds
from kpi.verdict.values import Conclusion, Verdict


class Direction(StrEnum):
    """Which way a KPI should move."""

    HIGHER = "higher is better"
    LOWER = "lower is better"


class EvidenceClass(StrEnum):
    """How well a value is founded; the worst of what went into it."""

    MEASURED = "measured"  # every case or activity instance that it speaks of was observed
    ESTIMATED = "estimated"  # extrapolated to those that were not
    ASSUMED = "assumed"  # rests on something that somebody said and no data shows, such as an SLA asked for now


class Bucket(StrEnum):
    """The spans of a trend, in UTC; a week starts on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Definition:
    """A KPI as its file in `kpi/sql` defines it."""

    key: str
    title: str
    definition: str
    unit: str
    direction: Direction
    needs: str  # what the data must have
    interval: str  # how its 95 % interval is computed
    source: str  # where that formula stands
    version: int  # rises when the meaning changes: values of two versions are not compared


@dataclass(frozen=True)
class LeftOut:
    """Cases by what keeps them out of one KPI; each is counted once."""

    cases: int = 0  # all
    open: int = 0
    unknown: int = 0  # nobody can say whether they are over
    failed: int = 0
    cancelled: int = 0
    impossible: int = 0  # with times that cannot be true
    undue: int = 0  # of SLA adherence: nothing says when they are due
    momentary: int = 0  # of cycle time: seen at one moment only

    @property
    def words(self) -> str:
        """The counts in words, such as "20 of 40 cases are left out: 18 open, 2 unknown"; empty for none."""
        named = ("open", "unknown", "failed", "cancelled", *_SAID)
        parts = [f"{getattr(self, name):,} {_SAID.get(name, name)}" for name in named if getattr(self, name)]
        out = sum(getattr(self, name) for name in named)
        return (
            f"{out:,} of {self.cases:,} cases {'is' if out == 1 else 'are'} left out: {', '.join(parts)}"
            if parts
            else ""
        )


_SAID = {
    "impossible": "with times that cannot be true",
    "undue": "without a due moment",
    "momentary": "seen at one moment only",
}
NOBODY = LeftOut()


@dataclass(frozen=True)
class Beside:
    """A figure that stands beside a KPI's value, such as the cost of a case beside that of a task."""

    title: str
    value: float
    unit: str  # "share", "currency", or empty for a plain number


@dataclass(frozen=True)
class Measurement:
    """A KPI's value over one selection of cases, or why it is withheld."""

    key: str
    value: float | None  # None exactly when withheld
    unit: str
    n: int  # cases (cost and errors: activity instances) that the value rests on
    evidence: EvidenceClass
    simulated_share: float  # of the activity instances behind it, those that a simulated performer did
    withheld: str | None  # the reason in words
    definition: Definition
    coverage: float | None = None  # share of what it speaks of that had data
    low: float | None = None  # 95 % interval
    high: float | None = None
    mean: float | None = None  # of cycle time
    p95: float | None = None  # of cycle time: the 95th percentile
    left_out: LeftOut = NOBODY  # cases that are in the view and not in the value
    beside: tuple[Beside, ...] = ()  # figures that belong beside it
    doubts: tuple[str, ...] = ()  # what a reader must know of it

    @property
    def simulated(self) -> bool:
        """Whether any simulated performer's work is in it; then it must be shown as simulated."""
        return self.simulated_share > 0


@dataclass(frozen=True)
class TrendPoint:
    """A KPI of the cases that started in one period; throughput: of those that ended in it."""

    start: datetime  # first day of the period, 00:00 UTC
    measurement: Measurement
    bucket: Bucket  # how long the period is
    finished: bool  # False: cases that are still open may change the value


@dataclass(frozen=True)
class CaseValue:
    """What one case contributes to a KPI."""

    case_no: int
    case_id: str
    started: datetime
    ended: datetime
    complete: bool
    events: int
    value: float | None  # seconds, cost a task, share failed, or 1 for met and 0 for missed; None for throughput
    n: int  # activity instances (cost and errors) or 1
    due: datetime | None = None  # of SLA adherence


@dataclass(frozen=True)
class KpiCases:
    """Some of the cases behind a KPI, and how many there are."""

    key: str
    total: int
    cases: tuple[CaseValue, ...]


@dataclass(frozen=True)
class ActivityValue:
    """What the instances of one activity in complete cases contribute. None: not in the log, never 0."""

    activity: str
    instances: int
    cases: int
    waiting_seconds: Seconds | None  # sum of the waiting times; None where it always comes first
    service_seconds: Seconds | None  # sum of the known service times
    service_known: int  # instances with a service time
    cost: float | None  # sum of the known costs
    cost_known: int
    failed: int | None
    failed_known: int
    simulated: int  # instances done by simulated performers


@dataclass(frozen=True)
class Baseline:
    """KPI values frozen with their log version, period and filter. Never changes."""

    id: int
    log: str
    version: int
    start: datetime
    end: datetime
    filter: Any  # None: all cases
    sla_seconds: float | None
    as_of: datetime
    measurements: tuple[Measurement, ...]
    created_at: datetime
    created_by: str

    def measurement(self, key: str) -> Measurement:
        """Its measurement of this KPI. Raises KeyError."""
        return {m.key: m for m in self.measurements}[key]


@dataclass(frozen=True)
class Comparison:
    """A KPI's baseline against now."""

    key: str
    definition: Definition
    baseline: Measurement
    now: Measurement
    difference: float | None  # now minus baseline, in the KPI's unit
    change: float | None  # difference as a share of the baseline; None where that is 0
    better: bool | None  # what the verdict says; None where it says neither
    verdict: str  # its outcome in words, or `withheld`
    withheld: str | None
    simulated: bool  # whether simulated work is on either side
    judged: Verdict  # whether it has changed, with everything that this rests on

    @property
    def tells(self) -> bool:
        """Whether it came to a verdict on the work; what is assumed or cannot be compared has none."""
        return self.withheld is None and self.judged.outcome not in (Conclusion.ASSUMED, Conclusion.INCOMPARABLE)
