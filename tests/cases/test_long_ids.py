"""Identifiers that a workbook keeps as numbers: as they stand, and where the workbook lost digits, said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.workspace import Workspace
from ingest.excel_worker import _text
from tests.cases.reading import case_ids, imported, message, shared_case, told
from tests.ingest.office import xlsx

MORNING = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - as a workbook has it: without a time zone


def test_shared_workbook(ws: Workspace) -> None:
    done = imported(ws, shared_case("long_ids/a.xlsx"))
    found = case_ids(ws)
    assert len(found) == 11
    assert {"1000000000000000", "1234567890123456", "12345678901234", "-5", "0.3", "4500012345"} <= set(found)
    assert told(done)["long_numbers"] == 2


@pytest.mark.parametrize(
    ("number", "text"),
    [(4500012345.0, "4500012345"), (1e15, "1000000000000000"), (123456789012345678.0, "123456789012345680"),
     (0.5, "0.5"), (1e-7, "0.0000001"), (-0.0, "0"), (1e21, "1000000000000000000000"), (-12.0, "-12"), (3, "3")],
)  # fmt: skip
def test_a_number_has_neither_exponent_nor_idle_fraction(number: Any, text: str) -> None:
    assert _text(number) == text


def test_numbers_that_lost_digits_are_said_by_cell(ws: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["case", "activity", "end"], [1234567890123456, "a", MORNING], [7, "a", MORNING]]
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx({"Orders": rows}))
    done = imported(ws, path)
    assert case_ids(ws) == ["1234567890123456", "7"]
    assert told(done)["long_numbers"] == 1
    assert "1 cell holds a whole number of more than 15 digits, of which a spreadsheet keeps 15: A2." in message(
        done, "long_numbers"
    )
