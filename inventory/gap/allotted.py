"""Whom the newest allocation of each event log gives its activities to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.workspace import Workspace
from inventory.gap.values import TaskAllotment, UnallocatedLog
from mining.allocation.newest import newest_allocation
from mining.map.maps import list_maps


@dataclass(frozen=True)
class Allotments:
    """What is allocated of some event logs."""

    tasks: Mapping[tuple[str, str], TaskAllotment]  # by log and activity
    without: tuple[UnallocatedLog, ...]  # the logs that have no allocation


def allotments(ws: Workspace, logs: Iterable[str]) -> Allotments:
    """What the newest allocation of each of `logs` says."""
    tasks: dict[tuple[str, str], TaskAllotment] = {}
    without, maps = [], list_maps(ws)
    for log in dict.fromkeys(logs):
        found = newest_allocation(ws, log)
        if found is None:
            of_log = max((m for m in maps if m.log == log), key=lambda m: (m.created_at, m.version), default=None)
            named = (of_log.name, of_log.version) if of_log else (None, None)
            without.append(UnallocatedLog(log, *named))
            continue
        for task in found.tasks:
            tasks[log, task.activity] = TaskAllotment(
                task.outcome, found.map_name, found.map_version, task.override is not None
            )
    return Allotments(tasks, tuple(without))
