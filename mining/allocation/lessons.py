"""What people's overrides teach: how often they left the computed outcome, and what they put in the place of it.

Shown beside the advice and never worked into it: a later task of the same name is advised on by its own log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.labels import label_key
from core.workspace import Workspace
from mining.allocation.stored import Allocation, read_allocations
from mining.allocation.values import AllocationOutcome
from mining.map.maps import list_maps, read_map
from mining.tables import map_override


@dataclass(frozen=True)
class EarlierOverride:
    """An override of a task of the same name, on another map or an earlier version."""

    map: str
    map_version: int
    activity: str
    outcome: AllocationOutcome
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Agreement:
    """How people dealt with one computed outcome, over the newest allocated version of every map."""

    outcome: AllocationOutcome
    tasks: int
    changed: int
    mostly: AllocationOutcome | None  # what they put there most often; None: they changed none


def earlier_overrides(ws: Workspace, activity: str, map_name: str, map_version: int) -> tuple[EarlierOverride, ...]:
    """The latest override of each other map version for a task of the same name, newest first."""
    with ws.database.read() as connection:
        rows = connection.execute(sa.select(map_override).order_by(map_override.c.id.desc())).mappings().all()
    latest: dict[tuple[str, int], EarlierOverride] = {}
    for row in rows:
        at = (row["map_name"], row["map_version"])
        if at == (map_name, map_version) or label_key(row["activity"]) != label_key(activity):
            continue
        latest.setdefault(
            at,
            EarlierOverride(
                *at, row["activity"], AllocationOutcome(row["outcome"]), row["reason"], row["created_by"],
                row["created_at"],
            ),
        )  # fmt: skip
    return tuple(latest.values())


def agreement(ws: Workspace) -> tuple[Agreement, ...]:
    """For each computed outcome how many tasks have it, and how many of them people changed."""
    newest = {found.name: found.version for found in list_maps(ws)}
    with ws.database.read() as connection:
        every = [a for n, v in newest.items() for a in read_allocations(connection, read_map(connection, n, v))]
    return agreed(every)


def agreed(every: Sequence[Allocation]) -> tuple[Agreement, ...]:
    """The agreement over these allocations. No tasks are left out: nobody is asked about them."""
    tasks = [one for one in every if one.no_task is None]
    found = []
    for outcome in AllocationOutcome:
        of = [one for one in tasks if one.computed is outcome]
        changed = Counter(one.outcome for one in of if one.outcome is not outcome)
        mostly = changed.most_common(1)[0][0] if changed else None
        if of:
            found.append(Agreement(outcome, len(of), sum(changed.values()), mostly))
    return tuple(found)
