"""Values of two sides in words, the map of differences, the chart of causes, and both pages run without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.apart import apart, in_unit
from app.components.process_map import END, START
from app.pages.causes.view import forest, number, rows
from app.pages.compare.map import draw
from app.theme import LIGHT
from core.selection.filters import ActivityFilter, AttributeFilter
from core.selection.kept import fold as fold_selection
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.causes.service import find_causes
from mining.causes.values import Mark, Quick
from mining.compare.service import compare_sides
from mining.compare.values import SideBySide, SideUnit
from mining.estimates import Estimate
from tests.mining.whole_cases import Case, log_of
from tests.patience import patience


def test_values_and_differences_in_words() -> None:
    assert in_unit(0.25, SideUnit.SHARE) == "25 %"
    assert in_unit(-0.025, SideUnit.SHARE, sign=True) == "−2.5 points"
    assert in_unit(3600, SideUnit.SECONDS, sign=True) == "+1 h"
    assert in_unit(0, SideUnit.COUNT, sign=True) == "±0"
    assert in_unit(12.5, SideUnit.MONEY, currency="EUR") == "12.50 EUR"
    assert apart(Estimate(0.1, -0.02, 0.22), SideUnit.SHARE) == "+10.0 points (−2.0 to +22.0 points)"
    assert apart(Estimate(3.0), SideUnit.COUNT) == "+3"
    assert apart(None, SideUnit.COUNT) == "–"


def test_ratios_keep_two_digits() -> None:
    assert [number(v) for v in (1234.5, 12.34, 1.0, 0.0123)] == ["1,234", "12.3", "1.0", "0.012"]


CASES = [
    *(Case(("a", "b"), start=n, attributes={"@unit": "A"}) for n in range(60)),
    *(Case(("a", "c") if n % 4 else ("a", "c", "c"), start=n, gap=2, attributes={"@unit": "B"}) for n in range(60)),
]
UNIT_A = Selection((AttributeFilter(attribute="@unit", values=("A",)),))


@pytest.fixture
def found(ws: Workspace) -> SideBySide:
    log_of(ws, CASES)
    other = Selection((AttributeFilter(attribute="@unit", values=("B",)),))
    return compare_sides(ws, View("cases", selection=UNIT_A), View("cases", selection=other))


def test_the_map_of_differences(found: SideBySide) -> None:
    shown = draw(found, by_waiting=False, most=10, key="x")
    nodes = {n.name: n for n in shown.nodes}
    assert shown.nodes[0].name == "a", "the flow begins with the start"
    assert (nodes["a"].heat, nodes["b"].heat, nodes["c"].heat) == (2, 0, 4)
    assert (nodes["a"].note, nodes["b"].note, nodes["c"].note) == (
        "100 % = 100 %",
        "only in A: 100 %",
        "only in B: 100 %",
    )
    paths = {(p.source, p.target): p for p in shown.paths}
    assert (paths["c", "c"].heat, paths["c", "c"].label) == (3, "only in B: 25 %")
    assert (paths[START, "a"].heat, paths["b", END].heat) == (2, 0)
    assert "`b`: 100 % of A's cases, 0 % of B's (−100.0 points)" in nodes["b"].title


def test_the_map_of_waiting_times(ws: Workspace) -> None:
    log_of(ws, [Case(("a", "b"), start=n, gap=1) for n in range(20)], "one")
    log_of(ws, [Case(("a", "b"), start=n, gap=3) for n in range(20)], "two")
    shown = draw(compare_sides(ws, View("one"), View("two")), by_waiting=True, most=10, key="x")
    path = next(p for p in shown.paths if (p.source, p.target) == ("a", "b"))
    assert (path.heat, path.label) == (4, "1 h ▲ 3 h")


def test_the_chart_of_factors(ws: Workspace) -> None:
    log_of(ws, CASES)
    causes = find_causes(ws, View("cases"), mark=Mark(quick=Quick.REWORK))
    chart = forest(LIGHT, causes.more, causes.mark, height=300)
    assert chart.layout.title.text.startswith("Cases with unit B are more likely to have rework: 15 of 60")
    assert chart.layout.xaxis.type == "log"
    first = rows(causes.more)[0]
    assert (first["Factor"], first["Cases"], first["Marked"]) == ("unit: B", 60, 15)


SHELL = "from app.pages.shell import run\nrun({path!r})\n"


@pytest.fixture
def open_page(ws: Workspace) -> Iterator[Any]:
    """A function that opens a page with what its URL says."""
    st.cache_data.clear()
    st.cache_resource.clear()

    def opened(path: str, **parameters: str) -> AppTest:
        page = AppTest.from_string(SHELL.format(path=path), default_timeout=patience(20))
        for name, value in parameters.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception, page.exception
        return page

    yield opened
    st.cache_data.clear()
    st.cache_resource.clear()


def words_of(page: AppTest) -> str:
    return "\n".join(str(e.value) for e in [*page.markdown, *page.caption, *page.title, *page.subheader])


def test_pages_without_a_log_say_what_to_do(open_page: Any) -> None:
    for path in ("causes", "compare"):
        assert "No event log yet" in words_of(open_page(path))


def test_the_causes_page(ws: Workspace, open_page: Any) -> None:
    log_of(ws, CASES)
    page = open_page("causes")
    page.selectbox(key="mark").select("rework").run()
    assert not page.exception
    text = words_of(page)
    assert "15 of 120 cases" in text
    assert "Cases with unit B" in text
    assert "not proven causes" in text
    page.selectbox(key="mark").select("open").run()
    assert "Nothing can be said of these cases" in words_of(page)


def test_filters_can_be_the_mark(ws: Workspace, open_page: Any) -> None:
    log_of(ws, CASES)
    page = open_page("causes", f=fold_selection(ws, Selection((ActivityFilter(activities=("b",)),))))
    page.selectbox(key="mark").select("filters").run()
    assert not page.exception
    assert "60 of 120 cases" in words_of(page)


def test_the_compare_page(ws: Workspace, open_page: Any) -> None:
    log_of(ws, CASES)
    assert "Both sides are the same cases" in words_of(open_page("compare"))
    text = words_of(open_page("compare", f=fold_selection(ws, UNIT_A)))
    assert "what the last filter leaves out" not in text
    assert "differ beyond chance" in text
    assert "not drawn at random" in text


def test_the_drift_view_offers_before_and_after(ws: Workspace, open_page: Any) -> None:
    log_of(ws, [Case(("a", "b") if n < 150 else ("a", "c"), start=n) for n in range(300)])
    page = open_page("compare", view="Drift")
    button = next(b for b in page.button if b.label == "Compare before and after")
    button.click().run()
    assert not page.exception
    text = words_of(page)
    assert "before 2026-01-11 06" in text
    assert text.count("150 cases") == 2
