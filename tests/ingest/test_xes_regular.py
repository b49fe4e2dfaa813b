"""Regular XES is read column by column: as r4pm reads it, and never what is not well-formed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest import xes, xes_pool
from ingest.source import open_source
from ingest.xes_regular import read_regular
from ingest.xes_worker import malformed
from tests.ingest.files import Attributes, event, xes_file, xes_text

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=6)
MORE = st.lists(
    st.tuples(st.sampled_from(["string", "int", "float", "boolean"]), st.sampled_from(["x", "X", "case:x", "y"]), TEXT),
    max_size=3, unique_by=lambda attribute: attribute[1],
)  # fmt: skip
EVENTS = st.lists(
    st.builds(lambda name, more: event(name, "2026-01-05T08:00:00+01:00", None, *more), TEXT, MORE), max_size=3
)
LOGS = st.lists(st.tuples(TEXT, EVENTS), min_size=1, max_size=5)


def body(text: str) -> bytes:
    """A document from its first trace on."""
    return text[text.index("<trace>") :].encode()


def expected(traces: list[tuple[str, list[Attributes]]]) -> list[dict[str, str]]:
    """What each event says, its trace's name included."""
    rows = []
    for name, events in traces:
        for attributes in events:
            row = {"case:tandem-string:concept:name": name}
            rows.append(row | {f"tandem-{kind}:{key}": value for kind, key, value in attributes})
    return rows


@given(LOGS)
@settings(max_examples=60, deadline=None)
def test_every_value_of_every_event_is_read(traces: list[tuple[str, list[Attributes]]]) -> None:
    found = read_regular(body(xes_text(traces)), last=True)
    assert found is not None
    frame, count, empty = found
    rows = [{key: value for key, value in row.items() if value is not None} for row in frame.to_dicts()]
    assert rows == expected(traces)
    assert (count, empty) == (len(traces), sum(not events for _, events in traces))


DOCUMENT = xes_text([
    ("c 1", [event("a & b", "2026-01-05T08:00:00Z"), event("b", "2026-01-05T09:00:00Z", "complete")]),
    ("c 2", [event("a", "2026-01-06T08:00:00Z")]),
])  # fmt: skip


@given(
    st.integers(0, len(DOCUMENT)),
    st.integers(0, 40),
    st.sampled_from(["", "", '"', "<", "&", "/>", "<event>", "</trace>"]),
)
@settings(max_examples=300, deadline=None)
def test_what_is_read_is_well_formed(start: int, length: int, instead: str) -> None:
    text = DOCUMENT[:start] + instead + DOCUMENT[start + length :]
    assume("<trace>" in text)
    if read_regular(body(text), last=True) is not None:
        assert malformed(b"<log>" + body(text)) is None


@pytest.mark.parametrize(
    "broken",
    [
        "", "hello", "<trace></trace></log>", DOCUMENT[DOCUMENT.index("<trace>") :].replace("</log>", ""),
        DOCUMENT[DOCUMENT.index("<trace>") :].replace("value=", "value ="),
        DOCUMENT[DOCUMENT.index("<trace>") :].replace("</event>", "<!-- x --></event>"),
        DOCUMENT[DOCUMENT.index("<trace>") :].replace("&amp;", "&#38;"),
        DOCUMENT[DOCUMENT.index("<trace>") :].replace("&amp;", "&other;"),
        DOCUMENT[DOCUMENT.index("<trace>") :].replace("</event>\n<event>\n", ""),  # one event with a key twice
    ],
)  # fmt: skip
def test_what_is_not_regular_is_left_to_r4pm(broken: str) -> None:
    assert read_regular(broken.encode(), last=True) is None


def rows(path: Path) -> list[dict[str, Any]]:
    """Every event of the table `raw` with what it says, as text."""
    with duckdb.connect() as connection:
        reading = xes.read_xes(connection, open_source(path))
        found = connection.execute("SELECT COLUMNS(*)::VARCHAR FROM raw").fetchall()
    labels = [column.label for column in reading.columns]
    return [{k: v for k, v in zip(labels, row, strict=True) if v is not None} for row in found]


def test_both_readers_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attributes = [("int", "pages", "3"), ("float", "cost", "2.50"), ("boolean", "flag", "true"), ("id", "key", "k-1"),
                  ("string", "text", "a <b> \"c\" 'd' & é"), ("date", "seen", "yesterday")]  # fmt: skip
    traces = [
        (
            f"c{n}",
            [event(f"a{m}", "2026-01-05T08:00:00+01:00", "complete", *attributes[: (n + m) % 7]) for m in range(n % 4)],
        )
        for n in range(30)
    ]
    path = xes_file(tmp_path / "x.xes", traces)
    column_by_column = rows(path)
    monkeypatch.setattr(xes_pool, "convert_regular", lambda request: None)
    assert rows(path) == column_by_column
    assert len(column_by_column) == sum(len(events) for _, events in traces)


def test_real_logs_are_regular(shared_log: Any) -> None:
    import gzip

    for name in ("receipt_coselog/08_receipt.xes.gz", "production_manufacturing/Production.xes.gz"):
        text = gzip.decompress(shared_log(name).read_bytes())
        assert read_regular(text[text.index(b"<trace>") :], last=True) is not None
