"""A queue entry that was taken and could not be begun is let go, and its task is queued again."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import sqlalchemy as sa

from core.actor.values import local
from core.workspace import Workspace
from orchestrator.machine.values import RunStatus
from orchestrator.running.queue import TaskQueue
from orchestrator.running.runs import get_run, start_run
from orchestrator.worker import working
from orchestrator.worker.hands import Hands
from orchestrator.worker.working import executor, work
from tests.orchestrator.running import AGENTS, department, promoted, unattended


class Taken(TaskQueue):
    """A queue of which the worker took two entries."""

    def __init__(self) -> None:
        self.gone: list[str] = []

    def taken(self, executor: str) -> set[str]:
        assert executor == "tandem"
        return {"a", "b"} - set(self.gone)

    def forget(self, entries: Iterable[str]) -> None:
        self.gone += entries


def test_a_task_whose_entry_cannot_be_begun_is_done_all_the_same(
    any_ws: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What is stored with the entry is gone, so that DBOS takes it and cannot dispatch it."""
    monkeypatch.setattr(working, "_HANDS_SECONDS", 0.5)
    department(any_ws)
    promoted(any_ws, unattended())
    run = start_run(any_ws, "unattended", by=local("Ada"))
    with any_ws.database.begin() as connection:
        schema = None if any_ws.database.is_sqlite else "dbos"
        assert connection.execute(sa.delete(sa.table("workflow_input", schema=schema))).rowcount == 1
    work(any_ws, until_idle=True, agents=AGENTS)
    assert get_run(any_ws, run.id).status is RunStatus.COMPLETED
    assert f"{run.id}/0.0#1/1/1` was taken and could not be begun" in caplog.text


def test_what_is_in_hand_is_left_alone(ws: Workspace) -> None:
    hands = Hands(executor(ws), 2)

    queue = Taken()
    with hands.holding("a"):
        assert hands.let_go(queue) == 0  # the first look only notes it
        assert hands.let_go(queue) == 1
        assert queue.gone == ["b"]
        assert hands.let_go(queue) == 0
    assert hands.let_go(queue) == 0
    assert hands.let_go(queue) == 0, "it ended, and DBOS may not have noted it yet"
    assert queue.gone == ["b"]
    with hands.holding("b") as mine:
        assert not mine, "it was let go: another entry stands for its task"


def test_what_may_wait_for_a_thread_is_left_alone(ws: Workspace) -> None:
    hands, queue = Hands(executor(ws), 1), Taken()
    with hands.holding("a"):
        assert (hands.let_go(queue), hands.let_go(queue), hands.let_go(queue)) == (0, 0, 0)
    assert queue.gone == []


def test_what_broke_off_is_let_go(ws: Workspace) -> None:
    hands, queue = Hands(executor(ws), 2), Taken()
    with pytest.raises(OSError, match="no database"), hands.holding("a"):
        raise OSError("no database")
    assert (hands.let_go(queue), hands.let_go(queue)) == (0, 2)
    assert sorted(queue.gone) == ["a", "b"]
