"""An XES file is cut into pieces, and the pieces hold what the whole holds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import xes, xes_text
from ingest.source import open_source
from ingest.xes_text import pieces, ranges, root_of
from ingest.xes_worker import malformed, marked, meaning
from tests.ingest.files import Attributes, event, xes_file
from tests.ingest.files import xes_text as document

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=8)
TRACES = st.lists(
    st.tuples(NAMES, st.lists(NAMES.map(lambda name: event(name, "2026-01-05T08:00:00+01:00")), max_size=4)),
    max_size=12,
)


@given(TRACES, st.integers(1, 400), st.integers(1, 300))
def test_pieces_are_the_whole_and_each_ends_with_a_trace(
    traces: list[tuple[str, list[Attributes]]], chunk: int, size: int
) -> None:
    text = document(traces).encode()
    parts = list(pieces((text[i : i + chunk] for i in range(0, len(text), chunk)), size))
    assert b"".join(parts) == text
    assert all(part.endswith(b"</trace>") for part in parts[:-1])


@given(TRACES, st.integers(200, 2000))
@settings(deadline=None)
def test_ranges_cover_the_file(traces: list[tuple[str, list[Attributes]]], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = xes_file(Path(folder) / "x.xes", traces)
        found = ranges(path, size)
        text = path.read_bytes()
    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])]
    assert found[-1][1] == len(text)
    assert all(text[start:end].endswith(b"</trace>") for start, end in found[:-1])


@pytest.mark.parametrize("suffix", [".xes", ".xes.gz"])
def test_many_pieces_read_as_one(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    traces = [
        (f"case {n}", [event(f"activity {n % 7}", f"2026-01-{1 + n % 28:02d}T08:00:00+01:00", "complete",
                             *([("int", "rare", str(n))] if n % 50 == 0 else []))] * (1 + n % 3))
        for n in range(400)
    ]  # fmt: skip
    path = xes_file(tmp_path / f"x{suffix}", traces)
    whole = read(path)
    monkeypatch.setattr(xes, "ranges", lambda path: ranges(path, 5_000))
    monkeypatch.setattr(xes, "pieces", lambda chunks: pieces(small(chunks), 5_000))
    assert read(path) == whole
    assert len(whole) == sum(len(events) for _, events in traces)


def small(chunks: Any) -> Any:
    for chunk in chunks:
        yield from (chunk[i : i + 3_000] for i in range(0, len(chunk), 3_000))


def read(path: Path) -> list[tuple[Any, ...]]:
    """Every row of the table `raw`, columns by name."""
    with duckdb.connect() as connection:
        reading = xes.read_xes(connection, open_source(path))
        order = ", ".join(column.key for column in sorted(reading.columns, key=lambda c: c.label))
        return connection.execute(f"SELECT {order} FROM raw").fetchall()


def test_a_cut_through_a_comment_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xes_file(tmp_path / "x.xes", [(f"c{n}", [event("a", "2026-01-05T08:00:00Z")]) for n in range(40)])
    path.write_text(path.read_text().replace("<trace>", "<!-- not this </trace> --><trace>"))
    monkeypatch.setattr(xes, "ranges", lambda path: ranges(path, 600))
    assert len(read(path)) == 40


def test_the_worker_tells_what_it_is_given() -> None:
    assert malformed(b"<log></log>") is None
    assert malformed(b"<log>\n<trace></log>") == {"error": "mismatched tag", "line": 2, "column": 10}
    assert malformed(b"<log>\n<\xe9/></log>") == {
        "error": "not well-formed (invalid token)",
        "line": 2,
        "column": 2,
        "bytes": "E9",
    }
    text = b"""<date value='1' key='a'/><int key="b" value="2"></int><string key="case:c" value="3"/>"""
    assert marked(text) == (
        b"""<string value='1' key='tandem-date:a'/><string key="tandem-int:b" value="2"></string>"""
        b"""<string key="tandem-string:case:c" value="3"/>"""
    )
    assert meaning("case:tandem-date:REG_DATE") == (True, "date", "REG_DATE")
    assert meaning("tandem-string:case:c") == (False, "string", "case:c")
    assert meaning("tandem-x:y") == (False, "", "tandem-x:y")
    assert root_of(b"<?xml version='1.0'?><!-- <a> --><log/>") == "log"
    assert root_of(b"hello") is None
    assert xes_text.PIECE > 1_000_000
