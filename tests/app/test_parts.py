"""Words from elsewhere as pages show them."""

from streamlit.testing.v1 import AppTest

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
