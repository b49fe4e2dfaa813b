"""What was mined, as the inventory needs it: the work that activities make, and the names that event logs know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.eventlog import LogVersion
from core.queries import load
from core.workspace import Workspace
from inventory.values import ActivityDemand, TouchedKind


def demand_from_log(ws: Workspace, log: str, version: int | None = None) -> tuple[ActivityDemand, ...]:
    """The work that each activity of an event log makes, most frequent first. Raises NotFound.

    `service_seconds` and `waiting_seconds` are means over the instances that have them; agents' and systems' instances
    are left out of the service time, which is to say what people's work on the activity takes.
    """
    found = ws.logs.get(log, version)
    with ws.logs.read(found) as connection:
        rows = connection.execute(load("inventory.sql", "demand").sql).fetchall()
    return tuple(
        ActivityDemand(activity, found.log, count, human / known if known else None, service, waiting, known == count)
        for activity, count, known, human, service, waiting in rows
    )


def demand_from_logs(ws: Workspace, logs: Sequence[str] = ()) -> tuple[ActivityDemand, ...]:
    """The work of the newest version of each of `logs`; of every event log where none is named. Raises NotFound.

    Simulated logs are left out: nobody's work is in them. See `simulated_logs`.
    """
    left_out = simulated_logs(ws)
    return tuple(d for v in newest(ws, logs) if v.log not in left_out for d in demand_from_log(ws, v.log, v.version))


def simulated_logs(ws: Workspace) -> tuple[str, ...]:
    """The event logs whose newest version holds work of simulated performers."""
    return tuple(v.log for v in newest(ws) if ws.logs.trust(v).simulated)


def newest(ws: Workspace, logs: Iterable[str] = ()) -> tuple[LogVersion, ...]:
    """The newest version of each of `logs`; of every event log where none is named. Raises NotFound."""
    wanted = tuple(logs)
    if wanted:
        return tuple(ws.logs.get(log) for log in dict.fromkeys(wanted))
    return tuple({v.log: v for v in ws.logs.versions()}.values())


@dataclass(frozen=True)
class Mined:
    """The names of one kind that event logs know."""

    names: tuple[tuple[str, str], ...]  # name and event log


def mined_activities(ws: Workspace) -> tuple[tuple[str, str], ...]:
    """Every activity of the newest version of every event log, with its log."""
    return mined_names(ws)[TouchedKind.ACTIVITY].names


def mined_names(ws: Workspace) -> dict[TouchedKind, Mined]:
    """The names of activities and of systems in the newest version of every event log."""
    found: dict[TouchedKind, list[tuple[str, str]]] = {TouchedKind.ACTIVITY: [], TouchedKind.SYSTEM: []}
    for version in newest(ws):
        with ws.logs.read(version) as connection:
            for kind, name in connection.execute(load("inventory.sql", "mined").sql).fetchall():
                found[TouchedKind(kind)].append((name, version.log))
    return {kind: Mined(tuple(names)) for kind, names in found.items()}
