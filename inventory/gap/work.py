"""Reads what people did of each activity of an event log, once for each version."""

from __future__ import annotations

from typing import Any

from core.eventlog import LogVersion
from core.kept import kept
from core.queries import load
from core.trust import Result
from core.workspace import Workspace
from inventory.gap.values import PeopleWork
from mining.allocation.observe import DAY, MONTH

_RULES = ("inventory.gap", "inventory.sql")
_NO_TIMES = "the log has no service times"
_NO_COSTS = "the log has no costs"


def people_work(ws: Workspace, version: LogVersion) -> dict[str, PeopleWork]:
    """What people did of each activity of `version`; an activity that no person did is left out.

    The period is that of the allocation, so that both tell the same hours: from the first to the last moment that can
    be true, at least one month (of 30.4375 days).
    """
    trust, currency = ws.logs.trust(version), ws.logs.meta(version).currency
    untold = {result: trust.why_not(result) for result in (Result.SERVICE_TIME, Result.COST)}
    least = trust.tells_from or 0
    found = {}
    for row in kept(ws.settings.home, version, "people_work", _RULES, lambda: _rows(ws, version)):
        activity, *sums, cost, cost_squares, most_cost, least_cost, hundredths, seconds = row
        instances, squares, most, timed, timed_cases, costed = sums
        no_times = untold[Result.SERVICE_TIME] or (None if timed else _NO_TIMES)
        if not no_times and hundredths[50] < least:
            no_times = trust.withheld[Result.SERVICE_TIME].reason
        found[activity] = PeopleWork(
            max(1.0, seconds / MONTH) if seconds is not None and seconds >= DAY else None,
            instances, squares, most, timed, timed_cases, tuple(hundredths or ()), costed, cost, cost_squares,
            most_cost, least_cost, currency, no_times and no_times.rstrip("."),
            untold[Result.COST] or (None if costed else _NO_COSTS),
        )  # fmt: skip
    return found


def _rows(ws: Workspace, version: LogVersion) -> list[Any]:
    with ws.logs.read(version) as connection:
        return connection.execute(load("inventory.sql", "people_work").sql).fetchall()
