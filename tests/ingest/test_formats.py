"""Excel and JSON lines: what is read as what, and that the same events in any format are the same log."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from core.actor.values import local
from core.errors import BadInput, Duplicate
from core.workspace import Workspace
from ingest import Part, excel_worker, guess_roles, import_log, parts_of
from ingest.excel import read_excel
from ingest.source import open_source
from tests.ingest.files import csv_file
from tests.ingest.office import ods, xls, xlsb, xlsx

ROWS: list[list[Any]] = [
    ["case", "activity", "end", "performer", "amount"],
    ["1", "a", datetime(2026, 1, 5, 8, tzinfo=UTC).replace(tzinfo=None), "Ada", 10],
    ["1", "b", datetime(2026, 1, 5, 9, 30, tzinfo=UTC).replace(tzinfo=None), "Bo", 12.5],
    ["2", "a", datetime(2026, 1, 6, 8, tzinfo=UTC).replace(tzinfo=None), "Ada", None],
]
TEXTS: list[list[Any]] = [[str(cell) if isinstance(cell, datetime) else cell for cell in row] for row in ROWS]


def events(ws: Workspace) -> list[tuple[Any, ...]]:
    """The events of the newest event log: case, activity, end, performer, amount."""
    with ws.logs.read(ws.logs.versions()[-1]) as connection:
        return connection.execute(
            'SELECT case_id, a.name, e.ended, p.name, "@amount" FROM event e JOIN case_ USING (case_no) '
            "JOIN activity a USING (activity_no) JOIN performer p USING (performer_no) "
            "JOIN event_attribute USING (case_no, position) ORDER BY e.source_row"
        ).fetchall()


def expected() -> list[tuple[Any, ...]]:
    """The rows above, as they are to be stored."""
    return [tuple(row) for row in ROWS[1:]]


def json_lines() -> bytes:
    """The same rows as JSON lines, the newer keys first."""
    rows = [dict(zip(ROWS[0], row, strict=True)) for row in TEXTS[1:]]
    return "".join(json.dumps({k: v for k, v in row.items() if v is not None}) + "\n" for row in rows).encode()


FILES: dict[str, Callable[[], bytes]] = {
    "x.xlsx": lambda: xlsx({"Orders": ROWS}),
    "x.ods": lambda: ods([["" if cell is None else cell for cell in row] for row in ROWS]),
    "x.xlsb": lambda: xlsb([["" if cell is None else cell for cell in row] for row in TEXTS]),
    "x.xls": lambda: xls([["" if cell is None else cell for cell in row] for row in TEXTS]),
    "x.jsonl": json_lines,
    "x.ndjson.gz": lambda: gzip.compress(json_lines()),
}


@pytest.mark.parametrize("name", ["x.xlsx", "x.jsonl"])
def test_what_is_stored_is_what_was_written(name: str, ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    assert import_log(ws, path, by=local("Ada")).event_rows == 3
    assert events(ws) == expected()


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_rows(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    found = guess_roles(path)
    assert found.columns == tuple(ROWS[0])
    assert found.rows == tuple(tuple(None if cell is None else str(cell) for cell in row) for row in ROWS[1:])


def test_the_first_sheet_with_a_table_is_read_unless_one_is_named(ws: Workspace, tmp_path: Path) -> None:
    other = [ROWS[0], ["9", "z", datetime(2026, 2, 1, tzinfo=UTC).replace(tzinfo=None), "Cy", 1]]
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx({"Notes": [["about this file"]], "Orders": ROWS, "Returns": other}))
    assert parts_of(path) == (Part("Notes", "sheet", 0), Part("Orders", "sheet", 3), Part("Returns", "sheet", 1))
    assert guess_roles(path).columns == ("case", "activity", "end", "performer", "amount")
    first = import_log(ws, path, by=local("Ada"))
    assert (first.cases, ws.logs.versions()[0].source) == (2, "x.xlsx, Orders")
    with pytest.raises(Duplicate):
        import_log(ws, path, part="Orders", by=local("Ada"))
    assert import_log(ws, path, part="Returns", by=local("Ada")).cases == 1


def test_cells_are_read_as_people_see_them(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [None, "case", "activity", "end", "sum", "done", "day", "unused"],
        [None, 1.0, "=1+6", datetime(2026, 1, 5, 8, 0, 0, 500_000, tzinfo=UTC).replace(tzinfo=None), 0.1, True,
         date(2026, 1, 5), None],
    ]  # fmt: skip
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx({"Orders": [[], [], *rows]}))
    assert guess_roles(path).rows == (
        ("1", "7", "2026-01-05 08:00:00.500000", "0.1", "true", "2026-01-05", None),
    )  # fmt: skip


def test_cells_that_hold_an_error_are_empty_and_counted(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    broken = [[*row[:4], "=1/0"] for row in ROWS[1:3]]
    other: list[list[Any]] = [["a", "b", "c"], ["=NA()", 1, 1]]
    last = ["2", "b", ROWS[3][2], "=NA()", 3]
    path.write_bytes(xlsx({"Other & more": other, "Orders": [[], ROWS[0], *broken, ROWS[3], last]}))
    result = import_log(ws, path, by=local("Ada"), part="Orders")
    (finding,) = [f for f in result.quality["findings"] if f["code"] == "error_cells"]
    assert (finding["count"], finding["effect"]) == (3, "dropped")
    assert finding["message"] == (
        "3 cells hold an error instead of a value and were read as empty: E3 (#DIV/0!), E4 (#DIV/0!), D6 (#N/A)."
    )
    with ws.logs.read(ws.logs.versions()[-1]) as connection:
        amounts = connection.execute('SELECT "@amount" FROM event_attribute ORDER BY 1 NULLS FIRST').fetchall()
    assert amounts == [(None,), (None,), (None,), (3.0,)]


def test_errors_are_found_where_the_reading_is_cut(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[f"{n} c>", "x" * 400, "=NA()" if n % 100 == 0 else n] for n in range(20_000)]
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx({"A": [["case", "activity", "n"], *rows]}))
    (finding,) = read_excel(duckdb.connect(), open_source(path)).findings
    assert finding.count == 200


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("chunk", [7, 100, 1 << 20])
def test_errors_are_found_however_the_sheet_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: str, chunk: int
) -> None:
    monkeypatch.setattr(excel_worker, "_CHUNK", chunk)
    cell = '<{0}c r="A{1}" s="2" t="e"><{0}f>NA()</{0}f><{0}v>#N/A</{0}v></{0}c><{0}c r="B{1}"><{0}v>1</{0}v></{0}c>'
    body = "".join(cell.format(prefix, n) + f'<{prefix}c r="C{n}"/>' for n in range(1, 40))
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as book:
        book.writestr("sheet.xml", f"<{prefix}sheetData>{body}</{prefix}sheetData>")
    with zipfile.ZipFile(tmp_path / "x.zip") as book:
        pieces = list(excel_worker._cells(book, "sheet.xml"))
    found = [error for piece in pieces for error in excel_worker._errors_in(piece)]
    assert found == [f"A{n} (#N/A)" for n in range(1, 40)]


def test_the_row_that_is_wrong_is_numbered_as_the_sheet_does(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx({"Orders": [[], [], *ROWS, ["2", "b", "soon", "Bo", 1]]}))
    with pytest.raises(BadInput) as caught:
        import_log(ws, path, by=local("Ada"))
    assert caught.value.problems == ("row 7, end: `soon`",)


def test_what_json_nests_gets_dotted_names_and_numbers_keep_their_digits(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(
        '{"case": 1, "activity": "a", "end": "2026-01-05", "by": {"name": "Ada", "team": {"id": 1.10}}}\n'
        '{"case": 2, "activity": "b", "end": "2026-01-05", "tags": ["x", 12345678901234567890, {"y": null}]}\n\n'
    )
    found = guess_roles(path)
    assert (found.format, found.columns) == (
        "JSON lines", ("case", "activity", "end", "by.name", "by.team.id", "tags"),
    )  # fmt: skip
    assert found.rows == (
        ("1", "a", "2026-01-05", "Ada", "1.10", None),
        ("2", "b", "2026-01-05", None, None, '["x", 12345678901234567890, {"y": null}]'),
    )


def test_json_lines_of_another_encoding_are_read_when_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"case": "1", "activity": "año", "end": "2026-01-05"}\n'.encode("utf-16"))
    assert guess_roles(path, encoding="utf-16").rows == (("1", "año", "2026-01-05"),)


def test_many_rows_pass_in_batches(tmp_path: Path, ws: Workspace) -> None:
    first = datetime(2026, 1, 5, tzinfo=UTC)
    ends = ((first + timedelta(minutes=n)).isoformat() for n in range(45_000))
    rows = ({"case": n // 4, "activity": "abcd"[n % 4], "end": end, f"k{n // 20_000}": n} for n, end in enumerate(ends))
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = import_log(ws, path, by=local("Ada"))
    assert (done.cases, done.events) == (11_250, 45_000)
    with ws.logs.read(ws.logs.versions()[-1]) as connection:
        counts = 'SELECT count("@k0"), count("@k1"), count("@k2") FROM event_attribute'
        assert connection.execute(counts).fetchall() == [(20_000, 20_000, 5_000)]


def test_a_file_without_parts_has_none(tmp_path: Path) -> None:
    assert parts_of(csv_file(tmp_path / "x.csv", "case,activity,end\n1,a,2026-01-05")) == ()
