"""Reads and writes pilots in the operational database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.workspace import Workspace
from inventory import labels
from inventory.tables import TOUCHED, pilot
from inventory.values import Pilot, PilotFacts, Sensitivity, Status, TouchedKind

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


def insert_pilot(connection: Connection, facts: PilotFacts, digest: str, import_id: int, now: datetime, by: str) -> int:
    """The id of a new pilot."""
    made = {"revision": 1, "created_at": now, "created_by": by}
    row = {**_row(facts, digest, import_id, now, by), **made}
    number = int(connection.execute(sa.insert(pilot).values(**row).returning(pilot.c.id)).scalar_one())
    _touch(connection, number, facts)
    return number


def update_pilot(
    connection: Connection, number: int, facts: PilotFacts, digest: str, import_id: int, now: datetime, by: str
) -> None:
    """Replace the facts of a pilot; its revision rises by one."""
    row = {**_row(facts, digest, import_id, now, by), "revision": pilot.c.revision + 1}
    connection.execute(sa.update(pilot).where(pilot.c.id == number).values(**row))
    for table in TOUCHED.values():
        connection.execute(sa.delete(table).where(table.c.pilot_id == number))
    _touch(connection, number, facts)


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
    plain["status"] = Status(plain["status"]) if plain["status"] is not None else None
    sensitivity = plain["data_sensitivity"]
    plain["data_sensitivity"] = Sensitivity(sensitivity) if sensitivity is not None else None
    facts = PilotFacts(**(plain | dict(touched)))
    return Pilot(facts=facts, **{f.name: row[f.name] for f in fields(Pilot) if f.name != "facts"})


def _row(facts: PilotFacts, digest: str, import_id: int, now: datetime, by: str) -> dict[str, Any]:
    stored = {name: getattr(facts, name) for name in _PLAIN}
    stored["status"] = facts.status.value if facts.status else None
    stored["data_sensitivity"] = facts.data_sensitivity.value if facts.data_sensitivity else None
    keys = {"reference_key": reference_key(facts), "name_key": name_key(facts)}
    return {**stored, **keys, "digest": digest, "import_id": import_id, "updated_at": now, "updated_by": by}


def _touch(connection: Connection, number: int, facts: PilotFacts) -> None:
    for kind, table in TOUCHED.items():
        rows = [
            {"pilot_id": number, "key": labels.key(label), "label": label, "place": place}
            for place, label in enumerate(facts.touched(kind))
        ]
        if rows:
            connection.execute(sa.insert(table), rows)
