"""Gaps and what they are made of, as frozen values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from core.intervals import Interval
from inventory.values import ActivityDemand, Link, Orphan, Status
from kpi import EvidenceClass
from mining.allocation import AllocationOutcome

FOR_AGENTS = {  # the outcomes that give work to an agent, in words
    AllocationOutcome.AGENT: "an agent",
    AllocationOutcome.AGENT_WITH_APPROVAL: "an agent, each result approved by a person",
    AllocationOutcome.HUMAN_WITH_AGENT: "a person with an agent's help",
}


@dataclass(frozen=True)
class PeopleWork:
    """What people did of one activity in the newest version of its log. None: the log does not tell."""

    months: float | None  # that the log covers, at least one; None where it covers less than a day
    instances: float  # activity instances by people, those of unknown performer kind among them
    squares: float  # sum over the cases of the square of their instances
    most: float  # instances in one case
    timed: float  # instances with a service time
    timed_cases: float  # cases with one of these
    hundredths: tuple[float, ...]  # 101 quantiles of the service times in seconds; empty where there are none
    costed: float  # instances with a cost
    cost: float | None  # their sum
    cost_squares: float | None  # over the cases
    most_cost: float | None  # of one case
    least_cost: float | None  # of one instance
    currency: str | None  # that the log names
    no_times: str | None = None  # why its service times cannot be told
    no_costs: str | None = None


@dataclass(frozen=True)
class GapWorth:
    """What people's work on one activity takes each month. Intervals are of 95 %."""

    instances_a_month: float | None
    hours_a_month: float | None
    hours_interval: Interval | None
    hours_evidence: EvidenceClass | None
    money_a_month: float | None
    money_interval: Interval | None
    currency: str | None  # of the money; None where the log has costs and names none
    money_evidence: EvidenceClass | None  # assumed where it is hours x a rate that somebody said
    why_not: tuple[str, ...]  # what is not told, and why


@dataclass(frozen=True)
class TaskAllotment:
    """Whom the newest allocation of a log gives one of its activities to."""

    outcome: AllocationOutcome
    map_name: str
    map_version: int
    overridden: bool  # whether a person put it in force


@dataclass(frozen=True)
class NotLive:
    """A pilot that names the work and does not do it now."""

    pilot: int
    name: str
    status: Status | None  # None: not known


@dataclass(frozen=True)
class GapCandidate:
    """A pilot's name for an activity, linked to nothing, that may mean the work of a gap. Only to be asked."""

    pilot: int
    pilot_name: str
    label: str
    score: float  # 0 to 1, to rank by: no probability
    live: bool


@dataclass(frozen=True)
class Gap:
    """Mined human work that no live pilot does."""

    demand: ActivityDemand
    human_count: float  # instances done by people
    work_seconds: float | None  # service time of those; None where the log has no service times
    reason: str
    worth: GapWorth
    allotment: TaskAllotment | None  # None: not yet allocated
    not_live: tuple[NotLive, ...] = ()  # pilots that name it and are not live
    candidates: tuple[GapCandidate, ...] = ()  # up to three names that may mean it, likeliest first


@dataclass(frozen=True)
class NotForAgents:
    """Human work that no live pilot does, and that the allocation gives to no agent: no gap."""

    activity: str
    log: str
    allotment: TaskAllotment


@dataclass(frozen=True)
class UnallocatedLog:
    """An event log without a stored allocation."""

    log: str
    map_name: str | None  # the newest map of it, to be allocated; None: there is none yet
    map_version: int | None


@dataclass(frozen=True)
class GapReport:
    """Where work and pilots miss each other."""

    gaps: tuple[Gap, ...]  # that an agent should do: most worth first
    covered: tuple[tuple[ActivityDemand, tuple[str, ...]], ...]  # with the names of the live pilots that do it
    orphans: tuple[Orphan, ...]
    unlinked: tuple[Link, ...]  # activities that pilots name and no log has, with suggestions
    simulated: tuple[str, ...] = ()  # event logs that were left out, since simulated performers did the work in them
    unallocated: tuple[Gap, ...] = ()  # work of which no allocation says who should do it: most worth first
    logs_unallocated: tuple[UnallocatedLog, ...] = ()
    not_for_agents: tuple[NotForAgents, ...] = ()
    chosen: tuple[Link, ...] = ()  # activities that a person linked to a mined one

    @property
    def hours_a_month(self) -> float:
        """The hours of the gaps whose hours are known."""
        return sum(g.worth.hours_a_month or 0.0 for g in self.gaps)

    @property
    def money_a_month(self) -> Mapping[str, float]:
        """The money of the gaps by currency, empty for none named: two currencies are never added."""
        sums: defaultdict[str, float] = defaultdict(float)
        for gap in self.gaps:
            if gap.worth.money_a_month is not None:
                sums[gap.worth.currency or ""] += gap.worth.money_a_month
        return dict(sums)
