"""Lists that fit a reader: the top, how many more there are, and the option for every one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import typer
from typer.main import get_command

from app.main import app, run
from app.output import EVERY, MOST, few, limited, say_rest, show_table, top
from app.paging import PAGE, pages
from core.workspace import Workspace
from tests.ingest.stored import row, stored


def test_a_table_shows_the_top_and_says_how_to_have_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(f"name {n}",) for n in range(MOST + 3)]
    show_table(("name",), rows, empty="", every=False, what="names")
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1 + MOST + 1
    assert said[-1] == "20 of 23 names are listed; `--all` gives every one."
    show_table(("name",), iter(rows), empty="", every=True)
    assert len(capsys.readouterr().out.splitlines()) == 1 + MOST + 3


def test_nothing_is_said_of_the_rest_where_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("name",), [("one",)] * MOST, empty="", every=False)
    say_rest(3, 3)
    assert "listed" not in capsys.readouterr().out


def test_what_is_shown_of_names_and_limits() -> None:
    names = [str(n) for n in range(22)]
    assert top(names, every=False) == names[:MOST]
    assert top(names, every=True) == names
    assert few(names, every=False).endswith("18, 19 and 2 more; `--all` names every one")
    assert few(names[:2], every=False) == "0, 1"
    assert [limited(None, False), limited(7, False), limited(7, True), limited(0, False)] == [MOST, 7, EVERY, 0]


def _commands() -> Iterator[tuple[str, typer.core.TyperCommand]]:
    for noun, group in get_command(app).commands.items():  # type: ignore[attr-defined]
        for verb, command in getattr(group, "commands", {}).items():
            yield f"{noun} {verb}", command


def test_every_command_that_lists_has_the_option() -> None:
    """A list has no bound: whatever is called `list`, and every analysis, can be asked for all of it."""
    listing = {
        "log report", "log quality", "log personal", "log lineage", "map discover", "map show", "map variants",
        "map cases",
        "map case", "map people", "map hidden", "map causes", "map compare", "map drift", "map conformance",
        "map performance", "kpi trend", "kpi cases", "kpi baselines", "pilot overlaps", "pilot clusters", "pilot gaps",
        "pilot risks", "pilot assess", "pilot decisions", "pilot portfolio", "pilot ledger",
        "policy show", "policy actions", "run show", "workflow show",
    }  # fmt: skip
    found = {name: {option for p in command.params for option in p.opts} for name, command in _commands()}
    listing |= {name for name in found if name.endswith(" list") and name != "kpi list"}  # of which there are five
    assert listing <= set(found)
    assert [name for name in sorted(listing) if "--all" not in found[name]] == []


def _wide(ws: Workspace) -> None:
    rows = [row(f"c{n}", f"Step {place}", f"2025-03-03 {9 + place // 60:02}:{place % 60:02}", None, f"P{place}")
            for n in range(2) for place in range(30)]  # fmt: skip
    stored(ws, rows, log="wide")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["map", "discover", "wide"], "20 of 30 activities are listed; `--all` gives every one."),
        (["map", "discover", "wide"], "20 of 29 paths are listed; `--all` gives every one."),
        (["map", "case", "wide", "c0"], "20 of 30 activity instances are listed"),
        (["map", "people", "wide"], "20 of 29 pairs are listed"),
        (["map", "performance", "wide"], "20 of 30 are listed"),
        (["map", "cases", "wide", "--limit", "1"], "1 of 2 cases. `--all` gives every one."),
    ],
)
def test_a_command_says_how_many_more_there_are_and_gives_them(
    ws: Workspace, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    _wide(ws)
    assert run(arguments) == 0
    assert words in " ".join(capsys.readouterr().out.split())
    assert run([*arguments, "--all"]) == 0
    assert "`--all` gives every one" not in capsys.readouterr().out


def test_json_has_all_as_before(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    _wide(ws)
    assert run(["map", "discover", "wide", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["activities"]) == 30


@dataclass(frozen=True)
class _Page:
    rows: tuple[int, ...]


@pytest.mark.parametrize("size", [0, 3, PAGE, PAGE + 1, 2 * PAGE + 7])
def test_pages_put_together_are_the_whole(size: int) -> None:
    def ask(limit: int, offset: int) -> _Page:
        assert limit <= PAGE
        return _Page(tuple(range(size)[offset : offset + limit]))

    assert pages(ask, "rows", 20, 0, every=True).rows == tuple(range(size))
    assert pages(ask, "rows", 20, 2, every=True).rows == tuple(range(size))[2:]
    assert pages(ask, "rows", 20, 2, every=False).rows == tuple(range(size))[2:22]
