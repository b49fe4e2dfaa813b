"""The page of pilots in a real browser: a suggestion that is clicked closes a gap, a finding is muted for a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.actor.values import local
from core.view import View
from core.workspace import open_workspace
from inventory import import_pilots
from mining.allocation import AllocationOutcome, allocate, override
from mining.map.maps import save_map
from tests.app.dashboards import Visit, press
from tests.app.seeded import settings_of
from tests.builders import staged_log
from tests.inventory.test_gaps import orders

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHEET = """name,department,owner,sponsor,activities,systems,status,data_sensitivity,human_review
Taker,Sales,Ada,Grace,Orders,ERP,pilot,internal,yes
Reader,Sales,Ada,Grace,approve,ERP,production,personal,no
Dreamer,Legal,,Grace,,,idea,,
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Allocated orders, of which two pilots do one activity each, one of them in other words."""
    home = tmp_path_factory.mktemp("findings") / "home"
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        staged_log(ws, orders(), "orders")
        save_map(ws, "Orders", View("orders"), by=local("Ada"))
        allocate(ws, "Orders", by=local("Ada"))
        override(ws, "Orders", None, "order", AllocationOutcome.AGENT, "it can be cancelled", by=local("Ada"))
        sheet = home.parent / "pilots.csv"
        sheet.write_text(SHEET, "utf-8")
        import_pilots(ws, sheet, by=local("Ada"))
        ws.close()
    return home


def test_a_click_on_a_suggestion_closes_the_gap_and_can_be_taken_back(visit: Visit) -> None:
    visit.open("pilots?pilots_part=Gaps&rate=30+EUR")
    one = visit.page.locator(".st-key-one-of-gaps")
    expect(one.get_by_text("order", exact=True)).to_be_visible()
    expect(one.get_by_text("145 EUR")).to_be_visible()  # 40 times ten minutes in 42 days, at 30 an hour
    expect(one.get_by_text("a person gave it to an agent")).to_be_visible()
    press(visit, "“Orders” of Taker", one, exact=False)
    expect(one).to_have_count(0)
    expect(visit.page.get_by_text("No gap is known")).to_be_visible()
    press(visit, "Take back", exact=False)
    expect(one.get_by_text("order", exact=True)).to_be_visible()
    one.get_by_role("link", name="Why it is allocated so").click()
    visit.settle()
    expect(visit.page.locator(".st-key-allocation").get_by_text("order", exact=True).first).to_be_visible()


def test_a_finding_is_muted_with_a_reason_and_a_day_and_counts_again(visit: Visit) -> None:
    visit.open("pilots?pilots_part=Risks")
    one = visit.page.locator(".st-key-one-risk")
    expect(one.get_by_text("Reader", exact=True)).to_be_visible()  # personal data without review is the worst
    expect(one.get_by_text("It handles personal data and no review by a person is known")).to_be_visible()
    press(visit, "Mute", one, exact=False)
    form = visit.page.get_by_test_id("stPopoverBody")
    form.get_by_role("button", name="Mute this finding").click()
    visit.settle()
    expect(form.get_by_text("Say on which day it ends.")).to_be_visible()
    for part, typed in (("year", "2030"), ("month", "01"), ("day", "31")):
        form.get_by_role("spinbutton", name=f"{part}, Last").press_sequentially(typed)
    form.get_by_role("textbox", name="Reason").fill("The review begins in March.")  # and so the calendar closes
    visit.settle()
    form.get_by_role("button", name="Mute this finding").click()
    visit.settle()
    visit.page.get_by_test_id("stButtonGroup").get_by_text("Muted 1").click()
    visit.settle()
    expect(one.get_by_text("Muted until 2030-01-31 by Ada")).to_be_visible()
    expect(one.get_by_text("The review begins in March.")).to_be_visible()
    press(visit, "Let it count again", one, exact=False)
    expect(visit.page.get_by_text("counts again").first).to_be_visible()
