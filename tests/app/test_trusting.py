"""What a log cannot carry is withheld with the reason, on pages and in commands, and told no finer than it is."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from app.main import run
from app.pages.said_here import said_here
from core.workspace import Workspace
from tests.app.test_pages import open_page, sound, texts
from tests.builders import staged_log
from tests.mining.test_commands import said

NO_TIME_OF_DAY = "nothing below a day can be told"
NO_PERFORMER = "No activity instance names its performer. Import the log again with --performer COLUMN."


pytestmark = pytest.mark.usefixtures("no_cache")


@pytest.fixture
def days(ws: Workspace) -> Workspace:
    """A log with days only: 40 cases of two to eleven days, half of them checked on the first; none says who worked."""
    rows = []
    for case in range(40):
        begin = datetime(2026, 1, 5) + timedelta(days=case)  # noqa: DTZ001 - staged as text
        for activity, after in (("order", 0), ("check", case % 2), ("pay", 10 if case % 4 == 0 else 2)):
            end = begin + timedelta(days=after)
            rows.append((f"c{case:02}", activity, None, f"{end:%Y-%m-%d %H:%M}", None, None))
    staged_log(ws, rows, "days")
    return ws


@pytest.fixture
def full(ws: Workspace) -> Workspace:
    """A log that says everything that is asked here."""
    rows = []
    for case in range(40):
        begin = datetime(2026, 1, 5, 8) + timedelta(hours=7 * case)  # noqa: DTZ001 - staged as text
        for place, who in enumerate(("Ada", "Bo", "Cy")):
            start = begin + timedelta(hours=2 * place, minutes=case)
            end = start + timedelta(minutes=20 + case)
            rows.append((f"c{case:02}", "abc"[place], f"{start:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}", who, "human"))
    staged_log(ws, rows, "full")
    return ws


@pytest.mark.usefixtures("days")
@pytest.mark.parametrize(
    ("command", "withheld"),
    [
        (
            ["variants", "days"],
            [f"cycle time below 1 d: 100 % of ends are days without a time of day: {NO_TIME_OF_DAY}"],
        ),
        (["cases", "days"], ["cycle time, waiting time below 1 d"]),
        (["case", "days", "c02"], [NO_TIME_OF_DAY, "under 1 d"]),
        (["discover", "days"], ["waiting time below 1 d", NO_TIME_OF_DAY]),
        (["performance", "days", "--by", "path"], ["service time: The log has no starts", NO_TIME_OF_DAY, "under 1 d"]),
        (["hidden", "days"], ["waiting time below 1 d", NO_TIME_OF_DAY]),
        (["people", "days"], [f"performers, hand-overs: {NO_PERFORMER}"]),
        (["causes", "days"], [NO_TIME_OF_DAY]),
        (["compare", "days", "days"], [NO_TIME_OF_DAY]),
    ],
)
def test_commands_tell_what_is_withheld(
    command: list[str], withheld: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, "map", *command)
    for words in withheld:
        assert f"{words}" in text
    assert "Withheld: " in text
    assert " h " not in text.replace("8 h a day", "")  # no length finer than a day


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("command", ["variants", "cases", "discover", "performance", "hidden", "people"])
def test_nothing_is_withheld_that_the_log_carries(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Withheld: " not in said(capsys, "map", command, "full")


@pytest.mark.usefixtures("days")
def test_json_stays_json_and_the_reason_is_told_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["map", "people", "days", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["handovers"]["withheld"] == NO_PERFORMER
    assert f"Withheld: performers, hand-overs: {NO_PERFORMER}" in err


@pytest.mark.usefixtures("days")
def test_a_mark_that_the_log_does_not_show_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["map", "causes", "days", "--mark", "slower:5h"]) == 2
    assert NO_TIME_OF_DAY in capsys.readouterr().err
    assert run(["map", "causes", "days", "--mark", "overdue"]) == 2
    assert "does not say when a case is due" in capsys.readouterr().err
    assert "10 of 40 cases" in said(capsys, "map", "causes", "days", "--mark", "slower:5d")


@pytest.mark.usefixtures("days")
@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("process_map", [NO_TIME_OF_DAY]),
        ("cases", [NO_TIME_OF_DAY]),
        ("performance", [NO_TIME_OF_DAY]),
        ("hidden", [NO_TIME_OF_DAY]),
        ("people", ["No hand-overs to show", said_here(NO_PERFORMER)]),
        ("causes", [NO_TIME_OF_DAY]),
        ("compare", [NO_TIME_OF_DAY]),
    ],
)
def test_pages_tell_what_is_withheld(page: str, shown: list[str]) -> None:
    text = texts(sound(open_page(page, log="days")))
    for words in shown:
        assert words in text


@pytest.mark.usefixtures("days")
def test_causes_of_what_the_log_does_not_show() -> None:
    test = open_page("causes", log="days", mark="missed their due date")
    assert "The log does not say which cases these are" in texts(sound(test))


def test_another_page_tells_times_as_they_are(days: Workspace, full: Workspace) -> None:
    assert days.settings == full.settings
    assert "half within 2 d" in texts(open_page("performance", log="days"))  # it is one and a half
    assert "half within 1 h" in texts(open_page("performance", log="full"))


def test_a_side_that_cannot_carry_a_figure_has_none(
    days: Workspace, full: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert days.settings == full.settings
    found = json.loads(said(capsys, "map", "compare", "full", "days", "--json"))
    metrics = {m["key"]: m for m in found["metrics"]}
    assert metrics["service"]["a"] is not None
    assert metrics["service"]["b"] is None
    assert metrics["service"]["why_not"].startswith("The log has no starts")
