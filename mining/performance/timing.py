"""Lays the times of an event log ready on a connection: in calendar time, or in that of a business calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.calendar import Calendar, install_calendar
from core.eventlog.meta import read_meta
from core.queries import load
from core.zones import zone_of
from mining.performance.values import Carries, Spread, TimesBy, TimeStep

if TYPE_CHECKING:
    import duckdb

SQL = "mining.performance.sql"
_LENGTHS = {  # of a step, as parameters of the queries that walk in steps
    TimeStep.HOUR: {"months": 0, "days": 0, "hours": 1},
    TimeStep.DAY: {"months": 0, "days": 1, "hours": 0},
    TimeStep.WEEK: {"months": 0, "days": 7, "hours": 0},
    TimeStep.MONTH: {"months": 1, "days": 0, "hours": 0},
}


def prepare(connection: duckdb.DuckDBPyConnection, calendar: Calendar | None = None) -> Carries:
    """What the log can carry; afterwards the connection has the views `timed` (activity instances) and `timed_case`.

    With a calendar, waiting, service and cycle time are its working time; without one they are calendar time. Moments
    are the same in both.
    """
    if calendar is not None:
        install_calendar(connection, calendar)
    meta = read_meta(connection)
    connection.execute("SET VARIABLE log_zone = $zone", {"zone": zone_of(meta.timezone)})
    kinds = ("calendar", "working") if calendar else ("calendar",)
    for name in (f"{view}_{kind}" for kind in kinds for view in ("timed", "timed_case")):
        connection.execute(load(SQL, name).sql)
    shares = connection.execute(load(SQL, "carries").sql).fetchone() or (0.0,) * 5
    start, cost, performer, system, offset = (share or 0.0 for share in shares)
    return Carries(
        start_share=start,
        cost_share=cost,
        performer_share=performer,
        system_share=system,
        offset_share=offset,
        time_zone=zone_of(meta.timezone),
        currency=meta.currency,
        calendar=calendar.name if calendar else None,
    )


def ask(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a named query of this package."""
    return connection.execute(load(SQL, name).sql, parameters or None).fetchall()


def step_parameters(step: TimeStep) -> dict[str, Any]:
    """What a query that walks in steps is told of their length."""
    return {"step": step.value, **_LENGTHS[step]}


def fitting(days: float) -> TimeStep:
    """The finest step with which a chart over `days` keeps to some hundred points."""
    if days <= 21:
        return TimeStep.HOUR
    if days <= 800:
        return TimeStep.DAY
    return TimeStep.WEEK if days <= 5_000 else TimeStep.MONTH


def spread(row: tuple[Any, ...], whole: float | None) -> Spread | None:
    """The spread of (count, mean, median, p95, total), with its share of `whole`; None where nothing has the time."""
    count, mean, median, p95, total = row
    return Spread(count, mean, median, p95, total, total / whole if whole else None) if count else None


def names_of(connection: duckdb.DuckDBPyConnection, by: TimesBy) -> dict[int, str]:
    """The names of activities, performers or systems by number."""
    table = {TimesBy.PERFORMER: "performer", TimesBy.SYSTEM: "system"}.get(by, "activity")
    return dict(connection.execute(f"SELECT {table}_no, name FROM {table}").fetchall())  # noqa: S608 -- one of three


def path_of(key: int, names: dict[int, str]) -> tuple[str, str]:
    """Source and target of a path's key."""
    return names[key >> 32], names[key & 0xFFFFFFFF]
