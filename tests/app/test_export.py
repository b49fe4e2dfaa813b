"""Files for other programs: no cell runs as a formula, and Parquet keeps the types."""

import csv
import io

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.export import csv_file, parquet_file, safe_cell

ROWS = [
    {"activity": "=cmd|' /C calc'!A0", "events": 3, "cost": -1.5},
    {"activity": 'Ü, "x"', "events": 4, "cost": None},
]


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx", "-", "+1+1"])
def test_what_a_spreadsheet_might_run_is_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-12", "+3.5", "-1e9", "plain", "a=b", "", -4, 2.5, None])
def test_numbers_and_plain_text_stay(value: object) -> None:
    assert safe_cell(value) == value


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    cell = str(safe_cell(text))
    assert not cell.startswith(("=", "@", "\t", "\r", "\n"))


def test_only_a_whole_number_may_begin_with_a_sign() -> None:
    assert safe_cell("-1\n+cmd") == "'-1\n+cmd"
    assert safe_cell("-1\n") == "'-1\n"
    assert safe_cell("\n=cmd") == "'\n=cmd"


def test_a_csv_is_read_back() -> None:
    rows = list(csv.reader(io.StringIO(csv_file(ROWS).decode("utf-8-sig"))))
    assert rows == [
        ["activity", "events", "cost"], ["'=cmd|' /C calc'!A0", "3", "-1.5"], ["Ü, \"x\"", "4", ""],
    ]  # fmt: skip
    assert csv_file([]) == "\ufeff".encode()


def test_a_parquet_is_read_back() -> None:
    assert pq.read_table(io.BytesIO(parquet_file(ROWS))).to_pylist() == ROWS
