"""What the times of an event log are, as values. Times are in seconds; None means that the log cannot carry it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.coarse import Seconds
from core.figures import per_cent
from core.trust import TRUSTED, Trust

ENOUGH = 0.8  # share of activity instances that must have a cost (or start) before a total of it is told


class TimesBy(StrEnum):
    """What times are grouped by."""

    ACTIVITY = "activity"
    PATH = "path"
    PERFORMER = "performer"
    SYSTEM = "system"
    WEEKDAY = "weekday"
    HOUR = "hour"


class TimeStep(StrEnum):
    """The length of one step of a chart over time."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class BatchKind(StrEnum):
    """How the cases of a batch were worked on (Martin et al. 2017)."""

    SIMULTANEOUS = "simultaneous"  # all started and ended at the same moments
    CONCURRENT = "concurrent"  # some overlap
    SEQUENTIAL = "sequential"  # one after the other


@dataclass(frozen=True)
class Carries:
    """What the log (as selected) has, and so what can be told of its times."""

    start_share: float  # of the activity instances
    cost_share: float
    performer_share: float
    system_share: float
    offset_share: float  # whose offset from UTC the source wrote
    time_zone: str  # of weekdays, hours and days where the source wrote no offset
    currency: str | None
    calendar: str | None  # name of the business calendar; None: calendar time

    @property
    def waiting_includes_service(self) -> bool:
        """Whether some waiting time runs to the end of an activity instance, because its start is not known."""
        return self.start_share < 1

    @property
    def clock(self) -> str:
        """Whose clock weekdays, hours and days are read from, in words."""
        if self.offset_share == 1:
            return "local time as the source wrote it"
        return self.time_zone if self.offset_share == 0 else f"local time as the source wrote it, else {self.time_zone}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of every time shown, in sentences."""
        said = []
        if self.start_share == 0:
            said.append(
                "This log has no starts: service time is not available, and waiting time includes it, since it runs "
                "to the end of the next activity instance."
            )
        elif self.start_share < 1:
            said.append(
                f"{per_cent(1 - self.start_share)} of the activity instances have no start: they have no "
                f"service time, and "
                "the waiting time before them includes it."
            )
        return tuple(said)


@dataclass(frozen=True)
class Spread:
    """One kind of time over a group."""

    count: int  # activity instances (of cycle time: cases) that have it
    mean: Seconds
    median: Seconds
    p95: Seconds
    total: Seconds
    share: float | None  # of the total of all groups; of cycle time: of the total of all cases


@dataclass(frozen=True)
class GroupTimes:
    """The times of one group, such as one activity."""

    name: str  # a path reads "source → target", a weekday "Monday", an hour "08"
    instances: int  # activity instances (of a path: how often it was taken)
    cases: int  # that contain the group; of a weekday or hour: that start then
    waiting: Spread | None
    service: Spread | None
    cycle: Spread | None  # of these cases, as far as they are complete
    path: tuple[str, str] | None = None  # source and target, where the group is a path
    kind: str | None = None  # where the group is a performer: human, agent, system or unknown
    known: bool = True  # False for the group whose performer or system the log does not name


@dataclass(frozen=True)
class Breakdown:
    """Times by one thing, those with the most waiting first; weekdays and hours in their order."""

    by: TimesBy
    rows: tuple[GroupTimes, ...]
    carries: Carries
    withheld: str | None = None  # why there are no rows, where there are none
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class TimeSummary:
    """The times of the whole log, as selected."""

    cases: int
    complete: int  # cases
    instances: int
    cycle: Spread | None  # of complete cases
    waiting: Spread | None
    service: Spread | None
    waiting_share: float | None  # of waiting and service together; None where service is not known
    service_share: float | None
    completed_a_day: float | None  # complete cases by the days from the first to the last end
    open_mean: float | None  # cases open at the same time, mean over the period
    carries: Carries
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class Bottleneck:
    """A path (or an activity) on which cases wait longer than its faster quarter shows to be possible."""

    name: str
    path: tuple[str, str] | None
    count: int  # waits on it
    reference: Seconds  # the 25th percentile of these waits
    median: Seconds
    waiting: Seconds  # total
    delay: Seconds  # total of what each wait has above the reference
    delay_share: float | None  # of the delay of all
    waiting_share: float | None  # of the waiting time of all
    cases: int  # that waited longer than the reference


@dataclass(frozen=True)
class Bottlenecks:
    """Bottlenecks by falling total delay."""

    by: TimesBy  # path or activity
    rows: tuple[Bottleneck, ...]
    carries: Carries
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class ActivityBatches:
    """How one activity is worked on in batches."""

    activity: str
    instances: int  # activity instances that could stand in a batch: performer and arrival are known
    batched: int  # of them in a batch
    batches: int
    kinds: tuple[tuple[BatchKind, int], ...]  # batches of each kind, those that occur
    sizes: tuple[tuple[int, int], ...]  # number of cases in a batch, and how many batches have it
    size_mean: float
    every_seconds: Seconds | None  # median time between the starts of one performer's batches; None: never two
    accumulation: Seconds  # total time that cases waited for the last one of their batch to arrive

    @property
    def share(self) -> float:
        """Share of the activity instances that were worked on in a batch."""
        return self.batched / self.instances if self.instances else 0.0


@dataclass(frozen=True)
class Batching:
    """Batch work by activity, that with the most accumulation first."""

    rows: tuple[ActivityBatches, ...]
    window_seconds: float
    carries: Carries
    withheld: str | None = None
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class QueuePoint:
    """One step of a queue over time."""

    start: datetime  # UTC
    waiting_mean: float  # activity instances waiting, mean over the step
    waiting_peak: int
    progress_mean: float | None  # in progress; None where the log has no starts
    arrived: int
    begun: int  # left the queue
    completed: int


@dataclass(frozen=True)
class Queue:
    """How much waits before an activity (or before all), and how much is in progress."""

    activity: str | None
    step: TimeStep
    points: tuple[QueuePoint, ...]
    arrived: int
    arrivals_a_day: float
    completions_a_day: float
    length: float  # time average of the number waiting, by sweep over every arrival and departure
    wait_mean: Seconds  # calendar seconds
    little: float  # arrival rate times mean wait: must equal `length` (Little 1961)
    carries: Carries
    withheld: str | None = None
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class FlowPoint:
    """One step of cases coming and going."""

    start: datetime  # on the clock of the source
    started: int
    completed: int
    open: int  # at its end


@dataclass(frozen=True)
class CaseFlow:
    """Cases started, completed and open over time."""

    step: TimeStep
    points: tuple[FlowPoint, ...]
    carries: Carries
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class ActivityRework:
    """Rework of one activity: its instances beyond the first in their case."""

    activity: str
    count: int
    cases: int
    share: float  # of the activity's instances
    service: Seconds | None  # total; None where the log has no starts
    waiting: Seconds | None  # total of what stood before them
    cost: float | None  # total; None where the log does not tell it


@dataclass(frozen=True)
class Group:
    """Cycle time of some complete cases."""

    cases: int
    median: Seconds | None
    mean: Seconds | None


@dataclass(frozen=True)
class Rework:
    """What rework takes, by activity, the dearest first, in the best measure that the log can carry."""

    rows: tuple[ActivityRework, ...]
    count: int
    share: float  # of all activity instances
    service: Seconds | None
    service_withheld: str | None
    cost: float | None
    cost_withheld: str | None
    with_rework: Group
    without_rework: Group
    carries: Carries
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class WeekCell:
    """One hour of the week."""

    weekday: int  # 0 is Monday
    hour: int
    instances: int  # that begin in it (without a start: end in it)
    waiting_mean: Seconds | None  # of the waits that end in it
    waiting_total: Seconds


@dataclass(frozen=True)
class WeekOfWork:
    """When in the week work is begun, and how long it had waited."""

    cells: tuple[WeekCell, ...]
    carries: Carries
    trust: Trust = TRUSTED


@dataclass(frozen=True)
class PerformanceOverview:
    """What is asked first: the times of the whole log, where they are lost, and how cases come and go."""

    summary: TimeSummary
    bottlenecks: Bottlenecks
    flow: CaseFlow
    trust: Trust = TRUSTED
