"""One writer for all that wait, and queue entries that go on with the next task of their run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import local
from core.errors import BadInput
from core.workspace import Workspace
from governance import audit_records, verify_audit
from orchestrator.machine.values import ItemStatus, RunStatus, TaskCompleted
from orchestrator.running.queue import entry
from orchestrator.running.records import Run
from orchestrator.running.rows import change_run, item_id, lock
from orchestrator.running.runs import get_run, pause_run, resume_run, start_run
from orchestrator.running.step import Happening, Runner, step
from orchestrator.runtimes.agents import Agents
from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask
from orchestrator.worker import perform as performing
from orchestrator.worker.perform import perform_on
from orchestrator.worker.settling import About, Writer
from orchestrator.worker.tending import requeue_lost
from orchestrator.worker.working import work
from tests.orchestrator.agents import check, draft
from tests.orchestrator.running import AGENTS, department, promoted, unattended
from tests.orchestrator.test_runs import assert_whole
from tests.patience import patience, wait_until


@contextmanager
def writer(ws: Workspace, at_once: int = 8) -> Iterator[Writer]:
    """A writer that is closed at the end."""
    with closing(Writer(Runner(ws), at_once)) as found:
        yield found


def completing(runner: Runner, run: str, item: str) -> tuple[About, Callable[[Connection], bool]]:
    """What completes an item without asking anybody."""
    key = f"{item_id(run, item)}/1"
    happening = Happening(TaskCompleted(item, 1), key)
    return About(run, item_id(run, item), key), lambda c: step(runner, c, lock(c, run), happening)


def at_once(found: Writer, operations: list[tuple[About, Callable[[Connection], Any]]]) -> list[Any]:
    """What came of the operations, an error as such: they wait together while the writer is kept busy."""
    results: list[Any] = [None] * len(operations)
    busy, go = threading.Event(), threading.Event()

    def hold(_connection: Connection) -> None:
        busy.set()
        assert go.wait(patience(10))

    def do(number: int) -> None:
        try:
            results[number] = found.do(*operations[number])
        except BadInput as error:
            results[number] = error

    first = threading.Thread(target=found.do, args=(operations[0][0], hold))
    first.start()
    assert busy.wait(patience(10))
    threads = [threading.Thread(target=do, args=(n,)) for n in range(len(operations))]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + patience(10)
    while found._waiting.qsize() < len(operations):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    go.set()
    for thread in (first, *threads):
        thread.join(patience(20))
        assert not thread.is_alive()
    return results


def commits(ws: Workspace) -> list[int]:
    """Counts the commits of the workspace's engine, in its only element."""
    count = [0]
    sa.event.listen(ws.database.engine, "commit", lambda _c: count.__setitem__(0, count[0] + 1))
    return count


def test_what_waits_together_is_settled_in_one_transaction(any_ws: Workspace) -> None:
    ws = any_ws
    department(ws)
    workflow = promoted(ws, unattended(checks=3))
    runs = [start_run(ws, "unattended", by=local("Ada")).id for _ in range(5)]
    with writer(ws) as found:
        counted = commits(ws)
        operations = [completing(found._runner, run, "0.0#1") for run in runs]
        assert at_once(found, operations) == [True] * 5
        assert counted == [2]  # the one that kept the writer busy, and the group
        checks = [completing(found._runner, run, f"0.1.{n}#1") for n in range(3) for run in runs]  # three of each run
        assert at_once(found, checks) == [True] * 15
        assert counted == [4]
    for run in runs:
        assert [r.sequence for r in get_run(ws, run).history] == [1, 2, 3, 4, 5]
        assert_whole(workflow, get_run(ws, run))


def test_an_error_reaches_the_member_that_caused_it_and_no_other(any_ws: Workspace) -> None:
    ws = any_ws
    department(ws)
    promoted(ws, unattended())
    runs = [start_run(ws, "unattended", by=local("Ada")).id for _ in range(3)]

    def wrong(connection: Connection) -> None:
        lock(connection, runs[1])
        change_run(connection, runs[1], cause="half done")
        raise BadInput("No.")

    with writer(ws) as found:
        operations: list[tuple[About, Callable[[Connection], Any]]] = [
            completing(found._runner, run, "0.0#1") for run in runs
        ]
        operations[1] = (operations[1][0], wrong)
        first, second, third = at_once(found, operations)
    assert (first, third, str(second)) == (True, True, "No.")
    assert [get_run(ws, run).events for run in runs] == [2, 1, 2]
    assert get_run(ws, runs[1]).cause is None


def carriers(run: Run) -> list[str | None]:
    """Who carries the run's items, in their order."""
    return [i.carried for i in run.items]


def test_a_queue_entry_goes_on_with_the_next_task_of_its_run(any_ws: Workspace) -> None:
    ws = any_ws
    department(ws)
    workflow = promoted(ws, unattended(checks=1))
    run = start_run(ws, "unattended", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    ended = get_run(ws, run.id)
    first = entry(run.id, "0.0#1", 1, 1)
    assert (ended.status, carriers(ended)) == (RunStatus.COMPLETED, [None, first, first])
    assert [i.begun for i in ended.items] == [1, 1, 1]
    assert_whole(workflow, ended)
    assert verify_audit(ws).ok


def test_it_goes_on_within_bounds(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performing, "MOST_CARRIED", 2)
    department(ws)
    promoted(ws, unattended(checks=1))
    run = start_run(ws, "unattended", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    ended = get_run(ws, run.id)
    assert (ended.status, carriers(ended)) == (RunStatus.COMPLETED, [None, entry(run.id, "0.0#1", 1, 1), None])


def interrupted(ws: Workspace) -> tuple[str, Callable[[], None]]:
    """A run whose first entry was ended while it asked for its second task, and what performs that entry once more."""
    department(ws)
    promoted(ws, unattended(checks=1))
    run = start_run(ws, "unattended", by=local("Ada")).id
    asked: list[str] = []

    def ends(task: AgentTask) -> AgentProposal:
        asked.append(task.key)
        if len(asked) == 1:
            raise KeyboardInterrupt
        return check(task)

    def again() -> None:
        with writer(ws) as found:
            perform_on(found._runner, Agents({"drafter": draft, "checker": ends}), found, run, "0.0#1", 1, 1)

    with pytest.raises(KeyboardInterrupt):
        again()
    return run, again


def test_an_entry_that_is_performed_again_finds_what_it_had_gone_on_with(any_ws: Workspace) -> None:
    ws = any_ws
    run, again = interrupted(ws)
    between = get_run(ws, run)
    assert [(i.status, i.begun) for i in between.items] == [(ItemStatus.COMPLETED, 1), (ItemStatus.OPEN, 1)]
    assert requeue_lost(Runner(ws)) == 0  # the entry lives: DBOS performs it again
    again()
    ended = get_run(ws, run)
    assert (ended.status, [i.begun for i in ended.items]) == (RunStatus.COMPLETED, [1, 2, 1])
    assert len({r.key for r in audit_records(ws) if r.key}) == 3
    again()  # and once more: nothing
    assert get_run(ws, run) == ended


def test_what_an_entry_had_gone_on_with_is_queued_again_when_the_entry_is_gone(ws: Workspace) -> None:
    run, again = interrupted(ws)
    with ws.database.begin() as connection:
        connection.execute(sa.text("DELETE FROM workflow_status"))
    assert requeue_lost(Runner(ws)) == 1
    again()  # the old entry does nothing any more
    assert [(i.carried, i.queued, i.begun) for i in get_run(ws, run).items] == [(None, 1, 1), (None, 1, 1)]
    work(ws, until_idle=True, agents=AGENTS)
    assert get_run(ws, run).status is RunStatus.COMPLETED


def test_a_paused_run_is_not_gone_on_with(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended(checks=1))
    run = start_run(ws, "unattended", by=local("Ada")).id

    def pausing(task: AgentTask) -> AgentProposal:
        pause_run(ws, run, reason="stop", by=local("Ada"))
        return draft(task)

    with writer(ws) as found:
        perform_on(found._runner, Agents({"drafter": pausing}), found, run, "0.0#1", 1, 1)
    assert [(i.parked, i.carried) for i in get_run(ws, run).items] == [(False, None), (True, None)]
    resume_run(ws, run, reason="go on", by=local("Ada"))
    work(ws, until_idle=True, agents=AGENTS)
    assert get_run(ws, run).status is RunStatus.COMPLETED


def test_what_is_tried_again_later_gets_an_entry_of_its_own(any_ws: Workspace) -> None:
    ws = any_ws
    department(ws)
    workflow = promoted(ws, unattended(checks=1))
    asked: list[tuple[str, int]] = []

    def hesitant(task: AgentTask) -> AgentProposal:
        asked.append((task.key, task.attempt))
        if task.attempt == 1:
            raise AgentFailed("not yet")
        return draft(task)

    run = start_run(ws, "unattended", by=local("Ada")).id
    work(ws, until_idle=True, agents={"drafter": hesitant, "checker": check})
    ended = get_run(ws, run)
    second = entry(run, "0.0#1", 2, 1)
    assert (ended.status, carriers(ended)) == (RunStatus.COMPLETED, [None, second, second])
    assert asked == [(f"{run}/0.0#1", 1), (f"{run}/0.0#1", 2)]
    assert_whole(workflow, ended)


def test_no_more_agents_are_asked_at_once_than_the_settings_say(ws: Workspace) -> None:
    department(ws)
    promoted(ws, unattended(checks=1))
    runs = [start_run(ws, "unattended", by=local("Ada")).id for _ in range(6)]
    now, most, guard = [0], [0], threading.Lock()

    def counting(task: AgentTask) -> AgentProposal:
        with guard:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with guard:
            now[0] -= 1
        return draft(task)

    with writer(ws, at_once=2) as found:
        agents = Agents({"drafter": counting, "checker": check})
        threads = [
            threading.Thread(target=perform_on, args=(found._runner, agents, found, run, "0.0#1", 1, 1)) for run in runs
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(patience(30))
    assert most == [2]
    assert {get_run(ws, run).status for run in runs} == {RunStatus.COMPLETED}


def test_what_waits_long_for_its_agent_is_put_back_so_that_waiting_counts_for_no_time_out(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(performing, "ROOM_SECONDS", 0.05)
    department(ws)
    workflow = promoted(ws, unattended(checks=1))
    run = start_run(ws, "unattended", by=local("Ada")).id
    with writer(ws, at_once=1) as found:
        go, asked = threading.Event(), threading.Event()

        def drafted(task: AgentTask) -> AgentProposal:
            asked.set()
            assert go.wait(patience(10))
            return draft(task)

        agents = Agents({"drafter": drafted, "checker": check})
        thread = threading.Thread(target=perform_on, args=(found._runner, agents, found, run, "0.0#1", 1, 1))
        thread.start()
        assert asked.wait(patience(10))
        other = threading.Thread(target=hold_room, args=(found, go, released := threading.Event()))
        other.start()
        wait_until(lambda: bool(found._room._waiters), 10, "another waits for room")  # type: ignore[attr-defined]
        go.set()
        wait_until(lambda: [i.begun for i in get_run(ws, run).items] == [1, 0], 10, "it is put back")
        (_, waiting) = get_run(ws, run).items
        assert (waiting.status, waiting.begun_at, waiting.timeout_at) == (ItemStatus.OPEN, None, None)
        assert waiting.carried == entry(run, "0.0#1", 1, 1)
        released.set()
        for each in (thread, other):
            each.join(patience(20))
    ended = get_run(ws, run)
    assert (ended.status, [i.begun for i in ended.items]) == (RunStatus.COMPLETED, [1, 1, 1])
    assert_whole(workflow, ended)


def hold_room(found: Writer, asked: threading.Event, released: threading.Event) -> None:
    """Take the room that whoever asks now gives up, and keep it."""
    with found.room():
        assert asked.is_set()
        assert released.wait(patience(20))


def test_who_waits_for_room_goes_home_when_the_worker_stops(ws: Workspace) -> None:
    with writer(ws, at_once=1) as found, found.room() as taken:
        assert taken
        told: list[bool] = []

        def wait() -> None:
            with found.room() as mine:
                told.append(mine)

        thread = threading.Thread(target=wait)
        thread.start()
        found.stop()
        thread.join(patience(10))
        assert told == [False]
