"""The inbox: who sees what, who may take it, what the gate says to people, approvals, decisions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, IllegalTransition, NotAllowed, NotFound
from core.workspace import Workspace
from governance import ApprovalStatus, Ruling, activate_policies, approvals, audit_records
from orchestrator.machine.task import Doer
from orchestrator.machine.values import DecidedBy, DecisionSpec, ItemStatus, RunStatus
from orchestrator.running.approving import answer
from orchestrator.running.inbox import EntryKind, claim, complete, decide_item, inbox, reject, release
from orchestrator.running.runs import cancel_run, get_run, pause_run, start_run
from orchestrator.runtimes.values import AgentProposal, AgentTask
from orchestrator.worker.working import work
from tests.orchestrator.agents import draft
from tests.orchestrator.running import (
    ACTIONS,
    AGENTS,
    POLICIES,
    choice,
    department,
    parallel,
    procurement,
    promoted,
    sequence,
    spec,
    task,
    unattended,
    workflow_of,
)
from tests.orchestrator.test_runs import assert_whole


def waiting(ws: Workspace, *, wanted: float = 100, **changes: object) -> str:
    """A run of the procurement workflow that has come as far as agents can bring it; the id of its person's item."""
    department(ws)
    promoted(ws, procurement(**changes))  # type: ignore[arg-type]
    run = start_run(ws, "procurement", context={"wanted": wanted}, by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    return f"{run.id}/0.2#1"


def test_an_item_is_seen_by_its_role_until_somebody_takes_it(any_ws: Workspace) -> None:
    item = waiting(any_ws)
    assert [e.id for e in inbox(any_ws, "Cleo")] == [e.id for e in inbox(any_ws, "Carl")] == [item]
    assert inbox(any_ws, "Mia") == inbox(any_ws, "Ada") == ()
    assert claim(any_ws, item, local("Cleo")).status is ItemStatus.CLAIMED
    assert [e.id for e in inbox(any_ws, "Cleo")] == [item]
    assert inbox(any_ws, "Carl") == ()
    with pytest.raises(NotAllowed, match="taken by another person"):
        complete(any_ws, item, by=local("Carl"))
    with pytest.raises(NotAllowed, match="did not take"):
        release(any_ws, release(any_ws, item, local("Cleo")).id, local("Cleo"))
    assert [e.id for e in inbox(any_ws, "Carl")] == [item]


def test_what_is_not_yours_is_not_done(ws: Workspace) -> None:
    item = waiting(ws)
    with pytest.raises(NotAllowed, match="for people of the role `clerk`; `Mia` is not among them"):
        claim(ws, item, local("Mia"))
    with pytest.raises(NotAllowed, match="no active person"):
        claim(ws, item, local("Drafter"))
    with pytest.raises(NotFound, match="There is no work item"):
        claim(ws, item.replace("0.2", "0.9"), local("Cleo"))
    with pytest.raises(NotFound, match="There is no run"):
        claim(ws, "nothing", local("Cleo"))
    with pytest.raises(BadInput, match="is a task"):
        decide_item(ws, item, 0, local("Cleo"))


def test_the_gate_stands_before_people_too(ws: Workspace) -> None:
    item = waiting(ws, Approve_order={"fields": ("amount",)})
    with pytest.raises(NotAllowed, match="No policy permits this"):
        complete(ws, item, changes={"amount": 1}, by=local("Cleo"))
    (denied,) = audit_records(ws, effect=Ruling.DENY)
    assert (denied.principal_name, denied.action) == ("Cleo", "purchase_order.approve")
    with pytest.raises(NotAllowed):
        complete(ws, item, changes={"amount": 2}, by=local("Cleo"))
    assert complete(ws, item, answer={"ok": True}, by=local("Cleo"), note="fine").status is ItemStatus.COMPLETED
    with pytest.raises(IllegalTransition, match="is completed"):
        complete(ws, item, by=local("Cleo"))


def test_nobody_approves_what_they_drafted(ws: Workspace) -> None:
    """An agent that cannot draft is replaced by a manager, who then may not approve as well."""
    department(ws)
    promoted(ws, procurement(Draft_order={"max_attempts": 1}, Approve_order={"role": "manager"}))
    run = start_run(ws, "procurement", by=local("Ada"))
    work(ws, until_idle=True, agents={"checker": AGENTS["checker"]})
    complete(ws, f"{run.id}/0.0#1", changes={"amount": 7}, by=local("Mia"))
    work(ws, until_idle=True, agents=AGENTS)
    with pytest.raises(NotAllowed, match="Nobody approves a purchase order that they drafted"):
        complete(ws, f"{run.id}/0.2#1", by=local("Mia"))
    assert complete(ws, f"{run.id}/0.2#1", by=local("Max")).performer != run.created_by


def test_a_rejection_goes_to_the_next_role_and_then_fails_the_run(ws: Workspace) -> None:
    item = waiting(ws)
    with pytest.raises(BadInput, match="needs a reason"):
        reject(ws, item, reason="", by=local("Cleo"))
    moved = reject(ws, item, reason="no budget", by=local("Cleo"))
    assert (moved.role, moved.doer, moved.cause) == ("manager", Doer.PERSON, "rejected by Cleo: no budget")
    reject(ws, item, reason="no budget at all", by=local("Mia"))
    run = get_run(ws, item.partition("/")[0])
    assert run.status is RunStatus.FAILED
    assert "no budget at all" in (run.cause or "")


def test_nothing_is_done_in_a_run_that_is_paused(ws: Workspace) -> None:
    item = waiting(ws)
    pause_run(ws, item.partition("/")[0], reason="audit", by=local("Ada"))
    assert inbox(ws, "Cleo") == ()
    with pytest.raises(IllegalTransition, match="is paused"):
        complete(ws, item, by=local("Cleo"))


def test_above_the_limit_the_agents_order_waits_for_a_manager(any_ws: Workspace) -> None:
    ws = any_ws
    department(ws)
    workflow = promoted(ws, unattended())
    calls = []

    def drafting(task: AgentTask) -> AgentProposal:
        calls.append(task)
        return draft(task)

    agents = {**AGENTS, "drafter": drafting}
    run = start_run(ws, "unattended", context={"wanted": 5000.5}, by=local("Ada"))
    work(ws, until_idle=True, agents=agents)
    (waits,) = get_run(ws, run.id).items
    assert (waits.status, waits.timeout_at) == (ItemStatus.WAITING, None)
    (entry,) = inbox(ws, "Mia")
    assert (entry.kind, entry.label, entry.id) == (EntryKind.APPROVAL, "Draft order", waits.approval)
    assert entry.approval is not None
    assert entry.approval.request.attributes["amount"] == 5001
    assert inbox(ws, "Cleo") == ()
    with pytest.raises(NotAllowed):
        answer(ws, entry.id, grant=True, reason="fine", by=local("Cleo"))
    assert answer(ws, entry.id, grant=True, reason="fine", by=local("Mia")).status is ApprovalStatus.GRANTED
    work(ws, until_idle=True, agents=agents)
    ended = get_run(ws, run.id)
    assert ended.status is RunStatus.COMPLETED
    assert ended.state.context["amount"] == 5000.5
    assert len(calls) == 1
    assert approvals(ws)[0].status is ApprovalStatus.USED
    assert_whole(workflow, ended)


def test_a_refused_approval_gives_the_task_to_a_person(ws: Workspace) -> None:
    department(ws)
    workflow = promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 9000}, by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    (entry,) = inbox(ws, "Max")
    with pytest.raises(BadInput, match="reason"):
        answer(ws, entry.id, grant=False, reason="", by=local("Max"))
    answer(ws, entry.id, grant=False, reason="too dear", by=local("Max"))
    (item,) = get_run(ws, run.id).items
    assert (item.doer, item.cause, item.proposal) == (Doer.PERSON, "approval refused: too dear", None)
    assert get_run(ws, run.id).state.context == {"wanted": 9000}
    assert_whole(workflow, get_run(ws, run.id))


def test_an_approval_given_while_the_run_is_paused_is_done_by_the_worker_afterwards(ws: Workspace) -> None:
    from orchestrator.running.runs import resume_run

    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 9000}, by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    (entry,) = inbox(ws, "Max")
    pause_run(ws, run.id, reason="audit", by=local("Ada"))
    answer(ws, entry.id, grant=True, reason="go", by=local("Max"))
    assert get_run(ws, run.id).items[0].status is ItemStatus.WAITING
    resume_run(ws, run.id, reason="done", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    assert get_run(ws, run.id).status is RunStatus.COMPLETED


def test_an_approval_under_other_policies_is_asked_for_again(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 9000}, by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    (entry,) = inbox(ws, "Max")
    activate_policies(ws, f"// stricter\n{POLICIES}", actions=ACTIONS, note="second", by=local("Ada"))
    answer(ws, entry.id, grant=True, reason="go", by=local("Max"))
    (item,) = get_run(ws, run.id).items
    assert item.status is ItemStatus.WAITING
    assert item.approval != entry.id
    (fresh,) = inbox(ws, "Max")
    answer(ws, fresh.id, grant=True, reason="still", by=local("Max"))
    work(ws, until_idle=True, agents=AGENTS)
    assert get_run(ws, run.id).status is RunStatus.COMPLETED


def test_the_approval_of_a_cancelled_run_is_not_asked_for(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 9000}, by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    cancel_run(ws, run.id, reason="mistake", by=local("Ada"))
    assert inbox(ws, "Max") == ()


def test_a_person_decides_a_choice(ws: Workspace, clock: FixedClock) -> None:
    department(ws)
    tree = sequence(choice(task("Check budget"), task("Check supplier")), task("Send order"))
    tasks = [
        spec(node, label, "purchase_order.check")
        for node, label in (("0.0.0", "Check budget"), ("0.0.1", "Check supplier"), ("0.1", "Send order"))
    ]
    decision = DecisionSpec("0.0", DecidedBy.PERSON, role="clerk")
    workflow = promoted(ws, workflow_of("checking", tree, tasks, {"0.0": decision}))
    run = start_run(ws, "checking", by=local("Ada"))
    (entry,) = inbox(ws, "Cleo")
    assert (entry.kind, entry.options) == (EntryKind.DECISION, ("Check budget", "Check supplier"))
    clock.advance(timedelta(minutes=5))
    with pytest.raises(BadInput, match="There is no child 2"):
        decide_item(ws, entry.id, 2, local("Cleo"))
    with pytest.raises(BadInput, match="is a decision"):
        complete(ws, entry.id, by=local("Cleo"))
    assert decide_item(ws, entry.id, 1, local("Cleo")).status is ItemStatus.COMPLETED
    work(ws, until_idle=True, agents=AGENTS)
    ended = get_run(ws, run.id)
    assert [i.label for i in ended.items if i.kind == "task"] == ["Check supplier", "Send order"]
    assert_whole(workflow, ended)


def test_an_approval_is_not_used_for_a_run_that_has_changed(ws: Workspace) -> None:
    """While the order of 9,000 waits, the other branch makes it one of 90,000: the agent must ask again."""
    department(ws)
    drafting = {"role": "drafter", "agent": "agent-drafter", "amount_field": "amount"}
    tasks = [
        spec("0.0", "Draft order", "purchase_order.draft", fields=("supplier",), **drafting),
        spec("0.1", "Set amount", "purchase_order.approve", doer=Doer.PERSON, role="manager", fields=("amount",)),
    ]
    promoted(ws, workflow_of("parallel", parallel(task("Draft order"), task("Set amount")), tasks))
    agents = {"drafter": lambda task: AgentProposal(changes={"supplier": "Acme"})}
    run = start_run(ws, "parallel", context={"amount": 9000}, by=local("Ada"))
    work(ws, until_idle=True, agents=agents)
    (entry,) = [e for e in inbox(ws, "Max") if e.approval]
    complete(ws, f"{run.id}/0.1#1", changes={"amount": 90000}, by=local("Mia"))
    answer(ws, entry.id, grant=True, reason="go", by=local("Max"))
    again = next(i for i in get_run(ws, run.id).items if i.label == "Draft order")
    assert (again.status, again.attempt) == (ItemStatus.OPEN, 2)
    assert "the run has changed since the approval was asked for" in (again.cause or "")
    work(ws, until_idle=True, agents=agents)
    (fresh,) = [e for e in inbox(ws, "Max") if e.approval]
    assert fresh.approval is not None
    assert fresh.approval.request.attributes["amount"] == 90000
