"""Fields of a context: what people type keeps its type, and only what changed is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pages.fields import changed, parse, title
from app.spelled import flat


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("  ", None), ("12", 12), ("1.5", 1.5), ("true", True), ("twelve", "twelve"), ('"12"', "12")],
)
def test_parse(text: str, value: object) -> None:
    assert parse(text) == value


def test_only_what_changed_is_sent() -> None:
    context = {"amount": 5, "vendor": "Acme", "note": ""}
    edited = {"amount": 6, "vendor": "Acme", "note": "", "absent": None, "empty": "", "new": "x"}
    assert changed(context, edited) == {"amount": 6, "new": "x"}


@given(st.dictionaries(st.text(min_size=1), st.integers() | st.text() | st.booleans()))
def test_what_was_not_touched_changes_nothing(context: dict[str, object]) -> None:
    assert changed(context, context) == {}


def test_a_name_reads_as_a_label() -> None:
    assert title("order_number") == "Order number"


def test_a_structure_is_shown_by_its_paths() -> None:
    exact = {"amount": 5, "changes": {"vendor": "Acme", "lines": [1, 2]}, "empty": {}}
    assert flat(exact) == {"amount": "5", "changes › vendor": "Acme", "changes › lines": "1, 2"}
