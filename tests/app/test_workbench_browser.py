"""The analyst's workbench in a real browser: a file comes in, the map is filtered, and a case tells its story."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from app.main import run
from core.workspace import open_workspace
from tests.app.dashboards import (
    Visit,
    chip,
    choose,
    in_context,
    pick_row,
    press,
    selected,
)
from tests.app.seeded import settings_of
from tests.builders import staged_log

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "samples" / "procurement.csv.gz"
RARE = "Resolve mismatch"
DAYS = [f"2026-03-{2 + n:02}" for n in range(4)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample log and a small one, imported as people do it."""
    home = tmp_path_factory.mktemp("workbench") / "home"
    with settings_of(home) as settings:
        assert run(["log", "import", str(SAMPLE)]) == 0
        ws = open_workspace(settings)
        staged_log(ws, [(str(n), a, f"{d} 08:00", f"{d} 09:00", "Ann", "human")
                        for n, d in enumerate(DAYS) for a in ("Open", "Close")[: 1 + n % 2]], "small")  # fmt: skip
        ws.close()
    return home


LINES = [
    f"{1 + n // 3};{('Open', 'Check', 'Close')[n % 3]};{1 + n % 28:02}/{1 + n // 28:02}/2026 {8 + n % 9:02}:00;Bo"
    for n in range(90)
]
HEAD = "Case no;Step;Finished;Clerk"


def sent(visit: Visit, name: str, lines: list[str]) -> None:
    """Send a file through the place to drop one."""
    content = "\n".join([HEAD, *lines]).encode()
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    visit.page.locator("input[type=file]").set_input_files(file)
    expect(visit.page.get_by_text("1. Columns")).to_be_visible()
    visit.settle()


def test_a_file_with_three_unreadable_times_is_refused_with_a_file_of_errors(visit: Visit, home: Path) -> None:
    visit.open("import_log")
    broken = [*LINES]
    for row in (4, 40, 80):
        broken[row] = broken[row].replace("/2026", "/next year")
    sent(visit, "broken.csv", broken)
    expect(visit.page.get_by_text("Guessed: it is named Case no, with 30 different values")).to_be_visible()
    expect(visit.page.get_by_text("day before month, such as 31/12/2026; 90 values")).to_be_visible()
    expect(visit.page.get_by_text("3 rows of 90")).to_be_visible()
    expect(visit.page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Save the errors").click()
    assert download.value.suggested_filename == "broken.csv-errors.csv"
    rows = list(csv.DictReader(io.StringIO(Path(str(download.value.path())).read_text("utf-8-sig"))))
    assert [(r["row"], r["column"]) for r in rows] == [("6", "Finished"), ("42", "Finished"), ("82", "Finished")]
    assert all(r["value"] in broken[int(r["row"]) - 2] for r in rows)
    assert {r["reason"] for r in rows} == {
        "not understood as a time that is written day before month, such as 31/12/2026"
    }
    press(visit, "Another file")
    expect(visit.page.get_by_text("Drop a file here, or choose one")).to_be_visible()
    assert list((home / "uploads").iterdir()) == []


def test_a_file_is_imported_with_answers_that_are_kept_for_the_next(visit: Visit, home: Path) -> None:
    visit.open("import_log")
    sent(visit, "work.csv", LINES)
    choose(visit, "Performer", "Clerk")
    choose(visit, "Time zone of times that state no offset", "Europe/Madrid", typed=True)
    samples = visit.page.get_by_role("region", name="Times before and after")
    samples.scroll_into_view_if_needed()  # what lies outside is not drawn
    for text in ("01/01/2026 08:00", "2026-01-01 08:00:00", "2026-01-01 07:00:00"):  # as written, in Madrid, in UTC
        expect(samples).to_contain_text(text)
    press(visit, "Keep these answers")
    visit.page.get_by_role("textbox", name="Name of the mapping").fill("clerks")
    visit.page.keyboard.press("Enter")
    visit.settle()
    press(visit, "Keep mapping")
    expect(visit.page.get_by_text("Mapping clerks is kept")).to_be_visible()
    press(visit, "Import 90 rows")
    expect(visit.page.get_by_text("work, version 1 is imported")).to_be_visible()
    expect(visit.page.get_by_text("30 cases, 90 activity instances, 3 activities, 1 performer")).to_be_visible()
    assert list((home / "uploads").iterdir()) == []
    press(visit, "Import another file")
    sent(visit, "work.csv", LINES)
    choose(visit, "Mapping", "clerks")
    expect(visit.page.get_by_text("From the mapping clerks").first).to_be_visible()
    press(visit, "Import 90 rows")
    expect(visit.page.get_by_text("Imported before")).to_be_visible()
    press(visit, "Another file")
    assert list((home / "uploads").iterdir()) == []
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        assert [(v.log, v.version) for v in ws.logs.versions() if v.log == "work"] == [("work", 1)]
        ws.close()


def test_a_click_on_the_map_filters_and_the_link_shows_the_same(visit: Visit, browser: Browser, home: Path) -> None:
    visit.open("process_map?log=procurement")
    expect(visit.page.locator(".node").first).to_be_visible()
    box = visit.page.get_by_role("combobox", name="Find an activity")
    box.fill(RARE)
    box.press("Enter")
    visit.settle()
    press(visit, "Cases with it", visit.page.locator(".st-key-panel"))
    expect(chip(visit)).to_contain_text(f"Cases with {RARE}")
    left = visit.page.locator(".st-key-analysis-bar").get_by_text(re.compile(r"of 1,000 cases"))
    said = left.inner_text()
    visit.to("Variants and cases")  # the filter goes along
    expect(chip(visit)).to_contain_text(f"Cases with {RARE}")
    assert left.inner_text() == said
    with in_context(browser) as context:
        other = Visit(context.new_page(), visit.address)
        other.open(visit.page.url.removeprefix(f"{visit.address}/"))
        expect(chip(other)).to_contain_text(f"Cases with {RARE}")
        expect(other.page.locator(".st-key-analysis-bar").get_by_text(said)).to_be_visible()
    chip(visit).get_by_role("button").first.click()
    press(visit, "Turn round")
    assert [f.inverted for f in selected(visit, home).filters] == [True]
    turned = left.inner_text()
    both = [int(re.findall(r"([\d,]+) of 1,000", text)[0].replace(",", "")) for text in (said, turned)]
    assert sum(both) == 1000
    chip(visit).get_by_role("button").first.click()
    visit.page.get_by_role("textbox", name="Name", exact=True).fill("No trouble")
    visit.page.keyboard.press("Enter")
    visit.settle()
    expect(chip(visit)).to_contain_text("No trouble")
    chip(visit).get_by_role("button").first.click()
    press(visit, "Switch off")
    assert [f.disabled for f in selected(visit, home).filters] == [True]
    expect(left).to_have_count(0)
    chip(visit).get_by_role("button").first.click()
    press(visit, "Remove")
    expect(chip(visit)).to_have_count(0)
    assert "f=" not in visit.page.url
    visit.to("Process map")  # what was removed does not come back
    expect(chip(visit)).to_have_count(0)


def test_filters_are_made_by_the_form_and_kept_as_a_set(visit: Visit, home: Path) -> None:
    visit.open("cases?log=procurement")
    press(visit, "Filter", exact=False)
    visit.page.get_by_role("combobox", name="Activities").click()
    visit.page.get_by_role("option", name="Pay invoice", exact=True).click()
    visit.page.keyboard.press("Escape")
    press(visit, "Add filter")
    expect(chip(visit)).to_contain_text("Cases with Pay invoice")
    press(visit, "Filter", visit.page.locator("[class*=st-key-new-filter]"), exact=False)
    choose(visit, "Keep cases or events by", "Time")
    choose(visit, "Keep", "cases starting in it")
    press(visit, "Add filter")
    expect(chip(visit, 1)).to_contain_text("Cases starting from 2025-01-07 before 2026-02-13")
    press(visit, "Filter", visit.page.locator("[class*=st-key-new-filter]"), exact=False)
    choose(visit, "Keep cases or events by", "Attribute")
    choose(visit, "Attribute", "amount (case)")
    visit.page.get_by_role("spinbutton", name="To").fill("1000")
    visit.page.keyboard.press("Enter")
    visit.settle()
    press(visit, "Add filter")
    made = selected(visit, home)
    assert [f.kind for f in made.filters] == ["activity", "timeframe", "attribute"]
    assert made.filters[2].model_dump()["high"] == 1000
    press(visit, "Sets", exact=False)
    visit.page.get_by_role("textbox", name="Save these filters as").fill("small orders")
    visit.page.keyboard.press("Enter")
    visit.settle()
    press(visit, "Save set")
    expect(visit.page.get_by_text("small orders is saved")).to_be_visible()
    visit.open("cases?log=procurement")
    expect(chip(visit)).to_have_count(0)
    press(visit, "Sets", exact=False)
    press(visit, "small orders", exact=False)
    expect(chip(visit, 2)).to_be_visible()
    assert selected(visit, home) == made


@pytest.mark.parametrize("moved", ["before it is clicked", "while it is clicked"])
def test_a_list_of_options_that_moves_closes_no_form(visit: Visit, moved: str) -> None:
    visit.open("cases?log=procurement")
    press(visit, "Filter", exact=False)
    visit.page.get_by_role("combobox", name="Activities").click()
    options = visit.page.get_by_role("listbox")
    where, mouse = options.bounding_box(), visit.page.mouse
    assert where is not None
    mouse.move(where["x"] + 30, where["y"] + 100)
    if moved == "before it is clicked":
        mouse.wheel(0, 150)
        visit.pass_time(60)
        mouse.down()
    else:
        mouse.down()
        options.evaluate("it => it.scrollBy(0, 90)")
        visit.pass_time(60)
    mouse.up()
    visit.settle()
    expect(visit.page.get_by_role("button", name="Add filter", exact=True)).to_be_visible()
    if moved == "before it is clicked":
        expect(visit.page.get_by_role("button", name="Discard", exact=True)).to_be_visible()  # an option was chosen


def test_from_a_variant_to_the_raw_events_of_a_case(visit: Visit, home: Path) -> None:
    visit.open("cases?log=procurement")
    pick_row(visit)
    expect(visit.page.get_by_text("Variant 1", exact=True)).to_be_visible()
    press(visit, "Keep 111 cases", exact=False)
    assert selected(visit, home).filters[0].kind == "variant"
    visit.page.get_by_role("radio", name="Cases").click()
    visit.settle()
    expect(visit.page.get_by_text("111 cases", exact=True)).to_be_visible()
    expect(visit.page.get_by_text("1 to 50 of 111")).to_be_visible()
    visit.page.locator(".st-key-case_page-on").get_by_role("button").click()
    visit.settle()
    expect(visit.page.get_by_text("51 to 100 of 111")).to_be_visible()
    assert "case_page=2" in visit.page.url
    pick_row(visit, 2)
    case = parse_qs(urlsplit(visit.page.url).query)["case"][0]
    story = visit.page.locator(".st-key-story")
    expect(story.get_by_text(f"Case {case}")).to_be_visible()
    expect(story.locator("li.step")).to_have_count(13)
    story.get_by_text("13 raw events as the log has them").click()
    expect(story.get_by_test_id("stDataFrame")).to_be_visible()
    search = visit.page.get_by_role("textbox", name="Find a case")
    search.fill(case)
    search.press("Enter")
    visit.settle()
    expect(visit.page.get_by_text("1 case", exact=True)).to_be_visible()
    search.fill("nobody")
    search.press("Enter")
    visit.settle()
    expect(visit.page.get_by_text("No case found")).to_be_visible()


def test_a_damaged_link_says_so(visit: Visit) -> None:
    visit.open("cases?log=small&f=~eJyrViouTVayUoqu")
    expect(visit.page.get_by_text("The filters in this link are damaged")).to_be_visible()
    expect(visit.page.get_by_text("2 variants")).to_be_visible()
    visit.open("cases?log=small&f=~" + "x" * 30)
    expect(visit.page.get_by_text("Copy the whole link again")).to_be_visible()
