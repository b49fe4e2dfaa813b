"""A small procurement workflow that really runs: people, agents, policies, a promoted version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from core.actor.values import local
from core.audit.append import record
from core.audit.values import Entry, RecordKind
from core.tree import Operator, ProcessTree
from core.workspace import Workspace
from governance import Action, Principal, activate_policies, add_agent, add_person, add_role, ensure_acting
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import DecisionSpec, Workflow
from orchestrator.promotion.workflows import Proposal, WorkflowStatus, insert_proposal
from orchestrator.runtimes.values import Agent

ACTIONS = (
    Action("purchase_order.draft", "PurchaseOrder", ("amount: Long",)),
    Action("purchase_order.check", "PurchaseOrder"),
    Action("purchase_order.approve", "PurchaseOrder"),
    Action("purchase_order.send", "PurchaseOrder"),
)
POLICIES = """
@id("draft")
@reason("Drafters draft purchase orders.")
permit (principal in Role::"drafter", action == Action::"purchase_order.draft", resource)
when { ["amount", "supplier", "secret"].containsAll(resource.fields) };

@id("limit")
@reason("Above 5,000 a purchase order of an agent needs approval.")
@approver("manager")
forbid (principal is Agent, action == Action::"purchase_order.draft", resource)
when { resource has amount && resource.amount > 5000 && !context.approved };

@id("check")
@reason("Checkers check purchase orders.")
permit (
    principal in Role::"checker",
    action in [Action::"purchase_order.check", Action::"purchase_order.send"],
    resource
);

@id("approve")
@reason("Managers approve purchase orders.")
permit (principal in Role::"manager", action, resource);

@id("small")
@reason("Clerks approve purchase orders without changing them.")
permit (principal in Role::"clerk", action == Action::"purchase_order.approve", resource)
when { resource.fields.isEmpty() };

@id("four_eyes")
@reason("Nobody approves a purchase order that they drafted.")
forbid (principal, action == Action::"purchase_order.approve", resource)
when { resource has drafted_by && resource.drafted_by == principal.id };
"""
EPOCH = datetime(2026, 1, 5, 8, tzinfo=UTC)


def task(label: str) -> ProcessTree:
    """A leaf."""
    return ProcessTree(Operator.TASK, label)


def sequence(*children: ProcessTree) -> ProcessTree:
    """One after the other."""
    return ProcessTree(Operator.SEQUENCE, children=children)


def parallel(*children: ProcessTree) -> ProcessTree:
    """All at once."""
    return ProcessTree(Operator.PARALLEL, children=children)


def choice(*children: ProcessTree) -> ProcessTree:
    """Exactly one."""
    return ProcessTree(Operator.CHOICE, children=children)


TREE = sequence(
    task("Draft order"),
    parallel(task("Check budget"), task("Check supplier")),
    task("Approve order"),
    task("Send order"),
)


def spec(node: str, label: str, action: str, **more: Any) -> TaskSpec:
    """A task of the workflow; an agent's unless `more` says otherwise."""
    facts: dict[str, Any] = {
        "doer": Doer.AGENT, "role": "checker", "agent": "agent-checker", "outcome": "agent",
        "retry_delay_seconds": 0.01, "timeout_seconds": 600.0, "escalation": ("manager",),
    }  # fmt: skip
    return TaskSpec(node=node, label=label, action=action, resource_type="PurchaseOrder", **{**facts, **more})


def procurement(name: str = "procurement", **changes: Mapping[str, Any]) -> Workflow:
    """The workflow; `changes` are to its tasks, by label with `_` for each blank."""
    person = {"doer": Doer.PERSON, "role": "clerk", "agent": None, "outcome": "human only"}
    drafting = {"role": "drafter", "agent": "agent-drafter", "fields": ("amount", "supplier"), "amount_field": "amount"}
    tasks = [
        spec("0.0", "Draft order", "purchase_order.draft", **drafting),
        spec("0.1.0", "Check budget", "purchase_order.check"),
        spec("0.1.1", "Check supplier", "purchase_order.check"),
        spec("0.2", "Approve order", "purchase_order.approve", **person),
        spec("0.3", "Send order", "purchase_order.send", sla_seconds=3600.0),
    ]
    tasks = [replace(t, **changes.get(t.label.replace(" ", "_"), {})) for t in tasks]
    return workflow_of(name, TREE, tasks)


def unattended(name: str = "unattended", checks: int = 2) -> Workflow:
    """A workflow of agents alone: draft, `checks` in parallel, send."""
    tree = sequence(task("Draft order"), parallel(*(task(f"Check {n}") for n in range(checks))), task("Send order"))
    drafting = {"role": "drafter", "agent": "agent-drafter", "fields": ("amount", "supplier"), "amount_field": "amount"}
    tasks = [
        spec("0.0", "Draft order", "purchase_order.draft", **drafting),
        *(spec(f"0.1.{n}", f"Check {n}", "purchase_order.check") for n in range(checks)),
        spec("0.2", "Send order", "purchase_order.send"),
    ]
    return workflow_of(name, tree, tasks)


def workflow_of(
    name: str, tree: ProcessTree, tasks: list[TaskSpec], decisions: Mapping[str, DecisionSpec] | None = None
) -> Workflow:
    """A workflow with these parts."""
    return Workflow(
        name=name, version=1, tree=tree, tasks={t.node: t for t in tasks}, decisions=decisions or {},
        sla_seconds=86400.0, map_name="orders", map_version=1, policy_set=1, baseline="none", owner_role="manager",
    )  # fmt: skip


def promoted(ws: Workspace, workflow: Workflow, status: WorkflowStatus = WorkflowStatus.PROMOTED) -> Workflow:
    """The workflow, stored as promoted, with its record: promotion itself is tested elsewhere."""
    proposal = Proposal(workflow, status, (), EPOCH, "test", EPOCH, "test")
    with ws.database.begin() as connection:
        state = insert_proposal(connection, proposal)
        about = f"{workflow.name} {workflow.version}"
        entry = Entry(RecordKind.CHANGE, "test", "workflow.sign", "Workflow", about, state=state)
        record(connection, entry, at=EPOCH)
    return workflow


def department(ws: Workspace, *, simulated: bool = False, level: int = 3) -> dict[str, Principal]:
    """Ada (administrator), Mia and Max (managers), Cleo and Carl (clerks), two agents; POLICIES in force."""
    ensure_acting(ws, local("Ada"))
    add_role(ws, "manager", "Answers for purchase orders.", by=local("Ada"))
    add_role(ws, "clerk", "Handles purchase orders.", by=local("Ada"))
    add_role(ws, "drafter", "Drafts.", actions=["purchase_order.draft"], by=local("Ada"))
    add_role(ws, "checker", "Checks.", actions=["purchase_order.check", "purchase_order.send"], by=local("Ada"))
    members = {"Mia": "manager", "Max": "manager", "Cleo": "clerk", "Carl": "clerk"}
    people = {n: add_person(ws, n, roles=[r], simulated=simulated, by=local("Ada")) for n, r in members.items()}
    agents = {
        name: add_agent(
            ws, name.title(), owner="Ada", sponsor="Ada", roles=[name], runtime=name, autonomy_level=level,
            simulated=simulated, by=local("Ada"),
        )
        for name in ("drafter", "checker")
    }  # fmt: skip
    activate_policies(ws, POLICIES, actions=ACTIONS, note="first", by=local("Ada"))
    return {**people, **agents}


AGENTS: dict[str, Agent | str] = {
    "drafter": "python:tests.orchestrator.agents:draft",
    "checker": "python:tests.orchestrator.agents:check",
}
