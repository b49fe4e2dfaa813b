"""What is set side by side, and how it differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.coarse import Seconds
from core.selection.selection import Selection
from core.trust import TRUSTED, Trust
from mining.estimates import Estimate


class SideUnit(StrEnum):
    """What a metric is counted in."""

    SECONDS = "seconds"
    SHARE = "share"
    COUNT = "count"
    PER_WEEK = "cases a week"
    MONEY = "money"


class Thing(StrEnum):
    """What a difference of two maps is about."""

    ACTIVITY = "activity"
    PATH = "path"
    START = "start"  # cases that start with the activity
    END = "end"  # cases that end with it


@dataclass(frozen=True)
class Side:
    """One side of a comparison, as it was found."""

    log: str
    version: int
    selection: Selection
    cases: int
    complete: int
    events: int  # activity instances
    variants: int
    started: datetime | None
    ended: datetime | None


@dataclass(frozen=True)
class SideMetric:
    """One number of both sides."""

    key: str
    title: str
    unit: SideUnit
    a: Estimate | None  # None: the log does not say
    b: Estimate | None
    n_a: int  # cases behind it
    n_b: int
    difference: Estimate | None  # b minus a; certain when its 95 % interval lies on one side of 0
    why_not: str = ""  # why there is no value on a side


@dataclass(frozen=True)
class SeenOnSide:
    """An activity or a path on one side."""

    count: int
    cases: int
    share: float  # of the side's cases
    waiting: Seconds | None  # median, seconds


@dataclass(frozen=True)
class MapDifference:
    """An activity, path, start or end on both sides."""

    thing: Thing
    source: str  # of a path; else the activity
    target: str  # of a path; else the activity
    a: SeenOnSide | None  # None: not on this side
    b: SeenOnSide | None
    share: Estimate  # b minus a, of the shares of cases, with its 95 % interval
    q: float  # p that both shares are the same, corrected for all that were compared (Benjamini and Hochberg)
    waiting: Seconds | None  # b minus a, of the medians, in seconds; described, not tested

    @property
    def only_in(self) -> str:
        """`A` or `B` where the other side never has it."""
        return "A" if self.b is None else "B" if self.a is None else ""


@dataclass(frozen=True)
class SideBySide:
    """Two selections or two event logs side by side."""

    a: Side
    b: Side
    overlap: int  # cases that are on both sides; 0 where the sides are different logs
    metrics: tuple[SideMetric, ...]
    differences: tuple[MapDifference, ...]  # of activities, paths, starts and ends; the largest in share first
    shared_variants: int  # variants that both sides have
    alpha: float  # false discovery rate that a difference is called one at
    notes: tuple[str, ...]
    withheld: str | None = None
    trust_a: Trust = TRUSTED
    trust_b: Trust = TRUSTED

    @property
    def told(self) -> tuple[MapDifference, ...]:
        """The differences that are not put down to chance."""
        return tuple(d for d in self.differences if d.q <= self.alpha)
