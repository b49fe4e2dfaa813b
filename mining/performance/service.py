"""The service verbs: each opens a log version, narrowed by a selection, and asks one question of its times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core import NO_SELECTION, BadInput, Calendar, Selection, Workspace, get_calendar
from mining.performance import batch, bottleneck, flow, reworking, times
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
    import duckdb

Chosen = Calendar | str | None  # a calendar, the name of one that is kept, or None for calendar time


@contextmanager
def _timed(
    ws: Workspace, log: str, version: int | None, calendar: Chosen, selection: Selection
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Carries]]:
    """A connection with the times laid ready. Raises NotFound, and BadInput where the filters leave nothing."""
    chosen = get_calendar(ws, calendar) if isinstance(calendar, str) else calendar
    with ws.logs.select(ws.logs.get(log, version), selection) as connection:
        if not connection.execute("SELECT 1 FROM event LIMIT 1").fetchone():
            raise BadInput("No case is left by these filters, so there are no times. Take a filter out.")
        yield connection, prepare(connection, chosen)


def performance_overview(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    calendar: Chosen = None,
    selection: Selection = NO_SELECTION,
) -> PerformanceOverview:
    """The times of the whole log, its bottlenecks by path, and its cases over time, from one opening of the log."""
    with _timed(ws, log, version, calendar, selection) as (connection, carries):
        return PerformanceOverview(
            times.summary(connection, carries),
            bottleneck.bottlenecks(connection, TimesBy.PATH, carries),
            flow.flow(connection, carries),
        )


def time_summary(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    calendar: Chosen = None,
    selection: Selection = NO_SELECTION,
) -> TimeSummary:
    """Cycle, waiting and service time of the whole log, what is completed a day and how many cases are open."""
    with _timed(ws, log, version, calendar, selection) as (connection, carries):
        return times.summary(connection, carries)


def times_by(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    by: TimesBy | str = TimesBy.ACTIVITY,
    calendar: Chosen = None,
    selection: Selection = NO_SELECTION,
) -> Breakdown:
    """Waiting, service and cycle time by activity, path, performer, system, weekday or hour."""
    with _timed(ws, log, version, calendar, selection) as (connection, carries):
        return times.times_by(connection, _by(by), carries)


def bottlenecks(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    by: TimesBy | str = TimesBy.PATH,
    calendar: Chosen = None,
    selection: Selection = NO_SELECTION,
) -> Bottlenecks:
    """Paths (or activities) by falling total delay."""
    if _by(by) not in (TimesBy.PATH, TimesBy.ACTIVITY):
        raise BadInput(f"There are no bottlenecks by {_by(by).value}. Use path or activity.")
    with _timed(ws, log, version, calendar, selection) as (connection, carries):
        return bottleneck.bottlenecks(connection, _by(by), carries)


def batching(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    window: float = batch.WINDOW,
    selection: Selection = NO_SELECTION,
) -> Batching:
    """Batch work by activity; `window` is how many seconds may lie between two cases of a batch. Calendar time."""
    if not 0 <= window <= 366 * 86_400:
        raise BadInput(f"A window of `{window}` seconds cannot hold a batch together. Give 0 or more, a year at most.")
    with _timed(ws, log, version, None, selection) as (connection, carries):
        return batch.batching(connection, carries, window=window)


def queue_over_time(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    activity: str | None = None,
    step: TimeStep | str | None = None,
    selection: Selection = NO_SELECTION,
) -> Queue:
    """What waits before an activity (default: before all) and what is in progress, over time. Calendar time."""
    with _timed(ws, log, version, None, selection) as (connection, carries):
        return flow.queue(connection, carries, activity, TimeStep(step) if step else None)


def flow_over_time(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    step: TimeStep | str | None = None,
    selection: Selection = NO_SELECTION,
) -> CaseFlow:
    """Cases started, completed and open, by day, week or month."""
    with _timed(ws, log, version, None, selection) as (connection, carries):
        return flow.flow(connection, carries, TimeStep(step) if step else None)


def rework_cost(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    calendar: Chosen = None,
    selection: Selection = NO_SELECTION,
) -> Rework:
    """What rework takes: instances, service time and money where the log has them, and cycle time with and without."""
    with _timed(ws, log, version, calendar, selection) as (connection, carries):
        return reworking.rework(connection, carries)


def week_pattern(
    ws: Workspace,
    log: str,
    version: int | None = None,
    *,
    calendar: Chosen = None,
    selection: Selection = NO_SELECTION,
) -> WeekOfWork:
    """When in the week work is begun, and how long it had waited."""
    with _timed(ws, log, version, calendar, selection) as (connection, carries):
        return times.week(connection, carries)


def _by(by: TimesBy | str) -> TimesBy:
    try:
        return TimesBy(by)
    except ValueError:
        raise BadInput(f"`{by}` is nothing to group times by. Use {', '.join(b.value for b in TimesBy)}.") from None
