"""How much of an event log simulated performers did: whatever shows anything of theirs says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.queries import load

if TYPE_CHECKING:
    from core.eventlog.store import LogVersion
    from core.workspace import Workspace


def simulated_work(ws: Workspace, version: LogVersion) -> int:
    """How many activity instances of the log version simulated performers did. A log with any is a simulated log."""
    with ws.logs.read(version) as connection:
        row = connection.execute(load("core.eventlog.sql", "simulated").sql).fetchone()
    return int(row[0]) if row else 0
