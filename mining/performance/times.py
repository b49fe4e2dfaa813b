"""Waiting, service and cycle time: of the whole log, by one thing, and over the week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.calendar import WEEKDAYS
from mining.performance.timing import ask, names_of, path_of, spread
from mining.performance.values import Breakdown, Carries, GroupTimes, TimesBy, TimeSummary, WeekCell, WeekOfWork

if TYPE_CHECKING:
    import duckdb

_UNKNOWN = -1


def summary(connection: duckdb.DuckDBPyConnection, carries: Carries) -> TimeSummary:
    """The times of all cases. Shares are of waiting and service together, so they are withheld without service."""
    instances, *times = ask(connection, "summary_instances")[0]
    cases, complete, *rest = ask(connection, "summary_cases")[0]
    waiting, service = spread(tuple(times[:5]), times[4]), spread(tuple(times[5:]), times[9])
    both = (waiting.total if waiting else 0.0) + service.total if service and carries.start_share == 1 else 0.0
    return TimeSummary(
        cases=cases,
        complete=complete,
        instances=instances,
        cycle=spread(tuple(rest[:5]), rest[4]),
        waiting=waiting,
        service=service,
        waiting_share=(waiting.total if waiting else 0.0) / both if both else None,
        service_share=service.total / both if both and service else None,
        completed_a_day=rest[5],
        open_mean=rest[6],
        carries=carries,
    )


def times_by(connection: duckdb.DuckDBPyConnection, by: TimesBy, carries: Carries) -> Breakdown:
    """The times by activity, path, performer, system, weekday or hour of the day.

    A weekday or hour (by the clock of the source) takes the activity instances that begin then and the cases that start
    then. Shares of cycle time are of all cases; since a case stands in several groups, they add up to more than 1.
    """
    reason = _withheld(by, carries)
    if reason:
        return Breakdown(by, (), carries, reason)
    rows = ask(connection, "times_by", by=by.value)
    waiting, service = (sum(row[at] or 0.0 for row in rows) for at in (7, 12))
    cycle = (ask(connection, "summary_cases")[0][6] or 0.0) if rows else 0.0
    names = names_of(connection, by)
    kinds = dict(connection.execute("SELECT performer_no, kind FROM performer").fetchall())
    found = []
    for key, instances, cases, *numbers in rows:
        found.append(
            GroupTimes(
                **_named(by, key, names, kinds),
                instances=instances,
                cases=cases,
                waiting=spread(tuple(numbers[:5]), waiting),
                service=None if by is TimesBy.PATH else spread(tuple(numbers[5:10]), service),
                cycle=spread(tuple(numbers[10:]), cycle),
            )
        )
    if by not in (TimesBy.WEEKDAY, TimesBy.HOUR):
        found.sort(key=lambda row: (-(row.waiting.total if row.waiting else 0.0), row.name))
    return Breakdown(by, tuple(found), carries)


def week(connection: duckdb.DuckDBPyConnection, carries: Carries) -> WeekOfWork:
    """When in the week (by the clock of the source) activity instances begin, and how long they had waited."""
    return WeekOfWork(tuple(WeekCell(*row) for row in ask(connection, "week")), carries)


def _withheld(by: TimesBy, carries: Carries) -> str | None:
    if by is TimesBy.PERFORMER and carries.performer_share == 0:
        return "The log does not say who did the work: it has no performers."
    if by is TimesBy.SYSTEM and carries.system_share == 0:
        return "The log does not say in which system the work was done."
    return None


def _named(by: TimesBy, key: int, names: dict[int, str], kinds: dict[int, str]) -> dict[str, Any]:
    """What a group is called, and what else is known of it."""
    if by is TimesBy.PATH:
        path = path_of(key, names)
        return {"name": " → ".join(path), "path": path}
    if by is TimesBy.WEEKDAY:
        return {"name": WEEKDAYS[key].capitalize()}
    if by is TimesBy.HOUR:
        return {"name": f"{key:02}"}
    if key == _UNKNOWN:
        return {"name": f"{by.value} not known", "known": False}
    return {"name": names[key], "kind": kinds[key] if by is TimesBy.PERFORMER else None}
