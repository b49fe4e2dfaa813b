"""Where mined work and pilots miss each other: work for agents that no pilot does, pilots that touch no mined work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.workspace import Workspace
from inventory.demand import newest, simulated_logs
from inventory.gap.allotted import allotments
from inventory.gap.finding import MinedSide, find_gaps
from inventory.gap.values import GapReport
from inventory.gap.work import people_work
from inventory.hour_rate import HourRate
from inventory.linking import links
from inventory.store import list_pilots
from inventory.values import ActivityDemand


def gaps(ws: Workspace, activities: Sequence[ActivityDemand], rate: HourRate | None = None) -> GapReport:
    """What no live pilot does among `activities` (see `demand_from_logs`), and which pilots touch nothing mined.

    A gap is human work that the newest stored allocation of its log gives to an agent; what is not allocated yet stands
    apart. Live are pilots and what is in production. With a `rate`, hours are told as money; without, the costs of the
    log are, where it has any. Orphans are looked for in every event log, not in `activities`.
    """
    there = tuple(p for p in list_pilots(ws) if p.active)
    ids = {p.id for p in there}
    linked = tuple(found for found in links(ws) if found.pilot in ids) if ws.logs.versions() else None
    logs = tuple(dict.fromkeys(d.log for d in activities))
    work = {
        (version.log, activity): done
        for version in (newest(ws, logs) if logs else ())
        for activity, done in people_work(ws, version).items()
    }
    found = find_gaps(there, linked, MinedSide(activities, work, allotments(ws, logs), rate))
    return replace(found, simulated=simulated_logs(ws))
