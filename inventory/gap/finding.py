"""The gap report: which mined human work is a gap, which waits for an allocation, which is for no agent. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.figures import per_cent
from inventory import labels
from inventory.gap.allotted import Allotments
from inventory.gap.covering import Covering, candidates, covering, orphans, unlinked
from inventory.gap.values import (
    FOR_AGENTS,
    Gap,
    GapCandidate,
    GapReport,
    GapWorth,
    NotForAgents,
    PeopleWork,
    TaskAllotment,
)
from inventory.gap.worth import worth_of
from inventory.hour_rate import HourRate
from inventory.values import ActivityDemand, Link, Pilot

Work = Mapping[tuple[str, str], PeopleWork]  # by log and activity
_UNKNOWN = GapWorth(None, None, None, None, None, None, None, None, ())


@dataclass(frozen=True)
class MinedSide:
    """What was mined: the demand, what people's work takes, and whom it is allocated to."""

    demand: Sequence[ActivityDemand]
    work: Work
    allotments: Allotments
    rate: HourRate | None = None


def find_gaps(pilots: Sequence[Pilot], linked: Sequence[Link] | None, mined: MinedSide) -> GapReport:
    """The gap report of `pilots` that are not stopped, given the links of their names, chosen ones among them.

    Without any event log there is nothing to link to (None): then nobody can be called an orphan.
    """
    named = linked or ()
    covers, may_be = covering(pilots, named), candidates(pilots, named)
    gaps: list[Gap] = []
    unallocated: list[Gap] = []
    elsewhere, covered = [], []
    for demand in mined.demand:
        live = covers.live.get(labels.key(demand.activity))
        if live:
            covered.append((demand, live))
            continue
        allotment = mined.allotments.tasks.get((demand.log, demand.activity))
        if people_of(demand) == 0:
            continue
        if allotment is not None and allotment.outcome not in FOR_AGENTS:
            elsewhere.append(NotForAgents(demand.activity, demand.log, allotment))
            continue
        found = _gap(demand, mined, allotment, covers, may_be)
        (unallocated if allotment is None else gaps).append(found)
    return GapReport(
        gaps=tuple(sorted(gaps, key=_order)),
        covered=tuple(covered),
        orphans=() if linked is None else orphans(pilots, linked),
        unlinked=unlinked(named),
        unallocated=tuple(sorted(unallocated, key=_order)),
        logs_unallocated=mined.allotments.without,
        not_for_agents=tuple(elsewhere),
        chosen=tuple(link for link in named if link.chosen is not None),
    )


def people_of(demand: ActivityDemand) -> float:
    """Its instances that people did. Unknown performers are counted as the known ones are, as people where none is."""
    return demand.count * (1.0 if demand.human_share is None else demand.human_share)


def _gap(
    demand: ActivityDemand, mined: MinedSide, allotment: TaskAllotment | None, covers: Covering,
    may_be: Mapping[str, tuple[GapCandidate, ...]],
) -> Gap:  # fmt: skip
    key, people = labels.key(demand.activity), people_of(demand)
    work = mined.work.get((demand.log, demand.activity))
    worth = _UNKNOWN if work is None else worth_of(demand, people, work, mined.rate)
    not_live = covers.not_live.get(key, ())
    seconds = None if demand.service_seconds is None else people * demand.service_seconds
    who = (
        "No live pilot does it."
        if not not_live
        else "No live pilot does it: "
        + ", ".join(f"`{p.name}` names it and {_stage(p.status and p.status.value)}" for p in not_live)
        + "."
    )
    reason = f"{_seen(demand, worth)} {_allocated(allotment, mined, demand)} {who}"
    return Gap(demand, people, seconds, reason, worth, allotment, not_live, may_be.get(key, ()))


def _stage(status: str | None) -> str:
    if status is None:
        return "its stage is not known"
    return "is an idea" if status == "idea" else f"is {status}"


def _seen(demand: ActivityDemand, worth: GapWorth) -> str:
    share = (
        "who did them is not known, so all are counted as people's"
        if demand.human_share is None
        else f"{per_cent(demand.human_share)} by people"
    )
    if worth.hours_a_month is not None:
        across = worth.hours_interval
        between = f" ({across.low:,.1f} to {across.high:,.1f})" if across else ""
        hours = f"{worth.hours_a_month:,.1f} hours of people a month{between}"
    else:
        hours = f"{'; '.join(worth.why_not) or 'its hours are not known'}, so it is ranked by count"
    return f"{demand.count:,} times in `{demand.log}`, {share}; {hours}."


def _allocated(allotment: TaskAllotment | None, mined: MinedSide, demand: ActivityDemand) -> str:
    if allotment is None:
        missing = any(one.log == demand.log for one in mined.allotments.without)
        return "It is not yet allocated." if missing else "The newest allocation of its log leaves it out."
    by = "a person gave it" if allotment.overridden else "it is allocated"
    return f"By map `{allotment.map_name}` version {allotment.map_version} {by} to {FOR_AGENTS[allotment.outcome]}."


def _order(gap: Gap) -> tuple[object, ...]:
    """Most hours a month first; then, where no hours are known, most instances a month."""
    worth = gap.worth
    return (
        worth.hours_a_month is None, -(worth.hours_a_month or 0), -(worth.instances_a_month or 0), -gap.human_count,
        gap.demand.log, gap.demand.activity,
    )  # fmt: skip
