"""What is typed as name=value: where each value comes to stand, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.pages.fields import changed, parse
from app.values import beside, read_values
from core.errors import BadInput
from orchestrator.machine.named import values_at


@pytest.mark.parametrize(
    ("assignments", "values"),
    [
        (["supplier.name=ACME", "supplier.city=Bonn"], {"supplier": {"name": "ACME", "city": "Bonn"}}),
        (["a.b.c=1", "a.d=true", "e=x"], {"a": {"b": {"c": 1}, "d": True}, "e": "x"}),
        (['supplier={"name": "X", "city": "Bonn"}', "supplier.name=Y"], {"supplier": {"name": "Y", "city": "Bonn"}}),
        (['"a.b"=1', '"a.b2".c=2'], {"a.b": 1, "a.b2": {"c": 2}}),
        (['note="{not meant}"', "other=say [so]"], {"note": "{not meant}", "other": "say [so]"}),
        (["when=a=b", "none="], {"when": "a=b", "none": ""}),
    ],
)
def test_a_value_stands_where_its_name_says(assignments: list[str], values: dict[str, Any]) -> None:
    assert read_values(None, assignments) == values


@pytest.mark.parametrize(
    ("assignments", "said"),
    [
        (["supplier=ACME", "supplier.name=X"], "`supplier.name` is a field inside `supplier`, and `supplier` holds"),
        (["supplier.name=X", "supplier=ACME"], "`supplier` would undo `supplier.name`"),
        (["a=1", "a=2"], "`a` is given twice"),
        (["a..b=1"], "`a..b` names no field"),
        ([".a=1"], "`.a` names no field"),
        (["items[].price=1"], "`items[].price` names no field"),
        (["supplier={bad"], "The value of `supplier` begins like JSON and is none"),
        (["lines= [1, 2"], "The value of `lines` begins like JSON and is none"),
    ],
)
def test_what_would_be_lost_or_misread_is_refused(assignments: list[str], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_values(None, assignments)
    assert said in refused.value.message


def test_what_a_file_gives_is_kept_beside_what_is_typed(tmp_path: Path) -> None:
    file = tmp_path / "context.json"
    file.write_text('{"supplier": {"name": "X", "city": "Bonn"}, "a.b": 1}')
    found = read_values(file, ["supplier.name=ACME"])
    assert values_at(found, "supplier.name") == ["ACME"]
    assert found == {"supplier": {"name": "ACME", "city": "Bonn"}, "a.b": 1}


def test_a_change_keeps_what_stands_beside_it_and_sends_nothing_else() -> None:
    context = {"supplier": {"name": "X", "iban": "DE1"}, "amount": 5}
    assert beside(context, {"note": "n"}, {"supplier.name": "Y"}) == {
        "supplier": {"name": "Y", "iban": "DE1"}, "note": "n",
    }  # fmt: skip
    assert context["supplier"] == {"name": "X", "iban": "DE1"}


def test_a_field_of_a_page_that_is_broken_json_is_refused_when_it_is_sent() -> None:
    with pytest.raises(BadInput, match="begins like JSON and is none") as refused:
        parse("{bad", "supplier")
    with pytest.raises(BadInput, match="`supplier`"):
        changed({}, {"supplier": refused.value})
