"""The worker: retries, escalation, time-outs, refusals, and what it never does twice."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from filelock import FileLock

from core.actor.values import local
from core.clock import FixedClock
from core.errors import TandemError
from core.workspace import Workspace
from governance import RecordKind, Ruling, audit_records, set_active
from orchestrator.machine.task import Doer
from orchestrator.machine.values import ItemStatus, RunStatus
from orchestrator.running.inbox import claim, complete, inbox
from orchestrator.running.records import Run, WorkItem
from orchestrator.running.rows import change_item
from orchestrator.running.runs import cancel_run, get_run, pause_run, resume_run, start_run
from orchestrator.running.step import Runner
from orchestrator.runtimes.agents import Agents
from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask
from orchestrator.worker.perform import MOST_BEGUN, perform
from orchestrator.worker.tending import give_up_late, requeue_lost
from orchestrator.worker.working import work
from tests.orchestrator.agents import check, draft
from tests.orchestrator.running import AGENTS, department, procurement, promoted, unattended
from tests.orchestrator.test_runs import assert_whole
from tests.patience import patience, wait_until


def item(run: Run, label: str) -> WorkItem:
    """The run's only item with this label."""
    (found,) = [i for i in run.items if i.label == label]
    return found


def ran(ws: Workspace, workflow: str, agents: dict[str, Any], **context: Any) -> Run:
    """A new run of the workflow after the worker has done what it can."""
    run = start_run(ws, workflow, context=context, by=local("Ada"))
    work(ws, until_idle=True, agents={**AGENTS, **agents})
    return get_run(ws, run.id)


def test_an_agent_that_fails_is_asked_again_with_the_cause(ws: Workspace) -> None:
    department(ws)
    workflow = promoted(ws, unattended())
    asked: list[AgentTask] = []

    def hesitant(task: AgentTask) -> AgentProposal:
        asked.append(task)
        if len(asked) < 3:
            raise AgentFailed("the supplier list is locked", cost=0.25)
        return draft(task)

    run = ran(ws, "unattended", {"drafter": hesitant}, wanted=5)
    assert run.status is RunStatus.COMPLETED
    assert [(t.key, t.attempt, t.cause) for t in asked] == [
        (f"{run.id}/0.0#1", 1, None),
        (f"{run.id}/0.0#1", 2, "the supplier list is locked"),
        (f"{run.id}/0.0#1", 3, "the supplier list is locked"),
    ]
    failures = [r for r in run.history if r.kind == "task failed"]
    assert [(r.performer, r.payload["work"]["cost"]) for r in failures] == [("agent-drafter", 0.25)] * 2
    assert_whole(workflow, run)


def test_when_every_try_fails_people_are_asked(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())

    def broken(task: AgentTask) -> AgentProposal:
        raise KeyError("supplier")

    run = ran(ws, "unattended", {"drafter": broken})
    failed = item(run, "Draft order")
    assert (failed.doer, failed.role, failed.attempt, failed.level) == (Doer.PERSON, "manager", 4, 1)
    assert failed.cause == "KeyError: 'supplier'"
    assert [e.id for e in inbox(ws, "Mia")] == [failed.id]
    complete(ws, failed.id, changes={"amount": 9}, by=local("Mia"))
    work(ws, until_idle=True, agents=AGENTS)
    assert get_run(ws, run.id).status is RunStatus.COMPLETED


@pytest.mark.parametrize(
    ("agent", "cause"),
    [
        (lambda task: {"amount": 1}, "returned `dict`, not an AgentProposal"),
        (lambda task: AgentProposal(changes={"amount": float("nan")}), "The fact `amount` is not a finite number"),
        (lambda task: AgentProposal(changes={"amount": {1}}), "cannot be kept as JSON"),
        (lambda task: AgentProposal(occurred=(task.ready_at, task.ready_at)), "measured, never said"),
    ],
)
def test_a_proposal_that_is_none_is_a_failed_attempt(ws: Workspace, agent: Any, cause: str) -> None:
    department(ws)
    promoted(ws, unattended())
    run = ran(ws, "unattended", {"drafter": agent})
    assert cause in (item(run, "Draft order").cause or "")
    assert item(run, "Draft order").doer is Doer.PERSON


def test_what_the_policies_deny_is_recorded_and_goes_to_a_person_at_once(ws: Workspace) -> None:
    department(ws)
    workflow = promoted(ws, unattended())
    run = ran(ws, "unattended", {"drafter": lambda task: AgentProposal(changes={"amount": 1, "bank": "mine"})})
    denied = item(run, "Draft order")
    assert (denied.doer, denied.attempt) == (Doer.PERSON, 2)
    assert "No policy permits this" in (denied.cause or "")
    (record,) = audit_records(ws, effect=Ruling.DENY)
    assert (record.principal, record.action, record.resource_id) == ("agent-drafter", "purchase_order.draft", run.id)
    assert run.state.context == {}
    assert_whole(workflow, run)


def test_a_field_that_the_task_does_not_name_is_refused_though_a_policy_allows_it(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = ran(ws, "unattended", {"drafter": lambda task: AgentProposal(changes={"amount": 1, "secret": 2})})
    assert "may change `amount`, `supplier`; the proposal changes 1 field that" in (
        item(run, "Draft order").cause or ""
    )
    (attempt,) = audit_records(ws, principal="agent-drafter", effect=Ruling.DENY)
    assert (attempt.kind, attempt.outcome) == (RecordKind.ATTEMPT, None)
    assert run.state.context == {}


def test_an_unknown_runtime_or_an_inactive_agent_does_nothing(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", by=local("Ada"))
    work(ws, until_idle=True, agents={"checker": check})
    assert "no agent runtime `drafter`" in (item(get_run(ws, run.id), "Draft order").cause or "")
    set_active(ws, "agent-drafter", active=False, reason="retired", by=local("Ada"))
    other = ran(ws, "unattended", {})
    assert "An inactive principal may do nothing" in (item(other, "Draft order").cause or "")


def test_a_person_who_takes_too_long_is_passed_over(ws: Workspace, clock: FixedClock) -> None:
    department(ws)
    workflow = promoted(ws, procurement(Approve_order={"people_timeout_seconds": 600.0}))
    run = ran(ws, "procurement", {}, wanted=1)
    late = item(run, "Approve order")
    claim(ws, late.id, local("Cleo"))
    clock.advance(timedelta(seconds=599))
    assert give_up_late(Runner(ws)) == 0
    clock.advance(timedelta(seconds=1))
    assert give_up_late(Runner(ws)) == 1
    now = item(get_run(ws, run.id), "Approve order")
    assert (now.role, now.attempt, now.claimed_by) == ("manager", 2, None)
    assert now.cause == "no answer within 600 seconds"
    assert inbox(ws, "Cleo") == ()
    assert_whole(workflow, get_run(ws, run.id))


def broken(task: AgentTask) -> AgentProposal:
    raise AgentFailed("nothing found", retry=False)


def test_people_who_stand_in_for_an_agent_have_all_the_time(any_ws: Workspace, clock: FixedClock) -> None:
    department(any_ws)
    workflow = promoted(any_ws, unattended())
    run = ran(any_ws, "unattended", {"drafter": broken})
    handed = item(run, "Draft order")
    assert (handed.doer, handed.timeout_at) == (Doer.PERSON, None)
    clock.advance(timedelta(days=365))
    assert give_up_late(Runner(any_ws)) == 0
    complete(any_ws, handed.id, changes={"amount": 9}, by=local("Mia"))
    work(any_ws, until_idle=True, agents=AGENTS)
    ended = get_run(any_ws, run.id)
    assert ended.status is RunStatus.COMPLETED
    assert_whole(workflow, ended)


def test_people_who_stand_in_for_an_agent_are_held_to_the_limit_that_the_workflow_states(
    ws: Workspace, clock: FixedClock
) -> None:
    department(ws)
    flow = unattended()
    draft_order = replace(flow.tasks["0.0"], people_timeout_seconds=7200.0, escalation=("clerk", "manager"))
    workflow = promoted(ws, replace(flow, tasks={**flow.tasks, "0.0": draft_order}))
    run = ran(ws, "unattended", {"drafter": broken})
    for role in ("clerk", "manager"):
        assert item(get_run(ws, run.id), "Draft order").role == role
        clock.advance(timedelta(seconds=7199))
        assert give_up_late(Runner(ws)) == 0
        clock.advance(timedelta(seconds=1))
        assert give_up_late(Runner(ws)) == 1
    ended = get_run(ws, run.id)
    assert (ended.status, "no answer within 7200 seconds" in (ended.cause or "")) == (RunStatus.FAILED, True)
    assert_whole(workflow, ended)


def test_an_item_of_an_earlier_release_that_holds_people_to_the_time_of_their_agent_is_let_be(
    any_ws: Workspace, clock: FixedClock
) -> None:
    department(any_ws)
    workflow = promoted(any_ws, unattended())
    run = ran(any_ws, "unattended", {"drafter": broken})
    with any_ws.database.begin() as connection:
        change_item(connection, run.id, "0.0#1", timeout_at=clock.now() + timedelta(seconds=60))
    clock.advance(timedelta(seconds=61))
    assert give_up_late(Runner(any_ws)) == 0
    left = get_run(any_ws, run.id)
    assert (left.status, item(left, "Draft order").timeout_at) == (RunStatus.RUNNING, None)
    assert_whole(workflow, left)


def test_an_agent_that_takes_too_long_is_given_up_and_its_answer_dropped(ws: Workspace, clock: FixedClock) -> None:
    department(ws)
    workflow = promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 1}, by=local("Ada"))
    runner, calls = Runner(ws), []

    def slow(task: AgentTask) -> AgentProposal:
        calls.append(task.attempt)
        if task.attempt == 1:
            clock.advance(timedelta(seconds=601))
            give_up_late(runner)
        return draft(task)

    perform(runner, Agents({"drafter": slow}), run.id, "0.0#1", 1, 1)
    assert item(get_run(ws, run.id), "Draft order").attempt == 2
    work(ws, until_idle=True, agents={**AGENTS, "drafter": slow})
    ended = get_run(ws, run.id)
    assert (ended.status, calls) == (RunStatus.COMPLETED, [1, 2])
    assert [r.kind for r in ended.history if r.item == "0.0#1"] == ["task timed out", "task completed"]
    assert_whole(workflow, ended)


def test_the_same_queue_entry_performed_twice_changes_nothing(ws: Workspace) -> None:
    department(ws)
    workflow = promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 1}, by=local("Ada"))
    with closing(Agents(AGENTS)) as agents:
        for _ in range(2):
            perform(Runner(ws), agents, run.id, "0.0#1", 1, 1)
    assert get_run(ws, run.id).events == 2
    attempts = [r for r in audit_records(ws) if r.kind is RecordKind.ATTEMPT]
    assert [r.key for r in attempts] == [f"{run.id}/0.0#1/1"]
    assert_whole(workflow, get_run(ws, run.id))


def test_two_workers_at_the_same_attempt_complete_it_once(ws: Workspace) -> None:
    department(ws)
    workflow = promoted(ws, unattended())
    run = start_run(ws, "unattended", context={"wanted": 1}, by=local("Ada"))
    meet = threading.Barrier(2, timeout=patience(10))

    def together(task: AgentTask) -> AgentProposal:
        meet.wait()
        return draft(task)

    threads = [
        threading.Thread(target=perform, args=(Runner(ws), Agents({"drafter": together}), run.id, "0.0#1", 1, 1))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert get_run(ws, run.id).events == 2
    assert len([r for r in audit_records(ws) if r.kind is RecordKind.OUTCOME]) == 1
    assert_whole(workflow, get_run(ws, run.id))


def test_an_attempt_that_takes_the_worker_down_is_not_begun_for_ever(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", by=local("Ada"))
    with ws.database.begin() as connection:
        change_item(connection, run.id, "0.0#1", begun=MOST_BEGUN)
    work(ws, until_idle=True, agents=AGENTS)
    poison = item(get_run(ws, run.id), "Draft order")
    assert (poison.doer, poison.cause) == (Doer.PERSON, f"the worker stopped in it {MOST_BEGUN} times")


def test_open_work_without_a_queue_entry_is_queued_again(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = start_run(ws, "unattended", by=local("Ada"))
    assert requeue_lost(Runner(ws)) == 0
    with ws.database.begin() as connection:
        connection.execute(sa.text("DELETE FROM workflow_status"))
    pause_run(ws, run.id, reason="first", by=local("Ada"))
    assert requeue_lost(Runner(ws)) == 0
    resume_run(ws, run.id, reason="then", by=local("Ada"))
    assert requeue_lost(Runner(ws)) == 1
    work(ws, until_idle=True, agents=AGENTS)
    assert get_run(ws, run.id).status is RunStatus.COMPLETED


def test_what_is_done_is_removed_from_the_queue(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    ran(ws, "unattended", {})
    with ws.database.read() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM workflow_status")).scalar_one() == 0


def test_what_is_begun_when_the_run_is_paused_is_completed(ws: Workspace) -> None:
    department(ws)
    workflow = promoted(ws, unattended())
    run = start_run(ws, "unattended", by=local("Ada"))

    def interrupted(task: AgentTask) -> AgentProposal:
        pause_run(ws, run.id, reason="stop", by=local("Ada"))
        return draft(task)

    perform(Runner(ws), Agents({"drafter": interrupted}), run.id, "0.0#1", 1, 1)
    paused = get_run(ws, run.id)
    assert paused.status is RunStatus.PAUSED
    assert [(i.status, i.parked) for i in paused.items] == [
        (ItemStatus.COMPLETED, False), (ItemStatus.OPEN, True), (ItemStatus.OPEN, True),
    ]  # fmt: skip
    resume_run(ws, run.id, reason="go on", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    assert get_run(ws, run.id).status is RunStatus.COMPLETED
    assert_whole(workflow, get_run(ws, run.id))


def test_a_second_worker_is_turned_away(ws: Workspace) -> None:
    with FileLock(ws.settings.home / ".worker.lock"), pytest.raises(TandemError, match="A worker runs already"):
        work(ws, until_idle=True)


def test_a_worker_stops_when_it_is_told(ws: Workspace) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(ws,), kwargs={"stop": stop})
    thread.start()
    stop.set()
    thread.join(timeout=patience(10))
    assert not thread.is_alive()


def test_what_cannot_be_written_exactly_is_denied_and_handed_on(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    run = ran(ws, "unattended", {"drafter": lambda task: AgentProposal(changes={"amount": 2**60})})
    refused = item(run, "Draft order")
    assert (refused.doer, refused.attempt) == (Doer.PERSON, 2)
    assert "2 numbers of the request cannot be written exactly" in (refused.cause or "")


@pytest.mark.parametrize("ending", ["cancel", "suspend"])
def test_an_agent_is_not_asked_on_for_what_nobody_wants_any_more(ws: Workspace, tmp_path: Path, ending: str) -> None:
    agent = department(ws)["drafter"]
    promoted(ws, unattended())
    said = tmp_path / "pid"
    run = start_run(ws, "unattended", context={"pid": str(said)}, by=local("Ada"))
    stop = threading.Event()
    given = {"drafter": "python:tests.orchestrator.agents:sleeping"}
    worker = threading.Thread(target=work, args=(ws,), kwargs={"agents": given, "stop": stop})
    worker.start()
    try:
        wait_until(lambda: said.exists() and said.read_text() != "", 30, "the agent is asked")
        process = Path(f"/proc/{said.read_text()}")
        if ending == "cancel":
            cancel_run(ws, run.id, reason="no", by=local("Mia"))
        else:
            set_active(ws, agent.id, active=False, reason="stop", by=local("Ada"))
        wait_until(lambda: not process.exists(), 10, "its process was ended")
        if ending == "suspend":
            wait_until(lambda: get_run(ws, run.id).items[0].doer is Doer.PERSON, 30, "people are asked")
    finally:
        stop.set()
        worker.join()
    assert get_run(ws, run.id).status is (RunStatus.CANCELLED if ending == "cancel" else RunStatus.RUNNING)
