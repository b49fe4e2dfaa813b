"""What each criterion of the rubric finds about one pilot: a number with its evidence, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.figures import per_cent
from inventory.decisions.claims import plain_number, signed
from inventory.decisions.rubric import Rubric, RubricCriterion
from inventory.decisions.values import ClaimCheck, CriterionResult, WorkBeforeAfter
from inventory.overlap.values import Overlap
from inventory.risk.values import Risk
from inventory.values import BenefitEvidence, Pilot, RiskTier

REVIEW_DAYS = 365
_E = BenefitEvidence


@dataclass(frozen=True)
class KnownOfPilot:
    """Everything that criteria ask of one pilot."""

    pilot: Pilot
    claim: ClaimCheck
    linked: int  # of the activities that it names, those that were mined
    logs: tuple[str, ...]  # event logs of real work
    overlaps: tuple[Overlap, ...]  # pairs that it is in, the likeliest first
    risks: tuple[Risk, ...]
    today: date


@dataclass(frozen=True)
class CriterionNumber:
    """A number, what stands behind it, and what it says; None: not known, and the words say why."""

    number: float | None
    evidence: BenefitEvidence
    words: str
    low: float | None = None
    high: float | None = None


def results(rubric: Rubric, known: KnownOfPilot) -> tuple[CriterionResult, ...]:
    """What every criterion of `rubric` finds. Raises KeyError for one that nothing here finds."""
    return tuple(_result(criterion, FOUND_BY[criterion.key](known)) for criterion in rubric.criteria)


def _result(of: RubricCriterion, found: CriterionNumber) -> CriterionResult:
    score = None if found.number is None else of.score(found.number)
    return CriterionResult(
        of.key, of.title, of.axis, of.weight, found.number, of.unit, score, found.evidence, of.source, found.words,
        found.low, found.high,
    )  # fmt: skip


def _unknown(words: str) -> CriterionNumber:
    return CriterionNumber(None, _E.NONE, words)


def _work_saved(known: KnownOfPilot) -> CriterionNumber:
    told = [one for one in known.claim.work if one.reason is None]
    if not told:
        return _unknown(known.claim.words.partition("Nothing was measured: ")[2] or "Nothing was measured.")
    main = max(told, key=lambda one: (one.hours_before or 0.0, one.log or ""))
    more = f" The log with most of its work; {len(told)} have some." if len(told) > 1 else ""
    return CriterionNumber(main.saved_share, _E.MEASURED, _saved(main) + more, main.saved_low, main.saved_high)


def _saved(one: WorkBeforeAfter) -> str:
    assert one.saved_share is not None
    assert one.saved_low is not None
    assert one.saved_high is not None
    interval = f"{signed(one.saved_low)} to {signed(one.saved_high)}"
    return (
        f"{signed(one.saved_share)} of people's time a case ({interval}) in `{one.log}`: "
        f"{plain_number(one.saved_hours)} h a month at its cases since."
    )


def _benefit_per_cost(known: KnownOfPilot) -> CriterionNumber:
    facts, claim = known.pilot.facts, known.claim
    cost = facts.monthly_cost
    if cost is None:
        return _unknown("Its monthly cost is not known.")
    if cost == 0:
        return _unknown("It costs nothing, so there is no ratio.")
    money = next((one.currency for one in claim.work if one.currency), None)
    if claim.measured is not None and money == facts.currency:
        return CriterionNumber(
            claim.measured / cost, _E.MEASURED,
            f"Measured {plain_number(claim.measured, 2)} a month against {cost:,.2f} {facts.currency}.",
        )  # fmt: skip
    if facts.monthly_benefit is None:
        return _unknown("No benefit is known: nothing is claimed, and no money was measured.")
    benefit = facts.monthly_benefit if claim.corrected is None else claim.corrected
    how = claim.evidence.value if claim.corrected is None else f"{claim.evidence.value}, corrected by the ledger"
    return CriterionNumber(
        benefit / cost, claim.evidence, f"{benefit:,.2f} ({how}) against {cost:,.2f} {facts.currency} a month."
    )


def _success(known: KnownOfPilot) -> CriterionNumber:
    rate = known.pilot.facts.success_rate
    if rate is None:
        return _unknown("Its success rate is not known.")
    return CriterionNumber(rate, _E.CLAIMED, f"{per_cent(rate)} of its runs succeed, as the registry says.")


def _runs(known: KnownOfPilot) -> CriterionNumber:
    runs = known.pilot.facts.monthly_runs
    if runs is None:
        return _unknown("How often it runs is not known.")
    return CriterionNumber(float(runs), _E.CLAIMED, f"{runs:,} runs a month, as the registry says.")


def _users(known: KnownOfPilot) -> CriterionNumber:
    users = known.pilot.facts.users
    if users is None:
        return _unknown("Its users are not known.")
    return CriterionNumber(float(users), _E.CLAIMED, f"{users:,} users, as the registry says.")


def _mined_tasks(known: KnownOfPilot) -> CriterionNumber:
    named = len(known.pilot.facts.activities)
    if not known.logs:
        return _unknown("There is no event log of real work.")
    if not named:
        return _unknown("It names no activity.")
    return CriterionNumber(
        known.linked / named, _E.MEASURED, f"{known.linked} of {named} activities that it names are in an event log."
    )


def _answered_for(known: KnownOfPilot) -> CriterionNumber:
    facts = known.pilot.facts
    days = None if facts.reviewed is None else (known.today - facts.reviewed).days
    has = {
        "owner": bool(facts.owner), "sponsor": bool(facts.sponsor),
        "review within a year": days is not None and 0 <= days <= REVIEW_DAYS, "exit plan": bool(facts.exit_plan),
    }  # fmt: skip
    absent = [name for name, there in has.items() if not there]
    words = "All four are there." if not absent else f"The registry names no {', no '.join(absent)}."
    return CriterionNumber(float(len(has) - len(absent)), _E.CLAIMED, words)


def _risks(known: KnownOfPilot) -> CriterionNumber:
    if not known.pilot.active:
        return _unknown("It is stopped: rules are not asked of it.")
    words = " ".join(risk.finding for risk in known.risks) or "It breaks no rule."
    return CriterionNumber(float(len(known.risks)), _E.CLAIMED, words)


_TIERS: Mapping[RiskTier, int] = {tier: place for place, tier in enumerate(RiskTier)}


def _risk_tier(known: KnownOfPilot) -> CriterionNumber:
    tier = known.pilot.facts.risk_tier
    if tier is None:
        return _unknown("Its risk tier is not known.")
    drivers = ", ".join(known.pilot.facts.risk_drivers)
    return CriterionNumber(float(_TIERS[tier]), _E.CLAIMED, f"{tier.value}{f': {drivers}' if drivers else ''}.")


def _overlap(known: KnownOfPilot) -> CriterionNumber:
    if not known.pilot.active:
        return _unknown("It is stopped: it overlaps with nothing.")
    if not known.overlaps:
        return CriterionNumber(0.0, _E.ESTIMATED, "No other pilot is proposed as the same work.")
    first = known.overlaps[0]
    other = first.second_name if first.first == known.pilot.id else first.first_name
    words = f"{per_cent(first.probability)} with {other}. {first.reason}"
    return CriterionNumber(first.probability, _E.ESTIMATED, words)


FOUND_BY: Mapping[str, Callable[[KnownOfPilot], CriterionNumber]] = {
    "work_saved": _work_saved,
    "benefit_per_cost": _benefit_per_cost,
    "success": _success,
    "runs": _runs,
    "users": _users,
    "mined_tasks": _mined_tasks,
    "answered_for": _answered_for,
    "risks": _risks,
    "risk_tier": _risk_tier,
    "overlap": _overlap,
}


def of_pilot(pairs: Sequence[Overlap], pilot: int) -> tuple[Overlap, ...]:
    """Those of `pairs` that `pilot` is in, the likeliest first."""
    mine = (pair for pair in pairs if pilot in (pair.first, pair.second))
    return tuple(sorted(mine, key=lambda pair: (-pair.probability, pair.first, pair.second)))
