"""Text is text: what is stored or comes from elsewhere is shown as it is, fetches nothing and pretends nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from app.pages.shell import ENTRIES
from app.pages.text import literal, textual
from core.actor.values import local
from core.view import View
from core.workspace import Workspace, open_workspace
from governance import add_agent, add_person, add_role, ensure_acting
from inventory import import_pilots
from mining.allocation import allocate
from mining.map.maps import save_map
from tests.app.dashboards import Visit, chromium, need_browser, pick_row, tandem_up, visiting
from tests.app.seeded import settings_of
from tests.ingest.stored import row, stored
from tests.security.markdown import unescaped

PAGES = Path(__file__).parents[2] / "app" / "pages"


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.py")), ids=lambda p: str(p.relative_to(PAGES)))
def test_no_page_renders_text_as_markdown_that_was_not_made_literal(path: Path) -> None:
    assert unescaped(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "st.markdown(name)", "def f(role):\n    st.markdown(f'**{role.name}**')", "st.caption('a' + log.source)",
        "def f(e):\n    st.error(e.message)", "st.tabs([log.name])", "st.button('x', help=step.words)",
        "st.radio('Which', range(3), format_func=entry.options.__getitem__)", "st.radio('Which', entry.options)",
        "st.segmented_control('x', names, format_func=str.capitalize)", "link('logs', f'**{stage.name}**')",
        "def f(x):\n    said = x.name\n    st.caption(said)", "st.metric('a', found.value)", "place.badge(state.text)",
        "def g(x):\n    return x.name\ndef f():\n    st.caption(g(1))", "with st.expander(', '.join(names)): pass",
        "def f():\n    for n in names:\n        st.write(n)", "column(help=why)", "st.write('a', name)",
        "def f(a):\n    line = 'x'\n    line += a.by\n    st.caption(line)", "st.caption(f'{a:>10}')",
        "st.page_link(page, label=name)", "simulated_mark(found.words)",
    ],
)  # fmt: skip
def test_the_reader_sees_what_is_not_literal(source: str) -> None:
    assert len(unescaped(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "st.markdown('**fixed**')", "st.caption(f'{textual(name)}: {count(n)}')", "st.metric('a', f'{x:,.1f}')",
        "st.selectbox('x', names)", "def f():\n    said = 'a' if x else literal(n)\n    st.caption(said)",
        "st.radio('x', names, format_func=lambda n: literal(n))", "st.tabs(list({'a': f}))", "title(name)",
    ],
)  # fmt: skip
def test_the_reader_lets_pass_what_is_literal(source: str) -> None:
    assert unescaped(source) == []


@pytest.mark.parametrize(
    "text",
    [
        "``` ![x](http://a/) `",
        "`a\n\n![x](http://a/)`",
        "`` ` ![x](http://a/) ` ``",
        "` ![x](http://a/)",
        "`` ![x](u) ``",
    ],
)
def test_backticks_hide_no_markdown(text: str) -> None:
    assert "![" not in textual(text)


def test_what_begins_a_line_begins_nothing_else() -> None:
    assert literal("1. a\n- b\n+ c\n===\n    d") == "&#49;. a\n&#45; b\n&#43; c\n&#61;==\n d"


class Listener:
    """Another server on this machine, which counts who asks it for anything."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.asked = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            self._socket.accept()[0].close()
            self.asked += 1


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener()


def wicked(port: int, what: str) -> str:
    """A name that would fetch an image, link elsewhere, and look like a part of the page."""
    there = f"http://127.0.0.1:{port}"
    return f"{what} ![x]({there}/p) [l]({there}) $x$ :material/home: :red[x]"


def wickeder(port: int, what: str) -> str:
    """The same for texts, which may be longer."""
    return (
        f"{wicked(port, what)} <img src=http://127.0.0.1:{port}/q> ``` ![y](http://127.0.0.1:{port}/r) ` &lt; :smile:"
    )


def fill(ws: Workspace, port: int, folder: Path) -> None:
    """A log, a map with its allocations, a pilot, roles, a person and an agent of such names."""
    steps = [wicked(port, step) for step in ("Order", "Check", "Pay")]
    rows = [row(f"c{n} {wicked(port, 'case')}", step, f"2025-03-{n % 27 + 1:02} {9 + place:02}:00", None,
                wicked(port, f"Doer{(n + place) % 3}"), **{"@Region": wicked(port, f"Region{n % 2}")})
            for n in range(40) for place, step in enumerate(steps[: 2 + n % 2])]  # fmt: skip
    stored(ws, rows, log="wicked")
    ensure_acting(ws, local("Ada"))
    save_map(ws, "wicked", View("wicked"), by=local("Ada"))
    allocate(ws, "wicked", by=local("Ada"))
    add_role(ws, wicked(port, "Role"), wickeder(port, "purpose"), responsibilities=[wickeder(port, "resp")],
             expectations=[wickeder(port, "exp")], by=local("Ada"))  # fmt: skip
    add_person(ws, wicked(port, "Person"), roles=[wicked(port, "Role")], by=local("Ada"))
    add_agent(ws, wicked(port, "Agent"), owner="Ada", sponsor="Ada", runtime=wicked(port, "runtime"), by=local("Ada"))
    sheet = folder / "pilots.csv"
    sheet.write_text(
        "name,department,purpose\n" + ",".join(f"{wicked(port, w)}" for w in ("Pilot", "Dep", "Purp")), "utf-8"
    )
    import_pilots(ws, sheet, by=local("Ada"))


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Iterator[Visit]:
    need_browser()
    folder = tmp_path_factory.mktemp("wicked")
    with settings_of(folder / "home") as settings:
        ws = open_workspace(settings)
        fill(ws, listener.port, folder)
        ws.close()
    with (
        tandem_up(folder / "home", "--no-worker") as (address, _),
        chromium() as browser,
        visiting(browser, address) as found,
    ):
        yield found


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        *[entry.path.replace("overview", "") for entry in ENTRIES], "governance?part=People+and+agents",
        "governance?part=Roles", "governance?part=Audit", "people?log=wicked&view=Hand-overs",
        "cases?log=wicked&cases_part=Cases", "performance?times_view=times",
    ],
)  # fmt: skip
def test_a_page_shows_such_names_and_fetches_nothing(visit: Visit, listener: Listener, path: str) -> None:
    visit.problems.clear()
    visit.open(path)
    foreign = f"127.0.0.1:{listener.port}"
    assert visit.page.get_by_test_id("stApp").count() == 1
    assert visit.page.locator(f"img[src*='{foreign}']").count() == 0
    assert visit.page.locator(".katex").count() == 0
    links = visit.page.get_by_test_id("stAppViewContainer").locator(f"a[href*='{foreign}']").all_inner_texts()
    assert [said for said in links if not said.startswith("http://")] == []  # a link shows where it leads
    assert listener.asked == 0
    visit.assert_sound()


@pytest.mark.browser
@pytest.mark.slow
def test_names_are_shown_literally(visit: Visit, listener: Listener) -> None:
    visit.open("governance?part=Roles")
    said = visit.page.locator("body").inner_text()
    assert wicked(listener.port, "Role") in said
    assert [what for what in ("purpose", "resp", "exp") if wickeder(listener.port, what) not in said] == []
    visit.open("governance?part=People+and+agents")
    for number in range(3):
        pick_row(visit, number)
        said += visit.page.locator("body").inner_text()
    visit.open(f"allocation?map=wicked&activity={quote(wicked(listener.port, 'Order'))}")
    said += visit.page.locator("body").inner_text()
    visit.open("pilots?pilot=1")
    said += visit.page.locator("body").inner_text()
    names = ("Person", "Agent", "runtime", "Order", "Pilot", "Dep", "Purp")
    assert [what for what in names if wicked(listener.port, what) not in said] == []
    assert listener.asked == 0
