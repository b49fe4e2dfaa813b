"""Agents that mean harm, run by a real worker: whatever they try, the attempt fails, and nothing has changed."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.clock import FixedClock
from core.errors import TandemError
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from governance import ApprovalStatus, Ruling, approvals, audit_records, policies, principals, verify_audit
from orchestrator.machine.task import Doer
from orchestrator.machine.values import ItemStatus, RunStatus
from orchestrator.running.inbox import complete
from orchestrator.running.records import Run, WorkItem
from orchestrator.running.runs import get_run, start_run
from orchestrator.runtimes.limits import NAMES
from orchestrator.worker.working import work
from tests.orchestrator.running import department, promoted, unattended
from tests.patience import patience, wait_until

CHECKER = "python:tests.orchestrator.agents:check"
HONEST = {"drafter": "python:tests.security.plugins:honest", "checker": CHECKER}


@pytest.fixture
def house(any_ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace that whoever sees the worker's environment can open."""
    if any_ws.settings.database_url:
        monkeypatch.setenv("TANDEM_DATABASE_URL", any_ws.settings.database_url)
    return any_ws


def prepared(ws: Workspace, timeout: float = 120.0) -> None:
    """The department, and a workflow whose drafter has one try before a manager is asked."""
    department(ws)
    workflow = unattended(checks=1)
    tasks = {**workflow.tasks, "0.0": replace(workflow.tasks["0.0"], timeout_seconds=timeout, max_attempts=1)}
    promoted(ws, replace(workflow, tasks=tasks))


def attacked(ws: Workspace, attack: str, **context: Any) -> Run:
    """A run whose order was to be drafted by the agent that means harm."""
    run = start_run(ws, "unattended", context=context, by=local("Ada"))
    work(ws, until_idle=True, agents={"drafter": f"python:tests.security.plugins:{attack}", "checker": CHECKER})
    return get_run(ws, run.id)


def draft_of(run: Run) -> WorkItem:
    """The item that the agent was asked for."""
    (found,) = [item for item in run.items if item.label == "Draft order"]
    return found


def state(ws: Workspace) -> Any:
    """What an agent might want to change."""
    return principals(ws), policies(ws), approvals(ws)


def failed(ws: Workspace, run: Run) -> str:
    """Why the attempt failed; asserts that it did, that a person has the task, and that the run can go on."""
    item = draft_of(run)
    assert (item.status, item.doer, item.role) == (ItemStatus.OPEN, Doer.PERSON, "manager")
    assert "supplier" not in run.state.context
    complete(ws, item.id, changes={"amount": 1}, by=local("Mia"))
    work(ws, until_idle=True, agents=HONEST)
    assert get_run(ws, run.id).status is RunStatus.COMPLETED
    assert verify_audit(ws).ok
    return item.cause or ""


def test_an_honest_agent_is_served(ws: Workspace) -> None:
    prepared(ws)
    run = attacked(ws, "honest")
    assert (run.status, run.state.context["supplier"]) == (RunStatus.COMPLETED, "Acme")


def test_an_agent_cannot_answer_its_own_approval(house: Workspace) -> None:
    ws = house
    prepared(ws)
    first = attacked(ws, "wants_much")
    assert draft_of(first).status is ItemStatus.WAITING
    second = attacked(ws, "answers_itself")
    assert "supplier" not in second.state.context
    assert {each.status for each in approvals(ws)} == {ApprovalStatus.PENDING}
    assert get_run(ws, first.id) == first


@pytest.mark.parametrize("attack", ["raises_its_level", "replaces_the_policies"])
def test_an_agent_cannot_change_what_governs_it(house: Workspace, attack: str) -> None:
    prepared(house)
    before = state(house)
    failed(house, attacked(house, attack))
    assert state(house) == before


def test_an_agent_cannot_change_the_code_that_decides(ws: Workspace) -> None:
    prepared(ws)
    run = attacked(ws, "patches_the_decision")
    assert draft_of(run).status is ItemStatus.WAITING  # its amount is above the limit, whatever it did to its own copy
    assert [record.effect for record in audit_records(ws, principal="agent-drafter", kind="attempt")] == [
        Ruling.NEEDS_APPROVAL
    ]
    assert draft_of(attacked(ws, "wants_much")).status is ItemStatus.WAITING


@pytest.mark.parametrize("attack", ["reads_the_environment", "finds_objects", "uses_open_files"])
def test_an_agent_finds_nothing_in_its_process(house: Workspace, attack: str) -> None:
    prepared(house)
    assert failed(house, attacked(house, attack)) == "nothing found"


def test_a_looping_agent_frees_the_worker_at_the_time_out(settings: Settings, clock: FixedClock) -> None:
    """The clock of runs stands still: nothing but the end of the agent's process can give the only slot back."""
    ws = open_workspace(settings.model_copy(update={"worker_concurrency": 1}), clock)
    try:
        prepared(ws, timeout=2.0)
        runs = [start_run(ws, "unattended", by=local("Ada")) for _ in range(2)]
        begun = time.monotonic()
        agents = {"drafter": "python:tests.security.plugins:loops", "checker": CHECKER}
        work(ws, until_idle=True, agents=agents)
        assert time.monotonic() - begun < patience(10)
        for run in runs:
            found = get_run(ws, run.id)
            assert [r.kind for r in found.history if r.item == "0.0#1"] == ["task timed out"]
            assert (draft_of(found).doer, draft_of(found).cause) == (Doer.PERSON, "no answer within 2 seconds")
    finally:
        ws.close()


def test_an_agent_that_hears_no_signal_is_ended_too(ws: Workspace) -> None:
    prepared(ws, timeout=2.0)
    assert failed(ws, attacked(ws, "sleeps_deaf")) == "no answer within 2 seconds"


def test_a_looping_agent_is_ended_by_its_processor_time(settings: Settings, clock: FixedClock) -> None:
    ws = open_workspace(settings.model_copy(update={"agent_cpu_seconds": 1}), clock)
    try:
        prepared(ws)
        assert "SIGXCPU (more processor time than it may use)" in failed(ws, attacked(ws, "loops"))
    finally:
        ws.close()


@pytest.mark.parametrize(
    ("attack", "cause"),
    [
        ("eats_memory", "MemoryError"),
        ("says_much", "is no frame, or is larger than 1,000,000 bytes"),
        ("says_many_fields", f"has more than {NAMES:,} fields"),
        ("says_it_deeply", "is nested in more than 20 levels"),
        ("writes_garbage", "is no frame, or is larger"),
        ("answers_another", "answered another question than the one it was asked"),
        ("exits", "process ended with status 3"),
        ("leaves", "SystemExit: enough"),
    ],
)
def test_what_is_no_answer_is_a_failed_attempt(ws: Workspace, attack: str, cause: str) -> None:
    prepared(ws)
    assert cause in failed(ws, attacked(ws, attack))


def test_of_two_answers_one_counts(ws: Workspace) -> None:
    prepared(ws)
    run = attacked(ws, "answers_twice")
    assert (run.status, run.events) == (RunStatus.COMPLETED, 4)
    assert len(audit_records(ws, principal="agent-drafter", kind="attempt")) == 1


def test_what_an_agent_starts_ends_with_it(ws: Workspace, tmp_path: Path) -> None:
    prepared(ws, timeout=3.0)
    mark = tmp_path / "mark"
    failed(ws, attacked(ws, "forks", hint=str(mark)))
    started = int(mark.read_text())
    wait_until(lambda: not Path(f"/proc/{started}").exists() or _is_zombie(started), 5, "the process has ended")


def _is_zombie(process: int) -> bool:
    """Ended, and not yet reaped by whoever has it now."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_what_an_agent_prints_is_no_answer_and_is_logged_in_part(
    ws: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    prepared(ws)
    caplog.set_level(logging.INFO, "tandem.agent")
    assert attacked(ws, "prints").status is RunStatus.COMPLETED
    (told,) = [record.getMessage() for record in caplog.records if record.name == "tandem.agent"]
    assert "words words" in told
    assert "\x1b" not in told
    assert len(told) < 5_000


def _runs(python: str) -> bool:
    """Whether `nobody` can run this interpreter."""
    try:
        return subprocess.run([python, "-I", "-c", ""], user="nobody", cwd="/", check=False).returncode == 0
    except OSError:
        return False


@pytest.fixture
def apart(settings: Settings, clock: FixedClock) -> Iterator[Workspace]:
    """A workspace whose agents run as another user."""
    if os.getuid() != 0:
        pytest.skip("only root can run agents as another user")
    python = next((each for each in ("", "/usr/bin/python3") if _runs(each or sys.executable)), None)
    if python is None:
        pytest.skip("the user `nobody` can run no Python here")
    ws = open_workspace(settings.model_copy(update={"agent_user": "nobody", "agent_python": python}), clock)
    yield ws
    ws.close()


def test_an_honest_agent_is_served_as_another_user(apart: Workspace) -> None:
    prepared(apart)
    assert attacked(apart, "honest").state.context["supplier"] == "Acme"


@pytest.mark.parametrize(
    "attack", ["corrupts_the_file", "changes_the_database", "reads_its_parents_environment", "signals_its_parent"]
)
def test_as_another_user_an_agent_reaches_nothing_though_it_knows_where(apart: Workspace, attack: str) -> None:
    prepared(apart)
    before = state(apart)
    path = apart.settings.home / "tandem.sqlite"
    assert path.exists()
    cause = failed(apart, attacked(apart, attack, hint=str(path)))
    assert any(each in cause for each in ("PermissionError", "unable to open database file")), cause
    assert state(apart) == before


def test_how_agents_are_to_run_is_checked_before_anything_is_asked(settings: Settings, clock: FixedClock) -> None:
    for wrong, words in (
        ({"agent_user": "nobody-at-all"}, "is no user of this machine"),
        ({"agent_user": "root"}, "must not be root"),
        ({"agent_python": "/nowhere/python"}, "`/nowhere/python` says"),
        ({"agent_python": "/bin/false"}, "ended with status 1"),
    ):
        ws = open_workspace(settings.model_copy(update=wrong), clock)
        try:
            with pytest.raises(TandemError, match=words):
                work(ws, until_idle=True)
        finally:
            ws.close()


_CHILD = "import os, pathlib; print(len(pathlib.Path(f'/proc/{os.getppid()}/environ').read_bytes()))"
_PARENT = f"""
import subprocess, sys
sys.path.append(sys.argv[1])
from orchestrator.runtimes.boundary import hide
if sys.argv[2] == "hide":
    hide()
print(subprocess.run([sys.executable, "-c", {_CHILD!r}], capture_output=True, text=True))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc elsewhere")
def test_the_workers_environment_is_closed_to_its_own_user() -> None:
    """Run as a user that is not root: root reads everything."""
    python = next((p for p in (sys.executable, "/usr/bin/python3") if _runs(p)), None)
    if python is None:
        pytest.skip("the user `nobody` can run no Python here")
    root = Path(__file__).parents[2]
    user: dict[str, Any] = {"user": "nobody"} if os.getuid() == 0 else {}
    said = {
        how: subprocess.run(
            [python, "-I", "-c", _PARENT, str(root), how], capture_output=True, text=True, cwd="/", check=True, **user
        ).stdout
        for how in ("show", "hide")
    }
    assert "returncode=0" in said["show"]
    assert "PermissionError" in said["hide"]
