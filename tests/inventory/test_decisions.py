"""Decisions: made with what was known frozen, replaced, expired, withdrawn, followed up."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, NotAllowed, NotFound
from core.workspace import Workspace
from governance import audit_records
from inventory import (
    DecisionState,
    Expectation,
    FollowUp,
    HourRate,
    PilotOutcome,
    decide,
    decisions,
    due_follow_ups,
    edit_pilot,
    entries,
    finish_follow_up,
    get_decision,
    standing,
    withdraw_decision,
)
from tests.inventory.sheets import imported

ADA = local("Ada")
SHEET = """name,department,owner,status,monthly_cost,currency,monthly_benefit,users
Reader,Finance,Ada,pilot,100,EUR,400,20
Other reader,Finance,,pilot,50,EUR,,
Writer,Legal,Bob,production,10,USD,,3
"""
LATER, TODAY = date(2026, 7, 1), date(2026, 1, 5)


@pytest.fixture
def pilots(any_ws: Workspace, tmp_path: Path) -> Workspace:
    imported(any_ws, tmp_path, SHEET)
    return any_ws


def test_a_decision_freezes_what_was_known(pilots: Workspace) -> None:
    steps = [FollowUp("Measure it", "Bob", date(2026, 2, 1))]
    made = decide(
        pilots, ["Reader"], PilotOutcome.REFINE, " It helps. ", until=LATER, follow_ups=steps,
        rate=HourRate(40, "EUR"), by=ADA,
    )  # fmt: skip
    assert (made.names, made.rationale, made.state, made.by_name) == (
        ("Reader",),
        "It helps.",
        DecisionState.STANDS,
        "Ada",
    )
    assert made.follow_ups == (FollowUp("Measure it", "Bob", date(2026, 2, 1), 1),)
    before = json.dumps(made.evidence, sort_keys=True)
    edit_pilot(pilots, "Reader", {"users": "9000", "monthly_benefit": "1"}, by=ADA)
    after = get_decision(pilots, made.id)
    assert json.dumps(after.evidence, sort_keys=True) == before
    known = after.evidence["1"]
    assert known["facts"]["users"] == 20
    assert known["rate"] == {"amount": 40, "currency": "EUR"}
    users = next(c for c in known["assessment"]["criteria"] if c["key"] == "users")
    assert (users["number"], users["evidence"], users["source"]) == (20, "claimed", "Registry: users")
    record = next(r for r in audit_records(pilots, limit=9) if r.action == "pilots.decide" and r.payload)
    assert record.payload is not None
    assert record.payload["rationale"] == "It helps."


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_stored(pilots: Workspace) -> None:
    with pytest.raises(BadInput) as refused:
        decide(
            pilots, ["Reader", "#1"], PilotOutcome.MERGE, "  ", until=TODAY,
            follow_ups=[FollowUp("", "Bob", date(2026, 1, 1))],
            expectations=[Expectation("users", 5, 6, 9)], by=ADA,
        )  # fmt: skip
    said = " ".join(refused.value.problems)
    for word in (
        "twice",
        "rationale",
        "not after today",
        "pilot that stays",
        "Follow-up 1: say",
        "is over",
        "5 does not lie",
    ):
        assert word in said, word
    assert decisions(pilots) == ()
    assert entries(pilots) == ()


@pytest.mark.parametrize(
    ("outcome", "into", "word"),
    [(PilotOutcome.RETIRE, "Writer", "Only a merge"), (PilotOutcome.MERGE, "Reader", "merged into itself")],
)
def test_what_stays_is_of_a_merge_and_another(pilots: Workspace, outcome: PilotOutcome, into: str, word: str) -> None:
    with pytest.raises(BadInput) as refused:
        decide(pilots, ["Reader"], outcome, "why", until=LATER, into=into, by=ADA)
    assert word in str(refused.value)


def test_who_and_what_must_be_known(pilots: Workspace) -> None:
    with pytest.raises(NotFound):
        decide(pilots, ["Nobody's"], PilotOutcome.RETIRE, "why", until=LATER, by=ADA)
    with pytest.raises(NotFound):
        decide(pilots, ["Reader"], PilotOutcome.RETIRE, "why", until=LATER, by=local("Mallory"))
    assert audit_records(pilots, limit=1)[0].effect == "deny"
    with pytest.raises((NotAllowed, NotFound)):
        withdraw_decision(pilots, 1, "why", by=local("Mallory"))


def test_the_newest_counts_until_it_is_withdrawn(pilots: Workspace) -> None:
    first = decide(pilots, ["Reader", "Writer"], PilotOutcome.REFINE, "why", until=LATER, by=ADA)
    second = decide(pilots, ["Reader"], PilotOutcome.MERGE, "why", until=LATER, into="Other reader", by=ADA)
    counts = standing(decisions(pilots))
    assert {p: d.id for p, d in counts.items()} == {1: second.id, 3: first.id}
    assert second.into_name == "Other reader"
    assert set(second.evidence) == {"1", "2"}  # of what stays too
    assert get_decision(pilots, first.id).state is DecisionState.STANDS  # about Writer
    third = decide(pilots, ["Writer"], PilotOutcome.RETIRE, "why", until=LATER, by=ADA)
    assert get_decision(pilots, first.id).state is DecisionState.REPLACED
    gone = withdraw_decision(pilots, third.id, "a mistake", by=ADA)
    assert (gone.state, gone.withdrawn_reason, gone.withdrawn_by) == (DecisionState.WITHDRAWN, "a mistake", "Ada")
    assert standing(decisions(pilots))[3].id == first.id
    assert len(decisions(pilots)) == 3  # history is kept
    with pytest.raises(BadInput, match="already"):
        withdraw_decision(pilots, third.id, "again", by=ADA)
    with pytest.raises(BadInput, match="reason"):
        withdraw_decision(pilots, first.id, " ", by=ADA)
    with pytest.raises(NotFound):
        withdraw_decision(pilots, 99, "why", by=ADA)


def test_decisions_expire_and_follow_ups_fall_due(pilots: Workspace, clock: FixedClock) -> None:
    steps = [FollowUp("Measure", "Bob", date(2026, 2, 1)), FollowUp("Tell", "Eve", date(2026, 1, 20))]
    made = decide(pilots, ["Reader"], PilotOutcome.SCALE, "why", until=date(2026, 2, 10), follow_ups=steps, by=ADA)
    assert [d.follow_up.what for d in due_follow_ups(decisions(pilots), TODAY)] == ["Tell", "Measure"]
    clock.advance(timedelta(days=27))  # 2026-02-01
    due = due_follow_ups(decisions(pilots), date(2026, 2, 1))
    assert [(d.follow_up.what, d.overdue) for d in due] == [("Tell", True), ("Measure", False)]
    done = finish_follow_up(pilots, made.id, 2, "told", by=ADA)
    assert (done.done_by, done.note) == ("Ada", "told")
    assert len(due_follow_ups(decisions(pilots), date(2026, 2, 1))) == 1
    with pytest.raises(BadInput, match="done already"):
        finish_follow_up(pilots, made.id, 2, by=ADA)
    with pytest.raises(NotFound):
        finish_follow_up(pilots, made.id, 3, by=ADA)
    clock.advance(timedelta(days=9))  # the day it has to be decided again
    assert get_decision(pilots, made.id).state is DecisionState.EXPIRED
    assert standing(decisions(pilots))[1].id == made.id  # it counts until there is another


def test_what_an_outcome_expects_is_frozen(pilots: Workspace) -> None:
    scaled = decide(pilots, ["Reader"], PilotOutcome.SCALE, "why", until=LATER, by=ADA)
    retired = decide(pilots, ["Writer"], PilotOutcome.RETIRE, "why", until=LATER, by=ADA)
    decide(pilots, ["Other reader"], PilotOutcome.SCALE, "why", until=LATER, expectations=(), by=ADA)
    told = [
        (e.subject, e.about, e.expected.metric, e.expected.value, e.expected.unit, e.decision) for e in entries(pilots)
    ]
    assert told == [
        ("pilot:1", "Reader", "monthly_benefit", 400, "EUR", scaled.id),
        ("pilot:3", "Writer", "monthly_cost", 0, "USD", retired.id),
    ]
