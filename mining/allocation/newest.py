"""The newest stored allocation of an event log, whichever of its maps it was made from."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from core.workspace import Workspace
from mining.allocation.stored import Allocation, read_allocations
from mining.map.maps import read_map
from mining.tables import map_allocation, workflow_map


@dataclass(frozen=True)
class LogAllocation:
    """The allocations of one map of a log."""

    map_name: str
    map_version: int
    tasks: tuple[Allocation, ...]


def newest_allocation(ws: Workspace, log: str) -> LogAllocation | None:
    """What the map of `log` says that was allocated last, in its newest version that is; None before `allocate`."""
    made, maps = map_allocation.c, workflow_map.c
    query = (
        sa.select(made.map_name, made.map_version)
        .join(workflow_map, sa.and_(maps.name == made.map_name, maps.version == made.map_version))
        .where(maps.log == log)
        .group_by(made.map_name, made.map_version)
        .order_by(sa.func.max(made.created_at).desc(), made.map_name, made.map_version.desc())
    )
    with ws.database.read() as connection:
        found = connection.execute(query).first()
        if found is None:
            return None
        tasks = read_allocations(connection, read_map(connection, found.map_name, found.map_version))
    return LogAllocation(found.map_name, found.map_version, tasks)
