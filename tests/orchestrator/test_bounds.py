"""The bounds of a task: what is beyond them is denied, recorded as denied, and comes to nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from core.actor.values import local
from core.errors import NotAllowed
from core.view import View
from core.workspace import Workspace
from governance import ApprovalStatus, Ruling, approvals, audit_records, set_active, verify_audit
from kpi import measure
from orchestrator.machine.task import Doer
from orchestrator.machine.values import RunStatus
from orchestrator.monitoring.export import export_runs
from orchestrator.running.inbox import claim, complete, decide_item, reject, release
from orchestrator.running.runs import cancel_run, get_run, pause_run, start_run
from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask
from orchestrator.worker.working import work
from tests.orchestrator.running import AGENTS, department, procurement, promoted, unattended
from tests.orchestrator.test_export import mapped
from tests.orchestrator.test_inbox import waiting
from tests.orchestrator.test_runs import assert_whole


def test_an_amount_in_words_does_not_slip_past_a_limit(ws: Workspace) -> None:
    """The policy stops amounts above its limit; text is above no limit, so it must not come through."""
    department(ws)
    promoted(ws, procurement(Send_order={"fields": ("amount",), "amount_field": "amount"}))
    run = start_run(ws, "procurement", context={"wanted": 10}, by=local("Ada"))

    def wordy(task: AgentTask) -> AgentProposal:
        return AgentProposal(changes={"amount": "9000"} if task.task.label == "Send order" else {})

    agents = {**AGENTS, "checker": wordy}
    work(ws, until_idle=True, agents=agents)
    complete(ws, f"{run.id}/0.2#1", by=local("Cleo"))
    work(ws, until_idle=True, agents=agents)
    run = get_run(ws, run.id)
    assert run.state.context["amount"] == 10
    (denied,) = audit_records(ws, effect=Ruling.DENY)
    assert denied.reasons == ("The fact `amount` is a `str` and should be a whole number.",)


def test_nobody_is_asked_to_approve_what_would_be_refused_anyway(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", by=local("Ada"))
    greedy = {**AGENTS, "drafter": lambda task: AgentProposal(changes={"amount": 9000, "secret": 1})}
    work(ws, until_idle=True, agents=greedy)
    assert approvals(ws) == ()
    (denied,) = audit_records(ws, effect=Ruling.DENY)
    assert denied.reasons == (
        "`Draft order` may change `amount`, `supplier`; the proposal changes 1 field that the task does not name.",
    )
    (item,) = get_run(ws, run.id).items
    assert (item.doer, item.role) == (Doer.PERSON, "manager")


def test_an_agent_that_was_stopped_is_not_even_asked(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", by=local("Ada"))
    set_active(ws, "agent-drafter", active=False, reason="it went astray", by=local("Ada"))
    asked: list[AgentTask] = []

    def astray(task: AgentTask) -> AgentProposal:
        asked.append(task)
        return AgentProposal(changes={"amount": 1})

    work(ws, until_idle=True, agents={**AGENTS, "drafter": astray})
    assert asked == []
    (denied,) = audit_records(ws, effect=Ruling.DENY)
    assert (denied.principal, "An inactive principal may do nothing." in denied.reasons) == ("agent-drafter", True)
    assert get_run(ws, run.id).items[0].role == "manager"


@pytest.mark.parametrize(
    "said", [{"cost": math.nan}, {"cost": "much"}, {"cost": -1}, {"confidence": 7}, {"confidence": True}, {"note": 3}]
)
def test_figures_that_are_none_are_a_failed_attempt_and_spoil_no_log(ws: Workspace, said: dict[str, Any]) -> None:
    department(ws)
    mapped(ws)
    workflow = promoted(ws, unattended())
    run = start_run(ws, "unattended", by=local("Ada"))

    def vague(task: AgentTask) -> AgentProposal:
        return AgentProposal(changes={"amount": 1}, **(said if task.attempt == 1 else {}))

    work(ws, until_idle=True, agents={**AGENTS, "drafter": vague})
    found = get_run(ws, run.id)
    assert found.status is RunStatus.COMPLETED
    (failed,) = [r for r in found.history if r.kind == "task failed"]
    assert f"The {next(iter(said))} is" in failed.payload["cause"]
    assert_whole(workflow, found)
    log = export_runs(ws, "unattended", by=local("Ada"))
    assert log is not None
    assert log.events == 5
    assert {m.key for m in measure(ws, View(log.log))} >= {"cost_per_task"}


def test_a_failure_with_a_cost_that_is_none_is_a_failure_all_the_same(any_ws: Workspace) -> None:
    """Nor do characters that a database cannot store keep it from being one."""
    department(any_ws)
    promoted(any_ws, unattended())
    run = start_run(any_ws, "unattended", by=local("Ada"))
    failures = [AgentFailed("half \udc80 a file\0", cost=math.nan), OSError("half \udc80 another\0")]

    def failing(task: AgentTask) -> AgentProposal:
        if task.attempt <= len(failures):
            raise failures[task.attempt - 1]
        return AgentProposal(changes={"amount": 1})

    work(any_ws, until_idle=True, agents={**AGENTS, "drafter": failing})
    found = get_run(any_ws, run.id)
    assert found.status is RunStatus.COMPLETED
    assert [r.payload["cause"] for r in found.history if r.kind == "task failed"] == [
        "half ? a file?; The cost is no finite number from 0.", "OSError: half ? another?",
    ]  # fmt: skip


def test_what_people_try_in_vain_is_recorded(any_ws: Workspace) -> None:
    """Somebody of another role, and somebody of the role when another took it."""
    ws = any_ws
    item = waiting(ws)
    run = item.partition("/")[0]
    claim(ws, item, local("Cleo"))
    tries: list[tuple[str, str, Callable[[], object]]] = [
        ("item.claim", "Mia", lambda: claim(ws, item, local("Mia"))),
        ("item.release", "Carl", lambda: release(ws, item, local("Carl"))),
        ("item.complete", "Carl", lambda: complete(ws, item, by=local("Carl"))),
        ("item.reject", "Mia", lambda: reject(ws, item, reason="no", by=local("Mia"))),
        ("item.decide", "Mia", lambda: decide_item(ws, item, 0, local("Mia"))),
        ("item.complete", "Drafter", lambda: complete(ws, item, by=local("Drafter"))),
        ("run.pause", "Cleo", lambda: pause_run(ws, run, reason="why not", by=local("Cleo"))),
        ("run.cancel", "Drafter", lambda: cancel_run(ws, run, reason="why not", by=local("Drafter"))),
        ("run.start", "Drafter", lambda: start_run(ws, "procurement", by=local("Drafter"))),
    ]
    before = get_run(ws, run)
    for action, who, attempt in tries:
        with pytest.raises(NotAllowed) as refused:
            attempt()
        told = audit_records(ws, limit=1)[0]
        assert (told.action, told.principal_name, told.effect) == (action, who, Ruling.DENY)
        assert told.payload == {"refused": str(refused.value)}
    assert len(audit_records(ws, effect=Ruling.DENY)) == len(tries)
    assert get_run(ws, run) == before
    assert verify_audit(ws).ok


def test_what_the_gate_denies_is_recorded_once(ws: Workspace) -> None:
    item = waiting(ws, Approve_order={"fields": ("amount",)})
    with pytest.raises(NotAllowed):
        complete(ws, item, changes={"amount": 1}, by=local("Cleo"))
    assert len(audit_records(ws, effect=Ruling.DENY)) == 1
    assert approvals(ws, ApprovalStatus.PENDING) == ()
