"""Cases by one of their numbers."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from core.durations import duration
from core.selection.filters.base import (
    CaseQuery,
    Events,
    Ranged,
    between,
    cases_by,
    plain,
)

if TYPE_CHECKING:
    from core.selection.lookup import Lookup


class Metric(StrEnum):
    """A number that every case has."""

    CYCLE_TIME = "cycle_time"  # seconds
    WAITING = "waiting"  # seconds, summed
    SERVICE = "service"  # seconds, summed; cases without any start have none
    EVENTS = "events"  # activity instances
    ACTIVITIES = "activities"  # different activities
    REWORK = "rework"  # activity instances beyond the first of the same activity
    PERFORMERS = "performers"  # different performers
    COST = "cost"  # summed; cases without any cost have none


_TIMES = (Metric.CYCLE_TIME, Metric.WAITING, Metric.SERVICE)
_COUNTED = (Metric.EVENTS, Metric.ACTIVITIES, Metric.PERFORMERS)
_METRICS = {
    Metric.CYCLE_TIME: "cycle time",
    Metric.WAITING: "waiting time",
    Metric.SERVICE: "service time",
    Metric.EVENTS: "activity instances",
    Metric.ACTIVITIES: "different activities",
    Metric.REWORK: "rework",
    Metric.PERFORMERS: "performers",
    Metric.COST: "cost",
}


class MetricFilter(Ranged):
    """Cases by one of their numbers."""

    kind: Literal["metric"] = "metric"
    metric: Metric

    @model_validator(mode="after")
    def _has_a_bound(self) -> MetricFilter:
        self.check_range()
        if self.low is None and self.high is None:
            raise ValueError("give a lowest or a highest value")
        return self

    def said(self) -> str:
        """What it keeps, in words."""
        write = duration if self.metric in _TIMES else plain
        are = "are" if self.metric in _COUNTED else "is"
        return f"Cases whose {_METRICS[self.metric]} {are} {between(self.low, self.high, write)}"

    def asks(self, lookup: Lookup) -> CaseQuery | Events:
        """What it means in the stored log. Raises NotFound for unknown names."""
        of_case = self.metric in (Metric.CYCLE_TIME, Metric.EVENTS)
        name = "metric_of_case" if of_case else "metric_of_events"
        return cases_by(name, metric=self.metric.value, low=self.low, high=self.high)
