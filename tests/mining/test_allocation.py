"""Allocation: each rule and gate by an example, the laws of every assessment, storage, answers and overrides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, NotAllowed, NotFound
from core.view import View
from core.workspace import Workspace
from governance import add_agent, add_person, audit_records
from mining.allocation import (
    AllocationOutcome,
    NoTask,
    Score,
    TaskAnswer,
    TaskQuestion,
    allocate,
    allocations,
    answer_task,
    assess,
    override,
    weights,
)
from mining.allocation.evidence import TaskEvidence
from mining.map.maps import save_map
from mining.map.profile import ActivityProfile, DoneBy, Neighbour
from mining.tables import map_allocation
from tests.builders import known, name_of, staged_log

PROFILE = ActivityProfile(
    activity="Match invoice", count=500, cases=500, cases_share=1.0,
    service_q1=1700.0, service_median=1800.0, service_q3=1900.0, service_share=0.1,
    waiting_median=60.0, waiting_share=0.1, cost_mean=4.0, cost_share=0.1,
    repeated_share=0.0, self_loop_share=0.0, handover_before_share=0.5, handover_after_share=0.5,
    failed_share=0.0, performers=5, performer_known_share=1.0,
    human_share=1.0, agent_share=0.0, system_share=0.0, kind_known_share=1.0,
    before=Neighbour("Receive goods", 0.95), after=Neighbour(None, 0.95),
)  # fmt: skip
STEADY = TaskEvidence(
    PROFILE, next_bits=0.0, before_bits=0.0, once=1.0, drift=0.0, monthly=100.0, burst=0.0, instant=0.0, samples=("c1",)
)
AGENT, APPROVAL = AllocationOutcome.AGENT, AllocationOutcome.AGENT_WITH_APPROVAL
HELPED, HUMAN = AllocationOutcome.HUMAN_WITH_AGENT, AllocationOutcome.HUMAN_ONLY


def task(activity: str = "Match invoice", **changes: object) -> TaskEvidence:
    """The steady task, changed: what its profile has there, the rest in the evidence."""
    own = {k: v for k, v in changes.items() if k in ActivityProfile.__dataclass_fields__}
    rest = {k: v for k, v in changes.items() if k not in own}
    return replace(STEADY, profile=replace(PROFILE, activity=activity, **own), **rest)  # type: ignore[arg-type]


def by_systems(share: float, known: float = 1.0, activity: str = "Match invoice") -> TaskEvidence:
    """The steady task, done by systems to this share."""
    return task(activity, human_share=1 - share, system_share=share, kind_known_share=known)


def test_scores_worked_by_hand() -> None:
    found = assess(STEADY)
    # of 100, only the task profile (5) has no data: nobody has answered
    assert (found.suitability, found.coverage) == (100, 0.95)
    # half of the cases 15 of 30, 1.5 bits 10 of 20, all else full: 70 of 95
    half = assess(task(cases_share=0.5, next_bits=1.5))
    assert half.suitability == pytest.approx(100 * 70 / 95)
    # 50 h a month, nothing redone, 10 x 1 min of review, (100 + 5) / 45 of running
    assert found.worth is not None
    assert found.worth.net_hours == pytest.approx(50 - 10 / 60 - 105 / 45)
    assert found.value == pytest.approx(100 * found.worth.net_hours / 160)
    assert found.outcome is AGENT


def test_what_the_log_lacks_lowers_coverage_not_the_score() -> None:
    found = assess(task("Xyz", drift=None, service_median=None, service_q1=None, service_q3=None))
    assert (found.suitability, found.coverage) == (100, 0.7)  # neither stability, nor words, nor answers
    assert (found.value, found.value_coverage, found.worth) == (None, 0, None)


@pytest.mark.parametrize(
    ("evidence", "outcome", "said"),
    [
        (task(count=29), HUMAN, "evidence is thin"),
        (task(self_loop_share=0.6, service_median=0.0), AllocationOutcome.ELIMINATE, "60 % of its 500 instances"),
        (by_systems(0.9), AllocationOutcome.RULE_AUTOMATION, "90 % of its instances"),
        (by_systems(0.9, known=0.4), AGENT, "reaches the 65"),
        (task(human_share=0.1, agent_share=0.9), AGENT, "by agents already"),
        (task("Pay invoice", human_share=0.0, agent_share=1.0), APPROVAL, "by agents already"),
        (task(cases_share=0.1, next_bits=3.0, before_bits=3.0), HUMAN, "is below 45"),
        (task(cases_share=0.3, next_bits=1.5, before_bits=1.5), HELPED, "lies between 45 and 65"),
        (task(monthly=3.0), HUMAN, "3.0 times a month: not worth an agent"),
        (task(service_median=10.0), HUMAN, "Not worth an agent"),
        (task("Pay invoice"), APPROVAL, "“pay”"),
        (task("Send letter"), APPROVAL, "cannot be taken back"),
        (task("Assess claim"), HELPED, "may need judgement"),
        (task("Inspect goods"), HUMAN, "need hands"),
        (task("Xyz"), HELPED, "does not tell whether it needs hands"),
        (task("Order xyz"), APPROVAL, "does not tell whether a mistake can be undone"),
        (task("Check medical record"), APPROVAL, "sensitive"),
        (task("Start"), AllocationOutcome.ELIMINATE, "no task"),
        (task("End trip"), HUMAN, "no task"),
        (task("Declaration SUBMITTED by EMPLOYEE"), HUMAN, "outside party"),
        (task("Application submitted", opens=0.95), HUMAN, "95 % of cases begin with it"),
    ],
)  # fmt: skip
def test_each_rule_and_gate_by_an_example(evidence: TaskEvidence, outcome: AllocationOutcome, said: str) -> None:
    found = assess(evidence)
    assert found.outcome is outcome, found.reasons
    assert said in " ".join(found.reasons)


def test_what_is_no_task_says_so() -> None:
    assert assess(task("Start")).no_task is NoTask.MILESTONE
    assert assess(task("Customer accepts offer")).no_task is NoTask.OUTSIDE
    assert assess(STEADY).no_task is None


def test_questions_are_asked_where_an_answer_changes_the_outcome() -> None:
    def asked(evidence: TaskEvidence) -> dict[TaskQuestion, tuple[AllocationOutcome, AllocationOutcome]]:
        return {q.question: (q.yes, q.no) for q in assess(evidence).questions}

    assert asked(STEADY) == {}
    assert asked(task("Pay invoice")) == {
        TaskQuestion.REVERSIBLE: (AGENT, APPROVAL), TaskQuestion.LEGAL_DUTY: (HELPED, AGENT),
    }  # fmt: skip
    assert asked(task("Inspect goods")) == {
        TaskQuestion.PHYSICAL: (HUMAN, AGENT), TaskQuestion.REVERSIBLE: (AGENT, APPROVAL),
    }  # fmt: skip
    assert asked(task("Inspect goods", cases_share=0.1, next_bits=3.0, before_bits=3.0)) == {}  # human only as it is
    assert asked(task("Pay invoice", cases_share=0.4, next_bits=1.5, before_bits=1.5)) == {}


def test_answers_open_and_close_gates() -> None:
    yes, no = TaskAnswer.YES, TaskAnswer.NO
    pay = task("Pay invoice")
    assert assess(pay, {TaskQuestion.REVERSIBLE: yes}).outcome is APPROVAL  # the law may still want a person
    assert assess(pay, {TaskQuestion.REVERSIBLE: yes, TaskQuestion.LEGAL_DUTY: no}).outcome is AGENT
    assert assess(pay, {TaskQuestion.LEGAL_DUTY: yes}).outcome is HELPED
    assert assess(STEADY, {TaskQuestion.PHYSICAL: yes}).outcome is HUMAN
    assert assess(STEADY, {TaskQuestion.JUDGEMENT: yes}).outcome is HELPED
    assert assess(STEADY, {TaskQuestion.SENSITIVE: yes}).outcome is APPROVAL
    assert assess(STEADY, {TaskQuestion.JUDGEMENT: no}).coverage == 1


SHARES = st.floats(0, 1)
NAMES = st.sampled_from(["Check", "Approve", "Pagar", "Xyz", "Match invoice", "Drill part", "Start", "Send mail"])
ANSWERS = st.dictionaries(st.sampled_from(list(TaskQuestion)), st.sampled_from(list(TaskAnswer)))
EVIDENCE = st.builds(
    task, NAMES, count=st.integers(1, 10_000), cases_share=SHARES, next_bits=st.floats(0, 6),
    before_bits=st.floats(0, 6), once=SHARES, drift=st.none() | SHARES, monthly=st.none() | st.floats(0, 1e4),
    system_share=SHARES, kind_known_share=SHARES,
    service_median=st.none() | st.floats(0, 1e5), instant=st.none() | SHARES, failed_share=st.none() | SHARES,
)  # fmt: skip


@given(evidence=EVIDENCE, answers=ANSWERS)
def test_laws_of_every_assessment(evidence: TaskEvidence, answers: dict[TaskQuestion, TaskAnswer]) -> None:
    found = assess(evidence, answers)
    assert found == assess(evidence, answers)
    assert TaskEvidence.from_dict(evidence.to_dict()) == evidence
    assert found.reasons
    assert all(reason.endswith(".") for reason in found.reasons)
    assert 0 <= found.coverage <= 1
    assert (found.suitability is None) == (found.coverage == 0)
    assert found.suitability is None or -1e-9 <= found.suitability <= 100 + 1e-9
    assert found.value is None or 0 <= found.value <= 100
    for question in found.questions:
        assert question.question not in answers
        assert question.yes is not question.no
    if found.outcome is AGENT:  # nothing that may be physical or irreversible, unless a person said that it is not
        assert answers.get(TaskQuestion.PHYSICAL) is not TaskAnswer.YES
        assert answers.get(TaskQuestion.REVERSIBLE) is not TaskAnswer.NO
        if evidence.activity in ("Xyz", "Drill part"):
            assert answers[TaskQuestion.PHYSICAL] is TaskAnswer.NO
        if evidence.activity in ("Approve", "Pagar", "Xyz", "Send mail"):
            assert answers[TaskQuestion.REVERSIBLE] is TaskAnswer.YES


@given(evidence=EVIDENCE, system=SHARES, known=SHARES, burst=SHARES, instant=SHARES)
def test_suitability_does_not_read_who_does_it_nor_what_automation_leaves(
    evidence: TaskEvidence, system: float, known: float, burst: float, instant: float
) -> None:
    profile = replace(
        evidence.profile, human_share=1 - system, system_share=system, kind_known_share=known, performers=1,
        people=(DoneBy("SYSTEM", "system", 1),),
    )  # fmt: skip
    other = replace(evidence, profile=profile, burst=burst, instant=instant)
    assert assess(other).suitability == assess(evidence).suitability


@given(worse=st.floats(0, 6), better=st.floats(0, 6))
def test_more_ways_never_suit_better(worse: float, better: float) -> None:
    worse, better = max(worse, better), min(worse, better)
    low, high = assess(task(next_bits=worse)).suitability, assess(task(next_bits=better)).suitability
    assert low is not None
    assert high is not None
    assert low <= high


def test_weights_of_each_score_add_up_to_100() -> None:
    scales = [s for s in vars(weights).values() if isinstance(s, weights.Scale)]
    for score in (Score.SUITABILITY, Score.VALUE):
        assert sum(s.weight for s in scales if s.score is score) == 100


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
        "approve": HELPED, "order": APPROVAL, "post": AllocationOutcome.RULE_AUTOMATION,
    }  # fmt: skip
    order = next(a for a in found if a.activity == "order")
    assert order.firmness is not None
    assert order.firmness.interval is not None
    assert order.suitability is not None
    assert order.firmness.interval.low <= order.suitability <= order.firmness.interval.high
    assert order.firmness.cases_hold == 1
    assert order.samples == ("0",)
    assert order.rules == weights.RULES
    assert allocations(mapped, "Orders") == found
    assert allocate(mapped, "Orders", 1, by=known(mapped, "Bo")) == found


def test_an_answer_changes_the_outcome_and_is_recorded(mapped: Workspace) -> None:
    allocate(mapped, "Orders", by=local("Ada"))
    asked = {a.activity: {q.question for q in a.questions} for a in allocations(mapped, "Orders")}
    assert asked["order"] == {TaskQuestion.REVERSIBLE}
    changed = answer_task(
        mapped, "Orders", None, "order", TaskQuestion.REVERSIBLE, TaskAnswer.YES, "It can be cancelled.",
        by=known(mapped, "Bo"),
    )  # fmt: skip
    assert (changed.outcome, changed.computed, changed.questions) == (AGENT, AGENT, ())
    assert [(a.question, a.answer, a.reason) for a in changed.answers] == [
        (TaskQuestion.REVERSIBLE, TaskAnswer.YES, "It can be cancelled.")
    ]
    (record,) = audit_records(mapped, limit=1)
    assert (record.action, record.principal_name) == ("map.answer", "Bo")
    assert record.payload == {
        "activity": "order", "question": "reversible", "answer": "yes", "reason": "It can be cancelled.",
    }  # fmt: skip
    assert changed in allocate(mapped, "Orders", by=local("Ada"))
    again = answer_task(mapped, "Orders", 1, "order", TaskQuestion.REVERSIBLE, TaskAnswer.NO, by=local("Ada"))
    assert (again.outcome, len(again.answers)) == (APPROVAL, 1)


def test_an_answer_holds_for_the_next_version_of_the_map(mapped: Workspace) -> None:
    allocate(mapped, "Orders", by=local("Ada"))
    answer_task(mapped, "Orders", 1, "order", TaskQuestion.REVERSIBLE, TaskAnswer.YES, by=local("Ada"))
    save_map(mapped, "Orders", View("orders"), by=local("Ada"))
    found = {a.activity: a for a in allocate(mapped, "Orders", 2, by=local("Ada"))}
    assert found["order"].outcome is AGENT
    assert [a.answer for a in found["order"].answers] == [TaskAnswer.YES]


def test_answers_that_cannot_be(mapped: Workspace) -> None:
    def answer(activity: str, by: str = "Ada") -> None:
        answer_task(mapped, "Orders", None, activity, TaskQuestion.PHYSICAL, TaskAnswer.NO, by=local(by))

    with pytest.raises(BadInput, match="not allocated yet"):
        answer("order")
    allocate(mapped, "Orders", by=local("Ada"))
    with pytest.raises(NotFound, match="Known: `approve`, `order`, `post`"):
        answer("pay")
    add_person(mapped, "Bo", by=local("Ada"))
    add_agent(mapped, "Helper", owner="Bo", sponsor="Ada", runtime="python:m:f", autonomy_level=1, by=local("Ada"))
    with pytest.raises(NotAllowed, match="no active person"):
        answer("order", by="Helper")
    assert all(a.answers == () for a in allocations(mapped, "Orders"))


def test_an_override_stands_beside_the_computed_outcome(mapped: Workspace) -> None:
    before = allocate(mapped, "Orders", by=local("Ada"))
    bo = known(mapped, "Bo")
    changed = override(mapped, "Orders", None, "approve", HUMAN, "The law asks for a person.", bo)
    assert (changed.outcome, changed.computed) == (HUMAN, HELPED)
    assert changed.override is not None
    assert (name_of(mapped, changed.override.by), changed.override.reason) == ("Bo", "The law asks for a person.")
    assert replace(changed, outcome=changed.computed, override=None) in before
    assert isinstance(mapped.clock, FixedClock)
    mapped.clock.advance(timedelta(days=1))
    override(mapped, "Orders", 1, "approve", HELPED, "An agent may prepare it.", local("Ada"))
    found = {a.activity: a for a in allocations(mapped, "Orders")}
    assert found["approve"].outcome is HELPED
    assert found["order"].override is None


def test_overrides_that_cannot_be(mapped: Workspace) -> None:
    with pytest.raises(BadInput, match="not allocated yet"):
        override(mapped, "Orders", None, "order", AGENT, "why not", local("Ada"))
    allocate(mapped, "Orders", by=local("Ada"))
    with pytest.raises(BadInput, match="needs a reason"):
        override(mapped, "Orders", None, "order", AGENT, "  ", local("Ada"))
    with pytest.raises(NotFound, match="Known: `approve`, `order`, `post`"):
        override(mapped, "Orders", None, "pay", AGENT, "why not", local("Ada"))
    with pytest.raises(NotFound, match="`Other`"):
        allocate(mapped, "Other", by=local("Ada"))


def test_new_rules_allocate_anew_and_the_newest_count(mapped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    allocate(mapped, "Orders", by=local("Ada"))
    answer_task(mapped, "Orders", 1, "order", TaskQuestion.REVERSIBLE, TaskAnswer.YES, by=local("Ada"))
    monkeypatch.setattr("mining.allocation.service.RULES", weights.RULES + 1)
    monkeypatch.setattr("mining.allocation.weights.SUITABLE", 101.0)
    found = allocate(mapped, "Orders", by=local("Ada"))
    assert {a.computed for a in found} == {HELPED, AllocationOutcome.RULE_AUTOMATION}
    assert len(allocations(mapped, "Orders")) == 3
    assert any(a.answers for a in found)  # what a person said is not lost


def test_an_allocation_of_earlier_rules_stays_readable(mapped: Workspace) -> None:
    """As 0.2.0 stored it: without details, with criteria of its own names, and a value from frequency."""
    criterion = {
        "name": "standardisation", "score": "suitability", "weight": 45, "number": 0.9, "points": 92.3, "text": "said",
    }  # fmt: skip
    row = {
        "map_name": "Orders", "map_version": 1, "rules": 1, "position": 0, "activity": "order", "computed": "agent",
        "suitability": 90.0, "value": 67.5, "coverage": 0.7, "value_coverage": 1.0, "criteria": [criterion],
        "reasons": ["Suitability 90."], "created_at": mapped.clock.now(), "created_by": "x",
    }  # fmt: skip
    with mapped.database.begin() as connection:
        connection.execute(sa.insert(map_allocation).values(**row))
    (found,) = allocations(mapped, "Orders")
    assert (found.outcome, found.value, found.rules, found.questions, found.firmness) == (AGENT, 67.5, 1, (), None)
    with pytest.raises(BadInput, match="by the present rules"):
        answer_task(mapped, "Orders", 1, "order", TaskQuestion.PHYSICAL, TaskAnswer.NO, by=local("Ada"))
    assert {a.rules for a in allocate(mapped, "Orders", by=local("Ada"))} == {weights.RULES}
