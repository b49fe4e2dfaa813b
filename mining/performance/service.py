"""The service verbs: each opens a log version, narrowed by a selection, and asks one question of its times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import BadInput
from core.view import View
from core.workspace import Workspace
from mining.performance import batch, bottleneck, flow, reworking, times
from mining.performance.carried import breakdown_carried, summary_carried
from mining.performance.timing import prepare
from mining.performance.values import (
    Batching,
    Bottlenecks,
    Breakdown,
    Carries,
    CaseFlow,
    PerformanceOverview,
    Queue,
    Rework,
    TimesBy,
    TimeStep,
    TimeSummary,
    WeekOfWork,
)

if TYPE_CHECKING:
    from core.eventlog import Opened


@contextmanager
def _timed(ws: Workspace, view: View) -> Iterator[tuple[Opened, Carries]]:
    """The view, open, with its times laid ready. Raises NotFound, and BadInput where the filters leave nothing."""
    with ws.logs.open(view) as opened:
        if not opened.connection.execute("SELECT 1 FROM event LIMIT 1").fetchone():
            raise BadInput("No case is left by these filters, so there are no times. Take a filter out.")
        yield opened, prepare(opened.connection, view.calendar)


def performance_overview(
    ws: Workspace,
    view: View,
) -> PerformanceOverview:
    """The times of the whole log, its bottlenecks by path, and its cases over time, from one opening of the log."""
    with _timed(ws, view) as (opened, carries):
        found = PerformanceOverview(
            summary_carried(times.summary(opened.connection, carries), opened.trust),
            bottleneck.bottlenecks(opened.connection, TimesBy.PATH, carries),
            flow.flow(opened.connection, carries),
        )
        return opened.told(found)


def time_summary(
    ws: Workspace,
    view: View,
) -> TimeSummary:
    """Cycle, waiting and service time of the whole log, what is completed a day and how many cases are open."""
    with _timed(ws, view) as (opened, carries):
        return opened.told(summary_carried(times.summary(opened.connection, carries), opened.trust))


def times_by(
    ws: Workspace,
    view: View,
    *,
    by: TimesBy | str = TimesBy.ACTIVITY,
) -> Breakdown:
    """Waiting, service and cycle time by activity, path, performer, system, weekday or hour."""
    with _timed(ws, view) as (opened, carries):
        return opened.told(breakdown_carried(times.times_by(opened.connection, _by(by), carries), opened.trust))


def bottlenecks(
    ws: Workspace,
    view: View,
    *,
    by: TimesBy | str = TimesBy.PATH,
) -> Bottlenecks:
    """Paths (or activities) by falling total delay."""
    if _by(by) not in (TimesBy.PATH, TimesBy.ACTIVITY):
        raise BadInput(f"There are no bottlenecks by {_by(by).value}. Use path or activity.")
    with _timed(ws, view) as (opened, carries):
        return opened.told(bottleneck.bottlenecks(opened.connection, _by(by), carries))


def batching(
    ws: Workspace,
    view: View,
    *,
    window: float = batch.WINDOW,
) -> Batching:
    """Batch work by activity; `window` is how many seconds may lie between two cases of a batch. Calendar time."""
    if not 0 <= window <= 366 * 86_400:
        raise BadInput(f"A window of `{window}` seconds cannot hold a batch together. Give 0 or more, a year at most.")
    with _timed(ws, replace(view, calendar=None)) as (opened, carries):
        return opened.told(batch.batching(opened.connection, carries, window=window))


def queue_over_time(
    ws: Workspace,
    view: View,
    *,
    activity: str | None = None,
    step: TimeStep | str | None = None,
) -> Queue:
    """What waits before an activity (default: before all) and what is in progress, over time. Calendar time."""
    with _timed(ws, replace(view, calendar=None)) as (opened, carries):
        return opened.told(flow.queue(opened.connection, carries, activity, TimeStep(step) if step else None))


def flow_over_time(
    ws: Workspace,
    view: View,
    *,
    step: TimeStep | str | None = None,
) -> CaseFlow:
    """Cases started, completed and open, by day, week or month."""
    with _timed(ws, replace(view, calendar=None)) as (opened, carries):
        return opened.told(flow.flow(opened.connection, carries, TimeStep(step) if step else None))


def rework_cost(
    ws: Workspace,
    view: View,
) -> Rework:
    """What rework takes: instances, service time and money where the log has them, and cycle time with and without."""
    with _timed(ws, view) as (opened, carries):
        return opened.told(reworking.rework(opened.connection, carries))


def week_pattern(
    ws: Workspace,
    view: View,
) -> WeekOfWork:
    """When in the week work is begun, and how long it had waited."""
    with _timed(ws, view) as (opened, carries):
        return opened.told(times.week(opened.connection, carries))


def _by(by: TimesBy | str) -> TimesBy:
    try:
        return TimesBy(by)
    except ValueError:
        raise BadInput(f"`{by}` is nothing to group times by. Use {', '.join(b.value for b in TimesBy)}.") from None
