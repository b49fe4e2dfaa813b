"""What the performance page asks of mining, each answer kept for the next run of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.pages.asking import ask
from core.view import View
from mining.performance import (
    Batching,
    Breakdown,
    CaseFlow,
    PerformanceOverview,
    Queue,
    Rework,
    TimesBy,
    TimeStep,
    WeekOfWork,
    batching,
    flow_over_time,
    performance_overview,
    queue_over_time,
    rework_cost,
    times_by,
    week_pattern,
)


@dataclass(frozen=True)
class TimesAsked:
    """The questions about times that can be asked of one view."""

    view: View

    @property
    def _clock(self) -> View:
        """The same in calendar time."""
        return replace(self.view, calendar=None)

    def overview(self) -> PerformanceOverview:
        """The figures of the strip, the bottlenecks and the cases over time."""
        return ask(performance_overview, self.view, "Measuring")

    def times(self, by: TimesBy) -> Breakdown:
        """Times by one thing."""
        return ask(times_by, self.view, "Measuring", by=by)

    def week(self) -> WeekOfWork:
        """When work is begun."""
        return ask(week_pattern, self.view, "Measuring the week")

    def rework(self) -> Rework:
        """What rework takes."""
        return ask(rework_cost, self.view, "Measuring rework")

    def batching(self, window: float) -> Batching:
        """Batch work."""
        return ask(batching, self._clock, "Looking for batches", window=window)

    def queue(self, activity: str | None) -> Queue:
        """What waits before an activity."""
        return ask(queue_over_time, self._clock, "Sweeping over arrivals and departures", activity=activity)

    def flow(self, step: TimeStep) -> CaseFlow:
        """Cases over time."""
        return ask(flow_over_time, self._clock, "Counting cases", step=step)
