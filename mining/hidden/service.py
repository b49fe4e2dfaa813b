"""The verb that looks for hidden steps in an event log version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import NO_SELECTION, Selection, Workspace
from mining.dfg import discover_dfg
from mining.hidden.calendar import outside_calendar
from mining.hidden.gaps import gaps
from mining.hidden.personal import personal
from mining.hidden.swivel import swivels
from mining.hidden.values import LEAST_CONFIDENCE, Hidden, HiddenKind, Judged, NotJudged

if TYPE_CHECKING:
    import duckdb


def map_hidden(ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION) -> Hidden:
    """What `log` does not show but points to: gaps, personal steps, work outside the calendar, repeated swivel.

    Raises NotFound and BadInput.
    """
    found = ws.logs.get(log, version)
    with ws.logs.select(found, selection) as connection:
        return hidden(connection, found.log, found.version)


def hidden(connection: duckdb.DuckDBPyConnection, log: str, version: int) -> Hidden:
    """As `map_hidden`, of the log that `connection` has open."""
    started = connection.execute("SELECT count(started) > 0 FROM event").fetchone()
    judged: dict[HiddenKind, Judged] = {
        HiddenKind.GAP: gaps(connection, has_start=bool(started and started[0])),
        HiddenKind.PERSONAL: personal(connection, discover_dfg(connection)),
        HiddenKind.CALENDAR: outside_calendar(connection),
        HiddenKind.SWIVEL: swivels(connection),
    }
    every = [finding for kind in judged.values() for finding in kind.findings]
    kept = [finding for finding in every if finding.confidence.value >= LEAST_CONFIDENCE]
    return Hidden(
        log, version, tuple(sorted(kept, key=lambda f: (-f.confidence.value, -f.cases, f.claim))),
        tuple(NotJudged(kind, one.reason) for kind, one in judged.items() if one.reason),
        judged[HiddenKind.GAP].looked_at, judged[HiddenKind.PERSONAL].looked_at, len(every) - len(kept),
    )  # fmt: skip
