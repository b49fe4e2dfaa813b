"""The event-log store: what is built from what was staged, and that a crash leaves the old version or the new one."""

from __future__ import annotations

import multiprocessing
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import FixedClock
from core.errors import BadInput, IntegrityError, NotFound
from core.eventlog import EventLogStore
from core.eventlog import store as store_module
from core.eventlog.build import build
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from tests.builders import staged_log

ROWS = [  # case, activity, started, ended, performer, performer_kind, simulated, system, cost, failed
    ("c2", "pay", "2026-01-07 10:00", "2026-01-07 11:00", "Bo", "human"),
    ("c1", "buy", "2026-01-05 08:00", "2026-01-05 09:00", "Ada", "unknown", False, "ERP", 2.5, False),
    ("c1", "pay", "2026-01-05 10:00", "2026-01-05 10:30", "bot", "system", True, "ERP", None, True),
    ("c1", "buy", "2026-01-05 10:15", "2026-01-05 12:00", "Ada", "human"),
    ("c3", "pay", "2026-01-08 10:00", "2026-01-08 11:00", None),
]


def query(ws: Workspace, text: str, log: str = "example") -> list[tuple[Any, ...]]:
    with ws.logs.read(ws.logs.get(log)) as connection:
        return connection.execute(text).fetchall()


def test_events_are_placed_and_timed(ws: Workspace) -> None:
    staged_log(ws, ROWS)
    found = query(
        ws,
        "SELECT case_no, position, a.name, b.name, waiting, service, repeated, source_row FROM event e "
        "JOIN activity a USING (activity_no) LEFT JOIN activity b ON b.activity_no = e.previous_activity_no "
        "ORDER BY case_no, position",
    )
    assert found == [
        (0, 1, "buy", None, None, 3600.0, False, 2),
        (0, 2, "pay", "buy", 3600.0, 1800.0, False, 3),
        (0, 3, "buy", "pay", 0.0, 6300.0, True, 4),  # it started before `pay` ended: it did not wait
        (1, 1, "pay", None, None, 3600.0, False, 1),
        (2, 1, "pay", None, None, 3600.0, False, 5),
    ]


def test_dictionaries_cases_and_variants(ws: Workspace) -> None:
    version = staged_log(ws, ROWS)
    assert query(ws, "FROM activity ORDER BY 1") == [(0, "pay", 3, 3, False), (1, "buy", 2, 1, False)]
    assert query(ws, "FROM performer ORDER BY 1") == [
        (0, "Ada", "human", False, 2, False), (1, "Bo", "human", False, 1, False), (2, "bot", "system", True, 1, False),
    ]  # fmt: skip
    assert query(ws, "FROM system") == [(0, "ERP", 2)]
    assert query(ws, "SELECT case_no, case_id, variant_no, events FROM case_ ORDER BY 1") == [
        (0, "c1", 1, 3), (1, "c2", 0, 1), (2, "c3", 0, 1),
    ]  # fmt: skip
    assert query(ws, "FROM variant ORDER BY 1") == [(0, [0], 1, 2), (1, [1, 0, 1], 3, 1)]
    assert (version.cases, version.events, version.activities, version.performers) == (3, 5, 2, 3)
    assert (version.started, version.ended) == (
        datetime(2026, 1, 5, 8, tzinfo=UTC), datetime(2026, 1, 8, 11, tzinfo=UTC),
    )  # fmt: skip


def test_without_starts_waiting_runs_to_the_end(ws: Workspace) -> None:
    staged_log(ws, [("c", "a", None, "2026-01-05 08:00"), ("c", "b", None, "2026-01-05 09:00")])
    assert query(ws, "SELECT waiting, service FROM event ORDER BY position") == [(None, None), (3600.0, None)]
    meta = ws.logs.meta(ws.logs.get("example")).stored
    assert (meta["has_start"], meta["start_share"]) == (False, 0.0)


MINUTES = st.integers(0, 60)
STAGED = st.lists(
    st.tuples(st.sampled_from(["c1", "c2", "c3"]), st.sampled_from("abc"), MINUTES, MINUTES), min_size=1, max_size=20
)


@given(STAGED)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_stored_log_holds_to_its_laws(ws: Workspace, rows: list[tuple[str, str, int, int]]) -> None:
    def at(minute: int) -> str:
        return f"2026-01-05 {8 + minute // 60:02d}:{minute % 60:02d}"

    staged_log(ws, [(case, activity, at(min(a, b)), at(max(a, b))) for case, activity, a, b in rows])
    events = query(ws, "SELECT case_no, position, activity_no, previous_activity_no, started, ended, waiting, repeated "
                       "FROM event ORDER BY case_no, position")  # fmt: skip
    traces: dict[int, list[Any]] = {}
    for event in events:
        trace = traces.setdefault(event[0], [])
        assert event[1] == len(trace) + 1
        assert event[3] == (trace[-1][2] if trace else None)
        assert event[7] == any(event[2] == earlier[2] for earlier in trace)
        if trace:
            assert (event[4], event[5]) >= (trace[-1][4], trace[-1][5])
            assert event[6] == max(0.0, (event[4] - trace[-1][5]).total_seconds())
        trace.append(event)
    assert sum(len(trace) for trace in traces.values()) == len(rows)
    variants = {number: list(trace) for number, trace in query(ws, "SELECT variant_no, trace FROM variant")}
    for case_no, variant_no in query(ws, "SELECT case_no, variant_no FROM case_"):
        assert variants[variant_no] == [event[2] for event in traces[case_no]]
    assert sum(n for (n,) in query(ws, "SELECT cases FROM variant")) == len(traces)


STAGE_ONE = (
    "CREATE TABLE staged AS SELECT 'c' AS case_id, 'a' AS activity, NULL::TIMESTAMP AS started, "
    "TIMESTAMP '2026-01-05 08:00' AS ended, NULL::SMALLINT AS started_offset, NULL::SMALLINT AS ended_offset, "
    "NULL::VARCHAR AS performer, NULL::VARCHAR AS performer_kind, false AS simulated, NULL::VARCHAR AS system, "
    "NULL::DOUBLE AS cost, NULL::BOOLEAN AS failed, 1::BIGINT AS source_row"
)


def test_nothing_staged_is_refused(ws: Workspace) -> None:
    with ws.logs.draft("example") as draft:
        draft.connection.execute(f"{STAGE_ONE} LIMIT 0")
        with pytest.raises(BadInput, match="event log is empty"):
            draft.publish(source="test", digest="1", created_by="Ada", event_rows=0, meta={})
    assert ws.logs.versions() == []
    assert [p for p in ws.logs.folder.iterdir() if p.suffix == ".duckdb"] == []


def test_versions_are_counted_and_found(ws: Workspace) -> None:
    assert [staged_log(ws, ROWS).version, staged_log(ws, ROWS[:2]).version] == [1, 2]
    assert ws.logs.get("example").version == 2
    assert ws.logs.get("example", 1).events == 5
    with pytest.raises(NotFound, match="Known: `1`, `2`"):
        ws.logs.get("example", 3)
    with pytest.raises(NotFound, match="Known: `example`"):
        ws.logs.get("other")


def test_a_reader_keeps_what_it_opened_while_a_version_is_published(ws: Workspace) -> None:
    first = staged_log(ws, ROWS)
    with ws.logs.read(first) as connection:
        staged_log(ws, ROWS[:1])
        assert connection.execute("SELECT count(*) FROM event").fetchall() == [(5,)]
        with pytest.raises(duckdb.Error):
            connection.execute("DELETE FROM event")


def test_a_lost_file_is_an_integrity_error(ws: Workspace) -> None:
    version = staged_log(ws, ROWS)
    (ws.logs.folder / version.file).unlink()
    with pytest.raises(IntegrityError, match="cannot be opened"), ws.logs.read(version):
        pass


STEPS = ("build", "flush of the draft", "rename", "flush of the folder", "commit")


def _die_at(home: Path, step: str) -> None:
    """Publish a second version in a process of its own, and kill it with no warning just before `step`."""
    calls = iter(("flush of the draft", "flush of the folder"))
    real_build, real_flush, real_replace = build, store_module._flush, Path.replace

    def die(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def dying_build(*arguments: Any, **named: Any) -> None:
        die("build")
        real_build(*arguments, **named)

    def flush(path: Path) -> None:
        die(next(calls))
        real_flush(path)
        if path.is_dir():
            die("commit")

    def replace(self: Path, target: Path) -> Path:
        die("rename")
        return real_replace(self, target)

    for target, name, instead in (
        (store_module, "build", dying_build), (store_module, "_flush", flush), (Path, "replace", replace),
    ):  # fmt: skip
        setattr(target, name, instead)
    ws = open_workspace(Settings(user="Ada", home=home), FixedClock(datetime(2026, 1, 5, 8, tzinfo=UTC)))
    staged_log(ws, ROWS[:1])
    os._exit(0)


@pytest.mark.parametrize("step", [*STEPS, "nothing"])
def test_a_crash_between_any_two_steps_leaves_the_old_version_or_the_new(step: str, ws: Workspace) -> None:
    staged_log(ws, ROWS)
    process = multiprocessing.get_context("spawn").Process(target=_die_at, args=(ws.settings.home, step))
    process.start()
    process.join(60)
    assert process.exitcode == (0 if step == "nothing" else -signal.SIGKILL)
    newest = ws.logs.get("example")
    assert (newest.version, newest.events) == ((2, 1) if step == "nothing" else (1, 5))
    assert query(ws, "SELECT count(*) FROM event") == [(newest.events,)]
    before = {p.name for p in ws.logs.folder.glob("*.duckdb*")}
    swept = set(ws.logs.sweep())
    left = {p.name for p in ws.logs.folder.glob("*.duckdb*")}
    assert left == {v.file for v in ws.logs.versions()}
    assert before - left == swept
    assert bool(swept) is (step != "nothing")
    assert staged_log(ws, ROWS[:2]).version == newest.version + 1


def test_the_sweep_leaves_what_is_not_a_draft_of_ours(ws: Workspace) -> None:
    foreign = ws.logs.folder / ".building-x.duckdb"
    foreign.write_bytes(b"")
    assert ws.logs.sweep() == []
    assert foreign.exists()


def test_the_sweep_spares_a_draft_that_is_being_written(ws: Workspace) -> None:
    with ws.logs.draft("example") as draft:
        assert ws.logs.sweep() == []
        assert draft.path.exists()
    assert not draft.path.exists()


def test_two_drafts_of_one_log_get_versions_of_their_own(any_ws: Workspace) -> None:
    store: EventLogStore = any_ws.logs
    with store.draft("example") as one, store.draft("example") as two:
        for number, draft in enumerate((one, two), 1):
            draft.connection.execute(STAGE_ONE)
            version = draft.publish(source="test", digest=str(number), created_by="Ada", event_rows=1, meta={})
            assert version.version == number
    assert [v.digest for v in store.versions()] == ["1", "2"]
    found = store.by_digest("2")
    assert found is not None
    assert found.version == 2
