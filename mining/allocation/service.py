"""Allocations of a workflow map: computed and stored, read back, overridden by a person. Nothing is ever changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput, not_found
from core.workspace import Workspace
from mining.allocation.assess import Assessment, assess
from mining.allocation.criteria import Criterion
from mining.allocation.values import AllocationOutcome
from mining.allocation.weights import RULES
from mining.map.maps import WorkflowMap, read_map
from mining.tables import map_allocation, map_override

ALLOCATE, OVERRIDE = Verb("map.allocate", "WorkflowMap"), Verb("map.override", "WorkflowMap")


@dataclass(frozen=True)
class Override:
    """What a person put in the place of the computed outcome."""

    outcome: AllocationOutcome
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Allocation:
    """Who should do one task of a workflow map, with the evidence."""

    activity: str
    outcome: AllocationOutcome  # in force: the override's, else the computed one
    computed: AllocationOutcome  # what the rules said
    suitability: float | None  # 0 to 100; None where the log has data for none of its criteria
    value: float  # 0 to 100
    coverage: float  # share of the weight of suitability for which the log had data, 0 to 1
    value_coverage: float
    criteria: tuple[Criterion, ...]
    reasons: tuple[str, ...]  # of the computed outcome
    override: Override | None  # the latest one


def allocate(ws: Workspace, map_name: str, map_version: int | None = None, *, by: Actor) -> tuple[Allocation, ...]:
    """The allocations of the map's activities (those of its tree, by falling frequency), computed and stored.

    Computing again with the same rules gives and stores nothing new. Raises NotFound, and BadInput for a map of a
    simulated log.
    """
    with act(ws, by, ALLOCATE, map_name) as doing:
        connection = doing.connection
        found = read_map(connection, map_name, map_version)
        doing.resource = f"{found.name} {found.version}"
        _refuse_simulated(ws, found)
        doing.idle = bool(_stored(connection, found, RULES))
        if not doing.idle:
            rows = [_row(ws, found, position, a, doing.principal) for position, a in enumerate(_assessments(found))]
            connection.execute(sa.insert(map_allocation), rows)
        return _allocations(connection, found)


def allocations(ws: Workspace, map_name: str, map_version: int | None = None) -> tuple[Allocation, ...]:
    """The stored allocations of the map, by the newest rules they were computed with; empty before `allocate`."""
    with ws.database.read() as connection:
        return _allocations(connection, read_map(connection, map_name, map_version))


def override(
    ws: Workspace,
    map_name: str,
    map_version: int | None,
    activity: str,
    outcome: AllocationOutcome,
    reason: str,
    by: Actor,
) -> Allocation:
    """The allocation of `activity` with `outcome` in force from now on; the computed one stays beside it.

    Raises NotFound for a map, version or activity that is not there, BadInput without a reason or before `allocate`.
    """
    with act(ws, by, OVERRIDE, map_name) as doing:
        if not reason.strip():
            raise BadInput(f"An override of `{activity}` needs a reason.")
        connection = doing.connection
        found = read_map(connection, map_name, map_version)
        doing.resource = f"{found.name} {found.version}"
        doing.payload = {"activity": activity, "outcome": AllocationOutcome(outcome).value, "reason": reason.strip()}
        before = _allocations(connection, found)
        if not before:
            raise BadInput(f"Map `{found.name}` version {found.version} is not allocated yet. Allocate it first.")
        if activity not in {a.activity for a in before}:
            raise not_found(f"activity in map `{found.name}`", activity, [a.activity for a in before])
        connection.execute(
            sa.insert(map_override).values(
                map_name=found.name, map_version=found.version, activity=activity,
                outcome=AllocationOutcome(outcome).value,
                reason=reason.strip(), created_at=ws.clock.now(), created_by=doing.principal,
            )
        )  # fmt: skip
        return next(a for a in _allocations(connection, found) if a.activity == activity)


def _refuse_simulated(ws: Workspace, found: WorkflowMap) -> None:
    """Raise BadInput where simulated performers did the work: then automating it is worth nothing that is known."""
    if ws.logs.trust(ws.logs.get(found.log, found.log_version)).simulated:
        raise BadInput(
            f"Simulated performers did work in the event log `{found.log}` version {found.log_version}, so what "
            f"automating it is worth is not known. Allocate a map of a log of real work."
        )


def _assessments(found: WorkflowMap) -> list[Assessment]:
    tasks = set(found.tree.labels())
    return [assess(profile) for profile in found.profiles if profile.activity in tasks]


def _row(ws: Workspace, found: WorkflowMap, position: int, assessment: Assessment, by: str) -> dict[str, Any]:
    fields = asdict(assessment)
    fields["computed"] = fields.pop("outcome").value
    fields["criteria"] = [criterion.to_dict() for criterion in assessment.criteria]
    fields["reasons"] = list(assessment.reasons)
    return {
        "map_name": found.name, "map_version": found.version, "rules": RULES, "position": position,
        **fields, "created_at": ws.clock.now(), "created_by": by,
    }  # fmt: skip


def _stored(connection: Connection, found: WorkflowMap, rules: int) -> Sequence[Any]:
    table = map_allocation.c
    query = sa.select(map_allocation).where(
        table.map_name == found.name, table.map_version == found.version, table.rules == rules
    )
    return connection.execute(query.order_by(table.position)).mappings().all()


def _allocations(connection: Connection, found: WorkflowMap) -> tuple[Allocation, ...]:
    table = map_allocation.c
    newest = connection.execute(
        sa.select(sa.func.max(table.rules)).where(table.map_name == found.name, table.map_version == found.version)
    ).scalar()
    if newest is None:
        return ()
    overrides = _overrides(connection, found)
    return tuple(_allocation(row, overrides.get(row["activity"])) for row in _stored(connection, found, newest))


def _allocation(row: Any, overridden: Override | None) -> Allocation:
    computed = AllocationOutcome(row["computed"])
    return Allocation(
        row["activity"], overridden.outcome if overridden else computed, computed,
        row["suitability"], row["value"], row["coverage"], row["value_coverage"],
        tuple(Criterion.from_dict(c) for c in row["criteria"]), tuple(row["reasons"]), overridden,
    )  # fmt: skip


def _overrides(connection: Connection, found: WorkflowMap) -> dict[str, Override]:
    """The latest override of each activity."""
    table = map_override.c
    rows = connection.execute(
        sa.select(map_override)
        .where(table.map_name == found.name, table.map_version == found.version)
        .order_by(table.id)
    ).mappings()
    return {
        row["activity"]: Override(
            AllocationOutcome(row["outcome"]), row["reason"], row["created_by"], row["created_at"]
        )
        for row in rows
    }
