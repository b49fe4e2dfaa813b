"""A leader decides about a pilot in the browser and takes the board report; the portfolio shows where pilots stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.actor.values import local
from core.workspace import open_workspace
from inventory import DecisionState, decisions, entries, import_pilots
from tests.app.dashboards import Visit, choose, press
from tests.app.seeded import settings_of
from tests.builders import staged_log
from tests.inventory.sheets import write
from tests.inventory.test_before_after import work, year

pytestmark = pytest.mark.browser
SHEET = """name,department,owner,sponsor,status,activities,systems,started,monthly_cost,currency,monthly_benefit,users
Claim checker,Claims,Ada,Grace,pilot,Check,CRM,2025-07-10,100,EUR,2000,20
Second checker,Claims,Ada,,pilot,Check,CRM,2025-09-10,60,EUR,,3
Mail writer,Legal,,,production,,Mail,2025-03-01,900,USD,100,2
"""  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pilots, of which two are on a mined task."""
    folder = tmp_path_factory.mktemp("decisions")
    with settings_of(folder / "home") as settings:
        ws = open_workspace(settings)
        staged_log(ws, work(year(40, 30)), "claims")
        import_pilots(ws, write(folder, SHEET), by=local("Ada"))
        ws.close()
    return folder / "home"


def test_a_decision_is_made_beside_its_evidence_and_the_report_is_taken(visit: Visit, home: Path) -> None:
    page = visit.page
    visit.open("pilots?pilots_part=Decisions&deciding=1&rate=60+EUR")
    expect(page.get_by_text("a case takes 25 % less")).to_be_visible()  # the log, beside what is claimed
    expect(page.get_by_text("Benefit for each unit of cost")).to_be_visible()
    form = page.locator(".st-key-decide")
    form.get_by_text("Refine", exact=True).click()
    visit.settle()
    press(visit, "Decide", form)
    expect(
        page.get_by_role("listitem").filter(has_text="The rationale is empty")
    ).to_be_visible()  # in words, and nothing is lost
    form.get_by_role("textbox", name="Why").fill("The log shows a quarter of an hour a day.")
    form.get_by_role("textbox", name="Follow-up").fill("Measure again")
    form.get_by_role("textbox", name="Who").fill("Bob")
    press(visit, "Decide", form)
    expect(form.get_by_text("decided by Ada until")).to_be_visible()
    page.get_by_text("Decided", exact=True).first.click()
    visit.settle()
    expect(page.get_by_text("1 follow-up not done")).to_be_visible()
    page.get_by_role("button", name="Board report").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Page to print (HTML)").click()
    text = Path(saved.value.path()).read_text("utf-8")
    for words in ("The log shows a quarter of an hour a day.", "Measure again", "Claim checker", "25 %", "160.00 EUR"):
        assert words in text, words
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        (made,) = decisions(ws)
        expected = {one.expected.metric for one in entries(ws)}
        ws.close()
    assert (made.rationale, made.state) == ("The log shows a quarter of an hour a day.", DecisionState.STANDS)
    assert made.evidence["1"]["rate"] == {"amount": 60, "currency": "EUR"}
    assert made.follow_ups[0].who == "Bob"
    assert expected == {"monthly_benefit", "hours_saved_a_month"}


def test_a_merge_asks_for_the_pilot_that_stays(visit: Visit, home: Path) -> None:
    visit.open("pilots?pilots_part=Decisions&deciding=2")
    form = visit.page.locator(".st-key-decide")
    form.get_by_text("Merge", exact=True).click()
    visit.settle()
    expect(form.get_by_role("combobox", name="Which one stays?")).to_be_visible()
    choose(visit, "Which one stays?", "Claim checker (Claims)", exact=False)
    form.get_by_role("textbox", name="Why").fill("Both check claims.")
    press(visit, "Decide", form)
    expect(form.get_by_text("decided by Ada until")).to_be_visible()
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        made = decisions(ws)[0]
        ws.close()
    assert (made.names, made.into_name) == (("Second checker",), "Claim checker")


def test_the_portfolio_shows_every_pilot_and_adds_no_currencies(visit: Visit) -> None:
    visit.open("pilots?pilots_part=Portfolio")
    page = visit.page
    expect(page.get_by_text("Costs are in several currencies, so size says nothing.")).to_be_visible()
    expect(page.locator(".st-key-portfolio .scatterlayer path.point")).to_have_count(3)
    expect(page.get_by_text("100 % of 160 EUR a month is spent in Claims")).to_be_visible()
    expect(page.get_by_text("100 % of 900 USD a month is spent in Legal")).to_be_visible()
