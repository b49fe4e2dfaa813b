"""Keeps what a scan found, so that the next one says what is new, changed and gone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Act, Verb, act, permit
from core.locks import hold_table
from core.workspace import Workspace
from inventory.discovery.plain import plain_finding
from inventory.discovery.records import DiscoveryRun, FindingState
from inventory.discovery.scanning import DiscoverySources, scan
from inventory.discovery.tables import discovery_finding, discovery_run
from inventory.discovery.values import AgentFinding, Scan

DISCOVER = Verb("discovery.scan", "Discovery")


def discover_agents(ws: Workspace, sources: DiscoverySources, *, by: Actor) -> DiscoveryRun:
    """What a scan of `sources` found, which is kept. Raises what `scan` does; then nothing is stored."""
    permit(ws, by, DISCOVER)
    return store_discovery(ws, scan(ws, sources), by=by)


def store_discovery(ws: Workspace, found: Scan, *, by: Actor) -> DiscoveryRun:
    """Keeps a scan: which of its findings are new, which changed, and which of its sources' are gone.

    What people said about a finding stays. One that is found again after it was gone is as it was.
    """
    with act(ws, by, DISCOVER) as doing:
        hold_table(doing.connection, discovery_finding)
        run = _run(doing, found)
        known = _known(doing.connection, found.sources)
        new, changed, same, gone = [], [], 0, []
        for one in found.findings:
            row = known.get(one.key)
            if row is None:
                new.append(_insert(doing.connection, one, run))
                continue
            differs = row.digest != one.digest
            same += not differs
            changed += [row.id] if differs else []
            _update(doing.connection, row, one, run, differs)
        seen = {one.key for one in found.findings}
        for key, row in known.items():
            if key not in seen and row.gone_run is None and row.source not in found.partial:
                gone.append(row.id)
        if gone:
            table = discovery_finding
            doing.connection.execute(sa.update(table).where(table.c.id.in_(gone)).values(gone_run=run))
        doing.resource = str(run)
        doing.payload = {"sources": list(found.sources), "found": len(found.findings), "new": new, "changed": changed,
                         "gone": gone}  # fmt: skip
        return DiscoveryRun(run, found.sources, found.files, len(found.findings), tuple(new), tuple(changed),
                            tuple(gone), same, found.notes, ws.clock.now(), doing.principal)  # fmt: skip


def _run(doing: Act, found: Scan) -> int:
    row = {"sources": list(found.sources), "files": found.files, "found": len(found.findings),
           "notes": list(found.notes), "created_at": doing.ws.clock.now(), "created_by": doing.principal}  # fmt: skip
    insert = sa.insert(discovery_run).values(**row).returning(discovery_run.c.id)
    return int(doing.connection.execute(insert).scalar_one())


def _known(connection: Connection, sources: tuple[str, ...]) -> dict[str, Any]:
    table = discovery_finding
    rows = connection.execute(sa.select(table).where(table.c.source.in_(sources))).all()
    return {row.key: row for row in rows}


def _insert(connection: Connection, one: AgentFinding, run: int) -> int:
    row = {"key": one.key, "source": one.source, "digest": one.digest, "facts": plain_finding(one), "first_run": run,
           "last_run": run, "state": FindingState.OPEN.value}  # fmt: skip
    insert = sa.insert(discovery_finding).values(**row).returning(discovery_finding.c.id)
    return int(connection.execute(insert).scalar_one())


def _update(connection: Connection, row: Any, one: AgentFinding, run: int, changed: bool) -> None:
    table = discovery_finding
    values: dict[str, Any] = {"facts": plain_finding(one), "digest": one.digest, "last_run": run, "gone_run": None}
    if changed:
        values["changed_run"] = run
    connection.execute(sa.update(table).where(table.c.id == row.id).values(**values))
