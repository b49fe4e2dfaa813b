"""The revisions of a pilot: who changed it, when, how, and what from what to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import find
from core.workspace import Workspace
from inventory.finding import find_pilot
from inventory.plain_facts import differences, facts_of
from inventory.records import PilotRevision, RevisionWay
from inventory.tables import pilot_import, pilot_revision
from inventory.values import Pilot

_BY_HAND = (RevisionWay.ADD, RevisionWay.EDIT, RevisionWay.BULK)


def history(ws: Workspace, which: str | int) -> tuple[PilotRevision, ...]:
    """The revisions of the pilot that `which` names, the newest first. Raises NotFound.

    Of a home of an earlier release the first one is the state in which it was upgraded.
    """
    with ws.database.read() as connection:
        return _revisions(connection, find_pilot(connection, which))


def changed_since(connection: Connection, stored: Pilot, base: int) -> tuple[str, ...]:
    """What changed of a pilot after the revision `base`, a sentence for each later one, the newest first."""
    return tuple(
        f"Revision {one.number} by {one.by_name}, {one.at:%Y-%m-%d %H:%M} UTC: "
        f"{'; '.join(change.in_words() for change in one.changes)}."
        for one in _revisions(connection, stored)
        if one.number > base
    )


def _revisions(connection: Connection, stored: Pilot) -> tuple[PilotRevision, ...]:
    revision, made = pilot_revision.c, pilot_import.c
    rows = connection.execute(
        sa.select(pilot_revision, made.file, made.reason)
        .join(pilot_import, made.id == revision.import_id)
        .where(revision.pilot_id == stored.id)
        .order_by(revision.number)
    ).all()
    names = {by: (found.name if (found := find(connection, by)) else by) for by in {row.by for row in rows}}
    before, told = None, []
    for row in rows:
        facts, way = facts_of(row.facts), RevisionWay(row.way)
        told.append(
            PilotRevision(
                row.pilot_id, row.number, way, facts, differences(before, facts), row.at, row.by, names[row.by],
                row.file or None, row.reason,
            )
        )  # fmt: skip
        before = facts
    return tuple(reversed(told))


def changed_by_hand(connection: Connection, pilots: Collection[int]) -> dict[int, frozenset[str]]:
    """For each of `pilots`, the fields whose last change was made by hand and by no import."""
    if not pilots:
        return {}
    revision = pilot_revision.c
    rows = connection.execute(
        sa.select(revision.pilot_id, revision.way, revision.facts)
        .where(revision.pilot_id.in_(pilots))
        .order_by(revision.pilot_id, revision.number)
    )
    last: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    before: dict[int, dict[str, object]] = {}
    for number, way, facts in rows:
        known = before.get(number, {})
        for name in known.keys() | facts.keys():
            if known.get(name) != facts.get(name):
                last[number][name] = RevisionWay(way) in _BY_HAND
        before[number] = facts
    return {number: frozenset(name for name, hand in found.items() if hand) for number, found in last.items()}
