"""Runs: started once by key, pinned, paused, resumed, cancelled, retried; every event replays to the stored state."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.actor.values import local
from core.errors import BadInput, IllegalTransition, NotAllowed, NotFound
from core.workspace import Workspace
from governance import audit_records
from orchestrator.machine.advance import advance
from orchestrator.machine.serial import event_from_dict
from orchestrator.machine.values import ItemStatus, RunState, RunStatus, Workflow
from orchestrator.running.inbox import complete, inbox
from orchestrator.running.queue import prepare
from orchestrator.running.records import Run
from orchestrator.running.runs import (
    cancel_run,
    count_runs,
    get_run,
    list_runs,
    pause_run,
    resume_run,
    retry_run,
    start_run,
    start_runs,
)
from orchestrator.worker.working import work
from tests.orchestrator.running import AGENTS, department, procurement, promoted, unattended
from tests.patience import patience

ADA = local("Ada")


def replayed(workflow: Workflow, run: Run) -> RunState:
    """The state that the run's events lead to."""
    state = RunState()
    for record in run.history:
        if "event" in record.payload:
            state, _ = advance(workflow, state, event_from_dict(record.payload))
    return state


def assert_whole(workflow: Workflow, run: Run) -> None:
    """No event lost or doubled: they are numbered without gaps, replay to the state, and end each attempt once."""
    assert [r.sequence for r in run.history] == list(range(1, run.events + 1))
    assert replayed(workflow, run) == run.state
    ends = [(r.item, r.attempt) for r in run.history if r.kind.startswith("task ")]
    assert len(ends) == len(set(ends))
    done = [i.item for i in run.items if i.status is ItemStatus.COMPLETED]
    assert sorted(done) == sorted(str(r.item) for r in run.history if r.kind in ("task completed", "decided"))


def test_a_run_goes_from_agents_to_a_person_and_on(any_ws: Workspace) -> None:
    department(any_ws)
    workflow = promoted(any_ws, procurement())
    started = start_run(any_ws, "procurement", context={"wanted": 700}, by=local("Ada"))
    assert [(i.label, i.status, i.agent) for i in started.items] == [("Draft order", "open", "agent-drafter")]
    work(any_ws, until_idle=True, agents=AGENTS)
    (entry,) = inbox(any_ws, "Cleo")
    assert (entry.label, entry.context["amount"], entry.fields) == ("Approve order", 700, ())
    complete(any_ws, entry.id, answer={"ok": True}, by=local("Cleo"))
    work(any_ws, until_idle=True, agents=AGENTS)
    run = get_run(any_ws, started.id)
    assert run.status is RunStatus.COMPLETED
    assert run.state.context == {"wanted": 700, "amount": 700, "supplier": "Acme"}
    assert run.ended_at == any_ws.clock.now()
    assert run.due_at == run.started_at + timedelta(days=1)
    assert_whole(workflow, run)


def test_a_key_starts_one_run_and_a_version_is_pinned(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement())
    first = start_run(ws, "procurement", context={"wanted": 1}, key="order 1", by=local("Ada"))
    again = start_run(ws, "procurement", context={"wanted": 1}, key="order 1", version=1, by=local("Ada"))
    assert (first.started_before, again.started_before) == (False, True)
    assert (again.id, again.state.context) == (first.id, {"wanted": 1})
    assert start_run(ws, "procurement", key="order 2", by=local("Ada")).id != first.id
    assert [run.version for run in list_runs(ws, workflow="procurement")] == [1, 1]
    assert count_runs(ws) == {RunStatus.RUNNING: 2}


def test_a_known_key_with_other_values_is_refused_with_what_differs(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    promoted(ws, replace(unattended(), version=2))
    known: dict[str, Any] = {"wanted": 1, "urgent": True, "lines": [{"price": 1, "name": "a"}]}
    first = start_run(ws, "unattended", context=known, key="order 1", version=1, by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)  # what a run makes of its context is not what it was started with
    again = start_run(ws, "unattended", context={**known, "lines": [{"name": "a", "price": 1}]}, key="order 1", by=ADA)
    assert (again.id, again.version, again.started_before) == (first.id, 1, True)
    other = {"wanted": 2, "urgent": 1, "lines": known["lines"], "amount": 1}
    with pytest.raises(BadInput, match=f"Run `{first.id}` of `unattended` was started before with the key") as refused:
        start_run(ws, "unattended", context=other, key="order 1", version=2, by=ADA)
    assert refused.value.problems == (
        "version: 1 then, 2 now",
        "`amount`: left out then, given now",
        "`urgent`: another value then",
        "`wanted`: another value then",
    )
    with pytest.raises(BadInput) as refused:
        start_run(ws, "unattended", key="order 1", by=ADA)
    assert refused.value.problems[-1] == "`wanted`: given then, left out now"
    assert len(list_runs(ws)) == 1


def test_of_many_starts_none_is_begun_where_a_key_stands_for_two(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement())
    start_run(ws, "procurement", context={"wanted": 1}, key="1", by=ADA)
    for last in [("1", {"wanted": 2}, None), ("3", {}, None)]:
        with pytest.raises(BadInput, match="not with the same values"):
            start_runs(ws, "procurement", [("2", {}, None), ("3", {"wanted": 1}, None), last], by=ADA)
    assert len(list_runs(ws)) == 1
    runs = start_runs(ws, "procurement", [("1", {"wanted": 1}, None), ("2", {}, None), ("2", {}, None)], by=ADA)
    assert [run.started_before for run in runs] == [True, False, True]
    assert runs[1].id == runs[2].id


def test_of_two_starts_at_once_with_a_key_and_other_values_one_is_refused(any_ws: Workspace) -> None:
    department(any_ws)
    promoted(any_ws, procurement())
    prepare(any_ws.database, any_ws.settings)
    meet = threading.Barrier(4, timeout=patience(20))

    def start(wanted: int) -> Run | BadInput:
        meet.wait()
        try:
            return start_run(any_ws, "procurement", context={"wanted": wanted}, key="1", by=ADA)
        except BadInput as refused:
            return refused

    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(start, (1, 1, 2, 2)))
    (run,) = list_runs(any_ws)
    runs = [found for found in came if isinstance(found, Run)]
    assert [found.id for found in runs] == [run.id] * 2
    assert sorted(found.started_before for found in runs) == [False, True]
    refused = [found.problems for found in came if isinstance(found, BadInput)]
    assert refused == [("`wanted`: another value then",)] * 2


def test_what_cannot_be_started_is_said(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement())
    with pytest.raises(NotFound, match="Known: `procurement`"):
        start_run(ws, "purchasing", by=local("Ada"))
    with pytest.raises(BadInput, match="cannot be kept as JSON"):
        start_run(ws, "procurement", context={"when": ws.clock.now()}, by=local("Ada"))
    with pytest.raises(NotAllowed, match="no active person"):
        start_run(ws, "procurement", by=local("Drafter"))
    with pytest.raises(NotAllowed, match="measured, never said"):
        start_run(ws, "procurement", by=local("Ada"), at=ws.clock.now())
    assert list_runs(ws) == ()
    with pytest.raises(NotFound, match="There is no run yet"):
        get_run(ws, "r1")
    with pytest.raises(BadInput, match="Known: `running`"):
        list_runs(ws, status="walking")


def test_a_paused_run_begins_nothing_until_it_is_resumed(any_ws: Workspace) -> None:
    department(any_ws)
    workflow = promoted(any_ws, unattended())
    run = start_run(any_ws, "unattended", by=local("Ada"))
    assert pause_run(any_ws, run.id, reason="audit", by=local("Ada")).status is RunStatus.PAUSED
    with pytest.raises(IllegalTransition, match="is paused, so there is nothing to pause"):
        pause_run(any_ws, run.id, reason="audit", by=local("Ada"))
    work(any_ws, until_idle=True, agents=AGENTS)
    assert [(i.status, i.parked) for i in get_run(any_ws, run.id).items] == [(ItemStatus.OPEN, True)]
    assert resume_run(any_ws, run.id, reason="done", by=local("Mia")).status is RunStatus.RUNNING
    work(any_ws, until_idle=True, agents=AGENTS)
    ended = get_run(any_ws, run.id)
    assert ended.status is RunStatus.COMPLETED
    assert_whole(workflow, ended)
    said = [r.payload["facts"]["reason"] for r in ended.history if r.kind in ("paused", "resumed")]
    assert said == ["audit", "done"]


def test_a_cancelled_run_withdraws_everything(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement())
    run = start_run(ws, "procurement", by=local("Ada"))
    ended = cancel_run(ws, run.id, reason="a mistake", by=local("Ada"))
    assert (ended.status, ended.cause, ended.items[0].status) == (RunStatus.CANCELLED, "a mistake", "withdrawn")
    work(ws, until_idle=True, agents=AGENTS)
    assert get_run(ws, run.id).events == 2
    with pytest.raises(IllegalTransition, match="is cancelled"):
        resume_run(ws, run.id, reason="after all", by=local("Ada"))
    assert [r.action for r in audit_records(ws, limit=2)] == ["run.cancel", "run.start"]


def test_control_needs_a_reason_and_the_right_role(ws: Workspace) -> None:
    department(ws)
    promoted(ws, procurement())
    run = start_run(ws, "procurement", by=local("Ada"))
    with pytest.raises(BadInput, match="needs a reason"):
        pause_run(ws, run.id, reason=" ", by=local("Ada"))
    with pytest.raises(NotAllowed, match="`manager` or `administrator` may"):
        pause_run(ws, run.id, reason="lunch", by=local("Cleo"))


def test_a_failed_run_is_retried_where_it_failed(ws: Workspace) -> None:
    department(ws)
    workflow = promoted(ws, procurement(Draft_order={"escalation": (), "max_attempts": 1}))
    run = start_run(ws, "procurement", by=local("Ada"))

    def broken(task: object) -> object:
        raise OSError("the printer is on fire")

    work(ws, until_idle=True, agents={**AGENTS, "drafter": broken})  # type: ignore[dict-item]
    failed = get_run(ws, run.id)
    assert failed.status is RunStatus.FAILED
    assert "the printer is on fire" in (failed.cause or "")
    assert failed.items[0].status is ItemStatus.FAILED
    assert retry_run(ws, run.id, reason="extinguished", by=local("Ada")).status is RunStatus.RUNNING
    work(ws, until_idle=True, agents=AGENTS)
    again = get_run(ws, run.id)
    assert (again.status, again.cause, again.ended_at) == (RunStatus.RUNNING, None, None)
    assert [i.label for i in again.items if i.status is ItemStatus.OPEN] == ["Approve order"]
    assert_whole(workflow, again)


def test_many_are_started_at_once(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended())
    runs = start_runs(ws, "unattended", [(f"k{n}", {"wanted": n}, None) for n in range(3)], by=local("Ada"))
    assert [run.state.context["wanted"] for run in runs] == [0, 1, 2]


def test_starts_at_once_with_one_key_start_one_run(any_ws: Workspace) -> None:
    """A request that a caller repeats because the first has not answered yet."""
    ws = any_ws
    department(ws)
    promoted(ws, unattended())
    start_run(ws, "unattended", by=local("Ada"))  # the queue is there
    together, found = threading.Barrier(6), []

    def start() -> None:
        together.wait()
        found.append([start_run(ws, "unattended", key=f"k{n}", by=local("Ada")).id for n in range(5)])

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert all(ids == found[0] for ids in found)
    assert count_runs(ws) == {RunStatus.RUNNING: 1 + 5}
    assert len([r for r in audit_records(ws) if r.action == "run.start"]) == 1 + 5


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_that_cannot_be_stored_is_refused(ws: Workspace, key: str) -> None:
    department(ws)
    promoted(ws, unattended())
    with pytest.raises(BadInput, match="cannot be the key of a run"):
        start_run(ws, "unattended", key=key, by=local("Ada"))


def test_a_context_with_half_a_character_is_refused(ws: Workspace) -> None:
    """It could be kept, but never exported."""
    department(ws)
    promoted(ws, unattended())
    with pytest.raises(BadInput, match="The context cannot be kept as JSON"):
        start_run(ws, "unattended", context={"name": "\ud800"}, by=local("Ada"))
