"""Where mined work and pilots miss each other: work that no pilot touches, pilots that touch no mined work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from core.figures import per_cent
from core.workspace import Workspace
from inventory import labels
from inventory.demand import simulated_logs
from inventory.linking import links
from inventory.store import list_pilots
from inventory.values import ActivityDemand, Gap, GapReport, Link, Orphan, Pilot, TouchedKind


def gaps(ws: Workspace, activities: Sequence[ActivityDemand]) -> GapReport:
    """What no pilot touches among `activities` (see `demand_from_log`), and which pilots touch nothing that was mined.

    Stopped pilots cover nothing and are no orphans. Orphans are looked for in every event log, not in `activities`.
    """
    active = tuple(p for p in list_pilots(ws) if p.active)
    ids = {p.id for p in active}
    linked = tuple(found for found in links(ws) if found.pilot in ids) if ws.logs.versions() else None
    return replace(find_gaps(active, activities, linked), simulated=simulated_logs(ws))


def find_gaps(
    pilots: Sequence[Pilot], activities: Sequence[ActivityDemand], linked: Sequence[Link] | None
) -> GapReport:
    """The gap report of active `pilots` against `activities`, given the pilots' `linked` names, chosen ones among them.

    Without any event log there is nothing to link to (None): then nobody can be called an orphan.
    """
    touching = defaultdict[str, list[str]](list)
    for pilot in pilots:
        for label in pilot.facts.activities:
            touching[labels.key(label)].append(pilot.facts.name)
    for found in linked or ():
        if found.chosen is not None and found.pilot_name not in touching[labels.key(found.chosen)]:
            touching[labels.key(found.chosen)].append(found.pilot_name)
    open_work = [gap for d in activities if not touching.get(labels.key(d.activity)) and (gap := _gap(d)) is not None]
    covered = tuple((d, tuple(names)) for d in activities if (names := touching.get(labels.key(d.activity))))
    return GapReport(
        gaps=tuple(sorted(open_work, key=_order)),
        covered=covered,
        orphans=() if linked is None else tuple(o for pilot in pilots if (o := _orphan(pilot, linked)) is not None),
        unlinked=tuple(link for link in linked or () if link.kind is TouchedKind.ACTIVITY and not link.logs),
    )


def _gap(demand: ActivityDemand) -> Gap | None:
    """The gap that `demand` leaves; None where no person works on it. Unknown performers are counted as people."""
    human_count = demand.count * (1.0 if demand.human_share is None else demand.human_share)
    if human_count == 0:
        return None
    work = None if demand.service_seconds is None else human_count * demand.service_seconds
    return Gap(demand, human_count, work, _reason(demand, work))


def _reason(demand: ActivityDemand, work: float | None) -> str:
    share = (
        "who did them is not known, so all are counted as people's"
        if demand.human_share is None
        else f"{per_cent(demand.human_share)} by people"
    )
    hours = (
        "the log has no service times, so it is ranked by count"
        if work is None
        else f"{work / 3600:,.1f} hours of people's service time"
    )
    return f"{demand.count:,} times in `{demand.log}`, {share}; {hours}. No active pilot touches it."


def _order(gap: Gap) -> tuple[object, ...]:
    """Most work first; then, where no service time is known, most instances."""
    return gap.work_seconds is None, -(gap.work_seconds or 0), -gap.human_count, gap.demand.log, gap.demand.activity


def _orphan(pilot: Pilot, linked: Sequence[Link]) -> Orphan | None:
    """The pilot as an orphan; None where any activity or system that it names was mined."""
    own = tuple(found for found in linked if found.pilot == pilot.id)
    if any(found.logs for found in own):
        return None
    if not own:
        reason = "It names no activity and no system."
    else:
        named = ", ".join(f"`{found.label}`" for found in own)
        reason = f"No event log has any of the activities and systems that it names: {named}."
    return Orphan(pilot.id, pilot.facts.name, pilot.facts.department, own, reason)
