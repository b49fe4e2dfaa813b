"""A worker that is stopped in the middle of work does not stop another one on PostgreSQL."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from core.actor.values import local
from core.database import make_engine
from core.settings import Settings
from core.workspace import open_workspace
from governance import verify_audit
from orchestrator.machine.values import RunStatus
from orchestrator.running.rows import change_run, lock
from orchestrator.running.runs import count_runs, get_run, list_runs, start_run, start_runs
from orchestrator.running.step import Runner
from orchestrator.worker import waiting
from orchestrator.worker.settling import About, Alone
from orchestrator.worker.waiting import bounded, passes
from tests.orchestrator.running import department, promoted, unattended
from tests.orchestrator.test_recovery import CHECKS, done, spawn
from tests.orchestrator.test_runs import assert_whole
from tests.patience import patience, wait_until

pytestmark = pytest.mark.postgres
RUNS = 60
CLAIMED = 32  # by a worker, at most


def test_a_worker_that_is_stopped_does_not_stop_another(settings: Settings, postgres_url: str, tmp_path: Path) -> None:
    ws = open_workspace(settings.model_copy(update={"database_url": postgres_url}))
    try:
        department(ws)
        workflow = promoted(ws, unattended(checks=CHECKS))
        context = {"calls": str(tmp_path / "calls")}
        start_runs(ws, "unattended", [(f"k{n}", context, None) for n in range(RUNS)], by=local("Ada"))
        stopped = spawn(ws)
        wait_until(lambda: done(ws) >= 5, 60, "five tasks are completed")
        stopped.send_signal(signal.SIGSTOP)
        other = spawn(ws, tmp_path / "other")
        try:
            wait_until(
                lambda: count_runs(ws).get(RunStatus.COMPLETED, 0) >= RUNS - CLAIMED, 60,
                "the other worker has done what the stopped one had not claimed",
            )  # fmt: skip
        finally:
            stopped.send_signal(signal.SIGCONT)
        for worker in (stopped, other):
            output, _ = worker.communicate(timeout=patience(60))
            assert (worker.returncode, output) == (0, "")
        assert count_runs(ws) == {RunStatus.COMPLETED: RUNS}
        for listed in list_runs(ws, limit=RUNS):
            assert_whole(workflow, get_run(ws, listed.id))
        assert verify_audit(ws).ok
    finally:
        ws.close()


def test_a_session_that_stands_still_is_ended_and_frees_what_it_had_locked(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "IDLE_SECONDS", 0.3)
    frozen, other = make_engine(postgres_url), make_engine(postgres_url)
    try:
        with other.begin() as connection:
            connection.execute(sa.text("CREATE TABLE t (n int)"))
        with bounded(frozen), pytest.raises(DBAPIError) as ended:
            _stand_still(frozen, other)
        assert passes(ended.value)
        with other.begin() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM t")).scalar_one() == 0
            assert connection.execute(sa.text("SHOW idle_in_transaction_session_timeout")).scalar_one() == "0"
    finally:
        frozen.dispose()
        other.dispose()


def _stand_still(frozen: Engine, other: Engine) -> None:
    """Lock, until another takes the lock because this session was ended; then write."""
    with frozen.begin() as connection:
        connection.execute(sa.text("LOCK TABLE t"))
        with other.begin() as second:
            second.execute(sa.text("SET LOCAL lock_timeout = '20s'"))
            second.execute(sa.text("LOCK TABLE t"))
        connection.execute(sa.text("INSERT INTO t VALUES (1)"))


def test_what_was_interrupted_like_that_is_done_again(
    settings: Settings, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "IDLE_SECONDS", 0.3)
    ws = open_workspace(settings.model_copy(update={"database_url": postgres_url}))
    try:
        department(ws)
        promoted(ws, unattended())
        run = start_run(ws, "unattended", by=local("Ada")).id
        calls: list[int] = []

        def slow_at_first(connection: Connection) -> str:
            lock(connection, run)
            calls.append(1)
            if len(calls) == 1:
                time.sleep(1.5)
            change_run(connection, run, cause="done")
            return "done"

        with bounded(ws.database.engine):
            found = Alone(Runner(ws)).do(About(run, f"{run}/0.0#1", f"{run}/0.0#1/1"), slow_at_first)
        assert (found, len(calls), get_run(ws, run).cause) == ("done", 2, "done")
    finally:
        ws.close()
