"""Reads stored findings, with what they may be; and sets what pilots declare against what was found of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.errors import not_found
from core.workspace import Workspace
from inventory import labels
from inventory.discovery.matching import match, proposed
from inventory.discovery.plain import finding_from
from inventory.discovery.records import DeclaredAgainstObserved, FindingState, StoredFinding
from inventory.discovery.tables import discovery_finding, discovery_run
from inventory.discovery.values import AGENTS
from inventory.overlap.encoder import find_encoder
from inventory.store import list_pilots
from inventory.values import Pilot

_RANK = {FindingState.OPEN: 0, FindingState.REGISTERED: 1, FindingState.MATCHED: 1, FindingState.DISMISSED: 2}


def findings(ws: Workspace, *, every: bool = False) -> tuple[StoredFinding, ...]:
    """The stored findings: the open first, of those agents before what agents use, of those the surest.

    `every`: those too that are gone or dismissed.
    """
    today = ws.clock.now().date()
    with ws.database.read() as connection:
        stored = [stored_finding(row, today) for row in _rows(connection)]
    kept = [s for s in stored if every or not (s.gone or s.state is FindingState.DISMISSED)]
    kept.sort(key=_order)
    return with_matches(kept, list_pilots(ws))


def _order(one: StoredFinding) -> tuple[object, ...]:
    found = one.finding
    kind = found.kind not in AGENTS
    return one.gone, _RANK[one.state], kind, -found.confidence.rank, found.name.casefold(), one.id


def with_matches(stored: Sequence[StoredFinding], pilots: Sequence[Pilot]) -> tuple[StoredFinding, ...]:
    """`stored`, those that are open with the pilots that they may be and with what a new one would say."""
    open_ = [s for s in stored if s.state is FindingState.OPEN]
    found = dict(zip((s.id for s in open_), match([s.finding for s in open_], pilots, find_encoder()), strict=True))
    return tuple(replace(s, matches=found[s.id], proposed=proposed(s.finding)) if s.id in found else s for s in stored)


def get_finding(connection: Connection, number: int, today: date) -> StoredFinding:
    """The stored finding with this id. Raises NotFound."""
    row = next(iter(_rows(connection, discovery_finding.c.id == number)), None)
    if row is None:
        known = connection.execute(sa.select(discovery_finding.c.id).order_by(discovery_finding.c.id)).scalars()
        raise not_found("finding", str(number), map(str, known))
    return stored_finding(row, today)


def _rows(connection: Connection, *where: sa.ColumnElement[bool]) -> Sequence[Any]:
    first, last = discovery_run.alias(), discovery_run.alias()
    table = discovery_finding
    query = (
        sa.select(table, first.c.created_at.label("first_seen"), last.c.created_at.label("last_seen"))
        .join(first, first.c.id == table.c.first_run)
        .join(last, last.c.id == table.c.last_run)
        .where(*where)
        .order_by(table.c.id)
    )
    return connection.execute(query).all()


def stored_finding(row: Any, today: date) -> StoredFinding:
    """The finding that a row with `first_seen` and `last_seen` describes; a dismissal counts to its last day."""
    state = FindingState(row.state)
    if state is FindingState.DISMISSED and row.until is not None and row.until < today:
        state = FindingState.OPEN
    gone = row.gone_run is not None
    return StoredFinding(
        row.id, finding_from(row.facts), row.first_seen, row.last_seen,
        changed=not gone and row.changed_run is not None and row.changed_run == row.last_run,
        new=not gone and row.first_run == row.last_run, gone=gone, state=state,
        pilot=row.pilot_id, reason=row.reason, until=row.until,
    )  # fmt: skip


def declared_against_observed(ws: Workspace) -> tuple[DeclaredAgainstObserved, ...]:
    """Of each pilot with findings, by name and column: what both say, what was only found, what only the registry says.

    Only findings that are still there count. A column that neither side knows is left out. What was not found is not
    thereby absent: it may lie where nobody looked.
    """
    by_pilot: dict[int, list[StoredFinding]] = {}
    for one in findings(ws):
        if one.pilot is not None:
            by_pilot.setdefault(one.pilot, []).append(one)
    return tuple(
        line for pilot in list_pilots(ws) if pilot.id in by_pilot for line in compare(pilot, by_pilot[pilot.id])
    )


def compare(pilot: Pilot, found: Sequence[StoredFinding]) -> list[DeclaredAgainstObserved]:
    """What `pilot` declares against what was found of it, a line a column."""
    told = [one.finding.declared for one in found]
    facts = pilot.facts
    columns = (
        ("model", _split(facts.model), [m for d in told for m in d.models]),
        ("vendor", _split(facts.vendor), [v for d in told for v in _split(d.vendor)]),
        ("systems", facts.systems, [s for d in told for s in d.systems]),
        ("actions", facts.actions, [t for d in told for t in (*d.actions, *_also(d.tools, facts.actions))]),
    )  # fmt: skip
    lines = []
    for column, declared, observed in columns:
        here, there = {_key(n): n for n in declared}, {_key(n): n for n in reversed(list(observed))}
        if here or there:
            lines.append(
                DeclaredAgainstObserved(
                    pilot.id, facts.name, column,
                    tuple(n for k, n in here.items() if k in there),
                    tuple(sorted(n for k, n in there.items() if k not in here)),
                    tuple(n for k, n in here.items() if k not in there),
                    tuple(one.id for one in found),
                )
            )  # fmt: skip
    return lines


def _key(name: str) -> str:
    return labels.key(name.replace(":", "/").rpartition("/")[2])


def _split(text: str | None) -> list[str]:
    return [part for part in (text or "").split(" / ") if part]


def _also(tools: Iterable[str], actions: Iterable[str]) -> list[str]:
    """Tools that are declared as actions, though their names do not say that they change anything."""
    known = {_key(action) for action in actions}
    return [tool for tool in tools if _key(tool) in known]
