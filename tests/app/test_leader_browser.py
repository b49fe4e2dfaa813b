"""A leader's walk: from a sheet of pilots to the board report in ten clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from core.workspace import open_workspace
from tests.app.dashboards import Visit, pick_row
from tests.app.seeded import settings_of
from tests.app.test_pilot_decisions_browser import SHEET
from tests.builders import staged_log
from tests.inventory.test_before_after import work, year

pytestmark = pytest.mark.browser
WHY = "It takes a quarter of the work; the reviewer has to be named first."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An event log, and no pilot."""
    home = tmp_path_factory.mktemp("leader") / "home"
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        staged_log(ws, work(year(40, 30)), "claims")
        ws.close()
    return home


def test_from_a_sheet_to_the_board_report_in_ten_clicks(visit: Visit) -> None:
    page, clicks = visit.page, 0

    def click(what: Locator) -> None:
        nonlocal clicks
        clicks += 1
        what.click()
        visit.settle()

    visit.open("pilots")
    click(page.get_by_role("button", name="Import a sheet").first)
    clicks += 1  # the file is chosen
    page.locator("input[type=file]").set_input_files(
        FilePayload(name="pilots.csv", mimeType="text/csv", buffer=SHEET.encode())
    )
    click(page.get_by_role("button", name="Import 3 pilots"))
    click(page.get_by_role("button", name="See the pilots"))
    click(page.get_by_role("tab", name="Decisions"))
    clicks += 1
    pick_row(visit)
    form = page.locator(".st-key-decide")
    click(form.get_by_text("Refine", exact=True))
    form.get_by_role("textbox", name="Why").fill(WHY)
    click(form.get_by_role("button", name="Decide", exact=True))
    expect(form.get_by_text("decided by Ada until")).to_be_visible()
    click(page.get_by_role("button", name="Board report"))
    clicks += 1
    with page.expect_download() as saved:
        page.get_by_role("button", name="Page to print (HTML)").click()
    report = Path(saved.value.path()).read_text("utf-8")
    assert clicks == 10
    for words in (WHY, "Claim checker", "Second checker", "Work that no pilot touches", "Risks", "160.00 EUR"):
        assert words in report, words
