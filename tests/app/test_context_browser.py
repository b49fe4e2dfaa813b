"""One context in a real browser: log, version and filters go along, Back comes back, a reload forgets nothing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from app.pages.shell import ENTRIES
from core.actor.values import local
from core.selection.filters import ActivityFilter
from core.selection.kept import fold as fold_selection
from core.selection.selection import Selection
from core.workspace import open_workspace
from governance import add_person
from tests.app.dashboards import Visit, chip, choose, in_context, press, selected
from tests.app.seeded import settings_of
from tests.builders import staged_log

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AT_THE_SIDE = [entry.title for entry in ENTRIES if entry.at_the_side]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two logs, of which the first has two versions, and two people."""
    home = tmp_path_factory.mktemp("context") / "home"
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        for name, cases in (("orders", 2), ("orders", 3), ("claims", 4)):
            staged_log(ws, [(str(n), a, f"2026-01-0{n + 1} 08:00", f"2026-01-0{n + 1} 09:00", "Ann", "human")
                            for n in range(cases) for a in ("Open", "Close")], name)  # fmt: skip
        add_person(ws, "Bo", roles=(), by=local("Ada"))
        ws.close()
    return home


@pytest.fixture
def folded(home: Path) -> str:
    """A filter as a link holds it."""
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        try:
            return fold_selection(ws, Selection((ActivityFilter(activities=("Close",)),)))
        finally:
            ws.close()


def test_every_page_at_the_side_carries_the_context_and_back_brings_it_back(visit: Visit, folded: str) -> None:
    visit.open(f"cases?log=orders&version=v1&f={quote(folded)}")
    said = {"log": "orders", "version": "v1", "f": folded}
    expect(chip(visit)).to_contain_text("Cases with Close")
    for title in AT_THE_SIDE:
        visit.to(title)
        assert said.items() <= visit.parameters().items(), title
    seen = [visit.page.url]
    for title in ("Process map", "Governance", "Variants and cases"):
        visit.to(title)
        seen.append(visit.page.url)
    for before in seen[-2::-1]:  # one step back for each step on
        visit.back()
        assert visit.page.url == before
    visit.page.go_forward()
    visit.settle()
    assert visit.page.url == seen[1]
    expect(chip(visit)).to_contain_text("Cases with Close")


def test_back_takes_a_filter_away_that_was_just_added(visit: Visit, home: Path) -> None:
    visit.open("cases?log=orders&version=v1")
    press(visit, "Filter", exact=False)
    choose(visit, "Activities", "Close")
    visit.page.keyboard.press("Escape")
    press(visit, "Add filter")
    expect(chip(visit)).to_be_visible()
    visit.back()
    expect(chip(visit)).to_have_count(0)
    visit.page.go_forward()
    visit.settle()
    assert len(selected(visit, home, "orders").filters) == 1


def test_without_a_link_stands_what_was_used_last_else_the_newest(visit: Visit, browser: Browser, folded: str) -> None:
    visit.open("cases")
    assert visit.parameters() == {"log": "claims", "version": "v1"}
    visit.open(f"cases?log=orders&version=v1&f={quote(folded)}")
    tab = Visit(visit.page.context.new_page(), visit.address)
    tab.open("performance")
    assert tab.parameters() == {"log": "orders", "version": "v1", "f": folded}
    with in_context(browser) as other:
        assert Visit(other.new_page(), visit.address).parameters()["log"] == "claims"


def test_another_log_is_chosen_with_its_newest_version(visit: Visit) -> None:
    visit.open("kpis?log=claims")
    choose(visit, "Event log", "orders")
    assert visit.parameters() == {"log": "orders", "version": "v2"}
    choose(visit, "Version", "v1")
    visit.to("Variants and cases")
    assert visit.parameters() == {"log": "orders", "version": "v1"}


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("cases?log=nothing", "the event log nothing"),
        ("cases?log=orders&version=v9", "the version of orders v9"),
        ("kpis?log=nothing", "the event log nothing"),
        ("quality?log=nothing", "the event log nothing"),
        ("compare?log=orders&log_b=nothing", "the event log nothing"),
        ("performance?log=orders&calendar=nothing", "the calendar nothing"),
        ("cases?log=orders&cases_part=Cases&case=nothing", "the case nothing"),
        ("process_map?log=orders&activity=nothing", "the activity nothing"),
        ("logs?shown=nothing.v1", "the event log nothing.v1"),
    ],
)
def test_what_a_link_names_and_is_not_there_is_said_with_a_way_out(visit: Visit, link: str, words: str) -> None:
    visit.open(link)
    expect(visit.page.get_by_text(f"This link names {words}, which is not here.")).to_be_visible()
    assert "nothing" in visit.page.url or "v9" in visit.page.url
    out = visit.page.get_by_role("button", name="Go on without it")
    box = visit.page.locator("[class*='-instead']").get_by_role("combobox")
    expect(out.or_(box).first).to_be_visible()  # the words come before what stands beside them
    if out.count():
        out.first.click()
        visit.settle()
    else:
        box.click()
        visit.page.get_by_role("option").first.click()
        visit.settle()
    expect(visit.page.get_by_text("This link names")).to_have_count(0)
    assert "nothing" not in visit.page.url


def test_who_acts_survives_a_reload_and_a_new_tab(visit: Visit) -> None:
    box = visit.page.get_by_role("combobox", name="Acting as")
    visit.act_as("Bo")
    visit.page.reload()
    visit.settle()
    expect(box).to_have_value("Bo")
    tab = Visit(visit.page.context.new_page(), visit.address)
    expect(tab.page.get_by_role("combobox", name="Acting as")).to_have_value("Bo")


def test_a_kept_name_that_is_no_principal_is_not_shown(visit: Visit) -> None:
    visit.act_as("Bo")
    kept = next(c for c in visit.page.context.cookies() if str(c.get("name")).startswith("tandem-"))
    forged = str(kept["value"]).replace("Bo", "Mallory")
    visit.page.context.add_cookies([{"name": str(kept["name"]), "value": forged, "url": visit.address}])
    visit.page.reload()
    visit.settle()
    expect(visit.page.get_by_role("combobox", name="Acting as")).to_have_value("Ada")


def test_escape_closes_the_list_and_never_a_form_that_was_begun(visit: Visit) -> None:
    visit.open("cases?log=orders&version=v1")
    add = visit.page.get_by_role("button", name="Add filter")
    press(visit, "Filter", exact=False)
    visit.page.keyboard.press("Escape")  # nothing was begun
    expect(add).to_have_count(0)
    visit.settle()
    press(visit, "Filter", exact=False)
    choose(visit, "Activities", "Close")
    for _ in range(3):
        visit.page.keyboard.press("Escape")
    expect(add).to_be_enabled()
    visit.page.mouse.click(900, 600)  # a click beside it puts the form away, with what it holds
    expect(add).to_have_count(0)
    visit.settle()
    press(visit, "Filter", exact=False)
    expect(visit.page.get_by_text("Cases with Close")).to_be_visible()
    press(visit, "Discard")
    press(visit, "Filter", exact=False)
    expect(add).to_be_disabled()


def test_escape_before_the_server_answered_closes_no_form_that_was_begun(visit: Visit) -> None:
    answers: list[tuple[WebSocketRoute, str | bytes]] = []
    slow = False

    def connect(page: WebSocketRoute) -> None:
        page.connect_to_server().on_message(lambda m: answers.append((page, m)) if slow else page.send(m))

    visit.page.route_web_socket("**/*", connect)
    visit.open("cases?log=orders&version=v1")
    press(visit, "Filter", exact=False)
    visit.page.get_by_role("combobox", name="Activities").click()
    slow = True
    visit.page.get_by_role("option", name="Close", exact=True).click()
    for _ in range(3):
        visit.page.keyboard.press("Escape")
    add = visit.page.get_by_role("button", name="Add filter")
    expect(add).to_be_disabled()
    slow = False
    for page, answer in answers:
        page.send(answer)
    expect(add).to_be_enabled()
