"""The command line as a whole: quick to start, never a traceback for what a user can mend."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.failures import explained
from app.main import run
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from tests.builders import staged_log

HEAVY = ("sqlalchemy", "duckdb", "pydantic", "alembic", "pm4py", "pandas", "streamlit", "plotly", "dbos", "cedarpy")


def test_help_imports_no_heavy_library() -> None:
    script = f"""
import sys
from app.main import run
run(["--help"])
sys.exit(", ".join(name for name in {HEAVY!r} if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
    assert "Commands:" in done.stdout


def test_a_home_that_is_a_file_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / "file"))
    assert run(["log", "list"]) == 2
    assert capsys.readouterr().err.startswith("TANDEM_HOME is `")


def test_a_database_broken_in_the_middle_is_one_message(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    open_workspace(settings).close()
    path = settings.home / "tandem.sqlite"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)
    assert run(["pilot", "list"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("The operational database")
    assert "Traceback" not in said


def test_an_event_log_broken_in_the_middle_is_one_message(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    version = staged_log(ws, [("1", "a", None, "2026-01-05 08:00", "Ann")])
    path = ws.logs.folder / version.file
    content = bytearray(path.read_bytes())
    content[12288:] = b"\x5a" * (len(content) - 12288)
    path.write_bytes(content)
    assert run(["map", "discover", version.log]) == 1
    said = capsys.readouterr().err
    assert "event log" in said
    assert "Traceback" not in said


def test_a_mistake_of_ours_is_not_explained_away() -> None:
    assert explained(ZeroDivisionError()) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "list", "--limit", "99999999999999999999"),
        ("policy", "show", "--version", "99999999999999999999"),
        ("kpi", "cases", "example", "cycle_time", "--offset", "99999999999999999999"),
        ("pilot", "import", "a" * 400),
        ("approval", "list", "--status", "perhaps"),
    ],
)
def test_what_cannot_fit_is_bad_input(
    ws: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    staged_log(ws, [("1", "a", None, "2026-01-05 08:00", "Ann")])
    assert run(list(arguments)) == 2
    assert capsys.readouterr().err.strip()


def test_the_version_is_printed_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("tandem 0.")


def test_a_version_is_taken_as_output_writes_it(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    log = staged_log(ws, [("1", "a", None, "2026-01-05 08:00", "Ann")]).log
    shown = []
    for written in ("1", "v1", "V1"):
        assert run(["map", "cases", log, "--version", written]) == 0
        shown.append(capsys.readouterr().out)
    assert len(set(shown)) == 1
    assert "1 of 1 case." in shown[0]
    assert run(["map", "cases", log, "--version", "one"]) == 2
    assert "`one` is no version. Say its number, such as 2 or v2." in capsys.readouterr().err
