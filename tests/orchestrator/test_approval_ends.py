"""How approvals end that were asked for by a run: used, withdrawn with what waited for them, or asked for again."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput
from core.workspace import Workspace
from governance import (
    Action,
    ApprovalStatus,
    Request,
    activate_policies,
    answer_approval,
    approvals,
    audit_records,
    authorise,
    get_approval,
    request_approval,
    verify_audit,
)
from orchestrator.machine.task import Doer
from orchestrator.machine.values import ItemStatus, RunStatus
from orchestrator.running.approving import answer
from orchestrator.running.inbox import claim, complete, inbox
from orchestrator.running.runs import cancel_run, get_run, pause_run, resume_run, retry_run, start_run
from orchestrator.running.step import Runner
from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask
from orchestrator.worker import tending
from orchestrator.worker.tending import give_up_late, settle_answered
from orchestrator.worker.working import work
from tests.orchestrator.agents import check
from tests.orchestrator.running import (
    ACTIONS,
    AGENTS,
    POLICIES,
    department,
    parallel,
    procurement,
    promoted,
    spec,
    task,
    unattended,
    workflow_of,
)
from tests.orchestrator.test_inbox import waiting
from tests.orchestrator.test_runs import assert_whole


def asking(ws: Workspace, runs: int = 1) -> list[str]:
    """Runs whose drafts wait for a manager's approval; the ids of their approvals, in the order of the runs."""
    department(ws)
    promoted(ws, unattended())
    started = [start_run(ws, "unattended", context={"wanted": 9000 + n}, by=local("Ada")) for n in range(runs)]
    work(ws, until_idle=True, agents=AGENTS)
    items = [get_run(ws, run.id).items[0] for run in started]
    assert {item.status for item in items} == {ItemStatus.WAITING}
    return [str(item.approval) for item in items]


def run_of(ws: Workspace, approval: str) -> str:
    """The run that the approval was asked for in."""
    return str(get_approval(ws, approval).request.context["run"])


@pytest.mark.parametrize("granted", [False, True])
def test_a_cancelled_run_leaves_no_approval_open(any_ws: Workspace, granted: bool) -> None:
    ws = any_ws
    (approval,) = asking(ws)
    run = run_of(ws, approval)
    if granted:
        answer_approval(ws, approval, grant=True, by=local("Mia"))
    cancel_run(ws, run, reason="not needed", by=local("Ada"))
    assert get_approval(ws, approval).status is ApprovalStatus.WITHDRAWN
    assert approvals(ws, ApprovalStatus.PENDING) == ()
    assert inbox(ws, "Mia") == ()
    told = next(r for r in audit_records(ws) if r.action == "approval.withdraw")
    assert (told.principal_name, told.resource_id) == ("Ada", approval)
    assert verify_audit(ws).ok


def test_a_failed_run_leaves_none_either_and_asks_anew_when_it_is_retried(ws: Workspace) -> None:
    department(ws)
    checks = {"max_attempts": 1, "escalation": ()}
    workflow = promoted(ws, procurement(Check_budget={"outcome": "agent with approval"}, Check_supplier=checks))
    run = start_run(ws, "procurement", by=local("Ada"))

    def half(given: AgentTask) -> AgentProposal:
        if given.task.label == "Check supplier":
            raise AgentFailed("the supplier list is locked")
        return check(given)

    work(ws, until_idle=True, agents={**AGENTS, "checker": half})
    assert get_run(ws, run.id).status is RunStatus.FAILED
    assert approvals(ws, ApprovalStatus.PENDING) == ()
    retry_run(ws, run.id, reason="the supplier list is back", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    (pending,) = approvals(ws, ApprovalStatus.PENDING)
    answer(ws, pending.id, grant=True, reason="", by=local("Mia"))
    complete(ws, f"{run.id}/0.2#1", by=local("Cleo"))
    work(ws, until_idle=True, agents=AGENTS)
    found = get_run(ws, run.id)
    assert found.status is RunStatus.COMPLETED
    assert_whole(workflow, found)


def test_an_approval_asked_for_outside_any_run_is_answered_too(ws: Workspace) -> None:
    department(ws)
    request = Request(
        "agent-drafter", "purchase_order.draft", "PurchaseOrder", "PO-1", {"amount": 9000, "fields": ["amount"]}
    )
    permission = authorise(ws, request, key="k")
    approval = request_approval(ws, request, permission.decision, role="manager", by=local("agent-drafter"))
    assert answer(ws, approval.id, grant=True, reason="", by=local("Mia")).status is ApprovalStatus.GRANTED


def test_what_was_answered_goes_on_however_many_others_wait(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tending, "_MOST", 2)
    *_, last = asking(ws, 4)
    answer_approval(ws, last, grant=True, by=local("Mia"))  # as if the process ended before the run went on
    assert settle_answered(Runner(ws)) == 1
    assert get_run(ws, run_of(ws, last)).items[0].status is ItemStatus.COMPLETED


def test_other_policies_ask_again_and_the_old_answer_counts_for_nothing(ws: Workspace) -> None:
    (approval,) = asking(ws)
    activate_policies(
        ws, POLICIES + "\n", actions=(*ACTIONS, Action("other.do", "Other")), note="more", by=local("Ada")
    )
    answer(ws, approval, grant=True, reason="", by=local("Mia"))
    item = get_run(ws, run_of(ws, approval)).items[0]
    assert (item.status, item.approval != approval) == (ItemStatus.WAITING, True)
    assert get_approval(ws, approval).status is ApprovalStatus.WITHDRAWN
    answer(ws, str(item.approval), grant=True, reason="", by=local("Mia"))
    assert get_run(ws, item.run).items[0].status is ItemStatus.COMPLETED


def test_an_approver_that_does_not_exist_stops_the_item_not_the_worker(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such policies cannot be activated now; those of an earlier release stay in force."""
    first, second = asking(ws, 2)
    text = POLICIES.replace('@approver("manager")', '@approver("nobody")')
    with pytest.raises(BadInput) as refused:
        activate_policies(ws, text, actions=ACTIONS, note="a slip", by=local("Ada"))
    assert "There is no role `nobody`" in refused.value.problems[0]
    with monkeypatch.context() as earlier:
        earlier.setattr(import_module("governance.policies"), "_roles", lambda _: {"manager", "nobody"})
        activate_policies(ws, text, actions=ACTIONS, note="a slip", by=local("Ada"))
    answer_approval(ws, first, grant=True, by=local("Mia"))
    answer_approval(ws, second, grant=False, reason="too much", by=local("Mia"))
    assert settle_answered(Runner(ws)) == 2
    item = get_run(ws, run_of(ws, first)).items[0]
    assert (item.status, item.role) == (ItemStatus.OPEN, "manager")
    assert "no role `nobody`" in (item.cause or "")


def test_claiming_again_does_not_shorten_the_work(ws: Workspace) -> None:
    item = waiting(ws)
    assert isinstance(ws.clock, FixedClock)
    begun = claim(ws, item, local("Cleo")).claimed_at
    ws.clock.advance(timedelta(hours=1))
    assert claim(ws, item, local("Cleo")).claimed_at == begun


def test_a_pause_is_no_reason_to_give_up(any_ws: Workspace) -> None:
    ws = any_ws
    run, _, name = waiting(ws, Approve_order={"people_timeout_seconds": 600.0}).partition("/")
    assert isinstance(ws.clock, FixedClock)
    ws.clock.advance(timedelta(seconds=400))  # of 600
    pause_run(ws, run, reason="stock-taking", by=local("Ada"))
    ws.clock.advance(timedelta(days=2))
    resume_run(ws, run, reason="done", by=local("Ada"))
    ws.clock.advance(timedelta(seconds=199))
    assert give_up_late(Runner(ws)) == 0
    ws.clock.advance(timedelta(seconds=1))
    assert give_up_late(Runner(ws)) == 1
    item = next(i for i in get_run(ws, run).items if i.item == name)
    assert (item.level, item.role) == (1, "manager")


def test_a_person_whose_approved_change_is_void_is_asked_again(ws: Workspace) -> None:
    """While the order waited, a branch beside it changed the amount: what was approved is not what it is now."""
    department(ws)
    clerk = {"doer": Doer.PERSON, "role": "clerk", "agent": None, "outcome": "human only", "escalation": ()}
    tree = parallel(task("Approve order"), task("Send order"))
    workflow = promoted(ws, workflow_of("beside", tree, [
        spec("0.0", "Approve order", "purchase_order.approve", amount_field="amount", **clerk),
        spec("0.1", "Send order", "purchase_order.send", fields=("amount",)),
    ]))  # fmt: skip
    text = POLICIES + (
        '@id("clerks") @reason("Clerks approve after a manager.") @approver("manager") '
        'forbid (principal in Role::"clerk", action == Action::"purchase_order.approve", resource) '
        "unless { context.approved };"
    )
    activate_policies(ws, text, actions=ACTIONS, note="clerks", by=local("Ada"))
    run = start_run(ws, "beside", context={"amount": 1}, by=local("Ada"))
    assert complete(ws, f"{run.id}/0.0#1", by=local("Cleo")).status is ItemStatus.WAITING
    (first,) = approvals(ws, ApprovalStatus.PENDING)
    agents = {"checker": lambda given: AgentProposal(changes={"amount": 2})}
    work(ws, until_idle=True, agents=agents)
    answer(ws, first.id, grant=True, reason="", by=local("Mia"))
    item = next(i for i in get_run(ws, run.id).items if i.node == "0.0")
    assert (item.status, item.role, item.level) == (ItemStatus.OPEN, "clerk", 0)
    assert "the run has changed since" in (item.cause or "")
    assert get_approval(ws, first.id).status is ApprovalStatus.WITHDRAWN
    complete(ws, item.id, by=local("Cleo"))
    (second,) = approvals(ws, ApprovalStatus.PENDING)
    answer(ws, second.id, grant=True, reason="", by=local("Mia"))
    found = get_run(ws, run.id)
    assert found.status is RunStatus.COMPLETED
    assert_whole(workflow, found)
