"""Names with escape codes: a terminal shows them, and does nothing that they say."""

from __future__ import annotations

import json
import logging
import re
import sys
from pathlib import Path

import pytest

from app.main import run
from core.workspace import Workspace
from tests.ingest.stored import row, stored

EVIL = "x\x1b]0;title\x07\x1b[31m\x9b2J\u202edcba\x7f\rOK"
SHOWN = r"x\x1b]0;title\x07\x1b[31m\x9b2J\u202edcba\x7f\rOK"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def wicked(ws: Workspace) -> None:
    """An event log in which a case, an activity, a performer and a value have such names."""
    rows = [row(f"c{n}{EVIL}", f"{step}{EVIL}", f"2025-03-0{n} 0{9 - (step == 'a')}:00", None, f"P{EVIL}")
            for n in range(1, 8) for step in "ab"]  # fmt: skip
    stored(ws, rows, log="wicked")


@pytest.mark.parametrize(
    "arguments",
    [
        ["map", "discover", "wicked"], ["map", "variants", "wicked"], ["map", "cases", "wicked"],
        ["map", "people", "wicked"], ["map", "performance", "wicked"], ["log", "report", "wicked"],
        ["log", "personal", "wicked"], ["map", "case", "wicked", f"c1{EVIL}"],
        ["map", "conformance", "wicked", "--variants", "1"], ["map", "hidden", "wicked"], ["log", "list"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_json", [False, True])
def test_no_command_steers_the_terminal(
    ws: Workspace, capfd: pytest.CaptureFixture[str], arguments: list[str], as_json: bool
) -> None:
    wicked(ws)
    capfd.readouterr()
    assert run([*arguments, *(["--json"] if as_json else [])]) == 0
    said = capfd.readouterr()
    assert STEERING.findall(said.out + said.err) == []
    if as_json:
        json.loads(said.out)


def test_json_is_the_same_value(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    wicked(ws)
    assert run(["map", "discover", "wicked", "--json"]) == 0
    said = capsys.readouterr().out
    assert {each["name"] for each in json.loads(said)["activities"]} == {f"a{EVIL}", f"b{EVIL}"}


def test_a_name_is_shown_with_its_codes_written(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    wicked(ws)
    assert run(["map", "discover", "wicked", "--all"]) == 0
    assert SHOWN in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [
    ["role", "add", EVIL, EVIL], ["person", "add", EVIL], ["log", "report", EVIL],
    ["map", "case", "wicked", EVIL], ["run", "show", EVIL], ["filter", "save", "wicked", EVIL, "--filters", EVIL],
    ["log", "import", f"/nowhere/{EVIL}"], ["calendar", "set", EVIL, "--hours", EVIL],
])  # fmt: skip
def test_neither_what_is_done_nor_what_is_refused_steers_it(
    ws: Workspace, capfd: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    wicked(ws)
    capfd.readouterr()
    run(arguments)
    said = capfd.readouterr()
    assert said.out + said.err
    assert STEERING.findall(said.out + said.err) == []


def test_pilots_roles_and_people_are_listed_without_their_codes(
    ws: Workspace, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = EVIL.replace("\r", "")
    sheet = tmp_path / "pilots.csv"
    sheet.write_text(f"name,department,purpose\n{name},IT,{name}\n", "utf-8")
    assert run(["pilot", "import", str(sheet)]) == 0
    assert run(["role", "add", "Clerk", f"does {EVIL}"]) == 0
    for wicked in (["role", "add", "Clerk\x1b[31m", "x"], ["person", "add", "Eve\x1b[31m"]):
        assert run(wicked) == 2, "such a name is refused, in words without the codes"
    for noun in ("pilot", "role", "person", "audit"):
        assert run([noun, "list"]) == 0
        assert run([noun, "list", "--json"]) == 0
    said = capfd.readouterr()
    assert STEERING.findall(said.out + said.err) == []
    assert all(shown in said.out for shown in (r"x\x1b]0;title\x07",))


def test_half_a_character_is_no_traceback(ws: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "report", "x\udc80"]) == 2
    assert "half a character" in capfd.readouterr().err


def test_what_the_worker_logs_does_not_steer_it(ws: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    run(["worker", "--until-idle"])
    assert logging.lastResort is not None
    logging.lastResort.handle(logging.LogRecord("tandem.worker", logging.WARNING, "", 0, "%s", (EVIL,), None))
    sys.stderr.flush()
    said = capfd.readouterr().err
    assert SHOWN in said
    assert STEERING.findall(said) == []
