"""What pilots of one cluster compete for in event logs: the cases and hours a month of the activities they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.queries import load
from core.workspace import Workspace
from inventory import labels
from inventory.demand import newest, simulated_logs
from inventory.overlap.values import TaskProof

SECONDS_A_MONTH = 365.25 / 12 * 86_400
_LEAST = 86_400  # seconds that a log must cover for a month's work to be told from it


@dataclass(frozen=True)
class MinedWork:
    """The work a month of one mined activity."""

    activity: str
    log: str
    cases_a_month: float | None
    hours_a_month: float | None


def mined_work(ws: Workspace, keys: set[str]) -> tuple[MinedWork, ...]:
    """The work of the activities with these keys in the newest version of every event log of real work.

    A month is a twelfth of 365.25 days; the log covers what lies from the first to the last end of its events. None
    where it covers less than a day, and for hours where it has no service times.
    """
    left_out = simulated_logs(ws)
    found = []
    for version in newest(ws):
        if version.log in left_out or not keys:
            continue
        with ws.logs.read(version) as connection:
            rows = connection.execute(load("inventory.sql", "work_a_month").sql).fetchall()
        for activity, cases, seconds, first, last in rows:
            if labels.key(activity) not in keys:
                continue
            covered = (last - first).total_seconds()
            months = covered / SECONDS_A_MONTH if covered >= _LEAST else None
            hours = None if months is None or seconds is None else seconds / 3600 / months
            found.append(MinedWork(activity, version.log, None if months is None else cases / months, hours))
    return tuple(found)


def proof_of(
    pilots: Sequence[int], tasks: Mapping[int, frozenset[str]], work: Sequence[MinedWork]
) -> tuple[TaskProof, ...]:
    """The mined activities that two or more of `pilots` name, those with most cases a month first."""
    found = []
    for one in work:
        who = tuple(p for p in pilots if labels.key(one.activity) in tasks[p])
        if len(who) > 1:
            found.append(TaskProof(one.activity, one.log, who, one.cases_a_month, one.hours_a_month))
    return tuple(sorted(found, key=lambda t: (-(t.cases_a_month or 0), t.log, t.activity)))
