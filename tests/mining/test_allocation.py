"""Allocation: each rule by an example, the laws of scores, storage and overrides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mining.allocation.hints import consequence

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, NotFound
from core.view import View
from core.workspace import Workspace
from mining.allocation import AllocationOutcome, Score, allocate, allocations, assess, override, weights
from mining.map.maps import save_map
from mining.map.profile import ActivityProfile, Neighbour
from tests.builders import known, name_of, staged_log

STEADY = ActivityProfile(
    activity="Match invoice", count=500, cases=500, cases_share=1.0,
    service_q1=90.0, service_median=100.0, service_q3=110.0, service_share=0.1,
    waiting_median=60.0, waiting_share=0.1, cost_mean=4.0, cost_share=0.1,
    repeated_share=0.0, self_loop_share=0.0, handover_before_share=0.5, handover_after_share=0.5,
    failed_share=0.0, performers=5, performer_known_share=1.0,
    human_share=1.0, agent_share=0.0, system_share=0.0, kind_known_share=1.0,
    before=Neighbour("Receive goods", 0.95), after=Neighbour(None, 0.95),
)  # fmt: skip


def test_scores_worked_by_hand() -> None:
    found = assess(STEADY)
    assert (found.suitability, found.coverage) == (100, 1)
    # frequency 100 x 35, effort 50 x 30, waiting 50 x 15, hand-overs 50 x 10, cost 50 x 10, of 100
    assert (found.value, found.value_coverage) == (67.5, 1)
    assert found.outcome is AllocationOutcome.AGENT
    assert found.reasons == (
        "Suitability 100 reaches the 70 of 100 that an agent needs.",
        "Its value is 68 of 100.",
    )
    # half of the way from 0.3 to 0.95 is 50 points of 45, rework 50 of 25; the rest is full
    half = replace(STEADY, before=Neighbour("x", 0.625), after=Neighbour("y", 0.625), repeated_share=0.15)
    assert assess(half).suitability == pytest.approx(50 * 0.45 + 50 * 0.25 + 100 * 0.3)


def test_what_the_log_lacks_lowers_coverage_not_the_score() -> None:
    bare = replace(
        STEADY, service_q1=None, service_median=None, service_q3=None, service_share=None, cost_mean=None,
        cost_share=None, failed_share=None, handover_before_share=None, handover_after_share=None,
    )  # fmt: skip
    found = assess(bare)
    assert (found.suitability, found.coverage) == (100, 0.7)
    assert found.value_coverage == 0.5
    assert {c.name for c in found.criteria if c.score is not Score.FACT and c.number is None} == {
        "steadiness", "errors", "effort", "hand-overs", "cost",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "outcome", "said"),
    [
        (replace(STEADY, count=29), AllocationOutcome.HUMAN_WITH_AGENT, "evidence is thin"),
        (replace(STEADY, count=29, activity="Approve order"), AllocationOutcome.HUMAN_ONLY, "“approve”"),
        (
            replace(STEADY, self_loop_share=0.6, repeated_share=0.6, service_median=0.0),
            AllocationOutcome.ELIMINATE,
            "60 % of its 500 instances",
        ),
        (replace(STEADY, self_loop_share=0.6, repeated_share=0.6), AllocationOutcome.AGENT, "Suitability 75"),
        (
            replace(STEADY, human_share=0.1, system_share=0.9),
            AllocationOutcome.RULE_AUTOMATION,
            "90 % of its instances",
        ),
        (
            replace(STEADY, human_share=0.1, system_share=0.9, kind_known_share=0.4),
            AllocationOutcome.AGENT,
            "reaches the 70",
        ),
        (replace(STEADY, human_share=0.1, agent_share=0.9), AllocationOutcome.AGENT, "by agents already"),
        (
            replace(STEADY, activity="Pay invoice", human_share=0.0, agent_share=1.0),
            AllocationOutcome.AGENT_WITH_APPROVAL,
            "by agents already",
        ),
        (
            replace(STEADY, before=Neighbour("x", 0.2), after=Neighbour("y", 0.2), repeated_share=0.3),
            AllocationOutcome.HUMAN_ONLY,
            "Suitability 30 is below 45",
        ),
        (
            replace(STEADY, before=Neighbour("x", 0.5), after=Neighbour("y", 0.5)),
            AllocationOutcome.HUMAN_WITH_AGENT,
            "lies between 45 and 70",
        ),
        (
            replace(
                STEADY, cases_share=0.1, service_share=0.0, waiting_share=0.0, cost_share=0.0, handover_before_share=0.0
            ),
            AllocationOutcome.HUMAN_WITH_AGENT,
            "value of 4 is below the 20",
        ),
        (replace(STEADY, activity="Sign contract"), AllocationOutcome.AGENT_WITH_APPROVAL, "reaches the 70"),
    ],
)
def test_each_rule_by_an_example(profile: ActivityProfile, outcome: AllocationOutcome, said: str) -> None:
    found = assess(profile)
    assert found.outcome is outcome
    assert said in " ".join(found.reasons)


def test_a_hint_says_that_it_is_a_guess() -> None:
    assert "guess from the name" in " ".join(assess(replace(STEADY, activity="Approve order")).reasons)


SHARES = st.floats(0, 1)


@given(
    count=st.integers(1, 10_000), before=SHARES, after=SHARES, repeated=SHARES,
    failed=st.none() | SHARES, service=st.none() | SHARES, system=SHARES, known=SHARES,
    name=st.sampled_from(["Check", "Approve", "Pagar"]),
)  # fmt: skip
def test_laws_of_every_assessment(
    count: int, before: float, after: float, repeated: float, failed: float | None, service: float | None,
    system: float, known: float, name: str,
) -> None:  # fmt: skip
    profile = replace(
        STEADY, activity=name, count=count, before=Neighbour("x", before), after=Neighbour("y", after),
        repeated_share=repeated, failed_share=failed, service_share=service, human_share=1 - system,
        system_share=system, kind_known_share=known,
    )  # fmt: skip
    found = assess(profile)
    assert found == assess(profile)
    assert found.reasons
    assert all(reason.endswith(".") for reason in found.reasons)
    assert 0 <= found.value <= 100
    assert 0 <= found.coverage <= 1
    assert (found.suitability is None) == (found.coverage == 0)
    if found.suitability is not None:
        assert 0 <= found.suitability <= 100
    if found.coverage < 0.5:
        assert found.outcome in {AllocationOutcome.HUMAN_WITH_AGENT, AllocationOutcome.HUMAN_ONLY}
    if consequence(name):
        assert found.outcome is not AllocationOutcome.AGENT


@given(worse=SHARES, better=SHARES)
def test_more_rework_never_suits_better(worse: float, better: float) -> None:
    worse, better = max(worse, better), min(worse, better)
    low = assess(replace(STEADY, repeated_share=worse)).suitability
    high = assess(replace(STEADY, repeated_share=better)).suitability
    assert low is not None
    assert high is not None
    assert low <= high


def test_weights_of_each_score_add_up_to_100() -> None:
    scales = [s for s in vars(weights).values() if isinstance(s, weights.Scale)]
    for score in (Score.SUITABILITY, Score.VALUE):
        assert sum(s.weight for s in scales if s.score is score) == 100


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Approve purchase order", "approve"), ("Betaling uitvoeren", "betaling"), ("Payment Handled", "payment"),
        ("A_DECLINED", "declined"), ("Design part", None), ("Check signal", None), ("Repayroll", None),
    ],
)  # fmt: skip
def test_hints(label: str, word: str | None) -> None:
    assert consequence(label) == word


@pytest.fixture
def mapped(any_ws: Workspace) -> Workspace:
    """A workspace with map `Orders` of 40 cases: order by people, approve by people, post by a system."""
    rows = []
    for n in range(40):
        day = f"2026-01-{5 + n % 20:02}"
        rows += [
            (str(n), "order", f"{day} 08:00", f"{day} 08:10", "Ada", "human"),
            (str(n), "approve", f"{day} 09:00", f"{day} 09:10", "Bo", "human"),
            (str(n), "post", f"{day} 10:00", f"{day} 10:00", "SAP", "system"),
        ]
    staged_log(any_ws, rows, "orders")
    save_map(any_ws, "Orders", View("orders"), by=local("Ada"))
    return any_ws


def test_allocations_are_stored_once(mapped: Workspace) -> None:
    assert allocations(mapped, "Orders") == ()
    found = allocate(mapped, "Orders", by=local("Ada"))
    assert {a.activity: a.outcome for a in found} == {
        "approve": AllocationOutcome.AGENT_WITH_APPROVAL,
        "order": AllocationOutcome.AGENT,
        "post": AllocationOutcome.RULE_AUTOMATION,
    }
    assert allocations(mapped, "Orders") == found
    assert allocate(mapped, "Orders", 1, by=known(mapped, "Bo")) == found


def test_an_override_stands_beside_the_computed_outcome(mapped: Workspace) -> None:
    before = allocate(mapped, "Orders", by=local("Ada"))
    changed = override(
        mapped,
        "Orders",
        None,
        "approve",
        AllocationOutcome.HUMAN_ONLY,
        "The law asks for a person.",
        known(mapped, "Bo"),
    )
    assert (changed.outcome, changed.computed) == (AllocationOutcome.HUMAN_ONLY, AllocationOutcome.AGENT_WITH_APPROVAL)
    assert changed.override is not None
    assert (name_of(mapped, changed.override.by), changed.override.reason) == ("Bo", "The law asks for a person.")
    assert replace(changed, outcome=changed.computed, override=None) in before
    assert isinstance(mapped.clock, FixedClock)
    mapped.clock.advance(timedelta(days=1))
    override(
        mapped, "Orders", 1, "approve", AllocationOutcome.HUMAN_WITH_AGENT, "An agent may prepare it.", local("Ada")
    )
    found = {a.activity: a for a in allocations(mapped, "Orders")}
    assert found["approve"].outcome is AllocationOutcome.HUMAN_WITH_AGENT
    assert found["order"].override is None


def test_overrides_that_cannot_be(mapped: Workspace) -> None:
    with pytest.raises(BadInput, match="not allocated yet"):
        override(mapped, "Orders", None, "order", AllocationOutcome.AGENT, "why not", local("Ada"))
    allocate(mapped, "Orders", by=local("Ada"))
    with pytest.raises(BadInput, match="needs a reason"):
        override(mapped, "Orders", None, "order", AllocationOutcome.AGENT, "  ", local("Ada"))
    with pytest.raises(NotFound, match="Known: `approve`, `order`, `post`"):
        override(mapped, "Orders", None, "pay", AllocationOutcome.AGENT, "why not", local("Ada"))
    with pytest.raises(NotFound, match="`Other`"):
        allocate(mapped, "Other", by=local("Ada"))


def test_new_rules_allocate_anew_and_the_newest_count(mapped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    allocate(mapped, "Orders", by=local("Ada"))
    monkeypatch.setattr("mining.allocation.service.RULES", weights.RULES + 1)
    monkeypatch.setattr("mining.allocation.weights.SUITABLE", 101.0)
    assert {a.computed for a in allocate(mapped, "Orders", by=local("Ada"))} == {
        AllocationOutcome.HUMAN_WITH_AGENT,
        AllocationOutcome.RULE_AUTOMATION,
    }
    assert len(allocations(mapped, "Orders")) == 3
