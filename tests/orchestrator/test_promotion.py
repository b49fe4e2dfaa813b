"""Promotion from a real map, under real policies, through every gate and a second person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.actor.values import local
from core.errors import BadInput, IllegalTransition, NotAllowed, NotFound
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from governance import activate_policies, audit_records, set_active, verify_audit
from kpi import baselines, get_baseline
from mining.allocation import AllocationOutcome, override
from mining.map.maps import get_map
from mining.map.profile import DoneBy as Performed
from orchestrator.machine.task import Doer
from orchestrator.machine.values import DecidedBy, DecisionSpec
from orchestrator.promotion.binding_file import read_bindings
from orchestrator.promotion.bindings import TaskBinding, bind, suggested
from orchestrator.promotion.planning import Plan, candidate, suggest_bindings, systems_of
from orchestrator.promotion.promote import gates, promote, sign
from orchestrator.promotion.workflows import Proposal, WorkflowStatus, get_proposal, get_workflow, list_workflows
from tests.orchestrator.office import BINDINGS, POLICIES, allocated, governed, mapped

HOUR = 3600.0


@pytest.fixture
def office(ws: Workspace) -> Workspace:
    """A workspace with the map `orders` and everyone who is needed."""
    governed(ws)
    mapped(ws)
    return ws


def propose(ws: Workspace, tasks: dict[str, TaskBinding] = BINDINGS, **more: Any) -> Proposal:
    """The proposal of the workflow `orders` by Sam."""
    return promote(
        ws, "orders", map_name="orders", tasks=tasks, **{"sla_seconds": 8 * HOUR, "by": local("Sam"), **more}
    )


def test_a_map_becomes_a_workflow_when_a_second_person_signs(office: Workspace) -> None:
    proposal = propose(office)
    assert (proposal.name, proposal.version, proposal.status) == ("orders", 1, WorkflowStatus.PROPOSED)
    assert [g.name for g in proposal.gates if not g.passed] == ["second person"]
    with pytest.raises(IllegalTransition, match="No version of the workflow `orders` is promoted"):
        get_workflow(office, "orders")
    with pytest.raises(IllegalTransition, match="only proposed"):
        get_workflow(office, "orders", 1)

    signed = sign(office, "orders", 1, by=local("Olga"))
    assert signed.status is WorkflowStatus.PROMOTED
    assert all(g.passed for g in signed.gates)
    workflow = get_workflow(office, "orders")
    assert workflow == signed.workflow == replace(proposal.workflow, policy_set=1)
    assert str(workflow.tree) == "->( 'Receive', 'Draft', X( tau, 'Check' ), 'Ship' )"
    assert {t.label: t.doer for t in workflow.tasks.values()} == {
        "Receive": Doer.PERSON, "Draft": Doer.AGENT, "Check": Doer.PERSON, "Ship": Doer.PERSON,
    }  # fmt: skip
    assert workflow.tasks["0.1"].agent == "agent-drafting-agent"
    assert (workflow.map_name, workflow.map_version, workflow.policy_set) == ("orders", 1, 1)
    assert get_proposal(office, "orders") == signed


def test_the_baseline_is_frozen_with_the_maps_log(office: Workspace) -> None:
    workflow = propose(office).workflow
    frozen = get_baseline(office, int(workflow.baseline))
    assert (frozen.log, frozen.version, frozen.sla_seconds) == ("orders", 1, 8 * HOUR)
    assert frozen.measurement("cycle_time").value == pytest.approx(3.5 * HOUR)
    gate = next(g for g in get_proposal(office, "orders").gates if g.name == "baseline")
    assert "`cycle_time`, `sla_adherence`, `throughput`" in gate.reason
    assert "`cost_per_task` is withheld" in gate.reason


def test_gate_and_baseline_speak_of_the_cases_that_the_map_was_discovered_in(office: Workspace) -> None:
    # of the three cases, two are in the map: they end on two days, one after 2.5 h, one after 3.5 h
    only = Selection.parse('[{"kind": "case", "cases": ["c1", "c2"]}]')
    allocated(office, View("orders", selection=only))
    plan = Plan("orders", "orders", BINDINGS, 8 * HOUR)
    looked_at = {m.key: m for m in candidate(office, plan, get_map(office, "orders")).measurements}
    assert looked_at["cycle_time"].n == 2
    frozen = get_baseline(office, int(propose(office).workflow.baseline))
    assert {m.key: m for m in frozen.measurements} == looked_at


def test_everything_that_fails_is_said_at_once_and_nothing_is_stored(office: Workspace) -> None:
    tasks = {
        "Receive": replace(BINDINGS["Receive"], role="nobody"),
        "Draft": replace(BINDINGS["Draft"], fields=("price",)),
        "Ship": replace(BINDINGS["Ship"], action="order.scrap"),
        "Fly": BINDINGS["Ship"],
    }
    rules = {"0.2": DecisionSpec("0.2", DecidedBy.RULE, ("context.amount >",), 7)}
    with pytest.raises(BadInput) as failure:
        propose(office, tasks, decisions=rules, sla_seconds=0)
    said = "\n".join(failure.value.problems)
    for words in (
        "`Check` is not bound to a role or agent",
        "the map has no activity `Fly`, which is bound",
        "`Receive` is bound to the role `nobody`, which does not exist",
        "`order.draft` for `Draft` is denied to `drafter` by `office.fields`: The agent may change the draft",
        "`order.scrap` for `Ship` is denied to `staff`: The policy set in force does not know the action",
        "`0.2` falls back to child 7",
        "`0.2`: The rule `context.amount >` is not a CEL expression",
        "SLA: the SLA of a run is 0 seconds; it must be above 0",
    ):
        assert words in said
    assert list_workflows(office) == ()
    assert baselines(office) == ()


def test_four_eyes(office: Workspace) -> None:
    propose(office)
    with pytest.raises(NotAllowed, match=r"(?s)`Sam` proposed this version; .*`Sam` does not have the role"):
        sign(office, "orders", by=local("Sam"))
    with pytest.raises(NotAllowed, match="`Drafting agent` is an agent; only a person can sign"):
        sign(office, "orders", by=local("Drafting agent"))
    with pytest.raises(NotAllowed, match="only an active person can"):
        propose(office, by=local("Drafting agent"))
    assert get_proposal(office, "orders").status is WorkflowStatus.PROPOSED
    sign(office, "orders", by=local("Ada"))
    with pytest.raises(IllegalTransition, match="signed already"):
        sign(office, "orders", by=local("Olga"))


def test_proposals_and_signatures_are_in_the_audit_log_the_refused_ones_too(office: Workspace) -> None:
    propose(office)
    with pytest.raises(NotAllowed):
        sign(office, "orders", by=local("Sam"))
    sign(office, "orders", by=local("Olga"))
    found = [r for r in audit_records(office, limit=100) if r.resource_type == "Workflow"]
    told = sorted((r.number, r.action, r.principal_name, str(r.effect), r.resource_id) for r in found)
    assert [t[1:] for t in told] == [
        ("workflow.propose", "Sam", "allow", "orders 1"),
        ("workflow.sign", "Sam", "deny", "orders 1"),
        ("workflow.sign", "Olga", "allow", "orders 1"),
    ]
    assert verify_audit(office).ok


def test_gates_are_looked_at_again_when_it_is_signed(office: Workspace) -> None:
    propose(office)
    activate_policies(office, "// nothing is permitted\n", note="stop", by=local("Ada"))
    with pytest.raises(NotAllowed, match=r"`order.draft` for `Draft` is denied to `drafter`: No policy permits this"):
        sign(office, "orders", by=local("Olga"))
    assert get_proposal(office, "orders").status is WorkflowStatus.PROPOSED


def test_versions_count_up_and_the_newest_promoted_is_the_default(any_ws: Workspace) -> None:
    office = any_ws
    governed(office)
    mapped(office)
    propose(office)
    sign(office, "orders", 1, by=local("Olga"))
    second = propose(office, sla_seconds=4 * HOUR)
    assert second.version == 2
    assert get_workflow(office, "orders").version == 1
    sign(office, "orders", 2, by=local("Olga"))
    assert get_workflow(office, "orders").sla_seconds == 4 * HOUR
    assert get_workflow(office, "orders", 1).sla_seconds == 8 * HOUR
    assert [(p.name, p.version) for p in list_workflows(office)] == [("orders", 1), ("orders", 2)]
    with pytest.raises(NotFound, match=r"no workflow `sales`. Known: `orders`"):
        get_workflow(office, "sales")
    with pytest.raises(NotFound, match="`orders 1`, `orders 2`"):
        get_workflow(office, "orders", 3)


def test_an_agent_that_must_always_be_approved_needs_someone_who_can(office: Workspace) -> None:
    override(office, "orders", None, "Draft", AllocationOutcome.AGENT_WITH_APPROVAL, "be careful", local("Ada"))
    gate = next(g for g in gates(office, Plan("orders", "orders", BINDINGS, HOUR)) if g.name == "policy")
    assert gate.passed
    assert gate.reason == "policy set 1 permits every task; each time after approval: `Draft`."
    set_active(office, "Sam", active=False, reason="left", by=local("Ada"))
    said = {g.name: g.reason for g in gates(office, Plan("orders", "orders", BINDINGS, HOUR)) if not g.passed}
    assert "`order.draft` for `Draft` needs approval, and no active person has the role `staff`" in said["policy"]
    assert "`Ship` is bound to the role `staff`, which no active person has" in said["tasks bound"]


def test_an_eliminated_activity_is_not_in_the_workflow(office: Workspace) -> None:
    override(office, "orders", None, "Check", AllocationOutcome.ELIMINATE, "nobody reads it", local("Ada"))
    workflow = propose(office).workflow
    assert str(workflow.tree) == "->( 'Receive', 'Draft', 'Ship' )"
    assert workflow.decisions == {}


def test_without_a_baseline_nothing_is_promoted(ws: Workspace) -> None:
    governed(ws)
    mapped(ws, ("RDCS",))
    with pytest.raises(BadInput, match="baseline: `throughput` is withheld: The log covers a single day"):
        propose(ws)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"max_loop": 0}, "`0` rounds are too few"),
        ({"map_version": 9}, "`9`"),
        ({"by": local("Nobody")}, "`Nobody`"),
    ],
)
def test_what_cannot_be_promoted_at_all(office: Workspace, more: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        propose(office, **more)
    with pytest.raises(BadInput, match="`Orders!` cannot name a workflow"):
        promote(office, "Orders!", map_name="orders", tasks=BINDINGS, sla_seconds=1, by=local("Sam"))


def test_the_suggested_bindings_are_complete(office: Workspace) -> None:
    found = suggest_bindings(office, "orders", map_name="orders")
    assert set(found) == set(get_map(office, "orders").tree.labels())
    assert found["Draft"] == TaskBinding(
        "orders_agent", "task.draft", timeout_seconds=600.0, escalation=("orders_staff", "process owner")
    )
    assert (found["Ship"].role, found["Ship"].people_timeout_seconds) == ("orders_staff", 7 * 86_400.0)


def test_the_suggested_system_is_the_one_that_an_activity_was_most_often_done_in(office: Workspace) -> None:
    mined = get_map(office, "orders")
    draft = next(profile for profile in mined.profiles if profile.activity == "Draft")
    used = replace(draft, systems=(Performed("SAP", "system", 2), Performed("Excel", "system", 1)))
    assert systems_of(replace(mined, profiles=(used,))) == {"Draft": "SAP"}
    found = suggested(
        "orders", {"Draft": AllocationOutcome.AGENT, "Ship": AllocationOutcome.HUMAN_ONLY}, "owner", {"Draft": "SAP"}
    )
    assert (found["Draft"].system, found["Ship"].system) == ("SAP", None)
    assert bind("0.1", "Draft", AllocationOutcome.AGENT, found["Draft"], "agent").system == "SAP"


def test_a_file_changes_the_suggested_bindings(office: Workspace, tmp_path: Path) -> None:
    suggested = suggest_bindings(office, "orders", map_name="orders")
    path = tmp_path / "orders.toml"
    path.write_text('[tasks.Draft]\nfields = ["draft"]\n[decisions."0.2"]\nby = "person"\nrole = "staff"\n')
    tasks, decisions = read_bindings(path, suggested)
    assert tasks == {**suggested, "Draft": replace(suggested["Draft"], fields=("draft",))}
    assert decisions == {"0.2": DecisionSpec("0.2", DecidedBy.PERSON, role="staff")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tasks.Fly]\n", "`Fly`. Known: `Check`, `Draft`"),
        ("[tasks.Draft]\nrole = 3\nwings = 2\n", r"`tasks.Draft.role`.*\n.*`tasks.Draft.wings`"),
        ("[tasks", "is not TOML"),
        (
            "[tasks.Draft]\ntimeout_seconds = 60\n[tasks.Ship]\ntimeout_seconds = 60\n",
            "cannot be used.\n  - `tasks.Ship.timeout_seconds` .* write `people_timeout_seconds`",
        ),
    ],
)
def test_a_file_that_cannot_be_used(office: Workspace, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "orders.toml"
    path.write_text(text)
    with pytest.raises(BadInput, match=message):
        read_bindings(path, suggest_bindings(office, "orders", map_name="orders"))
    with pytest.raises(BadInput, match="There is no file"):
        read_bindings(tmp_path / "none.toml", {})


def test_the_migration_makes_the_table_of_the_metadata(any_ws: Workspace) -> None:
    from orchestrator.promotion.tables import workflow_version

    columns = {c["name"]: c["nullable"] for c in sa.inspect(any_ws.database.engine).get_columns("workflow_version")}
    assert columns == {c.name: c.nullable for c in workflow_version.columns}


def test_who_drafted_is_asked_as_at_run_time(office: Workspace) -> None:
    policies = (
        POLICIES
        + """
@id("office.four_eyes") @reason("Nobody checks what they drafted.")
forbid (principal, action == Action::"order.check", resource)
unless { resource has drafted_by && resource.drafted_by != principal.id };
"""
    )
    activate_policies(office, policies, note="four eyes", by=local("Ada"))
    assert propose(office).workflow.policy_set == 2
    tasks = {**BINDINGS, "Draft": replace(BINDINGS["Draft"], action="order.check", role="drafter")}
    said = {g.name: g.reason for g in gates(office, Plan("orders", "orders", tasks, HOUR)) if not g.passed}
    assert "`order.check` for `Check` is denied to `staff` by `office.four_eyes`" in said["policy"]


def test_two_who_propose_at_once_get_two_versions(any_ws: Workspace) -> None:
    governed(any_ws)
    mapped(any_ws)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda by: propose(any_ws, by=local(by)), ("Sam", "Olga")))
    assert sorted(p.version for p in found) == [1, 2]
    assert {p.workflow.baseline for p in found} == {str(b.id) for b in baselines(any_ws)}
