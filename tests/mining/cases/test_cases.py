"""Variants, cases and the story of one case, on a log small enough to count by hand, and beside pm4py on a real one."""

from __future__ import annotations

import csv
import warnings
from pathlib import Path

import pytest

from core.errors import BadInput, NotFound
from core.eventlog import LogVersion
from core.selection.filters import ActivityFilter, VariantFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.cases import CaseOrder, case_story, export_events, list_cases, list_variants
from mining.compare.service import compare_sides
from mining.map.redraw import redraw
from mining.map.variant import variants
from tests.builders import staged_log
from tests.conftest import SHARED_LOGS
from tests.mining.real import read_xes, stage

ROWS = [
    ("a", "Draft", "2026-03-02 08:00", "2026-03-02 09:00", "Ann", "human", False, "ERP", 5.0, False),
    ("a", "Check", "2026-03-02 11:00", "2026-03-02 11:30", "Bob", "human", False, "ERP", 2.0, False),
    ("a", "Check", "2026-03-02 12:00", "2026-03-02 12:30", "Bob", "human", False, "ERP", 2.0, True),
    ("b", "Draft", "2026-03-03 08:00", "2026-03-03 09:00", "Ann", "human", False, "=cmd", 5.0, False),
    ("b", "Pay", "2026-03-05 09:00", "2026-03-05 09:00", "Robo", "agent", False, "Bank", 1.0, False),
    ("c", "Draft", "2026-03-04 08:00", "2026-03-04 08:30", "Ann", "human", False, "ERP", 5.0, False),
    ("c", "Pay", "2026-03-04 10:30", "2026-03-04 11:00", "Robo", "agent", False, "Bank", 1.0, False),
]


@pytest.fixture
def log(ws: Workspace) -> LogVersion:
    return staged_log(ws, ROWS)


def test_variants_stand_by_their_cases_with_coverage_and_cycle_time(ws: Workspace, log: LogVersion) -> None:
    found = list_variants(ws, View("example"))
    assert (found.variants, found.cases) == (2, 3)
    first, second = found.rows
    assert (first.number, first.cases, first.trace) == (1, 2, ("Draft", "Pay"))
    assert [first.share, first.covered, second.covered] == pytest.approx([2 / 3, 2 / 3, 1.0])
    assert first.median_seconds == pytest.approx((49 * 3600 + 3 * 3600) / 2)
    assert second.trace == ("Draft", "Check", "Check")
    only = Selection((VariantFilter(digests=(second.digest,)),))
    assert [c.case for c in list_cases(ws, View("example", selection=only)).rows] == ["a"]
    assert list_variants(ws, View("example"), offset=1, limit=1).rows == (second,)


def test_cases_are_sorted_searched_and_paged(ws: Workspace, log: LogVersion) -> None:
    by_time = list_cases(ws, View("example"), by=CaseOrder.CYCLE_TIME, descending=True)
    assert [(c.case, c.cycle_seconds) for c in by_time.rows] == [("b", 49 * 3600), ("a", 4.5 * 3600), ("c", 3 * 3600)]
    first = list_cases(ws, View("example"), limit=1)
    assert (first.cases, [c.case for c in first.rows]) == (3, ["a"])
    a = first.rows[0]
    assert (a.waiting_seconds, a.service_seconds) == (2.5 * 3600, 2 * 3600)
    assert (a.rework, a.performers, a.cost, a.last_activity) == (1, 2, 9.0, "Check")
    assert [c.case for c in list_cases(ws, View("example"), limit=1, offset=2).rows] == ["c"]
    assert [c.case for c in list_cases(ws, View("example"), search="B").rows] == ["b"]
    assert list_cases(ws, View("example"), search="nothing").cases == 0


def test_a_case_seen_at_one_moment_only_has_no_cycle_time(ws: Workspace) -> None:
    none = (None, None, False, None, None, None)
    staged_log(ws, [
        ("a", "Draft", None, "2026-03-02 09:00", *none),
        ("b", "Draft", None, "2026-03-02 09:00", *none),
        ("b", "Pay", None, "2026-03-02 12:00", *none),
    ])  # fmt: skip
    assert {c.case: c.cycle_seconds for c in list_cases(ws, View("example")).rows} == {"a": None, "b": 3 * 3600}
    assert {v.trace: v.median_seconds for v in list_variants(ws, View("example")).rows} == {
        ("Draft",): None, ("Draft", "Pay"): 3 * 3600,
    }  # fmt: skip
    both = compare_sides(ws, View("example"), View("example"))
    found = next(m for m in both.metrics if m.key == "cycle_time").a
    assert found is not None
    assert found.value == 3 * 3600


def test_a_case_tells_its_story(ws: Workspace, log: LogVersion) -> None:
    story = case_story(ws, View("example"), "a")
    assert [i.activity for i in story.instances] == ["Draft", "Check", "Check"]
    assert [i.waiting for i in story.instances] == [None, 2 * 3600, 1800]
    assert [i.repeated for i in story.instances] == [False, False, True]
    assert (story.instances[2].performer, story.instances[2].failed, story.instances[2].source_row) == ("Bob", True, 3)
    with pytest.raises(NotFound, match="no case `z`"):
        case_story(ws, View("example"), "z")


def test_a_page_that_cannot_be_is_refused(ws: Workspace, log: LogVersion) -> None:
    for offset, limit in ((-1, 10), (0, 0), (0, 5000)):
        with pytest.raises(BadInput, match="A page has"):
            list_cases(ws, View("example"), offset=offset, limit=limit)


def test_events_are_written_whole_and_no_spreadsheet_runs_them(ws: Workspace, log: LogVersion, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    paid = Selection((ActivityFilter(activities=("Pay",)),))
    assert export_events(ws, View("example", selection=paid), path) == 4
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [(r["case_id"], r["activity"]) for r in rows] == [("b", "Draft"), ("b", "Pay"), ("c", "Draft"), ("c", "Pay")]
    assert [r["system"] for r in rows] == ["'=cmd", "Bank", "ERP", "Bank"]
    with pytest.raises(BadInput, match="is there already"):
        export_events(ws, View("example"), path)
    with pytest.raises(BadInput, match="ends in none of"):
        export_events(ws, View("example"), tmp_path / "events.exe")
    with pytest.raises(BadInput, match="cannot be written"):
        export_events(ws, View("example"), tmp_path / "nowhere" / "events.csv")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["events.csv"]
    parquet = tmp_path / "events.parquet"
    assert export_events(ws, View("example"), parquet) == 7
    import pyarrow.parquet as pq

    assert pq.read_table(parquet)["cost"].to_pylist() == [5.0, 2.0, 2.0, 5.0, 1.0, 5.0, 1.0]


def test_the_redrawn_graph_equals_the_whole_one(ws: Workspace, log: LogVersion) -> None:
    found = redraw(ws, View(log.log, log.version, Selection()))
    assert [(a.name, a.count, a.cases) for a in found.dfg.activities] == [
        ("Draft", 3, 3),
        ("Check", 2, 1),
        ("Pay", 2, 2),
    ]
    assert [(p.source, p.target, p.count, p.cases) for p in found.dfg.paths] == [
        ("Draft", "Pay", 2, 2), ("Check", "Check", 1, 1), ("Draft", "Check", 1, 1),
    ]  # fmt: skip
    assert [(b.activity, b.cases) for b in found.dfg.ends] == [("Pay", 2), ("Check", 1)]
    assert [(b.activity, b.cases) for b in found.dfg.starts] == [("Draft", 3)]
    assert (found.cases, found.events, found.mix["Pay"]) == (3, 7, {"agent": 1.0})


def test_variants_of_a_real_log_are_those_of_pm4py(ws: Workspace) -> None:
    path = next((SHARED_LOGS / "receipt_coselog").glob("*.xes.gz"), None) if SHARED_LOGS.exists() else None
    if path is None:
        pytest.skip("the shared real logs are not here")
    import pm4py

    frame = read_xes(path)
    version = stage(ws, "receipt", frame)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = {tuple(trace): n for trace, n in pm4py.get_variants(frame).items()}
        durations = pm4py.get_all_case_durations(frame)
    with ws.logs.select(version) as connection:
        assert {v.trace: v.cases for v in variants(connection)} == theirs
    listed = list_variants(ws, View("receipt"), limit=1000)
    assert {v.trace: v.cases for v in listed.rows} == theirs
    ours = [c.cycle_seconds for c in list_cases(ws, View("receipt"), by=CaseOrder.CYCLE_TIME, limit=1000).rows]
    at_once = sum(n for trace, n in theirs.items() if len(trace) == 1)  # they have no cycle time; pm4py says 0
    assert ours == pytest.approx(sorted(durations)[at_once : at_once + 1000])
