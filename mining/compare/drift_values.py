"""What is told of concept drift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.selection.filters import TimeframeFilter
from core.trust import TRUSTED, Trust


class ChangeKind(StrEnum):
    """What sort of thing changed."""

    PATH = "path"
    ACTIVITY = "activity"
    START = "start activity"
    END = "end activity"
    ATTRIBUTE = "attribute"  # the mix of the cases, not how they are worked on
    CYCLE_TIME = "cycle time"


@dataclass(frozen=True)
class DriftChange:
    """One thing that changed at a drift point."""

    kind: ChangeKind
    what: str  # the path, the activity, the attribute with its value; empty for cycle time
    before: float  # share of the cases in the window before; for cycle time the median in seconds
    after: float
    p: float  # corrected for every test at every place (Bonferroni)
    also: tuple[str, ...]  # what else changed in the very same way
    statistic: float  # chi-square with one degree of freedom; for cycle time the square of Mann and Whitney's z


@dataclass(frozen=True)
class DriftPoint:
    """A moment from which cases that start are worked on differently."""

    moment: datetime  # start of the first case after it, UTC
    strength: float  # 0 to 1: distance of the shares of the paths among all steps, before and after (total variation)
    changes: tuple[DriftChange, ...]  # the surest first
    cases_before: int  # in the window before
    cases_after: int
    before: TimeframeFilter  # cases that start between the drift point before, if any, and this one
    after: TimeframeFilter  # cases that start between this one and the next, if any
    doubt: str = ""  # why it may be none

    @property
    def only_mix(self) -> bool:
        """Whether only the mix of the cases changed, not how they are worked on."""
        return all(change.kind is ChangeKind.ATTRIBUTE for change in self.changes)


@dataclass(frozen=True)
class DriftCurve:
    """How far apart the windows before and after each place are."""

    moments: tuple[datetime, ...]
    distances: tuple[float, ...]  # total variation of the paths, 0 to 1


@dataclass(frozen=True)
class Drift:
    """Where a process changed over the time of its log."""

    log: str
    version: int
    cases: int
    window: int  # cases on either side of a place; a drift point is placed to a fifth of it
    places: int  # at which the windows were compared
    tests: int  # in all: the family that p is corrected for
    alpha: float  # chance of any drift point in a log without drift
    least_change: float  # of a share, for a change to count
    points: tuple[DriftPoint, ...]  # by time
    curve: DriftCurve
    withheld: str | None = None
    trust: Trust = TRUSTED
