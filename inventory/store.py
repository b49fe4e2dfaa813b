"""Reads and writes pilots in the operational database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.workspace import Workspace
from inventory import labels
from inventory.plain_facts import TERMS, plain_facts
from inventory.records import RevisionWay
from inventory.tables import NAMED, TOUCHED, pilot, pilot_import, pilot_revision
from inventory.values import Pilot, PilotFacts, TouchedKind

_LISTS = {"activities": TouchedKind.ACTIVITY, "systems": TouchedKind.SYSTEM, "data": TouchedKind.DATA}
_PLAIN = tuple(f.name for f in fields(PilotFacts) if f.name not in _LISTS)


def list_pilots(ws: Workspace) -> tuple[Pilot, ...]:
    """All pilots, by department and name."""
    with ws.database.read() as connection:
        found = read_pilots(connection)
    return tuple(sorted(found, key=lambda p: (labels.key(p.facts.department), labels.key(p.facts.name), p.id)))


def read_pilots(connection: Connection) -> tuple[Pilot, ...]:
    """All pilots, in the order in which they came."""
    touched = {column: _labels(connection, kind) for column, kind in _LISTS.items()}
    rows = connection.execute(sa.select(pilot).order_by(pilot.c.id)).mappings()
    return tuple(_pilot(row, {column: tuple(found[row["id"]]) for column, found in touched.items()}) for row in rows)


@dataclass(frozen=True)
class Change:
    """What changes pilots in one transaction: its row among the imports, how, when and by whom."""

    id: int
    way: RevisionWay
    at: datetime
    by: str  # id of the principal


def begin_change(
    connection: Connection, way: RevisionWay, pilots: int, now: datetime, by: str, *, file: str = "", digest: str = "",
    reason: str | None = None,
) -> Change:  # fmt: skip
    """The change, whose row is stored."""
    row = {"file": file, "digest": digest, "pilots": pilots, "created_at": now, "created_by": by, "way": way.value,
           "reason": reason}  # fmt: skip
    number = connection.execute(sa.insert(pilot_import).values(**row).returning(pilot_import.c.id)).scalar_one()
    return Change(int(number), way, now, by)


def insert_pilot(connection: Connection, facts: PilotFacts, digest: str, change: Change) -> int:
    """The id of a new pilot."""
    made = {"revision": 1, "created_at": change.at, "created_by": change.by}
    row = {**_row(facts, digest, change), **made}
    number = int(connection.execute(sa.insert(pilot).values(**row).returning(pilot.c.id)).scalar_one())
    _touch(connection, number, facts)
    _keep(connection, number, 1, facts, change)
    return number


def update_pilot(connection: Connection, stored: Pilot, facts: PilotFacts, digest: str, change: Change) -> int:
    """The revision of a pilot whose facts were replaced: one more than `stored` has."""
    number, revision = stored.id, stored.revision + 1
    row = {**_row(facts, digest, change), "revision": revision}
    connection.execute(sa.update(pilot).where(pilot.c.id == number).values(**row))
    for table in TOUCHED.values():
        connection.execute(sa.delete(table).where(table.c.pilot_id == number))
    _touch(connection, number, facts)
    _keep(connection, number, revision, facts, change)
    return revision


def _keep(connection: Connection, number: int, revision: int, facts: PilotFacts, change: Change) -> None:
    connection.execute(
        sa.insert(pilot_revision).values(
            pilot_id=number, number=revision, import_id=change.id, way=change.way.value, facts=plain_facts(facts),
            at=change.at, by=change.by,
        )
    )  # fmt: skip


def name_key(facts: PilotFacts) -> str:
    """What name and department make of a pilot's identity."""
    return f"{labels.key(facts.name)}\n{labels.key(facts.department)}"


def reference_key(facts: PilotFacts) -> str | None:
    """What the organisation's own id makes of a pilot's identity."""
    return labels.key(facts.reference) if facts.reference is not None else None


def _labels(connection: Connection, kind: TouchedKind) -> dict[int, list[str]]:
    table, found = TOUCHED[kind], defaultdict[int, list[str]](list)
    for row in connection.execute(sa.select(table.c.pilot_id, table.c.label).order_by(table.c.pilot_id, table.c.place)):
        found[row.pilot_id].append(row.label)
    return found


def _pilot(row: Mapping[Any, Any], touched: Mapping[str, tuple[str, ...]]) -> Pilot:
    plain: dict[str, Any] = {name: row[name] for name in _PLAIN}
    plain |= {name: kind(plain[name]) for name, kind in TERMS.items() if plain[name] is not None}
    plain |= {name: tuple(row[name] or ()) for name in NAMED}
    facts = PilotFacts(**(plain | dict(touched)))
    return Pilot(facts=facts, **{f.name: row[f.name] for f in fields(Pilot) if f.name != "facts"})


def _row(facts: PilotFacts, digest: str, change: Change) -> dict[str, Any]:
    stored = {name: getattr(facts, name) for name in _PLAIN}
    stored |= {name: stored[name].value for name in TERMS if stored[name] is not None}
    stored |= {name: list(stored[name]) or None for name in NAMED}
    keys = {"reference_key": reference_key(facts), "name_key": name_key(facts)}
    return {
        **stored,
        **keys,
        "digest": digest,
        "import_id": change.id,
        "updated_at": change.at,
        "updated_by": change.by,
    }


def _touch(connection: Connection, number: int, facts: PilotFacts) -> None:
    for kind, table in TOUCHED.items():
        rows = [
            {"pilot_id": number, "key": labels.key(label), "label": label, "place": place}
            for place, label in enumerate(facts.touched(kind))
        ]
        if rows:
            connection.execute(sa.insert(table), rows)
