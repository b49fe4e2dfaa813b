"""Identifiers, doubled keys and stated moments of Parquet and JSON lines."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from core.errors import BadInput
from core.workspace import Workspace
from tests.cases.reading import case_ids, imported, message, shared_case, stored, told


def parquet(path: Path, rows: str, columns: str) -> Path:
    """A Parquet file at `path` of `rows` in SQL."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"COPY (FROM (VALUES {rows}) t({columns})) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize(
    ("name", "cases"), [("a", ["1", "2"]), ("b", ["1", "2"]), ("nan", ["1"])], ids=["whole", "float", "NaN"]
)
def test_shared_parquet(ws: Workspace, name: str, cases: list[str]) -> None:
    done = imported(ws, shared_case(f"parquet_jsonl/{name}.parquet"))
    assert case_ids(ws) == cases
    assert told(done)["no_case"] == 1
    assert ("no_offset" in told(done)) is (name == "b")  # it has days, the others instants


def test_shared_json_lines(ws: Workspace) -> None:
    imported(ws, shared_case("parquet_jsonl/b.jsonl"))
    assert case_ids(ws) == ["00123", "100000"]
    with pytest.raises(BadInput, match="line 4 has `NaN`"):
        imported(ws, shared_case("parquet_jsonl/a.jsonl"))


def test_a_shared_doubled_key_is_counted(ws: Workspace) -> None:
    done = imported(ws, shared_case("parquet_jsonl/dup.jsonl"))
    assert told(done)["doubled_keys"] == 1
    assert case_ids(ws) == ["1", "2"]


def test_a_shared_epoch_needs_no_zone(ws: Workspace) -> None:
    done = imported(ws, shared_case("parquet_jsonl/epoch_berlin.csv"), timezone="Europe/Berlin")
    assert "no_offset" not in told(done)
    assert [str(ended) for (ended,) in stored(ws, "SELECT ended FROM event ORDER BY 1")] == [
        "2026-01-01 00:00:00", "2026-01-01 01:00:00",
    ]  # fmt: skip


def test_floating_identifiers_are_whole_where_all_are(ws: Workspace, tmp_path: Path) -> None:
    rows = (
        "(1.0::DOUBLE, 'a', TIMESTAMPTZ '2026-01-05 08:00:00+01', 2.0::FLOAT), "
        "(12345678901.0, 'b', TIMESTAMPTZ '2026-01-05 09:00:00+01', 2.5), "
        "('NaN', 'c', TIMESTAMPTZ '2026-01-05 10:00:00+01', 'NaN'), "
        "(NULL, 'd', TIMESTAMPTZ '2026-01-05 10:00:00+01', 1)"
    )
    done = imported(ws, parquet(tmp_path / "x.parquet", rows, '"case", activity, "end", weight'), timezone="Asia/Tokyo")
    assert case_ids(ws) == ["1", "12345678901"]
    assert (told(done)["nan_missing"], told(done)["no_case"], "no_offset" in told(done)) == (2, 2, False)
    assert stored(ws, 'SELECT "@weight" FROM event_attribute ORDER BY 1') == [(2.0,), (2.5,)]
    assert str(stored(ws, "SELECT min(ended) FROM event")[0][0]) == "2026-01-05 07:00:00"


def test_identifiers_beyond_fifteen_digits_are_said(ws: Workspace, tmp_path: Path) -> None:
    rows = (
        "(12345678901234567.0::DOUBLE, 'a', TIMESTAMPTZ '2026-01-05 08:00:00+01'), (7, 'a', TIMESTAMPTZ '2026-01-05')"
    )
    done = imported(ws, parquet(tmp_path / "x.parquet", rows, '"case", activity, "end"'))
    assert case_ids(ws) == ["12345678901234568", "7"]  # what the double holds, without an exponent
    assert "1 whole number of more than 15 digits in `case` is stored as floating point" in message(
        done, "long_numbers"
    )


def test_the_zone_that_was_used_is_named_where_one_was(ws: Workspace, tmp_path: Path) -> None:
    rows = "(1, 'a', DATE '2026-01-05'), (1, 'b', DATE '2026-01-06')"
    done = imported(ws, parquet(tmp_path / "x.parquet", rows, '"case", activity, "end"'), timezone="Europe/Berlin")
    assert message(done, "no_offset").endswith("they were read as `Europe/Berlin`.")
    assert str(stored(ws, "SELECT min(ended) FROM event")[0][0]) == "2026-01-04 23:00:00"


def test_json_numbers_and_doubled_keys(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        '{"case": 1e5, "activity": "a", "end": "2026-01-05T08:00:00Z", "n": 1.10, "o": {"k": 1, "k": 2}}',
        '{"case": 100000.0, "activity": "b", "end": "2026-01-05T09:00:00+01:00"}',
        '{"case": "1e5", "activity": "c", "case": "00123", "case": "1e5", "end": "2026-01-05T08:00:00Z"}',
        '{"case": 12345678901234567890, "activity": "a", "end": "2026-01-05T08:00:00Z"}',
    ]
    path.write_text("\n".join(lines), "utf-8")
    done = imported(ws, path)
    assert case_ids(ws) == ["100000", "12345678901234567890", "1e5"]
    assert told(done)["doubled_keys"] == 3
    assert message(done, "doubled_keys") == (
        "3 values have the key of another in the same object; the last one is kept: "
        "`k` in line 1, `case` in line 3, `case` in line 3."
    )
    assert "no_offset" not in told(done)
