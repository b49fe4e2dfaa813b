"""`tandem up`: serves, says where, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from app.main import run
from app.receiving import uploads_folder
from app.serve import check_port, dashboard_command, worker_command
from core.settings import Settings
from tests.app.dashboards import tandem_up
from tests.patience import patience


def test_what_was_sent_days_ago_is_removed_at_the_start(settings: Settings) -> None:
    old, fresh = (uploads_folder(settings) / (sign * 32) for sign in "ab")
    for folder in (old, fresh):
        folder.mkdir(parents=True)
        (folder / "names.csv").write_text("Ada")
    os.utime(old, (time.time() - 90_000,) * 2)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert run(["up", "--port", str(other.getsockname()[1])]) == 2  # it comes no further than the taken port
    assert [path.name for path in uploads_folder(settings).iterdir()] == ["b" * 32]


@pytest.mark.usefixtures("settings")
def test_a_taken_port_is_one_clear_message(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run(["up", "--port", str(port)]) == 2
    assert f"Port `{port}` on 127.0.0.1 is taken" in capsys.readouterr().err


def test_the_dashboards_listen_on_this_machine_only_and_tell_nobody() -> None:
    command = dashboard_command(8501)
    assert "--server.address=127.0.0.1" in command
    assert "--browser.gatherUsageStats=false" in command
    assert "--server.headless=true" in command


@pytest.mark.slow
def test_up_serves_with_a_worker_and_stops_both(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with tandem_up(home) as (address, process):
        with urlopen(f"{address}/_stcore/health", timeout=patience(10)) as answer:
            assert answer.status == 200
        assert len(_children_of(home)) == 2
    assert process.returncode == 0
    assert _children_of(home) == {}
    check_port(int(address.rsplit(":", 1)[1]))


@pytest.mark.slow
def test_when_a_child_ends_everything_ends_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with tandem_up(home) as (_, process):
        dashboards = next(pid for pid, command in _children_of(home).items() if b"streamlit" in command)
        os.kill(dashboards, signal.SIGKILL)
        assert process.wait(patience(20)) == 1
        assert process.stderr is not None
        message = process.stderr.read()
    assert "The dashboards ended with status -9" in message
    assert "Traceback" not in message
    assert _children_of(home) == {}


def _children_of(home: Path) -> dict[int, bytes]:
    """The command lines of the processes, besides `tandem up` itself, that work on `home`."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"TANDEM_HOME={home}".encode() in environment and (b"streamlit" in command or b"worker" in command):
            found[int(folder.name)] = command
    return found


def test_the_worker_is_a_command_of_ours() -> None:
    assert worker_command()[0] == sys.executable
    assert worker_command()[-1] == "worker"
