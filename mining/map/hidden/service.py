"""The verb that looks for hidden steps in an event log version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.trust import Result, Trust, Withheld
from core.view import View
from core.workspace import Workspace
from mining.map.dfg import discover_dfg
from mining.map.hidden.calendar import outside_calendar
from mining.map.hidden.gaps import gaps
from mining.map.hidden.personal import personal
from mining.map.hidden.swivel import swivels
from mining.map.hidden.values import LEAST_CONFIDENCE, Hidden, HiddenFinding, HiddenKind, Judged, NotJudged

if TYPE_CHECKING:
    import duckdb


def map_hidden(ws: Workspace, view: View) -> Hidden:
    """What a log does not show but points to: gaps, personal steps, work outside the calendar, repeated swivel.

    Raises NotFound and BadInput.
    """
    with ws.logs.open(view) as opened:
        found = hidden(opened.connection, opened.version.log, opened.version.version)
        return opened.told(_carried(found, opened.trust))


def _carried(found: Hidden, trust: Trust) -> Hidden:
    """`found` without the gaps that the log's times cannot show, and with the reason."""
    why = trust.withheld.get(Result.WAITING_TIME)
    if why is None:
        return found
    kept = tuple(f for f in found.findings if f.kind is not HiddenKind.GAP or _outlasts(f, why))
    dropped = len(found.findings) - len(kept)
    if not dropped:
        return found
    reason = f"{dropped} left out. {why.reason}"
    return replace(found, findings=kept, not_judged=(*found.not_judged, NotJudged(HiddenKind.GAP, reason)))


def _outlasts(gap: HiddenFinding, why: Withheld) -> bool:
    """Whether a time of `gap` is as long as the log can tell."""
    times = [float(e.value) for e in gap.evidence if e.unit == "seconds"]
    return why.below is not None and max(times, default=0.0) >= why.below


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
