"""The parts of the demo: drawing, modelling, observed times, policies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.resources import files

import pytest

from app.demo import procurement
from app.demo.agents import RUNTIME
from app.demo.assumptions import AGENT_SERVICE, AGENT_WAITING, ALL
from app.demo.drawing import Case, Instance, draw, read_cases, shuffled
from app.demo.governing import with_block
from app.demo.measuring import table, withheld
from app.demo.modelling import ModelledCase, models, replay
from app.demo.observed import SIMULATION, Observed, answer_to, seen_in
from app.demo.scenario import Scenario
from app.demo.starting import Drawn, start, start_of
from core.actor.values import local, simulated
from core.tree import Operator, ProcessTree
from core.workspace import Workspace
from data.draws import Draws
from governance import (
    Action,
    Request,
    Ruling,
    activate_policies,
    add_agent,
    add_person,
    add_role,
    check,
    check_policies,
    ensure_acting,
)
from orchestrator.machine.scenarios import default_decisions
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import Workflow
from orchestrator.promotion.bindings import TaskBinding
from orchestrator.promotion.drafting import draft_policies
from orchestrator.running.runs import list_runs
from tests.builders import staged_log
from tests.orchestrator.running import department, promoted, unattended

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def task(label: str) -> ProcessTree:
    return ProcessTree(Operator.TASK, label)


def workflow(tree: ProcessTree) -> Workflow:
    tasks = {n: TaskSpec(n, t.label, Doer.PERSON, "r", "a", "R", "human only") for n, t in tree.nodes() if t.label}
    return Workflow("w", 1, tree, tasks, default_decisions(tree), 60.0, "m", 1, 1, "1")


def _facts(amount: float, _case: Case) -> dict[str, float]:
    return {"amount": amount}


def instance(activity: str, start: int, end: int) -> Instance:
    """From and to are minutes after noon."""
    return Instance(activity, NOON + timedelta(minutes=start), NOON + timedelta(minutes=end), None, False)


class TestReplay:
    def test_a_gap_runs_from_the_offer_to_the_start(self) -> None:
        flow = workflow(ProcessTree(Operator.SEQUENCE, None, (task("a"), task("b"))))
        gaps = replay(flow, {}, NOON, (instance("a", 0, 10), instance("b", 25, 30)))
        assert gaps == (0.0, 15 * 60.0)

    def test_parallel_branches_wait_from_the_split_not_from_each_other(self) -> None:
        split = ProcessTree(Operator.PARALLEL, None, (task("goods"), task("invoice")))
        flow = workflow(ProcessTree(Operator.SEQUENCE, None, (task("order"), split)))
        gaps = replay(
            flow, {}, NOON, (instance("order", 0, 10), instance("goods", 70, 80), instance("invoice", 90, 95))
        )
        assert gaps == (0.0, 60 * 60.0, 80 * 60.0)

    def test_another_way_than_the_workflow_has_is_none(self) -> None:
        flow = workflow(ProcessTree(Operator.SEQUENCE, None, (task("a"), task("b"))))
        assert replay(flow, {}, NOON, (instance("b", 0, 1), instance("a", 2, 3))) is None
        assert replay(flow, {}, NOON, (instance("a", 0, 1),)) is None

    def test_a_case_whose_facts_decide_otherwise_is_left_out(self, ws: Workspace) -> None:
        """The trace fits the tree, but a rule over the facts would have taken the other branch."""
        choice = ProcessTree(
            Operator.CHOICE, None, (task("Approve purchase order"), task("Approve purchase order above limit"))
        )
        tree = ProcessTree(Operator.SEQUENCE, None, (task("Draft purchase order"), choice))
        flow = workflow(tree)
        flow = Workflow(**{**vars(flow), "decisions": procurement.decisions(tree)})
        rows = [
            ("1", "Draft purchase order", "2026-01-05 08:00", "2026-01-05 09:00"),
            ("1", "Approve purchase order", "2026-01-05 10:00", "2026-01-05 11:00"),
        ]
        version = staged_log(ws, rows)
        for amount, fits in ((5_000.0, True), (5_000.01, False)):
            with ws.logs.read(version) as connection:
                (found,) = models(flow, draw(connection, 1, "s"), partial(_facts, amount), ())
            assert (found is not None) == fits


class TestDrawing:
    def test_failed_instances_are_counted_at_the_one_that_succeeded(self, ws: Workspace) -> None:
        send = ("1", "send", "2026-01-05 08:00", "2026-01-05 08:05", "robot", "system", False, "ERP", 0.1)
        rows = [(*send, True), (*send[:2], "2026-01-05 09:00", "2026-01-05 09:05", *send[4:], False)]
        version = staged_log(ws, rows)
        with ws.logs.read(version) as connection:
            case = read_cases(connection, [0])[0]
        (found,) = case.instances
        assert (found.failures, found.by_system, found.cost) == (1, True, 0.1)
        assert case.seconds == 65 * 60

    def test_every_number_comes_once_and_the_same_seed_gives_the_same_order(self) -> None:
        assert sorted(shuffled(50, Draws(1))) == list(range(50))
        assert shuffled(50, Draws(1)) == shuffled(50, Draws(1)) != shuffled(50, Draws(2))


class TestTimes:
    def test_people_take_what_was_seen_and_agents_a_share_of_it(self) -> None:
        seen = Observed(gap=600, service=100)
        assert seen.as_seen(NOON) == (NOON + timedelta(seconds=600), NOON + timedelta(seconds=700))
        start, end = seen.by_agent(NOON)
        assert (start - NOON).total_seconds() == pytest.approx(600 * AGENT_WAITING.value)
        assert (end - start).total_seconds() == pytest.approx(100 * AGENT_SERVICE.value)

    def test_an_agent_does_not_shorten_the_wait_for_somebody_outside(self) -> None:
        start, _ = Observed(gap=600, service=100, outside=True).by_agent(NOON)
        assert start == NOON + timedelta(seconds=600)

    def test_the_visit_of_an_item_tells_which_instance_was_seen(self) -> None:
        context = {"simulation": {"observed": {"match": [Observed(gap=1).to_dict(), Observed(gap=2).to_dict()]}}}
        assert [seen_in(context, "match", f"0.3#{visit}").gap for visit in (1, 2, 3)] == [1, 2, 0]
        assert [answer_to(context, "match", f"0.3#{visit}") for visit in (1, 2)] == [{"final": False}, {"final": True}]

    def test_a_run_starts_after_the_log_at_the_same_weekday_and_time(self) -> None:
        case = datetime(2025, 3, 6, 9, 30, tzinfo=UTC)  # a Thursday
        start = start_of(case, log_ended=datetime(2026, 1, 7, 18, tzinfo=UTC), week=2)
        assert start == datetime(2026, 1, 29, 9, 30, tzinfo=UTC)
        assert start.weekday() == case.weekday()


def test_every_assumption_says_its_figure() -> None:
    assert "20 %" in str(ALL[0])
    assert all("{" not in str(assumption) for assumption in ALL)


class TestPolicyText:
    def test_a_block_is_added_once_and_replaced_in_its_place(self) -> None:
        first = with_block("// mine", "p", "old")
        assert first == "// mine\n\n// demo p: begin\nold\n// demo p: end\n"
        assert with_block(first, "p", "old") == first
        assert with_block(first, "p", "new \\1") == first.replace("old", "new \\1")
        assert with_block(first, "q", "x").startswith(first)

    def test_policies_made_for_any_log_pass_the_schema(self, ws: Workspace) -> None:
        bindings = {
            "Examine": TaskBinding("w_agent", "task.examine", fields=("examine_note",)),
            "Sign": TaskBinding("w_staff", "task.sign", fields=("sign_note",)),
        }
        text = draft_policies("w", bindings, "process owner")
        actions = [Action(b.action, "Case") for b in bindings.values()]
        assert check_policies(ws, text, actions=actions).problems == ()


class TestProcurementPolicies:
    """What the issue asks of the demo, decided by the very policies that it activates."""

    @pytest.fixture
    def principals(self, ws: Workspace) -> dict[str, str]:
        by = ensure_acting(ws, local("Ada")).id
        for name, purpose in procurement.PURPOSES.items():
            actions = {job.action for job in procurement.JOBS if name == job.agent or name in job.people}
            add_role(ws, name, purpose, actions=sorted(actions), by=local(by))
        declared = {job.action: procurement.action_of(job) for job in procurement.JOBS}
        text = files("app.demo").joinpath("procurement.cedar").read_text(encoding="utf-8")
        activate_policies(ws, text, actions=tuple(declared.values()), note="test", by=local(by))
        lead = add_person(ws, "Lead", roles=["purchasing lead"], by=local(by))
        head = add_person(ws, "Head", roles=["head of procurement"], by=local(by))
        agent = add_agent(
            ws, "Drafter", owner=by, sponsor=by, roles=["order drafting agent"], runtime=RUNTIME,
            autonomy_level=3, by=local(by),
        )  # fmt: skip
        return {"lead": lead.id, "head": head.id, "agent": agent.id}

    @pytest.mark.parametrize(
        ("who", "action", "amount", "fields", "effect"),
        [
            ("agent", "purchase_order.draft", 5_000, ["order_number"], Ruling.ALLOW),
            ("agent", "purchase_order.draft", 5_001, ["order_number"], Ruling.NEEDS_APPROVAL),
            ("agent", "purchase_order.draft", 100, ["amount", "order_number"], Ruling.DENY),
            ("agent", "purchase_order.approve", 100, [], Ruling.DENY),
            ("agent", "invoice.pay", 100, [], Ruling.DENY),
            ("lead", "purchase_order.approve", 5_000, [], Ruling.ALLOW),
            ("lead", "purchase_order.approve", 5_001, [], Ruling.DENY),
            ("head", "purchase_order.approve", 90_000, [], Ruling.ALLOW),
        ],
    )
    def test_who_may_do_what(
        self, ws: Workspace, principals: dict[str, str], who: str, action: str, amount: int, fields: list[str],
        effect: Ruling,
    ) -> None:  # fmt: skip
        resource = "Invoice" if action.startswith("invoice") else "PurchaseOrder"
        request = Request(principals[who], action, resource, "r1", {"amount": amount, "fields": fields})
        assert check(ws, request).effect is effect

    def test_the_head_of_procurement_is_asked_and_nobody_approves_their_own_draft(
        self, ws: Workspace, principals: dict[str, str]
    ) -> None:
        draft = Request(
            principals["agent"], "purchase_order.draft", "PurchaseOrder", "r1", {"amount": 9_000, "fields": []}
        )
        assert check(ws, draft).approvers == ("head of procurement",)
        own = {"amount": 100, "fields": [], "drafted_by": principals["head"]}
        approve = Request(principals["head"], "purchase_order.approve", "PurchaseOrder", "r1", own)
        assert check(ws, approve).effect is Ruling.DENY


def test_rules_are_found_by_what_the_branches_do() -> None:
    skip = ProcessTree(Operator.SILENT)
    quotes = ProcessTree(Operator.SEQUENCE, None, (task("Request quotation"), task("Compare quotations")))
    tree = ProcessTree(
        Operator.SEQUENCE,
        None,
        (
            ProcessTree(Operator.CHOICE, None, (skip, quotes)),
            ProcessTree(Operator.CHOICE, None, (task("Inspect goods"), skip)),
            ProcessTree(Operator.CHOICE, None, (task("something"), task("else"))),
            ProcessTree(Operator.LOOP, None, (task("Match invoice"), task("Resolve mismatch"))),
        ),
    )
    found = procurement.decisions(tree)
    assert found["0.0"].rules == ("!(context.amount > 1000.0)",)
    assert found["0.1"].rules[0].startswith('context.category in ["Machine parts"')
    assert "0.2" not in found
    assert found["0.3"].rules == ('!answers["Match invoice"].final',)


def test_nothing_to_compare_is_an_empty_table() -> None:
    assert table([]) == []
    assert withheld([]) == []


def test_runs_that_a_demo_has_started_stay_though_a_larger_one_draws_other_cases(ws: Workspace) -> None:
    people = department(ws, simulated=True)
    flow = promoted(ws, unattended())
    version = staged_log(ws, [("c1", "Draft order", "2026-01-01 08:00", "2026-01-01 09:00", "Mia")])
    scenario = Scenario("unattended", (), {}, (), {}, {}, (), "", 60.0)

    def started(*wanted: int) -> list[str]:
        cases = (Case(f"c{n}", NOON, (instance("Draft order", 0, 10),), {}) for n in wanted)
        drawn = Drawn(
            tuple(ModelledCase(case, {"wanted": n, SIMULATION: {}}) for case, n in zip(cases, wanted, strict=True)), 0
        )
        return [run.id for run in start(ws, version, flow, scenario, drawn, simulated(people["Mia"].id))]

    first = started(1, 2)
    more = started(1, 3, 4)
    assert (more[:2], len(set(more))) == (first, 3)
    assert {run.id: run.state.context["wanted"] for run in list_runs(ws)} == dict(zip(more, (1, 2, 4), strict=True))
