"""Hidden risks of pilots. One rule, one function: its docstring is what the user reads, its result what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from core.workspace import Workspace
from inventory.store import list_pilots
from inventory.values import Pilot, PilotFacts, Risk, Sensitivity, Status

Rule = Callable[[PilotFacts, date], str | None]

LONGEST_PILOT_DAYS = 365
ACTS_ALONE = 4


def risks(ws: Workspace) -> tuple[Risk, ...]:
    """Every rule that a pilot breaks, pilot by pilot. Stopped pilots are left out."""
    return find_risks(list_pilots(ws), ws.clock.now().date())


def find_risks(pilots: Sequence[Pilot], today: date) -> tuple[Risk, ...]:
    """Every rule that an active pilot breaks on the day `today`."""
    return tuple(
        Risk(p.id, p.facts.name, p.facts.department, rule.__name__, rule_text(rule), finding)
        for p in pilots
        if p.active
        for rule in RULES
        if (finding := rule(p.facts, today)) is not None
    )


def rule_text(rule: Rule) -> str:
    """What `rule` demands, in words."""
    return " ".join((rule.__doc__ or "").split())


def personal_data_without_review(pilot: PilotFacts, _today: date) -> str | None:
    """A person reviews what a pilot does with personal data."""
    if pilot.data_sensitivity is not Sensitivity.PERSONAL or pilot.human_review:
        return None
    known = "whether a person reviews it is not known" if pilot.human_review is None else "no person reviews it"
    return f"It handles personal data and {known}."


def no_owner(pilot: PilotFacts, _today: date) -> str | None:
    """Every pilot has an owner who answers for it."""
    return None if pilot.owner else "It has no owner."


def no_sponsor(pilot: PilotFacts, _today: date) -> str | None:
    """Every pilot has a sponsor who pays for it."""
    return None if pilot.sponsor else "It has no sponsor."


def production_without_sensitivity(pilot: PilotFacts, _today: date) -> str | None:
    """The sensitivity of the data is known before a pilot goes into production."""
    if pilot.status is not Status.PRODUCTION or pilot.data_sensitivity is not None:
        return None
    return "It is in production and the sensitivity of its data is not known."


def production_without_cost(pilot: PilotFacts, _today: date) -> str | None:
    """The monthly cost of a pilot in production is known."""
    if pilot.status is not Status.PRODUCTION or pilot.monthly_cost is not None:
        return None
    return "It is in production and its monthly cost is not known."


def touches_nothing_known(pilot: PilotFacts, _today: date) -> str | None:
    """A pilot beyond an idea names the activities or the systems that it touches."""
    if pilot.status in {None, Status.IDEA} or pilot.activities or pilot.systems:
        return None
    return "It names no activity and no system, so nobody can tell what it changes."


def acts_alone_without_review(pilot: PilotFacts, _today: date) -> str | None:
    """A pilot that acts alone on systems of record is reviewed by a person."""
    if pilot.autonomy_level != ACTS_ALONE or not pilot.systems or pilot.human_review:
        return None
    return f"It acts alone on {', '.join(f'`{s}`' for s in pilot.systems)} and no review by a person is stated."


def sensitive_data_with_unknown_vendor(pilot: PilotFacts, _today: date) -> str | None:
    """Who supplies a pilot that handles confidential or personal data is known."""
    if pilot.data_sensitivity not in {Sensitivity.CONFIDENTIAL, Sensitivity.PERSONAL} or pilot.vendor:
        return None
    return f"It handles {pilot.data_sensitivity.value} data and its vendor is not known."


def costs_more_than_it_claims(pilot: PilotFacts, _today: date) -> str | None:
    """A pilot claims to bring more than it costs."""
    cost, benefit = pilot.monthly_cost, pilot.monthly_benefit
    if cost is None or benefit is None or benefit >= cost:
        return None
    return f"It costs {cost:,.2f} {pilot.currency} a month and claims {benefit:,.2f}."


def pilot_without_end(pilot: PilotFacts, today: date) -> str | None:
    """A pilot is scaled or stopped within a year."""
    if pilot.status is not Status.PILOT or pilot.started is None:
        return None
    days = (today - pilot.started).days
    return f"It has been a pilot for {days} days, since {pilot.started}." if days > LONGEST_PILOT_DAYS else None


RULES: tuple[Rule, ...] = (
    personal_data_without_review,
    acts_alone_without_review,
    sensitive_data_with_unknown_vendor,
    production_without_sensitivity,
    no_owner,
    no_sponsor,
    touches_nothing_known,
    production_without_cost,
    costs_more_than_it_claims,
    pilot_without_end,
)
