"""The portfolio of pilots: value against readiness, cost and risk; departments; spend; what comes when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.workspace import Workspace
from inventory.costs import MonthlyCost
from inventory.decisions.assessing import assess
from inventory.decisions.criteria import REVIEW_DAYS
from inventory.decisions.listing import decisions, due_follow_ups, standing
from inventory.decisions.values import DecisionState, PilotAssessment, PilotDecision, PilotOutcome
from inventory.store import list_pilots
from inventory.values import Pilot, Status


@dataclass(frozen=True)
class PortfolioPoint:
    """One pilot in the portfolio."""

    pilot: int
    name: str
    department: str
    status: Status | None
    value: float | None  # 0 to 1; None: nothing is known
    readiness: float | None
    coverage: float  # share of the weight of value that is known
    monthly_cost: float | None
    currency: str | None
    risks: int  # rules that it breaks
    suggestion: PilotOutcome | None
    decided: PilotOutcome | None  # by the decision that stands, or stood until it expired
    decision: int | None
    expired: bool  # that decision is over: it has to be decided again


@dataclass(frozen=True)
class DepartmentShare:
    """The pilots of one department."""

    department: str
    pilots: int
    active: int  # not stopped
    spend: tuple[MonthlyCost, ...]  # of those that are not stopped; amounts of two currencies are never added
    spend_known: int  # pilots of those whose cost is known
    decided: int  # pilots that are not stopped and about which a decision stands
    decided_share: float | None  # of those that are not stopped; None where all are


class RoadmapKind(StrEnum):
    """What comes on a day."""

    FOLLOW_UP = "follow-up"
    DECIDE = "decide again"
    REVIEW = "review due"
    END = "ends"


@dataclass(frozen=True)
class RoadmapStep:
    """Something that comes on a day, or should have."""

    day: date
    kind: RoadmapKind
    pilots: tuple[str, ...]  # names
    what: str
    overdue: bool

    @property
    def month(self) -> str:
        """Its month, such as `2026-03`."""
        return f"{self.day:%Y-%m}"


@dataclass(frozen=True)
class PilotPortfolio:
    """All pilots as a whole."""

    points: tuple[PortfolioPoint, ...]
    departments: tuple[DepartmentShare, ...]  # of most pilots first
    spend: tuple[MonthlyCost, ...]  # a month, of pilots that are not stopped, by currency
    spend_known: int
    active: int
    decided: int  # pilots that are not stopped and about which a decision stands
    outcomes: Mapping[str, int]  # decisions that stand, by outcome: pilots
    roadmap: tuple[RoadmapStep, ...]  # the earliest first


def portfolio(
    ws: Workspace, *, assessed: Sequence[PilotAssessment] | None = None, decided: Sequence[PilotDecision] | None = None
) -> PilotPortfolio:
    """The portfolio. `assessed` and `decided` are what `assess` and `decisions` tell, where they were asked already."""
    found = assess(ws) if assessed is None else assessed
    made = decisions(ws) if decided is None else decided
    pilots, today = list_pilots(ws), ws.clock.now().date()
    counts = standing(made)
    told = {one.pilot: one for one in found}
    points = tuple(_point(p, told[p.id], counts.get(p.id)) for p in pilots)
    active = [p for p in pilots if p.active]
    stands = {p for p, one in counts.items() if one.state is not DecisionState.EXPIRED}
    outcomes = defaultdict[str, int](int)
    for pilot in active:
        if pilot.id in stands:
            outcomes[counts[pilot.id].outcome.value] += 1
    return PilotPortfolio(
        points, departments(pilots, stands), spend(active), sum(p.facts.monthly_cost is not None for p in active),
        len(active), sum(outcomes.values()), dict(outcomes), roadmap(pilots, made, today),
    )  # fmt: skip


def _point(pilot: Pilot, found: PilotAssessment, made: PilotDecision | None) -> PortfolioPoint:
    facts, decided, number = pilot.facts, None, None
    if made is not None:
        decided, number = made.outcome, made.id
    return PortfolioPoint(
        pilot.id, facts.name, facts.department, facts.status, found.value.value, found.readiness.value,
        found.value.coverage, facts.monthly_cost, facts.currency, len(found.risks), found.suggestion, decided, number,
        made is not None and made.state is DecisionState.EXPIRED,
    )  # fmt: skip


def departments(pilots: Sequence[Pilot], decided: Iterable[int]) -> tuple[DepartmentShare, ...]:
    """The departments, those with most pilots first; `decided` are ids about which a decision stands."""
    by_name, stands = defaultdict[str, list[Pilot]](list), set(decided)
    for pilot in pilots:
        by_name[pilot.facts.department].append(pilot)
    told = []
    for name, those in by_name.items():
        active = [p for p in those if p.active]
        done = sum(p.id in stands for p in active)
        known = sum(p.facts.monthly_cost is not None for p in active)
        told.append(
            DepartmentShare(
                name, len(those), len(active), spend(active), known, done, done / len(active) if active else None
            )
        )
    return tuple(sorted(told, key=lambda d: (-d.pilots, d.department)))


def spend(pilots: Iterable[Pilot]) -> tuple[MonthlyCost, ...]:
    """The known costs a month by currency, the greatest first; amounts of two currencies are never added."""
    sums = defaultdict[str, float](float)
    for pilot in pilots:
        if pilot.facts.monthly_cost is not None:
            sums[pilot.facts.currency or ""] += pilot.facts.monthly_cost
    return tuple(MonthlyCost(currency, amount) for currency, amount in sorted(sums.items(), key=lambda s: -s[1]))


def roadmap(pilots: Sequence[Pilot], made: Sequence[PilotDecision], today: date) -> tuple[RoadmapStep, ...]:
    """What comes when: follow-ups, decisions to be made again, reviews that fall due, ends. The earliest first.

    A review falls due 365 days after the last one; of a pilot that was never reviewed nothing is said. Stopped pilots
    and what was withdrawn or replaced come no more; what lies before today is overdue, but ends that are over.
    """
    steps = [
        RoadmapStep(one.due, RoadmapKind.FOLLOW_UP, d.pilots, f"{one.what} ({one.who})", d.overdue)
        for d in due_follow_ups(made, today)
        for one in (d.follow_up,)
    ]
    counting = {one.id: one for one in standing(made).values()}
    steps += [
        RoadmapStep(one.until, RoadmapKind.DECIDE, one.names, f"{one.outcome.value} was decided until then",
                    one.until <= today)
        for one in counting.values()
    ]  # fmt: skip
    for pilot in pilots:
        facts = pilot.facts
        if not pilot.active:
            continue
        if facts.reviewed is not None:
            due = facts.reviewed + timedelta(days=REVIEW_DAYS)
            steps.append(
                RoadmapStep(due, RoadmapKind.REVIEW, (facts.name,), f"last reviewed on {facts.reviewed}", due < today)
            )
        if facts.ended is not None and facts.ended >= today:
            steps.append(RoadmapStep(facts.ended, RoadmapKind.END, (facts.name,), "as the registry says", False))
    return tuple(sorted(steps, key=lambda s: (s.day, s.kind, s.pilots)))
