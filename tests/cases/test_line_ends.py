"""Line ends of two kinds in one file, and the line `sep=;` that Excel writes above the header."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadInput
from core.workspace import Workspace
from ingest import guess_roles
from tests.cases.reading import case_ids, imported, shared_case, stored, told

LINES = [b"case;activity;time;amount", b"c1;A;2026-01-01 08:00;1", b"c1;Ende;2026-01-01 09:00;2",
         b"c2;Ende;2026-01-01 10:00;3"]  # fmt: skip


@pytest.mark.parametrize("name", ["crlf_lf", "sep"])
def test_shared_files_are_read(ws: Workspace, name: str) -> None:
    done = imported(ws, shared_case(f"line_ends/{name}.csv"))
    assert (done.cases, done.events) == (2, 3)
    assert stored(ws, 'SELECT sum("@amount") FROM event_attribute') == [(6,)]


@pytest.mark.parametrize("mixed", [(0,), (1,), (3,), (0, 2), (1, 2, 3)])
def test_mixed_line_ends_are_read(ws: Workspace, tmp_path: Path, mixed: tuple[int, ...]) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"".join(line + (b"\r\n" if n in mixed else b"\n") for n, line in enumerate(LINES)))
    assert imported(ws, path).events == 3
    assert case_ids(ws) == ["c1", "c2"]
    assert stored(ws, 'SELECT sum("@amount") FROM event_attribute') == [(6,)]
    assert guess_roles(path).columns == ("case", "activity", "time", "amount")


QUOTED = [b'"case";"activity";"time";"note"', b'"c1";"A";2026-01-01 08:00;"say ""yes"""',
          b'c1;Ende;2026-01-01 09:00;plain', b'"c2";"Ende";2026-01-01 10:00;"a;b"']  # fmt: skip


@pytest.mark.parametrize("mixed", [(0,), (1,), (3,), (0, 1, 2), (0, 2), (1, 2, 3)])
def test_mixed_line_ends_behind_quotation_marks(ws: Workspace, tmp_path: Path, mixed: tuple[int, ...]) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"".join(line + (b"\r\n" if n in mixed else b"\n") for n, line in enumerate(QUOTED)))
    assert imported(ws, path).events == 3
    notes = stored(ws, 'SELECT "@note" FROM event_attribute ORDER BY case_no, position')
    notes += stored(ws, "SELECT case_id FROM case_ ORDER BY 1")
    assert notes == [('say "yes"',), ("plain",), ("a;b",), ("c1",), ("c2",)]


def test_a_row_that_is_wrong_is_refused_by_its_number_whatever_the_line_ends(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\r\n".join(QUOTED[:3]) + b"\r\nc2;Ende\n" + QUOTED[3] + b"\n")
    with pytest.raises(BadInput, match="1 row without its 4 columns") as error:
        imported(ws, path)
    assert error.value.problems == ("row 4: 2 values instead of 4 (`c2;Ende`)",)


def test_a_line_break_in_a_value_stays_as_it_is(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(LINES[0] + b'\nc1;"two\r\nlines";2026-01-01 08:00;1\r\nc1;B;2026-01-01 09:00;2\n')
    imported(ws, path)
    assert ("two\r\nlines",) in stored(ws, "SELECT name FROM activity")


def test_a_carriage_return_alone_is_refused_by_its_line(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(LINES[0] + b"\n" + LINES[1] + b"\r" + LINES[2] + b"\n")
    with pytest.raises(BadInput, match="carriage return alone, the first in line 2"):
        imported(ws, path)


@pytest.mark.parametrize("first", [b"sep=;\n", b'"sep=;"\r\n', b"\xef\xbb\xbfSEP=;\n", b"\n\n", b"  \nsep=;\n"])
def test_what_stands_above_the_header(ws: Workspace, tmp_path: Path, first: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(first + b"\n".join(LINES) + b"\n")
    done = imported(ws, path)
    assert (done.cases, done.events, told(done).get("blank_rows")) == (2, 3, None)


def test_the_sign_that_sep_names_is_believed(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"sep=#\ncase#activity#time\n1#a, b#2026-01-01\n")
    imported(ws, path)
    assert stored(ws, "SELECT name FROM activity") == [("a, b",)]


def test_rows_below_sep_keep_their_numbers(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"sep=;\n" + b"\n".join(LINES) + b"\nc3;A\n")
    with pytest.raises(BadInput) as raised:
        imported(ws, path)
    assert raised.value.problems == ("row 6: 2 values instead of 4 (`c3;A`)",)
    path.write_bytes(b"sep=;\n" + b"\n".join(LINES) + b"\nc3;A;soon;1\n")
    with pytest.raises(BadInput) as raised:
        imported(ws, path, roles={"end": "time"})
    assert raised.value.problems == ("row 6, end: `soon`",)
