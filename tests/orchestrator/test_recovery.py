"""kill -9 of the worker in the middle, three times: every run finishes, nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from core.actor.values import local
from core.settings import Settings
from core.view import View
from core.workspace import Workspace, open_workspace
from governance import RecordKind, audit_records, verify_audit
from kpi import measure
from orchestrator.machine.values import ItemStatus, RunStatus
from orchestrator.monitoring.export import export_runs
from orchestrator.running.queue import claims
from orchestrator.running.runs import count_runs, get_run, list_runs, start_runs
from orchestrator.running.tables import run_event
from tests.orchestrator.running import department, promoted, unattended
from tests.orchestrator.test_export import mapped
from tests.orchestrator.test_runs import assert_whole
from tests.patience import patience, wait_until

ROOT = Path(__file__).parents[2]
CHECKS = 1
STEPS = CHECKS + 2  # tasks of a run


def spawn(ws: Workspace, home: Path | None = None) -> subprocess.Popen[str]:
    """A worker process, of another installation where a `home` is given."""
    environment = {
        **os.environ,
        "TANDEM_HOME": str(home or ws.settings.home),
        "TANDEM_DATABASE_URL": ws.settings.database_url,
        "TANDEM_WORKER_POLL_SECONDS": "0.05",
    }
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.orchestrator.killed_worker"],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def done(ws: Workspace) -> int:
    """How many tasks are completed."""
    with ws.database.read() as connection:
        query = sa.select(sa.func.count()).select_from(run_event).where(run_event.c.kind == "task completed")
        return int(connection.execute(query).scalar_one())


def kill_after(ws: Workspace, worker: subprocess.Popen[str], tasks: int) -> None:
    """Kill the worker when that many tasks are completed."""
    deadline = time.monotonic() + patience(30)
    while done(ws) < tasks:
        assert worker.poll() is None, worker.communicate()[0]
        assert time.monotonic() < deadline, f"{done(ws)} tasks are completed"
        time.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()


def test_a_worker_killed_three_times_loses_and_doubles_nothing(any_ws: Workspace, tmp_path: Path) -> None:
    ws, calls = any_ws, tmp_path / "calls"
    department(ws)
    mapped(ws)
    workflow = promoted(ws, unattended(checks=CHECKS))
    runs = 60
    tasks = runs * STEPS
    start_runs(
        ws, "unattended", [(f"k{n}", {"wanted": n, "calls": str(calls)}, None) for n in range(runs)], by=local("Ada")
    )
    for share in (0.2, 0.45, 0.7):
        kill_after(ws, spawn(ws), int(tasks * share))
    output, _ = (last := spawn(ws)).communicate(timeout=patience(60))
    assert (last.returncode, output) == (0, "")

    assert count_runs(ws) == {RunStatus.COMPLETED: runs}
    for listed in list_runs(ws, limit=runs):
        run = get_run(ws, listed.id)
        assert_whole(workflow, run)
        assert {i.status for i in run.items} == {ItemStatus.COMPLETED}
        assert run.events == 1 + STEPS
    asked = Counter(calls.read_text().split())
    assert len(asked) == tasks  # an attempt that was interrupted is asked for again under the same key
    assert sum(asked.values()) - tasks <= 3 * claims(ws.settings)  # answers that were not settled are asked for again
    records = audit_records(ws, limit=10 * tasks)
    outcomes = Counter(r.about for r in records if r.kind is RecordKind.OUTCOME)
    attempts = Counter(r.key for r in records if r.kind is RecordKind.ATTEMPT)
    assert (len(outcomes), set(outcomes.values())) == (tasks, {1})
    assert (set(attempts), set(attempts.values())) == (set(asked), {1})
    assert verify_audit(ws).ok
    log = export_runs(ws, "unattended", by=local("Ada"))
    assert log is not None
    assert (log.cases, log.events) == (runs, tasks)
    measured = {m.key: m for m in measure(ws, View(log.log))}
    assert (measured["error_rate"].value, measured["error_rate"].n) == (0.0, tasks)
    assert measured["cycle_time"].n == runs


def test_a_worker_asked_to_stop_leaves_its_work_to_the_next(settings: Settings, tmp_path: Path) -> None:
    ws = open_workspace(settings)
    try:
        department(ws)
        promoted(ws, unattended(checks=CHECKS))
        start_runs(
            ws, "unattended", [(f"k{n}", {"calls": str(tmp_path / "calls")}, None) for n in range(10)], by=local("Ada")
        )
        worker = spawn(ws)
        wait_until(lambda: done(ws) >= 5, 30, "five tasks are completed")
        worker.send_signal(signal.SIGINT)
        worker.communicate(timeout=patience(20))
        output, _ = (last := spawn(ws)).communicate(timeout=patience(30))
        assert (last.returncode, output) == (0, "")
        assert count_runs(ws) == {RunStatus.COMPLETED: 10}
    finally:
        ws.close()
