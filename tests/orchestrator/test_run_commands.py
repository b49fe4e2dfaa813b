"""`tandem run`, `tandem inbox` and `tandem worker`, as a person types them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.main import run
from core.actor.values import local
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from orchestrator.running.runs import start_run
from orchestrator.runtimes.boundary import AS_ROOT
from orchestrator.worker.working import work
from tests.orchestrator.running import AGENTS, department, procurement, promoted, unattended
from tests.orchestrator.test_export import mapped
from tests.patience import patience, wait_until

AT_START = [*([AS_ROOT] if os.getuid() == 0 else []), "The agent `Checker`", "The agent `Drafter`"]  # who has no module


@pytest.fixture
def office(settings: Settings) -> Iterator[Workspace]:
    """The department with its workflows, on the machine's clock as the commands are."""
    workspace = open_workspace(settings)
    department(workspace)
    mapped(workspace)
    promoted(workspace, procurement())
    promoted(workspace, unattended())
    yield workspace
    workspace.close()


def told(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> Any:
    """What a command prints with --json or, where it fails, on standard error."""
    capsys.readouterr()
    assert run([*arguments, *(["--json"] if status == 0 else [])]) == status
    captured = capsys.readouterr()
    return json.loads(captured.out) if status == 0 else captured.err


def test_from_start_to_end(office: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    context = tmp_path / "context.json"
    context.write_text('{"wanted": 50, "note": "x"}')
    started = told(
        capsys, "run", "start", "procurement", "--context", str(context), "--set", "note=urgent", "--key", "1"
    )
    assert started["state"]["context"] == {"wanted": 50, "note": "urgent"}
    assert told(capsys, "run", "pause", started["id"], "--reason", "audit")["status"] == "paused"
    assert told(capsys, "run", "resume", started["id"], "--reason", "over")["status"] == "running"
    work(office, until_idle=True, agents=AGENTS)
    (entry,) = told(capsys, "inbox", "list", "--as", "Cleo")
    assert told(capsys, "inbox", "claim", entry["id"], "--as", "Cleo")["status"] == "claimed"
    assert told(capsys, "inbox", "release", entry["id"], "--as", "Cleo")["status"] == "open"
    refused = told(capsys, "inbox", "complete", entry["id"], "--set", "amount=1", "--as", "Cleo", status=1)
    assert "`Cleo` may not complete `Approve order` so." in refused
    done = told(capsys, "inbox", "complete", entry["id"], "--answer", "ok=true", "--note", "fine", "--as", "Cleo")
    assert done["status"] == "completed"
    work(office, until_idle=True, agents=AGENTS)
    shown = told(capsys, "run", "show", started["id"])
    assert (shown["status"], shown["state"]["answers"]["Approve order"]) == ("completed", {"ok": True})
    assert [r["id"] for r in told(capsys, "run", "list", "--status", "completed")] == [started["id"]]
    exported = told(capsys, "run", "export", "procurement")
    assert (exported["log"], exported["cases"], exported["events"]) == ("procurement-runs", 1, 5)


def test_approvals_are_answered_in_the_inbox(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    for amount in (8000, 9000):
        start_run(office, "unattended", context={"wanted": amount}, by=local("Ada"))
    work(office, until_idle=True, agents=AGENTS)
    first, second = told(capsys, "inbox", "list", "--as", "Mia")
    assert told(capsys, "inbox", "approve", first["id"], "--as", "Mia")["status"] == "granted"
    assert told(capsys, "inbox", "refuse", second["id"], "--reason", "too dear", "--as", "Mia")["status"] == "refused"
    (task,) = told(capsys, "inbox", "list", "--as", "Mia")
    assert task["cause"] == "approval refused: too dear"
    failed = told(capsys, "inbox", "reject", task["id"], "--reason", "indeed", "--as", "Mia")
    assert failed["status"] == "failed"
    assert told(capsys, "run", "retry", failed["run"], "--reason", "after all")["status"] == "running"
    assert told(capsys, "run", "cancel", failed["run"], "--reason", "or not")["status"] == "cancelled"


def test_lists_name_the_run_its_key_and_what_would_change(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    started = start_run(office, "unattended", context={"wanted": 8000}, key="PO-17", by=local("Ada"))
    work(office, until_idle=True, agents=AGENTS)
    (entry,) = told(capsys, "inbox", "list", "--as", "Mia")
    assert (entry["kind"], entry["run"], entry["key"]) == ("approval", started.id, "PO-17")
    assert entry["changes"]["amount"] == 8000
    for command, words in {
        ("inbox", "list", "--as", "Mia"): (started.id, "PO-17", "change", "amount", "8000"),
        ("run", "list"): ("PO-17",),
        ("run", "show", started.id): ("started with the key PO-17",),
    }.items():
        assert run([*command]) == 0
        said = capsys.readouterr().out
        assert [word for word in words if word not in said] == []


def test_a_known_key_is_said_and_refused_with_other_values(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    start = ("run", "start", "procurement", "--set", "wanted=50", "--key", "PO-1")
    first = told(capsys, *start)
    assert first["started_before"] is False
    again = told(capsys, *start)
    assert (again["id"], again["started_before"]) == (first["id"], True)
    assert run([*start]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "It was started before with the key PO-1; nothing was started now." in said
    refused = told(capsys, *start, "--set", "note=x", status=2)
    assert f"Run `{first['id']}` of `procurement` was started before with the key `PO-1`" in refused
    assert "- `note`: left out then, given now" in refused


def test_a_name_with_dots_is_the_way_into_an_object(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    promoted(office, procurement("own", Approve_order={"fields": ("supplier.name",)}))
    start = ("run", "start", "own", "--set", "wanted=50", "--set", "supplier.name=ACME", "--set", "supplier.city=Bonn")
    started = told(capsys, *start)
    assert started["state"]["context"]["supplier"] == {"name": "ACME", "city": "Bonn"}
    refused = told(capsys, "run", "start", "own", "--set", "supplier={bad", status=2)
    assert "The value of `supplier` begins like JSON and is none" in refused


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "start", "nothing"), "There is no workflow `nothing`"),
        (("run", "start", "procurement", "--set", "wanted"), "`wanted` is not name=value"),
        (("run", "start", "procurement", "--context", "missing.json"), "`missing.json` cannot be read as JSON"),
        (("run", "show", "r0"), "There is no run `r0`"),
        (("inbox", "claim", "r0/0#1"), "There is no run `r0`"),
        (("inbox", "approve", "a0"), "There is no approval `a0`"),
    ],
)
def test_bad_input_is_one_clear_message(
    office: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert said in told(capsys, *arguments, status=2)


@pytest.mark.parametrize("arguments", [("run", "list"), ("run", "show"), ("inbox", "list")])
def test_people_read_tables(office: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    started = start_run(office, "procurement", by=local("Ada"))
    work(office, until_idle=True, agents=AGENTS)
    extra = {"show": (started.id,), "list": ()}[arguments[1]] + (("--as", "Cleo") if arguments[0] == "inbox" else ())
    assert run([*arguments, *extra]) == 0
    assert started.id in capsys.readouterr().out


def worker(*arguments: str) -> subprocess.Popen[str]:
    """`tandem worker` in a process of its own, any warning being an error."""
    command = [sys.executable, "-W", "error", "-c", "from app.main import main; main()", "worker", *arguments]
    return subprocess.Popen(
        command, cwd=Path(__file__).parents[2], env=dict(os.environ), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def told_of(errors: str) -> list[str]:
    """The first words of each line of what a worker said on standard error."""
    return [line.partition(" cannot be asked")[0] for line in errors.splitlines()]


def test_the_worker_prints_what_became_of_the_runs(office: Workspace) -> None:
    output, errors = worker("--until-idle", "--json").communicate(timeout=patience(30))
    assert (json.loads(output), told_of(errors)) == ({"runs": {}}, AT_START)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_worker_ends_when_it_is_told(office: Workspace, number: int) -> None:
    started = worker()
    lock = office.settings.home / ".worker.lock"
    wait_until(lock.exists, 20, "the worker took its lock")
    started.send_signal(number)
    output, errors = started.communicate(timeout=patience(20))
    assert (started.returncode, output, told_of(errors)) == (0, "The worker has ended. Runs: none.\n", AT_START)


def test_long_names_are_cut_where_a_run_is_shown(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    long = "n" * 20_000
    started = start_run(office, "procurement", context={long: 1, "note": "v" * 20_000}, by=local("Ada"))
    capsys.readouterr()
    assert run(["run", "show", started.id]) == 0
    said = capsys.readouterr().out
    assert "… (20,000 characters)" in said
    assert max(map(len, said.splitlines())) < 1_200
    assert len(told(capsys, "run", "show", started.id)["state"]["context"]) == 2  # whole
