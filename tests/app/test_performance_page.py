"""The performance page without a browser: every view in calendar and in working time, and what is withheld."""

from __future__ import annotations

import pytest

from core.actor.values import local
from core.calendar import calendar_from_dict, list_calendars, parse_hours, save_calendar
from core.settings import Settings
from core.workspace import Workspace
from tests.app.test_pages import open_page, sound, texts
from tests.builders import staged_log

VIEWS = ("Bottlenecks", "Times", "Week", "Queues", "Throughput", "Batches", "Rework")


pytestmark = pytest.mark.usefixtures("no_cache")


@pytest.fixture
def home(ws: Workspace, settings: Settings) -> Workspace:
    rows = []
    for case in range(6):
        day = f"2026-01-{5 + case:02} "
        check = (str(case), "check", day + f"1{case}:00", day + f"1{case}:30", "Bo", "human", False, "ERP", 2.0)
        rows += [
            (str(case), "order", day + "08:00", day + "09:00", "Ada", "human", False, "ERP", 1.0),
            check,
            (str(case), "check", day + "17:00", day + "17:30", "Bo", "human", False, "ERP", 2.0),
        ]
    staged_log(ws, rows, "orders", meta={"currency": "EUR"})
    staged_log(ws, [(*row[:2], None, row[3]) for row in rows], "ends")
    hours = parse_hours(["mon-fri 09:00-17:00"])
    save_calendar(ws, calendar_from_dict({"name": "office", "time_zone": "UTC", "hours": hours}), by=local("Ada"))
    return ws


@pytest.mark.usefixtures("home")
def test_every_view_in_working_time() -> None:
    for view in VIEWS:
        test = open_page("performance", log="orders", calendar="office", times_view=view)
        assert "Cycle time, median" in [m.label for m in test.metric]
        assert all(m.value != "–" for m in test.metric)
    assert "of the work is rework" in texts(test)


@pytest.mark.usefixtures("home")
def test_service_is_withheld_without_starts() -> None:
    test = open_page("performance", log="ends")
    assert {m.label: m.value for m in test.metric}["Service"] == "–"
    assert "service time is not available" in texts(test)


def test_a_calendar_is_made_on_the_page(home: Workspace) -> None:
    test = open_page("performance", log="orders")
    test.text_input(key="calendar_name-0").set_value("late")
    test.text_area(key="calendar_hours-0").set_value("mon-fri 14:00-22:00")
    sound(test.button(key="save_calendar").click().run())
    assert [c.name for c in list_calendars(home)] == ["late", "office"]
