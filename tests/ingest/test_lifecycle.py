"""Rows of the XES lifecycle are paired into activity instances, first in, first out."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actor.values import local
from core.errors import BadInput
from core.workspace import Workspace
from ingest import import_log, lifecycle
from tests.ingest.files import event, xes_file

Row = tuple[str, str, str | None, int]  # case, activity, transition, minute
Pair = tuple[int, int | None]  # row that ended it, row that started it
BEGIN = datetime.fromisoformat("2026-01-05T08:00:00")


def paired_by_sql(rows: Sequence[Row]) -> list[Pair]:
    """What the queries make of `rows`, which are numbered from 1."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "CREATE TABLE transition (row_no BIGINT, case_text VARCHAR, activity_text VARCHAR, transition VARCHAR, "
            "instance VARCHAR, moment TIMESTAMP)"
        )
        for number, (case, activity, transition, minute) in enumerate(rows, 1):
            values: list[Any] = [number, case, activity, transition, BEGIN + timedelta(minutes=minute)]
            connection.execute("INSERT INTO transition VALUES (?, ?, ?, ?, NULL, ?)", values)
        lifecycle.pair(connection)
        return sorted(connection.execute("SELECT end_row, start_row FROM pairing").fetchall())


def paired_by_hand(rows: Sequence[Row]) -> list[Pair]:
    """The rule as one would say it: a queue of open starts for each case and activity."""
    open_starts: dict[tuple[str, str], deque[int]] = {}
    pairs: list[Pair] = []
    for number, (case, activity, transition, _) in sorted(enumerate(rows, 1), key=lambda item: (item[1][3], item[0])):
        waiting = open_starts.setdefault((case, activity), deque())
        if transition == "start":
            waiting.append(number)
        elif transition == "complete":
            pairs.append((number, waiting.popleft() if waiting else None))
        elif waiting:  # ate_abort
            pairs.append((number, waiting.popleft()))
    return sorted(pairs, key=lambda pair: pair[0])


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["c1", "c2"]), st.sampled_from(["a", "b"]),
        st.sampled_from(["start", "start", "complete", "complete", "ate_abort"]), st.integers(0, 12),
    ),
    max_size=24,
)  # fmt: skip


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_pairing_is_first_in_first_out(rows: list[Row]) -> None:
    assert paired_by_sql(rows) == paired_by_hand(rows)


@given(ROWS)
@settings(max_examples=30, deadline=None)
def test_no_row_is_used_twice_and_no_instance_ends_before_it_starts(rows: list[Row]) -> None:
    pairs = paired_by_sql(rows)
    used = [row for pair in pairs for row in pair if row is not None]
    assert len(used) == len(set(used))
    assert all(rows[start - 1][3] <= rows[end - 1][3] for end, start in pairs if start is not None)


def instances(ws: Workspace, log: str) -> list[tuple[Any, ...]]:
    """Activity, start, end in minutes after eight, and whether it failed, of each activity instance in order."""
    with ws.logs.read(ws.logs.get(log)) as connection:
        return connection.execute(
            "SELECT a.name, date_diff('minute', $begin, e.started), date_diff('minute', $begin, e.ended), e.failed "
            "FROM event e JOIN activity a USING (activity_no) ORDER BY e.case_no, e.position", {"begin": BEGIN},
        ).fetchall()  # fmt: skip


def at(minute: int) -> str:
    return (BEGIN + timedelta(minutes=minute)).isoformat() + "Z"


def test_each_kind_of_transition_does_what_the_rules_say(ws: Workspace, tmp_path: Path) -> None:
    path = xes_file(tmp_path / "x.xes", [("c", [
        event("a", at(0), "SCHEDULE"), event("a", at(1), "START"), event("a", at(3), "suspend"),
        event("a", at(4), "resume"), event("a", at(9), "COMPLETE"),
        event("b", at(10), "complete"),  # no start
        event("c", at(11), "start"), event("c", at(12), "ate_abort"),  # failed
        event("d", at(13), "start"),  # never ended
        event("e", at(14), "pi_abort"),  # of nothing
        event("f", at(15), "reviewed"),  # unknown to XES
        event("g", at(16), "schedule"),  # all there is of `g`
    ])])  # fmt: skip
    done = import_log(ws, path, by=local("Ada"))
    assert (done.events, done.event_rows) == (5, 12)
    assert instances(ws, "x") == [
        ("a", 1, 9, None), ("b", None, 10, None), ("c", 11, 12, True), ("f", None, 15, None), ("g", None, 16, None),
    ]  # fmt: skip
    counts = {(f["code"], f["effect"]): f["count"] for f in done.quality["findings"]}
    assert counts["paired", "repaired"] == 2
    assert counts["no_start", "note"] == 1
    assert counts["never_ended", "dropped"] == 1
    assert counts["abort_of_nothing", "dropped"] == 1
    assert counts["unknown_transition", "note"] == 1
    assert counts["only_mentioned", "warning"] == 1
    dropped = [f["message"] for f in done.quality["findings"] if f["code"] == "transition"]
    assert dropped == [
        f"1 row with the transition `{t}` is no work of its own." for t in ("resume", "schedule", "suspend")
    ]


def test_rows_and_instances_balance(ws: Workspace, tmp_path: Path) -> None:
    path = xes_file(
        tmp_path / "x.xes", [("c", [event("a", at(n), "start" if n % 3 else "complete") for n in range(20)])]
    )
    done = import_log(ws, path, by=local("Ada"))
    counts = {f["code"]: f["count"] for f in done.quality["findings"]}
    assert done.events + counts["paired"] + counts["never_ended"] == done.event_rows == 20


def test_concept_instance_ties_start_to_end(ws: Workspace, tmp_path: Path) -> None:
    one, two = ("string", "concept:instance", "1"), ("string", "concept:instance", "2")
    events = [event("a", at(0), "start", one), event("a", at(1), "start", two),
              event("a", at(2), "complete", two), event("a", at(9), "complete", one)]  # fmt: skip
    import_log(ws, xes_file(tmp_path / "x.xes", [("c", events)]), by=local("Ada"))
    assert instances(ws, "x") == [("a", 0, 9, None), ("a", 1, 2, None)]


@pytest.mark.parametrize("transition", ["complete", "start", "In Progress", None])
def test_a_log_that_cannot_be_paired_keeps_every_row(transition: str | None, ws: Workspace, tmp_path: Path) -> None:
    path = xes_file(tmp_path / "x.xes", [("c", [event("a", at(0), transition), event("a", at(1), transition)])])
    done = import_log(ws, path, by=local("Ada"))
    assert (done.events, done.event_rows) == (2, 2)
    assert instances(ws, "x") == [("a", None, 0, None), ("a", None, 1, None)]


def test_attributes_of_the_start_fill_what_the_end_does_not_say(ws: Workspace, tmp_path: Path) -> None:
    path = xes_file(tmp_path / "x.xes", [("c", [
        event("a", at(0), "start", ("string", "org:resource", "Bo"), ("int", "pages", "3")),
        event("a", at(1), "complete", ("int", "words", "9")),
    ])])  # fmt: skip
    import_log(ws, path, by=local("Ada"))
    with ws.logs.read(ws.logs.get("x")) as connection:
        assert connection.execute("SELECT name FROM performer").fetchall() == [("Bo",)]
        assert connection.execute('SELECT "@pages", "@words" FROM event_attribute').fetchall() == [(3, 9)]


def test_only_starts_that_never_end_are_an_empty_log(ws: Workspace, tmp_path: Path) -> None:
    path = xes_file(tmp_path / "x.xes", [("c", [event("a", at(5), "start"), event("b", at(1), "pi_abort")])])
    done = import_log(ws, path, by=local("Ada"))  # no `complete` anywhere: not paired
    assert done.events == 2
    path = xes_file(tmp_path / "y.xes", [("c", [event("a", at(5), "complete"), event("a", at(6), "start")])])
    assert import_log(ws, path, by=local("Ada")).events == 1
    with pytest.raises(BadInput):
        import_log(ws, xes_file(tmp_path / "z.xes", [("c", [])]), by=local("Ada"))
