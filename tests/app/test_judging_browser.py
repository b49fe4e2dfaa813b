"""Conformance, performance, causes and compare in a real browser: each answer leads on to its cases."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from core.workspace import open_workspace
from mining.conformance import allowed, model_of_bpmn
from tests.app.dashboards import Visit, chip, choose, pick_row, press, selected
from tests.app.seeded import settings_of
from tests.builders import staged_log
from tests.mining.bpmn_files import SEQUENCE, bpmn

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHANGED = 150  # the case from which on nobody checks
CASES = 300
MANY = 13  # parallel tasks
PARALLEL = bpmn(
    {"s": "startEvent", "x": "parallelGateway", "y": "parallelGateway", "e": "endEvent"}
    | {f"t{n}": f"task {n}" for n in range(MANY)},
    ["s>x", "y>e", *(f"x>t{n}" for n in range(MANY)), *(f"t{n}>y" for n in range(MANY))],
)


def orders() -> list[tuple[str, str, str, str, str, str]]:
    """Cases of order, check and pay; every third waits long and is mostly Bo's, and from CHANGED on there is none."""
    rows = []
    for case in range(CASES):
        begin = datetime(2026, 1, 5, 8) + timedelta(hours=5 * case)  # noqa: DTZ001 - staged as text
        waits = {"order": 0, "check": 40 if case % 3 == 0 else 2, "pay": 44 if case % 3 == 0 else 4}
        for activity, hours in waits.items():
            if activity == "check" and case >= CHANGED:
                continue
            start = begin + timedelta(hours=hours, minutes=case % 7)
            end = start + timedelta(minutes=20)
            who = "Bo" if activity == "order" and (case % 3 == 0) != (case % 10 == 0) else "Ada"
            rows.append((f"c{case:03}", activity, f"{start:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}", who, "human"))
    return rows


def unlike() -> list[tuple[str, str, None, str, None, None]]:
    """Cases that no two of are alike, each far from PARALLEL: its alignments take long."""
    rows: list[tuple[str, str, None, str, None, None]] = []
    for case, left_out in enumerate(combinations(range(MANY), 4)):
        trace = [str(n) for n in range(MANY) if n not in left_out] * 2
        rows += [(f"c{case}", a, None, f"2026-01-05 {8 + k // 60:02}:{k % 60:02}", None, None)
                 for k, a in enumerate(trace)]  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("judging") / "home"
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        staged_log(ws, orders(), "orders")
        staged_log(ws, unlike(), "unlike")
        ws.close()
    return home


def upload(visit: Visit, text: str) -> None:
    """Give a BPMN file to the conformance page."""
    visit.page.get_by_role("radio", name="BPMN file").click()
    visit.settle()
    file = FilePayload(name="orders.bpmn", mimeType="application/xml", buffer=text.encode())
    visit.page.locator("input[type=file]").set_input_files(file)
    visit.settle()


def test_a_bpmn_file_is_checked_and_a_deviation_allowed_from_the_map(visit: Visit, home: Path) -> None:
    visit.open("conformance?log=orders")
    upload(visit, SEQUENCE)
    expect(visit.page.get_by_text("All 300 cases in 2 variants are aligned")).to_be_visible()
    figures = visit.page.get_by_test_id("stMetricValue")
    expect(figures).to_have_text(["0.909", "1.000", "50 %", "1"])  # 1 - 150 / (150 * (3 + 3) + 150 * (2 + 3))
    visit.page.locator('.node[data-activity="check"]').click()
    visit.settle()
    panel = visit.page.locator(".st-key-conformance-panel")
    expect(panel.get_by_text("check is skipped after order, before pay.")).to_be_visible()
    assert "deviation=skipped" in visit.page.url
    press(visit, "Allow", panel, exact=False)
    visit.page.get_by_role("textbox", name="Reason").fill("Small orders need no check.")
    press(visit, "Allow in 150 cases")
    expect(visit.page.get_by_text("with 1 deviation allowed")).to_be_visible()
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        kept = allowed(ws, "orders", model_of_bpmn(SEQUENCE, "orders.bpmn").reference)
        ws.close()
    assert [(a.deviation, a.reason) for a in kept] == [("skipped: check", "Small orders need no check.")]
    press(visit, "Withdraw")
    expect(visit.page.get_by_text("with 1 deviation allowed")).to_have_count(0)


def test_a_check_that_takes_long_is_stopped_and_shows_what_there_is(visit: Visit) -> None:
    visit.open("conformance?log=unlike")
    upload(visit, PARALLEL)
    press(visit, "Stop and show what is aligned")
    expect(visit.page.get_by_test_id("stMetricValue").first).to_be_visible()
    expect(visit.page.get_by_text("variants left", exact=False)).to_be_visible()
    expect(visit.page.get_by_role("button", name="Align the rest")).to_be_visible()


def test_a_bottleneck_leads_to_its_cases(visit: Visit, home: Path) -> None:
    visit.open("performance?log=orders")
    bars = visit.page.get_by_test_id("stPlotlyChart").first
    bars.locator(".barlayer .point").nth(1).click(force=True)
    visit.settle()
    expect(visit.page.get_by_role("heading", name="order → check")).to_be_visible()
    press(visit, "Cases with this path")
    (kept,) = selected(visit, home, "orders").filters
    assert kept.kind == "follows"
    expect(chip(visit)).to_be_visible()


def test_a_stretch_of_the_queue_is_zoomed(visit: Visit) -> None:
    visit.open("performance?log=orders&times_view=Queues")
    chart = visit.page.get_by_test_id("stPlotlyChart").first
    ticks = chart.locator(".xaxislayer-above .xtick text")
    expect(ticks.first).to_be_visible()
    before = ticks.all_text_contents()
    box = chart.locator(".nsewdrag").first.bounding_box()
    assert box
    visit.page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] / 2)
    visit.page.mouse.down()
    visit.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2, steps=5)
    visit.page.mouse.up()
    expect(ticks.first).not_to_have_text(before[0])
    visit.pass_time(400)  # else plotly takes the drag's end for the first of the two clicks
    visit.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(ticks.first).to_have_text(before[0])


def test_a_cause_leads_to_its_cases(visit: Visit, home: Path) -> None:
    visit.open("causes?log=orders")
    choose(visit, "Marked are cases that", "take longer than")
    expect(visit.page.get_by_text("100 of 300 cases", exact=False)).to_be_visible()
    visit.page.get_by_role("radio", name="less often").click()
    visit.settle()
    visit.page.get_by_role("radio", name="more often").click()
    visit.settle()
    pick_row(visit)
    expect(visit.page.get_by_text("Chosen in the table.")).to_be_visible()
    visit.page.get_by_role("link", name="List them").click()
    visit.settle()
    assert "/cases" in visit.page.url
    expect(chip(visit)).to_be_visible()
    assert len(selected(visit, home, "orders").filters) == 1


def test_a_cause_becomes_a_filter(visit: Visit, home: Path) -> None:
    visit.open("causes?log=orders&mark=take+longer+than")
    press(visit, "Only cases with it")
    expect(chip(visit)).to_contain_text("Cases worked on by Bo")
    assert len(selected(visit, home, "orders").filters) == 1


def test_what_drifted_is_compared_on_figures_and_map(visit: Visit, home: Path) -> None:
    visit.open("compare?log=orders&view=Drift")
    press(visit, "Compare before and after")
    expect(chip(visit)).to_be_visible()
    assert [f.kind for f in selected(visit, home, "orders").filters] == ["timeframe"]
    expect(visit.page.get_by_text("differ beyond chance", exact=False).first).to_be_visible()
    visit.page.get_by_role("radio", name="Map").click()
    visit.settle()
    visit.page.locator('.node[data-activity="check"]').click()
    visit.settle()
    expect(visit.page.locator(".st-key-difference-panel").get_by_text("check", exact=False).first).to_be_visible()
    assert "activity=check" in visit.page.url
