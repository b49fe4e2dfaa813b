"""Canonical JSON: the fast way and the slow way write the same bytes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from core.audit.canonical import canonical
from core.audit.chain import BODY, body_digest
from core.errors import BadInput

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_LEAF = st.none() | st.booleans() | _TEXT | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, width=32)
_VALUES = st.recursive(
    _LEAF.filter(lambda leaf: leaf not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES)
def test_any_value_is_written_as_rfc_8785_says(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value",
    [
        {"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3, "\r": 4, "1": 5, "\x80": 6},  # sorted by UTF-16, not by characters
        {"text": "\u20ac$\x0f\n\x7fA'B\"\\\u2028/"},
        [-0.0, 1e21, 1.0, 0.1, 333333333.33333329],
        [True, 1, False, 0, None, [], {}, 2**53 - 1],
    ],
)
def test_what_is_easy_to_get_wrong_is_right(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), [2**60], {"a": float("nan")}, "\ud800", {"\ud800": 1}, object()])
def test_what_json_cannot_carry_exactly_is_refused(value: Any) -> None:
    with pytest.raises(BadInput, match="cannot be written as exact JSON"):
        canonical(value)


@given(st.lists(st.none() | st.text() | st.integers(), min_size=len(BODY), max_size=len(BODY)))
def test_the_body_of_a_record_is_hashed_as_the_json_list_of_its_values(values: list[Any]) -> None:
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    assert body_digest(dict(zip(BODY, values, strict=True))) == hashlib.sha256(written.encode()).hexdigest()
