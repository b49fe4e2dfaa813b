"""Words from elsewhere as pages show them."""

from app.pages.parts import quoted, textual


def test_text_is_shown_literally_and_code_as_code() -> None:
    assert textual("a_b *c* `d_e` [f]") == r"a\_b \*c\* `d_e` \[f\]"


def test_a_lonely_backtick_is_shown_too() -> None:
    assert textual("a ` b") == r"a \` b"


def test_a_table_quotes_what_messages_put_in_backticks() -> None:
    assert quoted("same activity `Pay invoice`, both in IT") == "same activity “Pay invoice”, both in IT"
