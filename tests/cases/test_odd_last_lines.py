"""Lines of a CSV file that are no rows: of blanks, of delimiters, cut off, or with a stray sign."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.workspace import Workspace
from ingest.odd_lines import has_blank_lines, mended
from tests.cases.reading import case_ids, imported, shared_case, told

HEAD = b"case;activity;time;amount\n"
ROWS = b"c1;A;2026-01-01 08:00;1\nc1;B;2026-01-01 09:00;2\n"
LAST = b"c2;A;2026-01-01 10:00;3\n"


@pytest.mark.parametrize(
    ("name", "blank", "cases"),
    [("blank", 2, 1), ("blank_mid", 1, 2), ("ctrlz", 1, 1), ("delims", 1, 1), ("spaces", 1, 1), ("quotemid", 0, 2)],
)
def test_shared_files_that_are_read(ws: Workspace, name: str, blank: int, cases: int) -> None:
    done = imported(ws, shared_case(f"odd_last_lines/{name}.csv"))
    assert (done.cases, told(done).get("blank_rows", 0)) == (cases, blank)


@pytest.mark.parametrize(
    ("name", "says"),
    [("long", "row 4: more than 4 values"), ("short", "row 4: 2 values instead of 4"), ("nul", "NUL byte in line 4"),
     ("openquote", "row 4")],
)  # fmt: skip
def test_shared_files_that_are_refused_by_row(ws: Workspace, name: str, says: str) -> None:
    with pytest.raises(BadInput) as raised:
        imported(ws, shared_case(f"odd_last_lines/{name}.csv"))
    assert says in str(raised.value)


def test_a_shared_total_row_is_no_event(ws: Workspace) -> None:
    done = imported(ws, shared_case("odd_last_lines/total.csv"))
    assert (done.events, told(done)["no_activity"], told(done)["no_end"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("middle", "blank"),
    [(b"\n", 1), (b"  \n\t\n", 2), (b";;;\n", 1), (b"\x1a\n", 1), (b' ; ;"";  \n', 1), (b"\n \n;;;\n\n", 4)],
)
def test_blank_lines_are_skipped_and_counted(ws: Workspace, tmp_path: Path, middle: bytes, blank: int) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(HEAD + ROWS + middle + LAST)
    done = imported(ws, path)
    assert (done.events, done.event_rows, told(done)["blank_rows"]) == (3, 3, blank)
    assert case_ids(ws) == ["c1", "c2"]


@pytest.mark.parametrize("last", [b"  ", b"\x1a", b"\n\n", b" \r", b";;;"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_last_line_without_an_end(ws: Workspace, tmp_path: Path, last: bytes, end: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes((HEAD + ROWS).replace(b"\n", end) + last)
    done = imported(ws, path)
    assert (done.events, "blank_rows" in told(done)) == (2, True)


def test_rows_keep_their_numbers_below_blank_lines(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(HEAD + ROWS + b"\n  \n" + b"c2;A;yesterday;3\n")
    with pytest.raises(BadInput, match="cannot be read") as raised:
        imported(ws, path, roles={"case": "case", "activity": "activity", "end": "time"})
    assert raised.value.problems == ("row 6, end: `yesterday`",)
    path.write_bytes(HEAD + ROWS + b"\n  \n" + b"c2;A\n")
    with pytest.raises(BadInput) as raised:
        imported(ws, path)
    assert raised.value.problems == ("row 6: 2 values instead of 4 (`c2;A`)",)


def test_blank_lines_within_a_value_are_kept(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(HEAD + b'c1;"A\n\n  \nZ";2026-01-01 08:00;1\n\n' + LAST)
    assert has_blank_lines(path)
    done = imported(ws, path)
    assert told(done)["blank_rows"] == 1
    with ws.logs.read(ws.logs.get("x")) as connection:
        assert ("A\n\n  \nZ",) in connection.execute("SELECT name FROM activity").fetchall()


def test_a_file_of_blank_rows_is_empty(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(HEAD + b";;;\n  \n\n")
    with pytest.raises(BadInput, match="is an empty event log"):
        imported(ws, path)


@given(
    st.lists(st.sampled_from([b"a;b", b'"x\n\ny";b', b'"";"q""\n"', b"", b"  ", b"\t", b";"])),
    st.sampled_from([b"\n", b"\r\n"]),
)
def test_mending_changes_blank_lines_alone(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], end: bytes
) -> None:
    """Each blank line becomes a row of nothing; every other line stays as it is."""
    folder = tmp_path_factory.mktemp("mended")
    path = folder / "x.csv"
    path.write_bytes(b"".join(line + end for line in [b"h;i", *lines]))
    made = mended(path, folder / "y.csv", ";", 2, line_ends=False, told=(path, 1)).read_bytes()
    assert made == b"".join((line if line.strip() else b";") + end for line in [b"h;i", *lines])
