"""The registry of pilots in a real browser: sheets come in, pilots are changed, lists ticked, a suggestion linked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from core.actor.values import local
from core.workspace import Workspace, open_workspace
from inventory import Pilot, add_pilot, edit_pilot, get_pilot, history, links, list_layouts, list_pilots, tick_answers
from tests.app.dashboards import Visit, choose, press
from tests.app.seeded import settings_of
from tests.builders import staged_log

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADA = local("Ada")
PILOTS = (
    ("Invoice reader", "Finance", "Read invoices", "Chek invoice"),
    ("Invoice reading bot", "Accounting", "Reads the invoices", "Read invoice"),
    ("Mail sorter", "Service", "Sorts the mail", "Sort mail"),
    ("Mail router", "Sales", "Sorts incoming mail", "Sort mails"),
    ("Plant waterer", "Facilities", "Waters plants", "Water plants"),
    ("Tree counter", "Facilities", "Counts trees", "Count trees"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with six pilots and one event log."""
    home = tmp_path_factory.mktemp("pilots") / "home"
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        for name, department, purpose, activity in PILOTS:
            values = {"name": name, "department": department, "purpose": purpose, "activities": activity}
            add_pilot(ws, values, by=ADA)
        steps = ("Check invoice", "Approve", "Pay")
        staged_log(ws, [("c", step, None, f"2026-01-05 0{n}:00", "Ann", "human") for n, step in enumerate(steps)])
        ws.close()
    return home


@contextmanager
def registry(home: Path) -> Iterator[Workspace]:
    """The workspace of the pages, for what they stored."""
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        try:
            yield ws
        finally:
            ws.close()


def stored(home: Path) -> tuple[Pilot, ...]:
    with registry(home) as ws:
        return list_pilots(ws)


def send(visit: Visit, lines: list[str]) -> None:
    """Send a sheet to the wizard."""
    visit.open("pilots?do=import")
    file = FilePayload(name="sheet.csv", mimeType="text/csv", buffer="\n".join(lines).encode())
    visit.page.locator("input[type=file]").set_input_files(file)
    expect(visit.page.get_by_text("1. Headings")).to_be_visible()
    visit.settle()


def click_row(visit: Visit, row: int, *, mark: bool = False) -> None:
    """Click a row of the pilots, which are drawn on a canvas: its name, or the box at its left."""
    grid = visit.page.locator("[class*=st-key-grid-pilots]").get_by_test_id("stDataFrame")
    grid.click(position={"x": 17 if mark else 96, "y": 52 + 33 * row})
    visit.settle()


def test_a_bad_sheet_shows_every_problem_and_stores_nothing(visit: Visit, home: Path) -> None:
    before = stored(home)
    bad = ["name;department;monthly_cost;currency;started;users", "A;Finance;soon;EUR;31.02.2026;many", ";Finance;1;;;"]
    send(visit, bad)
    expect(visit.page.get_by_text("5 problems").first).to_be_visible()
    expect(visit.page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    with visit.page.expect_download() as saved:
        visit.page.locator(".st-key-save-problems").get_by_role("button").click()
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig"))))
    assert [(r["Row"], r["Column"], r["Value"]) for r in rows] == [
        ("2", "started", "31.02.2026"), ("2", "monthly_cost", "soon"), ("2", "users", "many"),
        ("3", "name", "–"), ("3", "currency", "–"),
    ]  # fmt: skip
    assert stored(home) == before


def test_a_sheet_with_a_changed_mapping_comes_in_and_its_layout_is_kept(visit: Visit, home: Path) -> None:
    send(visit, ["Titel der Sache;Bereich;Chef;Stand", "Chatbot;Service;Bo;Idee"])
    choose(visit, "Column of Titel der Sache", "Name", typed=True)
    choose(visit, "Column of Chef", "Sponsor", typed=True)
    visit.page.get_by_role("textbox", name="Keep how it was read, as").fill("German list")
    visit.page.keyboard.press("Tab")
    visit.settle()
    press(visit, "Import 1 pilot", exact=False)
    expect(visit.page.get_by_text("1 added, 0 updated, 0 unchanged").first).to_be_visible()
    (added,) = (p.facts for p in stored(home) if p.facts.name == "Chatbot")
    assert (added.department, added.sponsor, added.status) == ("Service", "Bo", "idea")
    with registry(home) as ws:
        assert [layout.name for layout in list_layouts(ws)] == ["German list"]
    press(visit, "See the pilots", exact=False)
    expect(visit.page.get_by_text("7 pilots.")).to_be_visible()


def test_a_row_opens_its_pilot_which_is_edited_and_shown_by_its_address(visit: Visit, home: Path) -> None:
    visit.open("pilots")
    click_row(visit, 0)
    expect(visit.page.get_by_role("heading", level=1, name="Invoice reading bot")).to_be_visible()
    address = visit.page.url.removeprefix(f"{visit.address}/")
    press(visit, "Edit", exact=False)
    visit.page.get_by_role("textbox", name="Owner").fill("Grace")
    press(visit, "Save")
    expect(visit.page.get_by_text("Owner: nothing → Grace")).to_be_visible()
    visit.open(address)
    expect(visit.page.get_by_role("heading", level=1, name="Invoice reading bot")).to_be_visible()
    with registry(home) as ws:
        newest = history(ws, "Invoice reading bot")[0]
    assert (newest.number, newest.by_name, newest.facts.owner) == (2, "Ada", "Grace")


def test_several_marked_pilots_are_changed_at_once(visit: Visit, home: Path) -> None:
    visit.open("pilots?search=mail")
    click_row(visit, 0, mark=True)
    click_row(visit, 1, mark=True)
    press(visit, "Change 2 pilots", exact=False)
    choose(visit, "What is to be changed", "Sponsor", typed=True)
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("textbox", name="Sponsor").fill("Linus")
    visit.page.keyboard.press("Tab")
    visit.settle()
    visit.page.locator(".st-key-bulk-change").get_by_role("button").click()
    visit.settle()
    expect(visit.page.get_by_text("2 of 7 pilots")).to_be_visible()  # nothing is marked any more
    assert [p.facts.name for p in stored(home) if p.facts.sponsor == "Linus"] == ["Mail router", "Mail sorter"]


def test_a_tick_list_is_answered(visit: Visit, home: Path) -> None:
    visit.open("pilots?pilots_part=Overlaps&overlaps_view=Settle+by+answering")
    expect(visit.page.get_by_text("do the same work?").first).to_be_visible()
    names = visit.page.locator("[class*=st-key-tick-]").get_by_role("checkbox")
    expect(names).not_to_have_count(0)
    boxes = visit.page.locator("[data-testid=stCheckbox]")
    boxes.filter(has_text="Mail sorter").locator("label").click()
    visit.settle()
    expect(visit.page.get_by_text("One alone does the same work as none")).to_be_visible()
    boxes.filter(has_text="Mail router").locator("label").click()
    visit.settle()
    press(visit, "These 2 do the same work")
    expect(visit.page.get_by_text("1 tick-list").first).to_be_visible()
    with registry(home) as ws:
        (answer,) = tick_answers(ws)
        assert {get_pilot(ws, one).facts.name for one in answer.ticked} == {"Mail sorter", "Mail router"}


def test_a_suggestion_is_linked_by_a_click_and_by_nothing_else(visit: Visit, home: Path) -> None:
    with registry(home) as ws:
        number = get_pilot(ws, "Invoice reader").id
        edit_pilot(ws, number, {"sponsor": "Eve"}, by=ADA)
    visit.open(f"pilots?pilot={number}")
    with registry(home) as ws:
        assert [one.chosen for one in links(ws) if one.pilot == number] == [None]
    press(visit, "Check invoice (example)", exact=False)
    expect(visit.page.locator(".st-key-links").get_by_text("Chek invoice stands for")).to_be_visible()
    with registry(home) as ws:
        assert [one.chosen for one in links(ws) if one.pilot == number] == ["Check invoice"]
