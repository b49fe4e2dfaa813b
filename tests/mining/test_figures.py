"""What a map shows besides counts, worked by hand; and the same under a selection as on the log it leaves."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from core.eventlog import LogVersion
from core.selection.filters import ActivityFilter
from core.selection.selection import Selection
from core.workspace import Workspace
from mining.map.dfg import discover_dfg
from mining.map.figures import MapFigures, Times, activity_detail, event_attributes, frequent_variants, map_figures
from mining.map.profile import DoneBy
from tests.builders import staged_log

DAY = "2026-01-05 "
ROWS = [
    ("1", "order", DAY + "08:00", DAY + "09:00", "Ada", "human", False, "ERP", 10.0, False),
    ("1", "check", DAY + "09:10", DAY + "09:20", "Bot", "agent", False, "ERP", 2.0, True),  # waits 600 s, takes 600 s
    ("1", "check", DAY + "09:30", DAY + "09:35", "Ada", "human", False, "CRM", 4.0, False),  # rework, 600 s and 300 s
    ("2", "order", DAY + "08:00", DAY + "08:10", "Ada", "human", False, "ERP", None, False),
    ("2", "check", DAY + "08:15", DAY + "08:45", "Ada", "human"),  # waits 300 s, takes 1800 s
    ("2", "pay", DAY + "09:00", DAY + "09:00", None),  # waits 900 s
]


@pytest.fixture
def version(ws: Workspace) -> LogVersion:
    return staged_log(ws, ROWS)


def figures_of(ws: Workspace, version: LogVersion, selection: Selection | None = None) -> MapFigures:
    with ws.logs.select(version, selection or Selection()) as connection:
        return map_figures(connection)


def test_times_rework_and_cost_of_an_activity_by_hand(ws: Workspace, version: LogVersion) -> None:
    check = figures_of(ws, version).activities["check"]
    assert check.count == 3
    assert check.waiting == Times(3, 600.0, 500.0, 600.0, 1500.0)
    assert check.service is not None
    assert astuple(check.service) == pytest.approx((3, 600.0, 900.0, 1680.0, 2700.0))  # 0.9 of the way from 600 to 1800
    assert check.rework == 1
    assert check.rework_share == pytest.approx(1 / 3)
    assert (check.cost_n, check.cost_total, check.cost_mean) == (2, 6.0, 3.0)


def test_a_path_has_the_figures_of_what_it_leads_to(ws: Workspace, version: LogVersion) -> None:
    paths = figures_of(ws, version).paths
    assert set(paths) == {("order", "check"), ("check", "check"), ("check", "pay")}
    waited = paths["order", "check"].waiting
    assert waited is not None
    assert astuple(waited) == pytest.approx((2, 450.0, 450.0, 585.0, 900.0))
    assert (paths["check", "check"].rework, paths["order", "check"].rework) == (1, 0)
    assert paths["check", "check"].cost_total == 4.0


def test_what_the_log_does_not_say_is_not_nothing(ws: Workspace) -> None:
    version = staged_log(ws, [("1", "a", None, DAY + "08:00"), ("1", "b", None, DAY + "09:00")])
    found = figures_of(ws, version)
    assert found.activities["a"].waiting is None
    assert found.activities["b"].service is None
    assert (found.activities["b"].cost_total, found.activities["b"].cost_mean) == (None, None)


def test_the_detail_of_an_activity(ws: Workspace, version: LogVersion) -> None:
    with ws.logs.read(version) as connection:
        check, pay = activity_detail(connection, "check"), activity_detail(connection, "pay")
    assert (check.performers, check.people) == (2, (DoneBy("Ada", "human", 2), DoneBy("Bot", "agent", 1)))
    assert check.systems == (DoneBy("CRM", "system", 1), DoneBy("ERP", "system", 1))
    assert check.failed_share == 0.5
    assert check.handover_before_share == pytest.approx(2 / 3)  # Ada to Bot, Bot to Ada, Ada to Ada
    assert (pay.performers, pay.failed_share, pay.handover_before_share) == (0, None, None)


def test_a_selection_narrows_every_figure(ws: Workspace, version: LogVersion) -> None:
    paid = Selection((ActivityFilter(activities=("pay",)),))
    alone = staged_log(ws, [row for row in ROWS if row[0] == "2"], log="alone")
    assert figures_of(ws, version, paid) == figures_of(ws, alone)
    with ws.logs.select(version, paid) as connection:
        assert [v.trace for v in frequent_variants(connection, 5)] == [("order", "check", "pay")]


def test_a_map_of_performers_calls_the_unknown_not_given(ws: Workspace, version: LogVersion) -> None:
    with ws.logs.select(version, Selection(grouped_by="performer")) as connection:
        names = {a.name for a in discover_dfg(connection).activities}
        assert names == {"Ada", "Bot", "(not given)"}
        assert set(map_figures(connection).activities) == names
        assert frequent_variants(connection, 1)[0].cases == 1


def test_only_the_most_frequent_variants(ws: Workspace) -> None:
    rows = [(str(n), a, None, f"2026-01-0{d} 08:00") for n in range(3) for d, a in enumerate("ab" if n else "ba", 1)]
    with ws.logs.read(staged_log(ws, rows)) as connection:
        (only,) = frequent_variants(connection, 1)
        assert (only.trace, only.cases) == (("a", "b"), 2)
        assert event_attributes(connection) == ()
