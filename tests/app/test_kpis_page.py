"""The KPI page: which baseline stands beside which runs, what its trend says and does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from app.pages.kpis.trend import axis, notes, title
from app.theme import LIGHT
from app.theme.over_time import Period, over_time
from core.actor.values import local
from core.selection.filters import ActivityFilter
from core.selection.kept import fold as fold_selection
from core.selection.selection import Selection
from core.settings import Settings
from core.view import View
from core.workspace import Workspace
from kpi import Bucket, EvidenceClass, Measurement, TrendPoint, definition, freeze_baseline
from orchestrator.monitoring.export import export_runs
from orchestrator.promotion.workflows import WorkflowStatus
from orchestrator.running.runs import start_run
from orchestrator.worker.working import work
from tests.app.test_pages import open_page, texts
from tests.builders import staged_log
from tests.orchestrator.running import AGENTS, department, promoted, unattended

pytestmark = pytest.mark.usefixtures("no_cache")

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def point(week: int, value: float | None, *, key: str = "cycle_time", n: int = 9, finished: bool = True) -> TrendPoint:
    unit = definition(key).unit
    found = Measurement(
        key,
        value,
        unit,
        n,
        EvidenceClass.MEASURED,
        0.0,
        None if value else "few",
        definition(key),
        low=value,
        high=value,
    )
    return TrendPoint(MONDAY + timedelta(weeks=week), found, Bucket.WEEK, finished)


def test_a_title_names_the_quantity_and_claims_no_direction() -> None:
    points = [point(0, 100.0), point(1, 1.0)]
    assert title(points[0].measurement, points) == "Cycle time by the week in which cases started"
    ended = point(0, 1.0, key="throughput")
    assert title(ended.measurement, [ended]) == "Throughput by the week in which cases ended"
    worked = replace(points[0], measurement=replace(points[0].measurement, simulated_share=0.5))
    assert title(worked.measurement, [worked]).endswith("started, simulated")


def test_what_the_chart_cannot_show_is_said() -> None:
    points = [point(0, 100.0), point(1, None, n=3), point(2, 90.0, finished=False)]
    assert notes(points, points[0].measurement) == [
        "Band: 95 % interval.",
        "Hollow and dotted: cases that started then are open, so the value may still change.",
        "1 week with too few cases or data has no value.",
    ]


def test_money_has_its_currency_or_says_that_there_is_none() -> None:
    cost = point(0, 1.0, key="cost_per_task").measurement
    assert axis(cost, [1.0]) == ("a task, no currency named", 1.0)
    assert axis(replace(cost, unit="EUR a task"), [1.0]) == ("EUR a task", 1.0)


def drawn(*periods: tuple[float | None, bool]) -> Any:
    made = [
        Period(MONDAY + timedelta(weeks=n), value, 9, value, value, finished)
        for n, (value, finished) in enumerate(periods)
    ]
    return over_time(LIGHT, "t", made, unit="days", every="Week", baseline=2.0)


def test_what_is_not_finished_is_hollow_and_dotted() -> None:
    chart = drawn((1.0, True), (2.0, True), (3.0, False))
    solid, dotted, points = chart.data[-3:]
    assert (solid.line.dash, list(solid.y)) == ("solid", [1.0, 2.0, None])
    assert (dotted.line.dash, list(dotted.y)) == ("dot", [2.0, 3.0, None])
    assert list(points.marker.color) == [LIGHT.ink, LIGHT.ink, LIGHT.ground]


def test_line_and_band_break_where_there_is_no_value() -> None:
    chart = drawn((1.0, True), (2.0, True), (None, True), (3.0, True))
    *bands, solid, _, points = chart.data
    assert [len(band.x) for band in bands] == [4, 2]
    assert list(solid.y) == [1.0, 2.0, None]
    assert list(points.y) == [1.0, 2.0, 3.0]


@pytest.fixture
def two_versions(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home with one run of a workflow's first version, two of its second, and a third version that nobody signed."""
    department(ws)
    rows = [(str(n), "Draft order", f"2026-01-0{n} 08:00", f"2026-01-0{n} 09:00") for n in (1, 2, 3)]
    staged_log(ws, rows, "orders", meta={"currency": "EUR"})
    from mining.map.maps import save_map

    save_map(ws, "orders", View("orders"), by=local("Ada"))
    for version in (1, 2, 3):
        frozen = freeze_baseline(ws, View("orders"), sla_seconds=3600.0 * version, by=local("Ada"))
        flow = replace(unattended(checks=1), version=version, baseline=str(frozen.id))
        promoted(ws, flow, WorkflowStatus.PROPOSED if version == 3 else WorkflowStatus.PROMOTED)
        for _ in range(version % 3):
            start_run(ws, "unattended", by=local("Ada"))
        work(ws, until_idle=True, agents=AGENTS)
    export_runs(ws, "unattended", by=local("Ada"))
    monkeypatch.setenv("TANDEM_HOME", str(ws.settings.home))
    monkeypatch.delenv("TANDEM_DATABASE_URL", raising=False)
    return ws.settings


@pytest.mark.usefixtures("two_versions")
def test_runs_stand_against_the_baseline_of_their_own_version() -> None:
    test = open_page("kpis", log="unattended-runs")
    box = test.selectbox(key="baseline_of_unattended-runs")
    assert box.value == 2
    assert list(box.options)[:3] == [
        "no baseline", "runs of version 2 against baseline 2", "runs of version 1 against baseline 1",
    ]  # fmt: skip
    assert "only the 2 runs of version 2" in texts(test)
    assert "SLA 2 h" in texts(test)
    other = box.set_value(1).run()
    assert "only the 1 run of version 1" in texts(other)


@pytest.mark.usefixtures("two_versions")
def test_a_tile_says_what_stands_beside_it() -> None:
    shown = texts(open_page("kpis", log="unattended-runs"))
    assert "2.50 EUR a case, 1.00 attempts a task" in shown


def test_the_filters_of_the_address_are_those_of_the_figures(ws: Workspace) -> None:
    rows = []
    for case in range(8):
        hours = 1 if case < 4 else 3
        who = ("Ann", "human")
        last = "Pay" if case < 4 else "Refuse"
        day = f"2026-01-{5 + case:02}"
        rows += [
            (f"c{case}", "Open", None, f"{day} 08:00", *who),
            (f"c{case}", last, None, f"{day} {8 + hours:02}:00", *who),
        ]
    staged_log(ws, rows, "orders")
    paid = Selection((ActivityFilter(activities=("Pay",)),))
    test = open_page("kpis", log="orders", version="v1", f=fold_selection(ws, paid))
    assert {m.label: m.value for m in test.metric}["Cycle time"] == "1 h"
    assert "Cases with Pay" in texts(test)
    whole = test.button(key="without-filters").click().run()
    assert {m.label: m.value for m in whole.metric}["Cycle time"] == "2 h"
    assert "Cases with Pay" not in texts(whole)


def test_damaged_filters_in_the_address_are_said(ws: Workspace) -> None:
    staged_log(ws, [("c1", "Open", None, "2026-01-05 08:00", "Ann", "human")], "orders")
    test = open_page("kpis", log="orders", version="v1", f="%%%")
    assert len(test.warning) == 1


def test_a_unit_is_that_of_the_figures_and_every_case_is_reached(ws: Workspace) -> None:
    rows = []
    for case in range(205):
        for name, clock in (("Open", "08:00"), ("Pay", "11:30")):
            rows.append((f"c{case:03}", name, None, f"2026-01-{1 + case % 28:02} {clock}", "Ann", "human"))
    staged_log(ws, rows, "orders")
    test = open_page("kpis", log="orders", version="v1")
    assert "seconds" not in " ".join(str(m.proto.help) for m in test.metric)
    assert "Unit: hours and minutes; lower is better." in unescape(test.metric[0].proto.help)
    assert "1 to 200 of 205" in texts(test)
    test.button(key="cycle_time_page-on").click().run()
    assert "201 to 205 of 205" in texts(test)
    assert len(test.dataframe[-1].value) == 5


def test_baselines_of_the_log_come_before_those_of_others(ws: Workspace) -> None:
    staged_log(ws, [("c1", "Open", None, "2026-01-05 08:00", "Ann", "human")], "orders")
    staged_log(ws, [("c1", "Open", None, "2026-01-05 08:00", "Ann", "human")], "claims")
    made = [freeze_baseline(ws, View(log), by=local("Ada")).id for log in ("orders", "claims", "orders", "claims")]
    box = next(box for box in open_page("kpis", log="orders", version="v1").selectbox if box.label == "Baseline")
    assert [option.split(":")[0] for option in box.options] == [
        "no baseline", *(f"against baseline {made[i]}" for i in (2, 0, 3, 1))
    ]  # fmt: skip
