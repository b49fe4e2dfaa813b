"""The process map in a real browser: search, panel, metrics, pictures, files, grouping, filters, tree and BPMN."""

from __future__ import annotations

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.actor.values import local
from core.workspace import open_workspace
from ingest import import_log
from tests.app.dashboards import LIMIT, Visit, choose, in_context, let_in, need_browser, tandem_up
from tests.app.seeded import settings_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "app" / "components" / "process_map" / "dist" / "process_map.js"
SAMPLE = ROOT / "data" / "samples" / "procurement.csv.gz"
HIDDEN = "Resolve mismatch"  # rare: the sliders hide it when a map opens


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboards on a home with the sample log."""
    need_browser()
    home = tmp_path_factory.mktemp("map") / "home"
    with settings_of(home) as settings:
        ws = open_workspace(settings)
        import_log(ws, SAMPLE, log="procurement", by=local("Ada"))
        ws.close()
    with tandem_up(home, "--no-worker") as (found, _):
        yield found


@pytest.fixture
def visit(visit: Visit) -> Visit:
    """The process map in a fresh session."""
    visit.to("Process map")
    expect(visit.page.locator(".node").first).to_be_visible()
    return visit


def panel(visit: Visit) -> Locator:
    return visit.page.locator(".st-key-panel")


def find(visit: Visit, text: str) -> None:
    box = visit.page.get_by_role("combobox", name="Find an activity")
    box.fill(text)
    box.press("Enter")
    visit.settle()


def saved(page: Page, button: str) -> tuple[str, bytes]:
    """The name and the content of the picture that a button of the map saves."""
    page.locator("summary[aria-label='Save as a picture']").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(str(download.value.path())).read_bytes()


def test_the_search_selects_and_centres(visit: Visit) -> None:
    find(visit, "pay inv")
    node = visit.page.locator('.node[data-activity="Pay invoice"]')
    expect(panel(visit).get_by_role("heading", name="Pay invoice")).to_be_visible()
    expect(node).to_have_attribute("aria-pressed", "true")
    expect(node).to_be_in_viewport()


def test_what_the_sliders_hide_is_found_and_shown_when_asked(visit: Visit) -> None:
    node = visit.page.locator(f'.node[data-activity="{HIDDEN}"]')
    visit.page.get_by_role("slider", name="Activities").press("Home")
    visit.settle()
    expect(node).to_have_count(0)
    find(visit, HIDDEN.lower())
    expect(panel(visit).get_by_text("The sliders hide it.")).to_be_visible()
    panel(visit).get_by_role("button", name="Show it on the map").click()
    visit.settle()
    expect(node).to_be_in_viewport()
    assert "show=Resolve" in visit.page.url


def test_the_panel_says_where_work_comes_from_and_who_does_it(visit: Visit) -> None:
    find(visit, "approve invoice")
    for words in ("Cases that start with it", "Cases that end with it", "Hand-over before", "Before it", "After it"):
        expect(panel(visit).get_by_text(words, exact=True)).to_be_visible()
    expect(panel(visit).get_by_role("row", name=re.compile("^Waiting"))).to_contain_text("h")
    expect(panel(visit).get_by_text("Performers", exact=True)).to_be_visible()
    expect(panel(visit).get_by_text("Systems", exact=True)).to_be_visible()


def test_a_button_of_the_panel_filters_the_map(visit: Visit) -> None:
    find(visit, HIDDEN)
    panel(visit).get_by_role("button", name="Cases with it").click()
    visit.settle()
    assert "f=" in visit.page.url
    expect(visit.page.get_by_text(re.compile(r"of 1,000 cases")).first).to_be_visible()
    expect(panel(visit).get_by_text(re.compile(r", 100 % of all"))).to_be_visible()


def test_the_start_of_cases_is_chosen(visit: Visit) -> None:
    edge = visit.page.locator('.edge.to-terminal[data-target="Create requisition"]')
    edge.focus()
    edge.press("Enter")
    visit.settle()
    expect(panel(visit).get_by_role("heading", name="Cases that start with Create requisition")).to_be_visible()


def test_another_metric_changes_colours_and_words(visit: Visit) -> None:
    choose(visit, "Colour by", "Service time")
    note = visit.page.locator('.node[data-activity="Approve invoice"] .note')
    expect(note).to_have_text("takes 5 min 59 s")
    visit.page.get_by_role("button", name="Options").click()
    choose(visit, "Times show the", "Total")
    expect(note).to_have_text("takes 4 d 12 h")
    assert "statistic=Total" in visit.page.url
    expect(panel(visit).get_by_text("Colour: service time, total")).to_be_visible()


@pytest.mark.parametrize(("button", "ground"), [("SVG, white ground", "#ffffff"), ("SVG, dark ground", "#14171b")])
def test_an_svg_stands_on_its_own(visit: Visit, button: str, ground: str) -> None:
    names = visit.page.locator(".node").evaluate_all("nodes => nodes.map(n => n.dataset.activity)")
    name, content = saved(visit.page, button)
    assert name == "procurement-v1-map.svg"
    text = content.decode()
    root = ET.fromstring(text)
    assert all(word not in text for word in ("var(--", "class=", "<style", "href"))
    assert f'fill="{ground}"' in text
    said = {" ".join(e.itertext()) for e in root.iter("{http://www.w3.org/2000/svg}title")}
    assert all(any(s.startswith(f"{n}: ") for s in said) for n in names)
    words = " ".join(e.text or "" for e in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Colour: who works." in words
    assert "people" in words
    # A browser draws it as a picture, as wide and as high as it says.
    drawn = visit.page.evaluate(
        """async (text) => { const i = new Image(); i.src = URL.createObjectURL(new Blob([text], {type:
        "image/svg+xml"})); await i.decode(); return [i.naturalWidth, i.naturalHeight]; }""",
        text,
    )
    assert drawn == [int(root.attrib["width"]), int(root.attrib["height"])]


def test_a_png_decodes_and_has_ink(visit: Visit) -> None:
    name, content = saved(visit.page, "PNG, white ground")
    assert name == "procurement-v1-map.png"
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width > 600
    assert height > 1000
    colours = visit.page.evaluate(
        """async (bytes) => { const b = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        const c = new OffscreenCanvas(b.width, b.height).getContext("2d"); c.drawImage(b, 0, 0);
        const d = c.getImageData(0, 0, b.width, b.height).data; const s = new Set();
        for (let i = 0; i < d.length; i += 400) s.add(d[i] + "," + d[i+1] + "," + d[i+2]);
        return [d[0], d[1], d[2], s.size]; }""",
        list(content),
    )
    assert colours[:3] == [255, 255, 255]
    assert colours[3] > 10


def test_files_hold_what_is_shown(visit: Visit) -> None:
    shown = visit.page.locator(".node").count()
    visit.page.get_by_role("button", name="Export").click()
    visit.settle()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Activities, CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(str(download.value.path())).read_text("utf-8-sig"))))
    assert len(rows) == shown
    assert {"activity", "events", "waiting_p95_seconds", "cost_total"} <= set(rows[0])
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Paths, Parquet").click()
    assert pq.read_table(download.value.path()).num_rows == visit.page.locator(".edge:not(.to-terminal)").count()


def test_the_map_of_another_attribute(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Options").click()
    choose(visit, "Group by", "System")
    expect(visit.page.locator('.node[data-activity="(not given)"], .node[data-activity="ERP"]').first).to_be_visible()
    expect(panel(visit).get_by_text("Boxes stand for")).to_be_visible()
    assert "group=System" in visit.page.url


def test_a_small_step_of_a_slider_leaves_what_is_seen_in_place(visit: Visit) -> None:
    find(visit, "approve requisition")
    node = visit.page.locator('.node[data-activity="Approve requisition"]')
    before = node.bounding_box()
    slider = visit.page.get_by_role("slider", name="Paths")
    for _ in range(6):
        slider.press("ArrowLeft")
    visit.settle()
    after = node.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["x"] - before["x"]) < 2
    assert abs(after["y"] - before["y"]) < 2


def test_tree_and_bpmn_are_drawn_and_their_tasks_chosen(visit: Visit) -> None:
    visit.page.get_by_role("radio", name="Process tree").click()
    tree = visit.page.get_by_role("group", name=re.compile("^Process tree of procurement"))
    expect(tree).to_be_visible()
    expect(tree.locator('[data-operator="sequence"]').first).to_be_visible()
    expect(tree.locator(".node.task")).not_to_have_count(0)
    visit.settle()
    visit.page.get_by_role("radio", name="BPMN").click()
    visit.settle()
    expect(visit.page.get_by_title("Powered by bpmn.io")).to_be_visible()
    task = visit.page.locator('.djs-element[data-element-id^="task_"]').first
    task.click()
    visit.settle()
    expect(panel(visit).get_by_text("Hand-over before")).to_be_visible()
    with visit.page.expect_download() as download:
        panel(visit).get_by_role("button", name="Save as BPMN").click()
    root = ET.parse(str(download.value.path())).getroot()
    assert root.tag == "{http://www.omg.org/spec/BPMN/20100524/MODEL}definitions"
    name, content = saved(visit.page, "SVG, white ground")
    assert name == "procurement-v1-bpmn.svg"
    assert ET.fromstring(content.decode()).tag == "{http://www.w3.org/2000/svg}svg"
    name, content = saved(visit.page, "PNG, dark ground")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")


def test_the_component_is_a_file_that_the_browser_keeps(address: str, browser: Browser) -> None:
    """Its page names it in the answer; it is fetched once for all pages; a page without a map does not ask."""
    with in_context(browser) as context:
        let_in(context, address)
        page = context.new_page()
        page.set_default_timeout(LIMIT)
        ours = "performance.getEntriesByType('resource').filter(e => e.name.includes('/component/'))"
        sent = f"{ours}.map(e => e.transferSize)"
        answer = page.goto(f"{address}/logs")
        assert answer is not None
        assert "link" not in answer.headers
        page.locator(".st-key-log").wait_for()
        assert page.evaluate(sent) == []
        transferred = []
        for _ in range(2):
            answer = page.goto(f"{address}/process_map")
            assert answer is not None
            expect(page.locator(".node").first).to_be_visible()
            transferred.append(sum(page.evaluate(sent)))
        assert transferred[0] > BUNDLE.stat().st_size / 4  # it travels compressed
        assert transferred[1] == 0
        link = re.fullmatch(
            r"<(/tandem/component/process_map\.[0-9a-f]{16}\.js)>; rel=modulepreload", answer.headers["link"]
        )
        assert link is not None
        file = page.request.get(f"{address}{link[1]}")
        assert file.body() == BUNDLE.read_bytes()
        assert file.headers["cache-control"] == "public, immutable, max-age=31536000"
        for other in ("process_map.0123456789abcdef.js", "process_map.js", "upload.js"):
            assert page.request.get(f"{address}/tandem/component/{other}").status == 404
        assert page.request.get(f"{address}/tandem/component/..%2Fbundles.py").status == 400  # Streamlit's own guard
