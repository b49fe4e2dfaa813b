"""XES in odd shapes: traces without a name, keys that come twice, a prefix on every tag."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from core.errors import BadInput
from core.workspace import Workspace
from ingest import xes, xes_text
from ingest.source import open_source
from tests.cases.reading import case_ids, imported, message, shared_case, stored, told

STAMP = '<date key="time:timestamp" value="2026-01-01T08:00:00Z"/>'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'


def event(name: str, more: str = "") -> str:
    return f'<event><string key="concept:name" value="{name}"/>{STAMP}{more}</event>'


def named(name: str, *inside: str) -> str:
    return f'<trace><string key="concept:name" value="{name}"/>{"".join(inside)}</trace>\n'


def write(path: Path, *traces: str) -> Path:
    path.write_text(f"{HEAD}{''.join(traces)}</log>\n", "utf-8")
    return path


def test_shared_traces_without_a_name(ws: Workspace) -> None:
    done = imported(ws, shared_case("xes_unnamed/noname.xes"))
    assert (done.cases, done.events, told(done)["unnamed_traces"]) == (2, 2, 2)
    assert case_ids(ws) == ["unnamed trace 1", "unnamed trace 2"]


def test_shared_doubled_keys(ws: Workspace) -> None:
    done = imported(ws, shared_case("xes_unnamed/dupkey.xes"))
    assert (done.cases, done.events, told(done)["doubled_keys"]) == (1, 1, 2)


def test_shared_prefix(ws: Workspace) -> None:
    done = imported(ws, shared_case("xes_unnamed/prefix.xes"))
    assert (done.cases, done.events) == (1, 1)
    assert case_ids(ws) == ["c1"]


def test_unnamed_traces_among_named_ones(ws: Workspace, tmp_path: Path) -> None:
    blank = named(" ", event("D"), event("E"))
    path = write(tmp_path / "x.xes", named("unnamed trace 2", event("A")), f"<trace>{event('B')}</trace>",
                 "<trace/>", "<trace><!-- <event> -->\n</trace>",
                 f'<trace><int key="x" value="1"/>{event("C")}</trace>', blank)  # fmt: skip
    done = imported(ws, path)
    assert (done.cases, done.events) == (4, 5)
    assert case_ids(ws) == [
        "unnamed trace (2) 2", "unnamed trace (2) 5", "unnamed trace (2) 6", "unnamed trace 2",
    ]  # fmt: skip
    assert (told(done)["unnamed_traces"], told(done)["empty_traces"]) == (3, 2)
    assert message(done, "unnamed_traces") == "3 traces have no name; each is a case, named by its place in the log."
    assert "no_case" not in told(done)
    assert "traces_with_a_name_twice" not in told(done)


@pytest.mark.parametrize("size", [200, 300, 10_000])
def test_places_are_counted_over_the_pieces_of_a_file(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(
        tmp_path / "x.xes",
        *(named(f"c{n}", event("A")) if n % 3 else f"<trace>{event('A')}</trace>\n" for n in range(1, 13)),
    )
    real = xes_text.ranges
    monkeypatch.setattr(xes, "ranges", lambda path: real(path, size))
    with duckdb.connect() as connection:
        reading = xes.read_xes(connection, open_source(path))
        at = next(column.key for column in reading.columns if column.label == "case:concept:name")
        found = [name for (name,) in connection.execute(f"SELECT {at} FROM raw").fetchall()]
    assert found == [f"c{n}" if n % 3 else f"unnamed trace {n}" for n in range(1, 13)]


def test_doubled_keys_are_counted_and_one_value_kept(ws: Workspace, tmp_path: Path) -> None:
    twice = '<string key="org:resource" value="Ann"/><string key="org:resource" value="Bob"/><int key="x" value="1"/>'
    path = write(tmp_path / "x.xes", named("c1", '<string key="kind" value="k"/><string key="kind" value="l"/>',
                 event("A", twice), event("B", '<string key="x" value="two"/><int key="x" value="2"/>')))  # fmt: skip
    done = imported(ws, path)
    assert (done.events, told(done)["doubled_keys"]) == (2, 3)
    assert stored(ws, 'SELECT "@kind" FROM case_attribute') == [("k",)]
    assert stored(ws, "SELECT name FROM performer") == [("Ann",)]


def test_every_tag_with_a_prefix(ws: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xes", named("c1", event("a &lt;x: b")), named("c2", event("B"), event("C")))
    text = path.read_text("utf-8").replace("</", "</xes:").replace("xmlns=", "xmlns:xes=")
    for tag in ("log", "trace", "event", "string", "date"):
        text = text.replace(f"<{tag}", f"<xes:{tag}")
    path.write_text(text, "utf-8")
    done = imported(ws, path)
    assert (done.cases, done.events) == (2, 3)
    assert ("a <x: b",) in stored(ws, "SELECT name FROM activity")


@pytest.mark.parametrize(
    ("lost", "line"), [(event("A"), 4), ("<event/>", 4), (f"<trace>\n{event('A')}\n<event></event></trace>", 6)]
)
def test_events_that_would_be_lost_are_told_by_line(ws: Workspace, tmp_path: Path, lost: str, line: int) -> None:
    path = write(tmp_path / "x.xes", named("c1", event("A")), lost, named("c2", event("A")))
    with pytest.raises(BadInput, match=f"1 event stands outside a trace or without attributes, in line {line}"):
        imported(ws, path)
