"""`tandem log`: what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.main import run
from core.settings import Settings
from tests.ingest.files import csv_file

TEXT = """case,activity,end,user
          1,a,2026-01-05T08:00:00+01:00,Bo [x]
          1,b,2026-01-05T09:00:00+01:00,SYSTEM"""


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The JSON that `tandem` prints."""
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_import_list_show_quality(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = csv_file(tmp_path / "orders.csv", TEXT)
    done = answer(capsys, "log", "import", str(path), "--kind", "Bo [x]=human")
    counts = ("log", "version", "cases", "events", "event_rows", "activities", "performers")
    assert {key: done[key] for key in counts} == {
        "log": "orders", "version": 1, "cases": 1, "events": 2, "event_rows": 2, "activities": 2, "performers": 2,
    }  # fmt: skip
    assert (done["start"], done["end"]) == ("2026-01-05T07:00:00+00:00", "2026-01-05T08:00:00+00:00")
    assert done["roles"]["performer"] == "user"
    listed = answer(capsys, "log", "list")
    assert [(v["log"], v["version"], v["start"]) for v in listed] == [("orders", 1, done["start"])]
    shown = answer(capsys, "log", "show", "orders")
    assert shown["meta"]["mapping"]["case"]["column"] == "case"
    assert shown["created_by"].startswith("person-")
    assert answer(capsys, "log", "quality", "orders") == done["quality"]


def test_people_get_text(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "list"]) == 0
    assert "There is no event log yet" in capsys.readouterr().out
    assert run(["log", "import", str(csv_file(tmp_path / "orders.csv", TEXT)), "--as", "Ada"]) == 0
    assert "1 case, 2 activity instances" in capsys.readouterr().out
    for verb in (["list"], ["show", "orders"], ["quality", "orders"]):
        assert run(["log", *verb]) == 0
        shown = capsys.readouterr().out
        assert shown.strip()
        assert "expect_" not in shown
    assert "every row has a value" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["log", "show", "nothing"], "There is no event log `nothing`"),
        (["log", "quality", "nothing"], "There is no event log `nothing`"),
        (["log", "import", "missing.csv"], "There is no file `missing.csv`"),
        (["log", "import", "missing.csv", "--kind", "Bo"], "`--kind Bo` is not NAME=KIND"),
    ],
)
def test_errors_are_one_message_and_status_2(
    arguments: list[str], message: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    found = capsys.readouterr()
    assert message in found.err
    assert "Traceback" not in found.err
    assert found.out == ""


def test_nothing_but_json_reaches_standard_output(settings: Settings, tmp_path: Path) -> None:
    text = '<log><trace><string key="concept:name" value="c"/><event><string key="concept:name" value="a"/>'
    text += (
        '<date key="time:timestamp" value="2026-01-05T08:00:00Z"/><id key="k" value="no uuid"/></event></trace></log>'
    )
    path = tmp_path / "x.xes"
    path.write_text(text)
    code = "import sys; from app.main import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", code, "log", "import", str(path), "--json"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["events"] == 1
    assert done.stderr == ""
