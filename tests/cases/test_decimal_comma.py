"""Amounts with decimal commas, marks of thousands and currencies are read as what they are, or refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.errors import BadInput
from core.workspace import Workspace
from ingest import import_log
from tests.cases.meaning import case_file, column, imported, stored, told
from tests.ingest.files import csv_file


def amounts(*written: str, name: str = "cost") -> str:
    """A CSV with these amounts, one a row, apart by semicolons."""
    rows = [f"c{n};A;2026-01-0{n} 08:00;{text}" for n, text in enumerate(written, 1)]
    return "\n".join([f"case;activity;end;{name}", *rows])


FILES = [
    ("a.csv", [1234.5, 2.5, 1000.0, 12.0], "EUR"),
    ("b.csv", [1234.5, 2.5], None),
    ("c.csv", [12.5, 7.5], None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "costs", "currency"), FILES)
def test_costs_are_what_people_mean(
    name: str, costs: list[float], currency: str | None, ws: Workspace, tmp_path: Path
) -> None:
    imported(ws, case_file(f"decimal_comma/{name}"), tmp_path)
    assert column(ws, "cost") == costs
    assert ws.logs.meta(ws.logs.get("x")).stored.get("currency") == currency


def test_an_attribute_with_decimal_commas_is_a_number(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, case_file("decimal_comma/d.csv"), tmp_path)
    assert stored(ws, 'SELECT "@amount" FROM case_attribute ORDER BY case_no') == [(12.5,), (700.5,)]


def test_costs_of_a_european_export(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, case_file("figures/cost_eu.csv"), tmp_path)
    assert column(ws, "cost") == [1234.5, 10.0] * 10


WRITTEN = [
    (["1.234,50", "2,50", "1.000", "€ 12"], [1234.5, 2.5, 1000, 12], "EUR"),
    (["1 234,56", "1\u00a0234,5", "0,5"], [1234.56, 1234.5, 0.5], None),
    (["12,50 EUR", "3 EUR"], [12.5, 3], "EUR"),
    (["1,234.50", "2.50", "12"], [1234.5, 2.5, 12], None),
    (["$1,234.50", "$7"], [1234.5, 7], "$"),
    (["1'234.50", "CHF 20"], [1234.5, 20], "CHF"),
    (["-12,50", "12,50-", "0,125"], [-12.5, -12.5, 0.125], None),
    (["1.234.567", "1"], [1234567, 1], None),
    (["12,5", "NA", ""], [12.5, None, None], None),
    (["€ 1", "€ 2"], [1, 2], "EUR"),
    (["1e3", "2.5"], [1000, 2.5], None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "costs", "currency"), WRITTEN)
def test_a_column_is_read_as_a_whole(
    written: list[str], costs: list[float | None], currency: str | None, ws: Workspace, tmp_path: Path
) -> None:
    done = imported(ws, amounts(*written), tmp_path)
    assert done.roles["cost"] == "cost"
    assert column(ws, "cost") == costs
    assert ws.logs.meta(ws.logs.get("x")).stored.get("currency") == currency


@pytest.mark.parametrize(("decimal", "costs"), [("comma", [1.234, 5.678]), ("point", [1234.0, 5678.0])])
def test_what_can_be_read_in_two_ways_is_asked(decimal: str, costs: list[float], ws: Workspace, tmp_path: Path) -> None:
    text = amounts("1,234", "5,678")
    with pytest.raises(BadInput, match=r"can be read in two ways.*--decimal comma. or .--decimal point"):
        imported(ws, text, tmp_path)
    imported(ws, text, tmp_path, decimal=decimal)
    assert column(ws, "cost") == costs


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (["1,5", "2.5"], "decimal commas and decimal points: `1,5` and `2.5`"),
        (["€ 1", "$ 2"], "are in `$` and `EUR`"),
        (["1 EUR", "2 USD", "3"], "are in `EUR` and `USD`"),
    ],
)
def test_what_contradicts_itself_is_refused(written: list[str], says: str, ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        imported(ws, amounts(*written), tmp_path)
    assert says in caught.value.message
    assert "--cost ''" in caught.value.message
    assert ws.logs.versions() == []


def test_points_that_may_be_thousands_are_said(ws: Workspace, tmp_path: Path) -> None:
    """A file of an earlier release reads as it did; that it may mean something else is a warning."""
    text = amounts("1.234", "5.678")
    assert told(imported(ws, text, tmp_path), "thousands_or_decimals")
    assert column(ws, "cost") == [1.234, 5.678]
    assert not told(imported(ws, text, tmp_path, decimal="comma"), "thousands_or_decimals")
    assert column(ws, "cost") == [1234.0, 5678.0]
    assert not told(imported(ws, amounts("1.234", "5.67"), tmp_path), "thousands_or_decimals")


def test_the_currency_may_stand_in_the_name(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, amounts("1,5", "2,5", name="Kosten (EUR)"), tmp_path)
    assert ws.logs.meta(ws.logs.get("x")).stored["currency"] == "EUR"


ATTRIBUTES: list[tuple[list[str], str, list[Any] | None]] = [
    (["12,50", "7,5", "1.000,00"], "DOUBLE", [12.5, 7.5, 1000]),
    (["$1,234.50", "$2", "$3"], "DOUBLE", [1234.5, 2, 3]),
    (["1.234.567", "2.345.678", "x"], "VARCHAR", ["1.234.567", "2.345.678", "x"]),
    (["1,234", "2,345", "3,456"], "VARCHAR", ["1,234", "2,345", "3,456"]),
    (["1,5", "2.5", "3"], "VARCHAR", ["1,5", "2.5", "3"]),
    (["1", "NA", "3"], "BIGINT", [1, None, 3]),
    (["1.5", "N/A", "3"], "DOUBLE", [1.5, None, 3]),
    (["2026-01-05", "null", "2026-01-06"], "TIMESTAMP", None),
    (["true", "-", "false"], "BOOLEAN", [True, None, False]),
    (["red", "NA", "blue"], "VARCHAR", ["red", "NA", "blue"]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "kind", "values"), ATTRIBUTES)
def test_attributes_keep_their_type(
    written: list[str], kind: str, values: list[Any] | None, ws: Workspace, tmp_path: Path
) -> None:
    rows = "\n".join(f"1;A;2026-01-0{n} 08:00;{text}" for n, text in enumerate(written, 1))
    done = imported(ws, f"case;activity;end;size\n{rows}", tmp_path)
    described = dict(stored(ws, "SELECT column_name, column_type FROM (DESCRIBE event_attribute)"))
    assert described["@size"] == kind
    if values is not None:
        assert [v for (v,) in stored(ws, 'SELECT "@size" FROM event_attribute ORDER BY position')] == values
    assert bool(told(done, "missing_word")) is (kind != "VARCHAR" and not all(values or [None]))


@pytest.mark.parametrize(
    ("values", "kept", "said"),
    [
        (("1.1", "1.10", "1.2"), ["1.1", "1.10", "1.2"], True),  # versions
        (("1,1", "1,10", "1,2"), ["1,1", "1,10", "1,2"], True),
        (("100", "1e2", "5"), ["100", "1e2", "5"], True),
        (("10", "10.0", "10.00"), [10, 10, 10], False),  # amounts
        (("12.5", "12.50", "3.00"), [12.5, 12.5, 3], False),
        (("12,5", "12,50", "3,00"), [12.5, 12.5, 3], False),
        (("1.1", "1.2", "1.30"), [1.1, 1.2, 1.3], False),  # none would become another
        (("1.1", "1.10", "NA"), ["1.1", "1.10", "NA"], True),
    ],
)
def test_codes_are_not_merged_into_one_number(
    values: tuple[str, ...], kept: list[float | str], said: bool, ws: Workspace, tmp_path: Path
) -> None:
    rows = [f"1;A;2026-01-05 0{n}:00;{value}" for n, value in enumerate(values)]
    done = imported(ws, "\n".join(["case;activity;end;ver", *rows]), tmp_path)
    assert [value for (value,) in stored(ws, 'SELECT "@ver" FROM event_attribute ORDER BY position')] == kept
    assert bool(told(done, "codes_kept")) is said
    assert not said or told(done, "missing_word") == []


def test_many_different_numbers_are_no_codes(ws: Workspace, tmp_path: Path) -> None:
    rows = [f"1,A,2026-01-05,{n / 10}{'0' if n % 2 else ''}" for n in range(11, 300)] + ["1,A,2026-01-05,1.1"]
    assert told(imported(ws, "\n".join(["case,activity,end,paid", *rows]), tmp_path), "codes_kept") == []


def test_an_attribute_that_can_be_read_in_two_ways_is_said(ws: Workspace, tmp_path: Path) -> None:
    text = "case;activity;end;size\n1;A;2026-01-05;1,234\n1;B;2026-01-06;2,345"
    assert "--decimal comma" in told(imported(ws, text, tmp_path), "decimal_mark_unknown")[0]
    imported(ws, text, tmp_path, decimal="point")
    assert stored(ws, 'SELECT "@size" FROM event_attribute ORDER BY position') == [(1234.0,), (2345.0,)]


def test_an_unknown_mark_is_refused(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no decimal mark"):
        import_log(ws, csv_file(tmp_path / "x.csv", amounts("1")), decimal="dot", by=local("Ada"))


CURRENCIES = "case,activity,end,cost,{name}\n1,A,2026-01-05,10,{one}\n1,B,2026-01-06,1000,{other}\n1,C,2026-01-07,,CHF"


@pytest.mark.parametrize("name", ["currency", "WAERS", "Währung", "Cost Currency"])
def test_one_currency_in_a_column_of_its_own(name: str, ws: Workspace, tmp_path: Path) -> None:
    done = imported(ws, CURRENCIES.format(name=name, one="EUR", other="eur"), tmp_path)
    assert ws.logs.meta(ws.logs.get("x")).stored["currency"] == "EUR"  # `CHF` stands beside no cost
    assert told(done, "currency") == [f"The costs in `cost` are in EUR, as `{name}` says."]


@pytest.mark.parametrize("other", ["JPY", "XAF"])
def test_several_currencies_in_a_column_of_their_own_are_refused(other: str, ws: Workspace, tmp_path: Path) -> None:
    text = CURRENCIES.format(name="currency", one="EUR", other=other)
    with pytest.raises(BadInput, match=f"by `currency`, in `EUR` and `{other}`.*`--cost ''`"):
        imported(ws, text, tmp_path)
    assert imported(ws, text, tmp_path, roles={"cost": ""}).events == 3


def test_a_currency_beside_that_the_costs_contradict_is_refused(ws: Workspace, tmp_path: Path) -> None:
    text = "case;activity;end;cost;currency\n1;A;2026-01-05;1,50 USD;EUR"
    with pytest.raises(BadInput, match="`EUR` and `USD`"):
        imported(ws, text, tmp_path)


def test_the_currency_in_the_name_is_believed_first(ws: Workspace, tmp_path: Path) -> None:
    text = CURRENCIES.format(name="currency", one="EUR", other="JPY").replace(",cost,", ",cost_usd,")
    imported(ws, text, tmp_path, roles={"cost": "cost_usd"})
    assert ws.logs.meta(ws.logs.get("x")).stored["currency"] == "USD"
