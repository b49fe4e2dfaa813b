"""What the performance page asks of mining, each answer kept for the next run of the page."""

from __future__ import annotations

import json
from dataclasses import dataclass

import streamlit as st

from app.pages.state import home, workspace
from core import Calendar, Selection, View, Workspace, calendar_from_dict
from mining import (
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
class Asked:
    """One selection of a log version, and the calendar that its times are measured by."""

    log: str
    version: int
    selection: Selection
    calendar: Calendar | None

    @property
    def _of(self) -> tuple[Workspace, str, str, int, Selection]:
        return workspace(), home(), self.log, self.version, self.selection

    @property
    def _by(self) -> str:
        """The calendar as text, so that a changed one is asked anew."""
        return json.dumps(self.calendar.to_dict()) if self.calendar else ""

    def overview(self) -> PerformanceOverview:
        """The figures of the strip, the bottlenecks and the cases over time."""
        return _overview(*self._of, self._by)

    def times(self, by: TimesBy) -> Breakdown:
        """Times by one thing."""
        return _times(*self._of, self._by, by.value)

    def week(self) -> WeekOfWork:
        """When work is begun."""
        return _week(*self._of, self._by)

    def rework(self) -> Rework:
        """What rework takes."""
        return _rework(*self._of, self._by)

    def batching(self, window: float) -> Batching:
        """Batch work."""
        return _batching(*self._of, window)

    def queue(self, activity: str | None) -> Queue:
        """What waits before an activity."""
        return _queue(*self._of, activity)

    def flow(self, step: TimeStep) -> CaseFlow:
        """Cases over time."""
        return _flow(*self._of, step.value)


def _calendar(text: str) -> Calendar | None:
    return calendar_from_dict(json.loads(text)) if text else None


@st.cache_data(show_spinner="Measuring", max_entries=48)
def _overview(_ws: Workspace, _home: str, log: str, version: int, chosen: Selection, by: str) -> PerformanceOverview:
    return performance_overview(_ws, View(log, version, chosen, calendar=_calendar(by)))


@st.cache_data(show_spinner="Measuring", max_entries=48)
def _times(_ws: Workspace, _home: str, log: str, version: int, chosen: Selection, calendar: str, by: str) -> Breakdown:
    return times_by(_ws, View(log, version, chosen, calendar=_calendar(calendar)), by=by)


@st.cache_data(show_spinner="Measuring the week", max_entries=48)
def _week(_ws: Workspace, _home: str, log: str, version: int, chosen: Selection, by: str) -> WeekOfWork:
    return week_pattern(_ws, View(log, version, chosen, calendar=_calendar(by)))


@st.cache_data(show_spinner="Measuring rework", max_entries=48)
def _rework(_ws: Workspace, _home: str, log: str, version: int, chosen: Selection, by: str) -> Rework:
    return rework_cost(_ws, View(log, version, chosen, calendar=_calendar(by)))


@st.cache_data(show_spinner="Looking for batches", max_entries=48)
def _batching(_ws: Workspace, _home: str, log: str, version: int, chosen: Selection, window: float) -> Batching:
    return batching(_ws, View(log, version, chosen), window=window)


@st.cache_data(show_spinner="Sweeping over arrivals and departures", max_entries=48)
def _queue(_ws: Workspace, _home: str, log: str, version: int, chosen: Selection, activity: str | None) -> Queue:
    return queue_over_time(_ws, View(log, version, chosen), activity=activity)


@st.cache_data(show_spinner="Counting cases", max_entries=48)
def _flow(_ws: Workspace, _home: str, log: str, version: int, chosen: Selection, step: str) -> CaseFlow:
    return flow_over_time(_ws, View(log, version, chosen), step=step)
