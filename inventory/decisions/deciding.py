"""Decisions about pilots: made by a person with what was known frozen beside them, withdrawn, followed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from core.actor.values import Actor
from core.actor.verb import Verb, act, permit
from core.errors import BadInput, NotFound, not_found
from core.workspace import Workspace
from inventory.decisions.anchor import WorkflowRuns, anchor_of
from inventory.decisions.assessing import assess
from inventory.decisions.bound import bindings
from inventory.decisions.frozen import frozen
from inventory.decisions.listing import read_decisions
from inventory.decisions.tables import pilot_decision, pilot_decision_pilot, pilot_follow_up
from inventory.decisions.values import DecisionState, FollowUp, PilotAssessment, PilotDecision, PilotOutcome
from inventory.finding import one_of
from inventory.hour_rate import HourRate
from inventory.ledger.expecting import freeze, wrong
from inventory.ledger.metrics import PILOT
from inventory.ledger.values import Expectation
from inventory.store import list_pilots
from inventory.values import BenefitEvidence, Pilot

DECIDE = Verb("pilots.decide", "Decision")
WITHDRAW = Verb("pilots.withdraw_decision", "Decision")
FINISH = Verb("pilots.finish_follow_up", "Decision")
_LONGEST = 10_000


def decide(
    ws: Workspace, pilots: Sequence[str | int], outcome: PilotOutcome, rationale: str, *, until: date,
    into: str | int | None = None, follow_ups: Sequence[FollowUp] = (),
    expectations: Sequence[Expectation] | None = None, rate: HourRate | None = None,
    runs: Sequence[WorkflowRuns] = (), by: Actor,
) -> PilotDecision:  # fmt: skip
    """The decision about `pilots` as it is stored, with everything that was known of them frozen.

    A pilot is named by reference, name or number. Of a merge, `into` is the pilot that stays; it is none of `pilots`.
    `until` is when it has to be decided again. `expectations` are frozen in the ledger for each pilot; None: those
    that `expected_of` makes of the outcome. A later decision about a pilot replaces this one. Raises BadInput with
    every problem at once, NotFound for a pilot that there is not; then nothing is stored.
    """
    permit(ws, by, DECIDE, ", ".join(map(str, pilots))[:200])
    known = list_pilots(ws)
    chosen = tuple(one_of(known, which) for which in pilots)
    stays = None if into is None else one_of(known, into)
    _check(chosen, stays, outcome, rationale, until, follow_ups, expectations, ws.clock.now().date())
    bound = bindings(ws, known)
    found = {one.pilot: one for one in assess(ws, rate=rate, bound=bound)}
    evidence = {
        str(p.id): frozen(p, found[p.id], anchor_of(ws, p, bound, runs).words, rate)
        for p in (*chosen, *([stays] if stays else ()))
    }
    with act(ws, by, DECIDE) as doing:
        now = ws.clock.now()
        row = {"outcome": outcome.value, "into_id": stays and stays.id, "rationale": rationale.strip(), "until": until,
               "evidence": evidence, "created_at": now, "created_by": doing.principal}  # fmt: skip
        made = sa.insert(pilot_decision).values(**row).returning(pilot_decision.c.id)
        number = int(doing.connection.execute(made).scalar_one())
        rows = [{"decision_id": number, "pilot_id": p.id} for p in chosen]
        doing.connection.execute(sa.insert(pilot_decision_pilot), rows)
        for place, one in enumerate(follow_ups, 1):
            what = {"what": one.what.strip(), "who": one.who.strip(), "due": one.due}
            doing.connection.execute(sa.insert(pilot_follow_up).values(decision_id=number, number=place, **what))
        for p in chosen:
            expected = expected_of(p, outcome, found[p.id]) if expectations is None else expectations
            freeze(doing.connection, f"{PILOT}{p.id}", expected, number, f"decision {number}", now, doing.principal)
        doing.resource = str(number)
        doing.payload = {
            "pilots": [p.facts.name for p in chosen], "outcome": outcome.value, "rationale": rationale.strip(),
            "until": until.isoformat(), "into": stays.facts.name if stays else None,
            "suggested": [_word(found[p.id].suggestion) for p in chosen],
            "follow-ups": [f"{one.what} ({one.who}, {one.due})" for one in follow_ups],
        }  # fmt: skip
        return next(d for d in read_decisions(doing.connection, now.date()) if d.id == number)


def withdraw_decision(ws: Workspace, decision: int, reason: str, *, by: Actor) -> PilotDecision:
    """The decision, withdrawn: it is kept, and counts no more. An earlier one about its pilots counts again.

    Raises NotFound for one that there is not, BadInput for one that was withdrawn already or no reason.
    """
    with act(ws, by, WITHDRAW, str(decision)) as doing:
        now = ws.clock.now()
        found = {d.id: d for d in read_decisions(doing.connection, now.date())}
        if decision not in found:
            raise not_found("decision", str(decision), map(str, found))
        if found[decision].state is DecisionState.WITHDRAWN:
            raise BadInput(f"Decision {decision} was withdrawn already.")
        if not reason.strip():
            raise BadInput("A decision is not withdrawn without a reason. Say why.")
        table = pilot_decision
        values = {"withdrawn_at": now, "withdrawn_by": doing.principal, "withdrawn_reason": reason.strip()}
        doing.connection.execute(sa.update(table).where(table.c.id == decision).values(**values))
        doing.payload = {"reason": reason.strip(), "pilots": list(found[decision].names)}
        return next(d for d in read_decisions(doing.connection, now.date()) if d.id == decision)


def finish_follow_up(ws: Workspace, decision: int, number: int, note: str = "", *, by: Actor) -> FollowUp:
    """The follow-up of a decision, done. Raises NotFound where there is none, BadInput where it is done already."""
    with act(ws, by, FINISH, f"{decision}.{number}") as doing:
        now = ws.clock.now()
        found = {d.id: d for d in read_decisions(doing.connection, now.date())}
        if decision not in found:
            raise not_found("decision", str(decision), map(str, found))
        steps = {one.number: one for one in found[decision].follow_ups}
        if number not in steps:
            raise NotFound(f"Decision {decision} has no follow-up {number}. It has {len(steps)}.")
        if steps[number].done_at is not None:
            raise BadInput(f"Follow-up {number} of decision {decision} is done already.")
        table = pilot_follow_up
        where = (table.c.decision_id == decision, table.c.number == number)
        values = {"done_at": now, "done_by": doing.principal, "note": note.strip() or None}
        doing.connection.execute(sa.update(table).where(*where).values(**values))
        doing.payload = {"what": steps[number].what, "note": note.strip()}
        done = next(d for d in read_decisions(doing.connection, now.date()) if d.id == decision)
        return next(one for one in done.follow_ups if one.number == number)


def expected_of(pilot: Pilot, outcome: PilotOutcome, found: PilotAssessment) -> tuple[Expectation, ...]:
    """What an outcome says is expected of a pilot, where nobody says otherwise.

    Scaled or refined, it brings what is claimed (as the ledger corrects it) and goes on saving the measured hours;
    merged or retired, it costs nothing any more.
    """
    facts, claim = pilot.facts, found.claim
    if outcome in (PilotOutcome.MERGE, PilotOutcome.RETIRE):
        return (Expectation("monthly_cost", 0.0, 0.0, 0.0, facts.currency or "", BenefitEvidence.ESTIMATED),)
    told = [one for one in claim.work if one.saved_hours is not None]
    hours = [Expectation(
        "hours_saved_a_month", sum(one.saved_hours or 0 for one in told), sum(one.saved_hours_low or 0 for one in told),
        sum(one.saved_hours_high or 0 for one in told), "h", BenefitEvidence.MEASURED,
    )] if told else []  # fmt: skip
    money = facts.monthly_benefit if claim.corrected is None else claim.corrected
    benefit = [] if money is None else [
        Expectation("monthly_benefit", money, unit=facts.currency or "", evidence=claim.evidence)
    ]  # fmt: skip
    return (*benefit, *hours)


def _check(
    chosen: Sequence[Pilot], stays: Pilot | None, outcome: PilotOutcome, rationale: str, until: date,
    follow_ups: Sequence[FollowUp], expectations: Sequence[Expectation] | None, today: date,
) -> None:  # fmt: skip
    """Raise BadInput with everything that is wrong."""
    problems = []
    if not chosen:
        problems.append("No pilot was named.")
    if len({p.id for p in chosen}) < len(chosen):
        problems.append("A pilot was named twice.")
    if not rationale.strip() or len(rationale) > _LONGEST:
        problems.append(f"The rationale is empty or longer than {_LONGEST:,} characters. Say why this is decided.")
    if until <= today:
        problems.append(f"The review date {until} is not after today, {today}. Say when it has to be decided again.")
    if outcome is PilotOutcome.MERGE and stays is None:
        problems.append("A merge needs the pilot that stays. Name it.")
    if outcome is not PilotOutcome.MERGE and stays is not None:
        problems.append(f"Only a merge has a pilot that stays; this is `{outcome.value}`.")
    if stays is not None and stays.id in {p.id for p in chosen}:
        problems.append(f"`{stays.facts.name}` cannot be merged into itself.")
    for number, one in enumerate(follow_ups, 1):
        if not one.what.strip() or not one.who.strip() or len(one.who) > 300:
            problems.append(f"Follow-up {number}: say what is to be done and who does it.")
        if one.due < today:
            problems.append(f"Follow-up {number}: it is due on {one.due}, which is over.")
    problems += wrong("decision", expectations) if expectations else []
    if problems:
        raise BadInput("Nothing was decided.", problems=problems)


def _word(outcome: PilotOutcome | None) -> str | None:
    return None if outcome is None else outcome.value
