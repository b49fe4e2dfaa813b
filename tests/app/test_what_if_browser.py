"""Questions, overrides and what-ifs in a real browser, by clicks only."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.workspace import open_workspace
from inventory import entries
from mining.allocation import AllocationOutcome, TaskAnswer, TaskQuestion, allocations
from mining.whatif import expected_of
from tests.app.dashboards import Visit, need_browser, press, tandem_up
from tests.app.seeded import settings_of
from tests.patience import patience

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MAP = "procurement"


@pytest.fixture(scope="module")
def own_home(seeded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the home with everything on it, to write to."""
    return Path(shutil.copytree(seeded_home, tmp_path_factory.mktemp("what-if") / "home"))


@pytest.fixture(scope="module")
def address(own_home: Path) -> Iterator[str]:
    """The dashboards on it."""
    need_browser()
    with tandem_up(own_home, "--no-worker") as (found, _):
        yield found


def test_a_question_is_answered_and_an_outcome_overridden_by_clicks(visit: Visit, own_home: Path) -> None:
    visit.open(f"allocation?map={MAP}&activity=Compare+quotations")
    panel = visit.page.locator(".st-key-allocation")
    expect(panel.get_by_role("heading", name="Compare quotations")).to_be_visible()
    panel.get_by_role("button", name="Answer").click()
    visit.page.get_by_text("yes", exact=True).click()
    visit.page.get_by_label("Reason, if you like").fill("samples are held in hand")
    visit.page.get_by_test_id("stFormSubmitButton").get_by_role("button", name="Answer").click()
    visit.settle()
    expect(panel.get_by_text("samples are held in hand")).to_be_visible()
    panel.get_by_role("button", name="Override").click()
    visit.page.get_by_label("Reason", exact=True).fill("to see it stay with people")
    visit.page.get_by_test_id("stFormSubmitButton").get_by_role("button", name="Override").click()
    visit.settle()
    expect(panel.get_by_text("to see it stay with people")).to_be_visible()
    with settings_of(own_home) as settings:
        ws = open_workspace(settings)
        found = next(a for a in allocations(ws, MAP) if a.activity == "Compare quotations")
        ws.close()
    assert [(a.question, a.answer) for a in found.answers] == [(TaskQuestion.PHYSICAL, TaskAnswer.YES)]
    assert found.computed is AllocationOutcome.HUMAN_ONLY
    assert found.override is not None


def test_from_the_allocation_to_expected_kpis_under_a_name(visit: Visit, own_home: Path) -> None:
    visit.open(f"allocation?map={MAP}")
    visit.page.get_by_role("link", name="What if it were done so?").click()
    visit.settle()
    press(visit, "Simulate")
    expect(visit.page.get_by_text("Good fit", exact=False).first).to_be_visible(timeout=patience(90) * 1000)
    expect(visit.page.get_by_text("It is no proof of how a changed process runs")).to_be_visible()
    press(visit, "Keep this scenario", exact=False)
    visit.page.get_by_label("Name", exact=True).fill("as allocated")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", name="Kept scenarios")).to_be_visible(timeout=patience(90) * 1000)
    assert visit.page.get_by_test_id("stException").all_inner_texts() == []  # says which, where there is one
    with settings_of(own_home) as settings:
        ws = open_workspace(settings)
        expected = {one.metric: one for one in expected_of(ws, "as allocated", MAP)}
        ws.close()
    assert expected["people_hours"].evidence == "estimated"
    assert expected["people_hours"].change is not None
    assert expected["people_hours"].change < 0
    visit.settle()
    kept = visit.page.locator(".st-key-grid-kept-scenarios").get_by_test_id("stDataFrame")
    kept.click(position={"x": 17, "y": 52})
    visit.settle()
    press(visit, "Put into the ledger")
    with settings_of(own_home) as settings:
        ws = open_workspace(settings)
        frozen = entries(ws)
        ws.close()
    assert {one.expected.metric for one in frozen} == {name for name, one in expected.items() if one.value is not None}
    assert {(one.subject, one.expected.evidence.value) for one in frozen} == {("log:procurement", "estimated")}
