"""Which mined tasks each pilot is bound to: by name or as a person linked them, in every event log of real work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.eventlog import LogVersion
from core.queries import load
from core.workspace import Workspace
from inventory import labels
from inventory.choosing import chosen_links
from inventory.demand import newest, simulated_logs
from inventory.values import Pilot, TouchedKind


@dataclass(frozen=True)
class BoundTasks:
    """The tasks of one pilot in one event log."""

    version: LogVersion
    tasks: tuple[str, ...]  # activities as the log writes them


@dataclass(frozen=True)
class Bindings:
    """What pilots are bound to."""

    tasks: Mapping[int, tuple[BoundTasks, ...]]  # by pilot id; none: its work was not mined
    linked: Mapping[int, int]  # by pilot id: how many of the activities that it names were mined
    logs: tuple[str, ...]  # event logs of real work
    simulated: tuple[str, ...]  # event logs that were left out


def bindings(ws: Workspace, pilots: Sequence[Pilot]) -> Bindings:
    """What `pilots` are bound to in the newest version of every event log. Simulated logs are left out."""
    left_out = simulated_logs(ws)
    versions = tuple(v for v in newest(ws) if v.log not in left_out)
    names = {version.log: _activities(ws, version) for version in versions}
    chosen = chosen_links(ws)
    known = {key for found in names.values() for key in found}
    tasks: dict[int, tuple[BoundTasks, ...]] = {}
    linked: dict[int, int] = {}
    for pilot in pilots:
        keys = [_key(pilot, label, known, chosen) for label in pilot.facts.touched(TouchedKind.ACTIVITY)]
        found = {key for key in keys if key is not None}
        linked[pilot.id] = sum(key is not None for key in keys)
        tasks[pilot.id] = tuple(
            BoundTasks(version, mine)
            for version in versions
            if (mine := tuple(sorted(n for key in found for n in names[version.log].get(key, ()))))
        )
    return Bindings(tasks, linked, tuple(v.log for v in versions), left_out)


def _activities(ws: Workspace, version: LogVersion) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    with ws.logs.read(version) as connection:
        for kind, name in connection.execute(load("inventory.sql", "mined").sql).fetchall():
            if kind == TouchedKind.ACTIVITY.value:
                found[labels.key(name)].append(name)
    return found


def _key(pilot: Pilot, label: str, known: set[str], chosen: Mapping[tuple[int, str], tuple[str, str]]) -> str | None:
    """The key of the mined activity that `label` stands for: its own name first, else what a person chose."""
    own = labels.key(label)
    if own in known:
        return own
    picked = chosen.get((pilot.id, own))
    return key if picked and (key := labels.key(picked[0])) in known else None
