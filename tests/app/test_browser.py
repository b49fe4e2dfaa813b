"""The dashboards in a real browser: every page, the sliders, the map, the inbox, what was denied."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.pages.shell import ENTRIES
from core.workspace import open_workspace
from orchestrator.machine.values import RunStatus
from orchestrator.running.runs import get_run, list_runs
from tests.app.dashboards import Visit, need_browser, tandem_up
from tests.app.seeded import first_person, settings_of
from tests.patience import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(seeded_home: Path) -> Iterator[str]:
    """The dashboards on a home with everything on it."""
    need_browser()
    with tandem_up(seeded_home, "--no-worker") as (found, _):
        yield found


@pytest.mark.parametrize("visit", ["light", "dark"], indirect=True)
def test_every_page_opens(visit: Visit) -> None:
    for entry in ENTRIES:
        if entry.at_the_side:
            visit.to(entry.title)
        else:
            visit.open(entry.path)
        expect(visit.page.get_by_role("heading", level=1)).to_have_count(1)
        visit.assert_sound()


def test_a_slider_shows_fewer_activities_without_turning_the_map_over(visit: Visit) -> None:
    visit.open("process_map?log=procurement")
    nodes = visit.page.locator(".node")
    expect(nodes.first).to_be_visible()
    before = _from_top(visit)
    slider = visit.page.get_by_role("slider", name="Activities")
    slider.focus()
    for _ in range(20):
        slider.press("ArrowLeft")
    visit.settle()
    expect(nodes).not_to_have_count(len(before))
    after = _from_top(visit)
    assert len(after) < len(before)
    assert "activities=" in visit.page.url
    assert after == [name for name in before if name in after]


def _from_top(visit: Visit) -> list[str]:
    """The names of the drawn activities from top to bottom; those on one height by name."""
    names: list[str] = visit.page.locator(".node").evaluate_all(
        """nodes => nodes
            .map(n => [Math.round(n.transform.baseVal.consolidate().matrix.f / 20), n.dataset.activity])
            .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)).map(pair => pair[1])"""
    )
    return names


def test_a_click_on_an_activity_opens_its_panel(visit: Visit) -> None:
    visit.open("process_map?log=procurement")
    visit.page.get_by_role("button", name="Show the whole map").click()
    node = visit.page.locator('.node[data-activity="Draft purchase order"]')
    node.click()
    visit.settle()
    panel = visit.page.locator(".st-key-panel")
    expect(panel.get_by_role("heading", name="Draft purchase order")).to_be_visible()
    expect(panel.get_by_text("Performers")).to_be_visible()
    expect(node).to_have_attribute("aria-pressed", "true")
    assert "activity=Draft" in visit.page.url


def test_the_map_is_used_with_the_keyboard(visit: Visit) -> None:
    visit.open("process_map?log=procurement")
    first = visit.page.locator(".node").first
    first.focus()
    first.press("ArrowDown")
    name = visit.page.evaluate(
        "() => { let e = document.activeElement; while (e.shadowRoot) e = e.shadowRoot.activeElement;"
        " return e.dataset.activity }"
    )
    assert name
    visit.page.keyboard.press("Enter")
    visit.settle()
    expect(visit.page.locator(".st-key-panel").get_by_role("heading", name=name)).to_be_visible()
    visit.page.keyboard.press("Escape")


def test_the_focus_brings_what_lies_outside_into_view(visit: Visit) -> None:
    visit.open("process_map?log=procurement")
    last = visit.page.locator(".node").last
    expect(last).not_to_be_in_viewport()
    visit.page.locator(".node").first.focus()
    for _ in range(30):
        visit.page.keyboard.press("ArrowRight")
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()


def test_a_path_is_chosen_too(visit: Visit) -> None:
    visit.open("process_map?log=procurement")
    path = visit.page.locator(".edge[tabindex]").first
    path.focus()
    path.press("Enter")
    visit.settle()
    expect(visit.page.locator(".st-key-panel").get_by_text("Waiting, 95th percentile")).to_be_visible()


def test_an_inbox_item_is_completed(visit: Visit, seeded_home: Path) -> None:
    visit.act_as(first_person(seeded_home))
    visit.to("Inbox")
    entry = visit.page.locator(".st-key-entry")
    label = entry.get_by_role("heading").inner_text()
    entry.get_by_role("button", name="Take").click()
    visit.settle()
    entry.get_by_role("textbox", name="Note").fill("10 microscopes")
    entry.get_by_role("button", name="Complete").click()
    visit.settle()
    assert label.startswith("Create requisition")
    with settings_of(seeded_home) as settings:
        ws = open_workspace(settings)
        waiting = next(r for r in list_runs(ws, status=RunStatus.RUNNING) if r.key == "waits")
        done = get_run(ws, waiting.id).items[0]
        ws.close()
    assert (done.label, done.status.value) == ("Create requisition", "completed")


def test_a_denied_action_of_an_agent_is_seen_at_once(visit: Visit) -> None:
    visit.to("Governance")
    denied = visit.page.locator(".st-key-denials")
    expect(denied.get_by_text("Denied").first).to_be_visible()
    box = denied.bounding_box()
    assert box is not None
    assert box["height"] < 60  # one line, whatever tab is open
    denied.get_by_text("Newest denied attempts").click()
    expect(denied.get_by_text("purchase_order.approve").first).to_be_visible()
    expect(denied.get_by_text("Denied").first).to_be_visible()


def test_a_copied_link_shows_the_same(visit: Visit) -> None:
    visit.open("process_map?log=procurement&activity=Pay+invoice")
    expect(visit.page.locator(".st-key-panel").get_by_role("heading", name="Pay invoice")).to_be_visible()


def test_nothing_lies_over_the_button_beside_a_title(visit: Visit) -> None:
    visit.to("Pilots")
    visit.page.get_by_role("button", name="Import a sheet").click()
    expect(visit.page.get_by_text("One pilot a row, in any layout")).to_be_visible()


def test_a_map_is_promoted_from_its_allocation(visit: Visit) -> None:
    visit.to("Allocation")
    visit.page.get_by_role("link", name="Promote it into a workflow").click()
    visit.settle()
    expect(visit.page.get_by_text("How the gates stand")).to_be_visible()
    visit.page.get_by_role("button", name="Promote", exact=True).click()
    visit.settle()
    expect(visit.page.get_by_role("button", name="Sign version")).to_be_visible()
    assert "workflows_part=Versions" in visit.page.url


TALLEST, ROW = 520, 33  # pixels at 1280 x 720: of a table, and of its heading or a row
_OPEN = "[...document.querySelectorAll('[data-testid=stDataFrame]')].filter(grid => grid.checkVisibility())"
_GRIDS = f"""() => {_OPEN}.map(grid => {{
    const scroller = grid.querySelector(".dvn-scroller"), inner = grid.querySelector(".dvn-scroll-inner");
    return {{tall: grid.clientHeight, seen: scroller.clientHeight, whole: inner.clientHeight}};
}})"""
_DRAWN = f"""() => {{
    const grids = {_OPEN};
    return grids.length > 0 && grids.every(grid => grid.querySelector(".dvn-scroll-inner"));
}}"""


@pytest.mark.parametrize(
    "path",
    ["governance?part=Approvals", "governance?part=People+and+agents", "governance?part=Audit", "logs",
     "workflows?workflow=procurement", "workflows?workflow=procurement&workflows_part=Versions+and+gates"],
)  # fmt: skip
def test_tables_are_as_tall_as_their_rows_up_to_a_limit(visit: Visit, path: str) -> None:
    visit.open(path)
    visit.page.wait_for_function(_DRAWN)
    wait_until(lambda: _ill_measured(visit) == [], 10, f"every table fits its rows, not {_ill_measured(visit)}")


def _ill_measured(visit: Visit) -> list[str]:
    """What is wrong with the heights of the page's tables as they stand; a grid is drawn in several steps."""
    wrong = []
    for grid in visit.page.evaluate(_GRIDS):
        if grid["tall"] > TALLEST:
            wrong.append(f"too tall: {grid}")
        if grid["seen"] < grid["whole"] and grid["whole"] <= 11 * ROW:
            wrong.append(f"scrolls for a few rows: {grid}")
        if grid["seen"] > grid["whole"] + 2:
            wrong.append(f"half empty: {grid}")
    return wrong


def test_what_happened_in_a_run_reads_as_sentences(visit: Visit, seeded_home: Path) -> None:
    with settings_of(seeded_home) as settings:
        ws = open_workspace(settings)
        run = get_run(ws, next(r.id for r in list_runs(ws, status=RunStatus.COMPLETED)))
        ws.close()
    visit.open(f"workflows?workflow=procurement&run={run.id}")
    steps = visit.page.locator("ol.story li")
    expect(steps).to_have_count(len(run.history))
    expect(steps.first).to_contain_text("started the run.")
    assert not [text for text in steps.all_inner_texts() if "{" in text or '"form"' in text]
    records = visit.page.get_by_role("button", name="Records as JSON")
    expect(records).to_be_hidden()
    visit.page.get_by_text("records as stored").click()
    with visit.page.expect_download() as saved:
        records.click()
    assert len(json.loads(Path(saved.value.path()).read_text("utf-8"))["events"]) == len(run.history)
