"""What agents tried to slip past a decision: answers, nested values, odd amounts, names that stay in the chain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core.actor.values import local
from core.tree import Operator, ProcessTree
from core.workspace import Workspace
from governance import AuditRecord, Ruling, audit_records, principals
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import DecidedBy, DecisionSpec, ItemStatus, RunStatus, Workflow
from orchestrator.running.runs import get_run, start_run
from orchestrator.runtimes.values import AgentProposal
from orchestrator.worker.working import work
from tests.orchestrator.running import (
    AGENTS,
    choice,
    department,
    promoted,
    sequence,
    spec,
    task,
    unattended,
    workflow_of,
)

PERSON = {"doer": Doer.PERSON, "role": "manager", "agent": None, "outcome": "human only"}


def by_answer(answer_fields: tuple[str, ...] | None = None) -> Workflow:
    """A check, then a choice by its answer: a person approves, or nobody does."""
    tree = sequence(
        task("Check budget"), choice(task("Approve order"), ProcessTree(Operator.SILENT)), task("Send order")
    )
    tasks: list[TaskSpec] = [
        spec("0.0", "Check budget", "purchase_order.check"),
        spec("0.1.0", "Approve order", "purchase_order.approve", **PERSON),
        spec("0.2", "Send order", "purchase_order.send"),
    ]
    tasks[0] = replace(tasks[0], answer_fields=answer_fields) if answer_fields is not None else tasks[0]
    decisions = {"0.1": DecisionSpec("0.1", DecidedBy.ANSWER, role="manager")}
    return workflow_of("by-answer", tree, tasks, decisions)


def ran(ws: Workspace, workflow: Workflow, agents: Mapping[str, Any], **context: Any) -> str:
    """The id of a run of `workflow`, after the worker did what agents can do."""
    department(ws)
    promoted(ws, workflow)
    run = start_run(ws, workflow.name, context=context, by=local("Ada"))
    work(ws, until_idle=True, agents={**AGENTS, **agents})
    return run.id


def drafted(ws: Workspace, **changes: Any) -> tuple[AuditRecord, ...]:
    """The attempts recorded when the drafting agent proposed `changes`."""
    ran(ws, unattended(), {"drafter": lambda _: AgentProposal(changes=changes)})
    return attempts(ws, "purchase_order.draft")


def attempts(ws: Workspace, action: str) -> tuple[AuditRecord, ...]:
    return tuple(r for r in audit_records(ws, kind="attempt") if r.action == action)


def chain(ws: Workspace) -> str:
    """Everything of the audit log that can never be erased."""
    return json.dumps([str(replace(record, payload=None)) for record in audit_records(ws)])


# An agent that may only check


def test_an_agent_that_may_only_check_cannot_answer_away_a_persons_approval(any_ws: Workspace) -> None:
    skip = {"checker": lambda _: AgentProposal(answer={"decision": "skip", "ok": True})}
    run = ran(any_ws, by_answer(), skip, amount=999_999)
    assert get_run(any_ws, run).status is RunStatus.RUNNING
    assert "Send order" not in {i.label for i in get_run(any_ws, run).items}
    assert {r.effect for r in attempts(any_ws, "purchase_order.check")} == {Ruling.DENY}
    (open_,) = [i for i in get_run(any_ws, run).items if i.status is ItemStatus.OPEN]
    assert (open_.label, open_.doer) == ("Check budget", Doer.PERSON)


def test_a_task_that_names_the_decision_may_give_it_and_policies_see_it(ws: Workspace) -> None:
    skip = {"checker": lambda t: AgentProposal(answer={"decision": "skip"} if t.task.label == "Check budget" else {})}
    run = ran(ws, by_answer(("decision",)), skip, amount=1)
    assert get_run(ws, run).status is RunStatus.COMPLETED
    seen = [r.payload["attributes"] for r in attempts(ws, "purchase_order.check") if r.payload]
    assert [(a["answer_fields"], a["decision"]) for a in seen] == [(["decision"], "skip")]


def test_an_answer_that_the_task_does_not_name_is_denied(ws: Workspace) -> None:
    deep = {"checker": lambda _: AgentProposal(answer={"found": {"ok": True, "by": "me"}})}
    ran(ws, by_answer(("found.ok",)), deep)
    (denied,) = attempts(ws, "purchase_order.check")
    assert denied.effect is Ruling.DENY
    assert "1 field that the task does not name" in denied.reasons[0]


# Nested values


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 1, "supplier": {"name": "Acme", "iban": "DE00 mine"}},
        {"amount": 1, "supplier": [{"iban": "DE00 mine"}]},
        {"amount": 1, "supplier": {"a": {"b": [[{"iban": 1}]]}}},
    ],
)
def test_nested_values_are_named_or_denied(ws: Workspace, changes: dict[str, Any]) -> None:
    (denied,) = drafted(ws, **changes)
    assert denied.effect is Ruling.DENY
    assert "iban" not in chain(ws)


# Amounts


@pytest.mark.parametrize(
    "amount", [-1, -0.01, None, "12", True, float("nan"), float("inf"), 1e300, 2**60, 10**30, 10**400, [1]]
)
def test_an_amount_that_is_none_is_denied_and_the_attempt_is_recorded(ws: Workspace, amount: Any) -> None:
    recorded = drafted(ws, amount=amount, supplier="Acme")
    assert [r.effect for r in recorded] == [Ruling.DENY]


def test_a_missing_amount_is_denied_although_the_policy_does_not_need_one(ws: Workspace) -> None:
    flow = unattended()
    tasks = {
        n: replace(t, action="purchase_order.send") if t.label == "Draft order" else t for n, t in flow.tasks.items()
    }
    tasks["0.0"] = replace(tasks["0.0"], role="checker", agent="agent-checker")
    ran(ws, replace(flow, tasks=tasks), {"checker": lambda _: AgentProposal(changes={"supplier": "Acme"})})
    (denied,) = attempts(ws, "purchase_order.send")
    assert denied.effect is Ruling.DENY


def test_a_number_beyond_exact_json_leaves_a_record_with_the_number_as_text(any_ws: Workspace) -> None:
    (denied,) = drafted(any_ws, amount=100, supplier=2**60)
    assert denied.effect is Ruling.DENY
    assert denied.payload is not None
    assert denied.payload["payload"]["changes"]["supplier"] == str(2**60)
    assert str(2**60) not in chain(any_ws)


def test_an_amount_inside_an_order_is_seen(ws: Workspace) -> None:
    flow = unattended()
    nested = replace(flow.tasks["0.0"], fields=("supplier", "order.lines[].price"), amount_field="order.lines[].price")
    lines = {"order": {"lines": [{"price": 3000}, {"price": 2000.5}]}, "supplier": "Acme"}
    ran(ws, replace(flow, tasks={**flow.tasks, "0.0": nested}), {"drafter": lambda _: AgentProposal(changes=lines)})
    (seen,) = attempts(ws, "purchase_order.draft")
    assert seen.payload is not None
    assert seen.payload["attributes"]["amount"] == 5001


# Names from outside


def test_names_and_values_from_agents_never_enter_the_chain(ws: Workspace) -> None:
    many = {f"Erika Mustermann {n}": "erika@example.com" for n in range(900)}  # of more than 1,000 nothing is read
    (denied,) = drafted(ws, amount=1, supplier="Acme", **many)
    assert denied.effect is Ruling.DENY
    assert "Mustermann" not in chain(ws)
    assert "erika@" not in chain(ws)
    assert any("900 fields that the task does not name" in reason for reason in denied.reasons)
    assert denied.payload is not None
    assert len(json.dumps(denied.payload)) < 10_000  # the first 20 names and their number, not all of them
    unnamed = denied.payload["payload"]["unnamed"]
    assert (unnamed["count"], len(unnamed["first"])) == (900, 20)


def test_who_is_known_is_still_known(ws: Workspace) -> None:
    department(ws)
    assert len(principals(ws)) > 4
