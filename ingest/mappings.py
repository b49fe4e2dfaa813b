"""Answers to how a file is to be read, kept under a name for the next file of the same kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput, not_found
from core.workspace import Workspace
from ingest.tables import import_mapping
from ingest.values import ColumnRole
from ingest.way import Way

_NAME = re.compile(r"^\w[\w .&()/,-]{0,99}$")


SAVE, FORGET = Verb("mapping.save", "ColumnMapping"), Verb("mapping.forget", "ColumnMapping")


@dataclass(frozen=True)
class ColumnMapping:
    """Which column plays which role, and how times, amounts and words are read."""

    name: str
    roles: Mapping[str, str]  # role to column
    timezone: str = "UTC"
    date_order: str | None = None
    encoding: str | None = None
    performer_kinds: Mapping[str, str] = field(default_factory=dict)
    missing_words: bool = True
    decimal: str | None = None
    error_words: Sequence[str] = ()
    pauses: Sequence[str] = ()
    ends: Sequence[str] = ()
    created_at: datetime | None = None
    created_by: str = ""


def save_mapping(ws: Workspace, mapping: ColumnMapping, *, by: Actor) -> ColumnMapping:
    """The mapping as it is kept; what had its name is replaced. Raises BadInput for what could not be used."""
    if not _NAME.match(mapping.name):
        raise BadInput(f"`{mapping.name}` cannot name a mapping. Use up to 100 letters, digits, spaces and - _ . , &.")
    for role in mapping.roles:
        if role not in set(ColumnRole):
            raise not_found("role", role, set(ColumnRole))
    Way(
        mapping.timezone, mapping.encoding, mapping.date_order, mapping.performer_kinds, decimal=mapping.decimal
    ).check()
    row: dict[str, Any] = {
        "roles": dict(mapping.roles), "timezone": mapping.timezone, "date_order": mapping.date_order,
        "encoding": mapping.encoding, "performer_kinds": dict(mapping.performer_kinds),
        "missing_words": mapping.missing_words, "decimal": mapping.decimal, "error_words": tuple(mapping.error_words),
        "pauses": tuple(mapping.pauses), "ends": tuple(mapping.ends),
    }  # fmt: skip
    now = ws.clock.now()
    with act(ws, by, SAVE, mapping.name) as doing:
        who = doing.principal
        doing.connection.execute(sa.delete(import_mapping).where(import_mapping.c.name == mapping.name))
        doing.connection.execute(
            sa.insert(import_mapping).values(name=mapping.name, mapping=row, created_at=now, created_by=who)
        )
    return ColumnMapping(mapping.name, **row, created_at=now, created_by=who)


def list_mappings(ws: Workspace) -> tuple[ColumnMapping, ...]:
    """The kept mappings by name."""
    with ws.database.read() as connection:
        rows = connection.execute(sa.select(import_mapping).order_by(import_mapping.c.name)).all()
    return tuple(
        ColumnMapping(r.name, **r.mapping | _tuples(r.mapping), created_at=r.created_at, created_by=r.created_by)
        for r in rows
    )


def _tuples(kept: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What JSON keeps as lists, and a mapping of an earlier release does not have."""
    return {name: tuple(kept.get(name, ())) for name in ("error_words", "pauses", "ends")}


def get_mapping(ws: Workspace, name: str) -> ColumnMapping:
    """The mapping kept under `name`. Raises NotFound that names what there is."""
    known = {m.name: m for m in list_mappings(ws)}
    if name not in known:
        raise not_found("mapping", name, known)
    return known[name]


def forget_mapping(ws: Workspace, name: str, *, by: Actor) -> None:
    """Delete the mapping kept under `name`. Raises NotFound."""
    get_mapping(ws, name)
    with act(ws, by, FORGET, name) as doing:
        doing.connection.execute(sa.delete(import_mapping).where(import_mapping.c.name == name))
