"""From a folder that is looked at in the page to a registered pilot, and what is said when that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.workspace import open_workspace
from inventory import FindingState, findings, list_pilots
from tests.app.dashboards import Visit, pick_row
from tests.app.seeded import settings_of
from tests.inventory.discovery.layouts import LANGGRAPH, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home."""
    found = tmp_path_factory.mktemp("discovery") / "home"
    with settings_of(found) as settings:
        open_workspace(settings).close()
    return found


def test_scan_then_register(visit: Visit, home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "claims", LANGGRAPH)
    page = visit.page
    visit.to("Pilots")
    expect(page.get_by_text("No agent was found yet")).to_be_visible()
    page.get_by_role("button", name="Look for agents").click()
    page.get_by_label("Folder", exact=True).fill(str(folder / "none"))
    page.get_by_role("button", name="Look", exact=True).click()
    visit.settle()
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text("The scan was not made; nothing was stored.")
    page.get_by_label("Folder", exact=True).fill(str(folder))
    page.get_by_role("button", name="Look", exact=True).click()
    visit.settle()
    expect(page.get_by_text("2 findings, 2 of them open")).to_be_visible()
    pick_row(visit)
    shown = page.locator(".st-key-finding")
    expect(shown.get_by_text("create_react_agent").first).to_be_visible()
    shown.get_by_role("button", name="Register").click()
    page.get_by_label("Department", exact=True).fill("Claims")
    page.get_by_role("button", name="Register as a pilot").click()
    visit.settle()
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        try:
            (pilot,) = list_pilots(ws)
            assert (pilot.facts.name, pilot.facts.department) == ("claim_assessor", "Claims")
            assert [f.state for f in findings(ws) if f.pilot == pilot.id] == [FindingState.REGISTERED]
        finally:
            ws.close()
    visit.open("pilots?pilots_part=Discovery")
    expect(page.get_by_text("Declared against found")).to_be_visible()
    expect(page.get_by_text("2 findings, 1 of them open")).to_be_visible()
