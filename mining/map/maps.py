"""Workflow maps: what was discovered, kept under a name. A version never changes; saving again makes the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Verb, act, permit
from core.errors import BadInput, not_found
from core.locks import hold_table
from core.tree import ProcessTree
from core.view import View
from core.workspace import Workspace
from mining.map.dfg import Dfg
from mining.map.discovery import discover
from mining.map.profile import ActivityProfile, profiles
from mining.tables import workflow_map

_NAME = re.compile(r"^\w[\w .&()/-]{0,99}$")


SAVE = Verb("map.save", "WorkflowMap")


@dataclass(frozen=True)
class WorkflowMap:
    """One version of a workflow map."""

    name: str
    version: int  # from 1
    log: str
    log_version: int
    noise: float  # threshold that the tree was discovered with
    variants: int  # how many the log has
    left_out: tuple[str, ...]  # activities that the tree does not have
    tree: ProcessTree
    dfg: Dfg  # of all activities
    profiles: tuple[ActivityProfile, ...]  # of all activities: performers, systems, times
    notes: str
    created_at: datetime
    created_by: str
    selection: str = ""  # the filters it was discovered under, as text; empty: none


@dataclass(frozen=True)
class MapSummary:
    """A workflow map version in a list."""

    name: str
    version: int
    log: str
    log_version: int
    noise: float
    variants: int
    activities: int
    notes: str
    created_at: datetime
    created_by: str


def save_map(
    ws: Workspace, name: str, view: View, *, noise: float = 0.0, activities_share: float | None = None, notes: str = "",
    by: Actor,
) -> WorkflowMap:  # fmt: skip
    """The next version of map `name`, discovered from what `view` shows.

    See `discover` for `noise` and `activities_share`.

    Raises NotFound and BadInput; then nothing was stored.
    """
    if not _NAME.match(name) or name != name.strip():
        raise BadInput(
            f"`{name}` cannot name a workflow map. Use 1 to 100 letters, digits, blanks and `_ . & ( ) / -`, "
            "starting with a letter or digit."
        )
    if view.selection.grouped_by:
        raise BadInput(
            f"A workflow map speaks of activities, and these events are grouped by `{view.selection.grouped_by}`. Take "
            "the grouping away."
        )
    permit(ws, by, SAVE, name)
    found = discover(ws, view, noise=noise, activities_share=activities_share)
    with ws.logs.open(replace(view, version=found.version)) as opened:
        described = profiles(opened.connection, found.dfg)
    with act(ws, by, SAVE, name) as doing:
        connection = doing.connection
        saved = WorkflowMap(
            name, _next_version(connection, name), found.log, found.version, noise, len(found.variants),
            found.left_out, found.tree, found.dfg, described, notes, ws.clock.now(), doing.principal,
            "" if view.selection.is_whole else view.selection.text(),
        )  # fmt: skip
        connection.execute(sa.insert(workflow_map).values(**_row(saved)))
        doing.resource = f"{name} {saved.version}"
    return saved


def get_map(ws: Workspace, name: str, version: int | None = None) -> WorkflowMap:
    """Version `version` of map `name`, the newest if none is given. Raises NotFound that names what there is."""
    with ws.database.read() as connection:
        return read_map(connection, name, version)


def list_maps(ws: Workspace) -> tuple[MapSummary, ...]:
    """Every version of every map, by name and then version."""
    table = workflow_map.c
    columns = [
        table.name, table.version, table.log, table.log_version, table.noise, table.variants,
        table.tree, table.notes, table.created_at, table.created_by,
    ]  # fmt: skip
    with ws.database.read() as connection:
        rows = connection.execute(sa.select(*columns).order_by(table.name, table.version)).mappings().all()
    return tuple(
        MapSummary(
            **{key: value for key, value in row.items() if key != "tree"},
            activities=len(set(ProcessTree.from_dict(row["tree"]).labels())),
        )
        for row in rows
    )


def read_map(connection: Connection, name: str, version: int | None) -> WorkflowMap:
    """As `get_map`, within a transaction."""
    table = workflow_map.c
    versions = connection.execute(sa.select(table.version).where(table.name == name)).scalars().all()
    if not versions:
        raise not_found("workflow map", name, connection.execute(sa.select(table.name).distinct()).scalars())
    wanted = max(versions) if version is None else version
    if wanted not in versions:
        raise not_found(f"version of workflow map `{name}`", str(wanted), map(str, versions))
    query = sa.select(workflow_map).where(table.name == name, table.version == wanted)
    return _map(dict(connection.execute(query).mappings().one()))


def _next_version(connection: Connection, name: str) -> int:
    hold_table(connection, workflow_map)
    latest = sa.select(sa.func.max(workflow_map.c.version)).where(workflow_map.c.name == name)
    return (connection.execute(latest).scalar() or 0) + 1


def _row(saved: WorkflowMap) -> dict[str, Any]:
    return {
        **vars(saved),
        "left_out": list(saved.left_out),
        "tree": saved.tree.to_dict(),
        "dfg": saved.dfg.to_dict(),
        "profiles": [profile.to_dict() for profile in saved.profiles],
    }


def _map(row: dict[str, Any]) -> WorkflowMap:
    return WorkflowMap(
        **{
            **row,
            "left_out": tuple(row["left_out"]),
            "tree": ProcessTree.from_dict(row["tree"]),
            "dfg": Dfg.from_dict(row["dfg"]),
            "profiles": tuple(ActivityProfile.from_dict(profile) for profile in row["profiles"]),
        }
    )
