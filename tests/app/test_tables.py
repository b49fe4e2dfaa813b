"""Tables as lines: nothing that is copied is broken, nothing is wider than the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from app.tables import table, wrap

ROWS = [("approval-41ce0f77def78a19", "Approve the requisition", "1,200"), ("approval-2", "Pay", "3 d 4 h")]
COLUMNS = ("id", "what", "waits")
words = st.text("abc 日", min_size=0, max_size=30)


def test_what_fits_stands_in_one_line_each_numbers_to_the_right() -> None:
    found = table(COLUMNS, ROWS, 80)
    assert found.heading == ("id                         what                       waits",)
    assert found.lines == (
        "approval-41ce0f77def78a19  Approve the requisition    1,200",
        "approval-2                 Pay                      3 d 4 h",
    )


def test_text_is_wrapped_between_words_and_ids_stay_whole() -> None:
    found = table(COLUMNS, ROWS, 50)
    assert found.lines[:2] == (
        "approval-41ce0f77def78a19  Approve the       1,200",
        "                           requisition",
    )


def test_what_cannot_fit_becomes_a_block_a_row() -> None:
    assert table(COLUMNS, ROWS, 30).lines == (
        "id     approval-41ce0f77def78a19",
        "what   Approve the requisition",
        "waits  1,200",
        "",
        "id     approval-2",
        "what   Pay",
        "waits  3 d 4 h",
    )


def test_a_column_without_content_is_left_out() -> None:
    assert table(("a", "b"), [("x", ""), ("y", "")], 80) == table(("a",), [("x",), ("y",)], 80)


def test_ids_and_dates_are_no_numbers() -> None:
    found = table(("log", "day"), [("08_receipt", "2025-01-02"), ("9", "2025-1-2")], 80)
    assert found.lines[1] == "9           2025-1-2"


def test_nothing_steers_the_terminal() -> None:
    found = table(("name",), [("a\x1b[31mb\nc\u202ed",)], 80)
    assert found.lines == ("a\\x1b[31mb\\nc\\u202ed",)


@given(words, st.integers(1, 40))
def test_wrapping_keeps_every_word(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert " ".join(lines).split() == text.split()
    assert all(cell_len(line) <= width or " " not in line for line in lines)


@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=5), st.integers(30, 100))
def test_no_line_is_wider_than_the_screen_but_for_one_long_word(rows: list[tuple[str, str, str]], width: int) -> None:
    found = table(COLUMNS, rows, width)
    if found.heading:
        assert all(cell_len(line) <= width for line in (*found.heading, *found.lines))
