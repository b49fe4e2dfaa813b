"""What waits and what is under way over time: queues of activities, cases started, completed and open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.errors import not_found
from mining.performance.timing import ask, fitting, names_of, step_parameters
from mining.performance.values import Carries, CaseFlow, FlowPoint, Queue, QueuePoint, TimesBy, TimeStep

if TYPE_CHECKING:
    import duckdb

_DAY = 86_400.0


def queue(
    connection: duckdb.DuckDBPyConnection, carries: Carries, activity: str | None = None, step: TimeStep | None = None
) -> Queue:
    """What waits before `activity` (default: before all), and what is in progress, step by step; calendar time.

    An activity instance waits from the end of the one before it in its case to its own start (without a start: to its
    end); the first of a case comes from outside and waits for nothing that the log knows of. Means and peaks are exact.
    Little's law (length = arrival rate x mean wait; Little, Operations Research 1961) holds over the whole log, since
    everything that arrives also leaves: the two figures come from different sums and must agree.
    Raises NotFound for an activity that the log does not have.
    """
    number = _number(connection, activity)
    arrived, wait, completed, first, last, has_start = ask(connection, "queue_law", activity_no=number)[0]
    seconds = (last - first).total_seconds() if arrived else 0.0
    if not seconds:
        reason = "Nothing waits here: every activity instance is the first of its case, or all happen at one moment."
        return Queue(activity, step or TimeStep.DAY, (), arrived, 0.0, 0.0, 0.0, wait or 0.0, 0.0, carries, reason)
    step = step or fitting(seconds / _DAY)
    rows = ask(connection, "queue", activity_no=number, zone=carries.time_zone, **step_parameters(step))
    points = tuple(
        QueuePoint(_utc(at), waiting, peak, busy if has_start else None, came, begun, done)
        for at, waiting, peak, busy, came, begun, done in rows
    )
    return Queue(
        activity=activity,
        step=step,
        points=points,
        arrived=arrived,
        arrivals_a_day=arrived / seconds * _DAY,
        completions_a_day=completed / seconds * _DAY,
        length=ask(connection, "queue_length", activity_no=number)[0][0] / seconds,
        wait_mean=wait,
        little=arrived / seconds * wait,
        carries=carries,
    )


def flow(connection: duckdb.DuckDBPyConnection, carries: Carries, step: TimeStep | None = None) -> CaseFlow:
    """Cases started, completed and open at the end of each day, week or month by the clock of the source.

    A case that is not complete stays open to the end of the log.
    """
    if step is None:
        days = connection.execute("SELECT date_diff('day', min(begun), max(ended)) FROM timed").fetchone() or (0,)
        step = max(fitting(days[0] or 0), TimeStep.DAY, key=list(TimeStep).index)
    rows = ask(connection, "flow", **step_parameters(step))
    return CaseFlow(step, tuple(FlowPoint(at, started, done, left) for at, started, done, left in rows), carries)


def _number(connection: duckdb.DuckDBPyConnection, activity: str | None) -> int | None:
    if activity is None:
        return None
    numbers = {name: number for number, name in names_of(connection, TimesBy.ACTIVITY).items()}
    if activity not in numbers:
        raise not_found("activity", activity, numbers)
    return numbers[activity]


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
