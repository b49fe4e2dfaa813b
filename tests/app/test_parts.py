"""Words from elsewhere as pages show them."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.pages.parts import height_of
from app.pages.text import quoted, textual
from tests.patience import patience


def test_text_is_shown_literally_and_code_as_code() -> None:
    assert textual("a_b *c* `d_e` [f]") == "a&#95;b &#42;c&#42; `d_e` &#91;f&#93;"


def test_a_lonely_backtick_is_shown_too() -> None:
    assert textual("a ` b") == "a &#96; b"


def test_a_table_quotes_what_messages_put_in_backticks() -> None:
    assert quoted("same activity `Pay invoice`, both in IT") == "same activity “Pay invoice”, both in IT"


def test_what_a_filter_is_offered_with_shows_no_image_of_a_name() -> None:
    def page() -> None:
        from app.pages.analysis import offer
        from core.selection.filters import ActivityFilter

        name = "![x](http://example.org/seen.png) **b**"
        offer(ActivityFilter(activities=(name,)), f"Cases with {name}", "offered")

    (button,) = AppTest.from_function(page, default_timeout=patience(20)).run().button
    for shown in (button.label, button.help):
        assert "!&#91;x&#93;(http&#58;//example.org/seen.png) &#42;&#42;b&#42;&#42;" in shown


@pytest.mark.parametrize(
    ("rows", "within", "height"),
    [(0, 430, "content"), (8, 180, "content"), (13, 430, "content"), (14, 430, 414), (500, 430, 414),
     (10, 330, "content"), (11, 330, 315), (9, 205, 183)],
)  # fmt: skip
def test_a_table_is_as_tall_as_its_rows_and_scrolls_only_for_many_more_than_fit(
    rows: int, within: int, height: int | str
) -> None:
    assert height_of(rows, within) == height


def test_no_table_of_a_page_has_a_height_of_its_own() -> None:
    for file in sorted((Path(__file__).parents[2] / "app" / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and file.name != "parts.py":
                called = ast.unparse(node.func)
                assert called not in ("st.dataframe", "st.table", "st.data_editor"), f"{file}:{node.lineno}"
                assert called != "table" or all(k.arg != "height" for k in node.keywords), f"{file}:{node.lineno}"
