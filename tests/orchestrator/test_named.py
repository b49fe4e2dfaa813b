"""The names of what a proposal changes: every one at any depth, and none that passes for another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.machine.named import MOST_DEPTH, changed, is_name, names_of, placed, single, values_at, written

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=4)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"amount": 1, "tags": ["a", "b"], "none": None}, {"amount", "tags", "none"}),
        ({"vendor": {"name": "A", "bank": {"iban": "D"}}}, {"vendor.name", "vendor.bank.iban"}),
        ({"items": [{"price": 1}, {"price": 2, "qty": 3}]}, {"items[].price", "items[].qty"}),
        ({"items": [1, {"price": 1}, [2]]}, {"items", "items[].price", "items[]"}),
        ({"grid": [[1], [{"x": 1}]]}, {"grid[]", "grid[][].x"}),
        ({"vendor": {}, "items": []}, {"vendor", "items"}),
        ({"vendor.name": 1, 'a"b': 1, "x[]": {"": 1}}, {'"vendor.name"', '"a\\"b"', '"x[]".""'}),
    ],
)
def test_names_at_any_depth(values: dict[str, Any], names: set[str]) -> None:
    assert names_of(values) == names


def test_what_would_be_gone_is_changed_too() -> None:
    before = {"vendor": {"name": "A", "limit": 5}, "other": {"x": 1}, "empty": None}
    assert changed(before, {"vendor": {"name": "B"}, "empty": {"y": 1}}) == {"vendor.name", "vendor.limit", "empty.y"}


def test_what_is_nested_too_deeply_has_a_name_that_no_task_can_have() -> None:
    deep: Any = 1
    for _ in range(900):
        deep = {"a": [deep]}
    (name,) = names_of({"deep": deep})
    assert not is_name(name)
    assert name.count(".a") <= MOST_DEPTH


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a", [{"b": [{"c": 1}, {"c": 2}, {}]}]),
        ("a.b[].c", [1, 2, None]),
        ("a.x.y", [None]),
        ("none[].c", []),
        ('"a.b"', [7]),
    ],
)
def test_what_stands_under_a_name(name: str, found: list[Any]) -> None:
    assert values_at({"a": {"b": [{"c": 1}, {"c": 2}, {}]}, "none": [], "a.b": 7}, name) == found


@pytest.mark.parametrize(("text", "is_one"), [
    ("vendor", True), ("order number", True), ("a.b[].c", True), ('"a.b".c', True),
    ("", False), ("a..b", False), (".a", False), ("a.", False), ("a[0]", False), ("a[...]", False), ('"a', False),
])  # fmt: skip
def test_what_is_written_as_a_name(text: str, is_one: bool) -> None:
    assert is_name(text) is is_one


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=4))
def test_law_every_value_stands_under_its_name_and_names_are_names(values: dict[str, Any]) -> None:
    for name in names_of(values):
        assert is_name(name)
        assert values_at(values, name) != [] or "[]" in name


@given(st.text(max_size=6), st.text(max_size=6))
def test_law_no_key_passes_for_the_way_to_another(one: str, other: str) -> None:
    assert names_of({one: {other: 1}}) == {f"{written(one)}.{written(other)}"}
    assert names_of({f"{one}.{other}": 1}) != names_of({one: {other: 1}})


def test_values_are_put_where_their_names_say_and_the_rest_is_kept() -> None:
    before = {"vendor": {"name": "A", "bank": {"iban": "D", "bic": "B"}}, "amount": 1, "a.b": 2}
    found = placed(before, {"vendor.bank.iban": "E", "vendor.name": "C", "amount": 3, '"a.b"': 4, "new.field": 5})
    assert found == {
        "vendor": {"name": "C", "bank": {"iban": "E", "bic": "B"}}, "amount": 3, "a.b": 4, "new": {"field": 5},
    }  # fmt: skip
    assert before["vendor"] == {"name": "A", "bank": {"iban": "D", "bic": "B"}}
    assert single(before, ["vendor.name", "amount", '"a.b"', "new.field", "items[].x"]) == {
        "vendor.name": "A", "amount": 1, '"a.b"': 2,
    }  # fmt: skip
