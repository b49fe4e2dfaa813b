"""The graph: worked by hand, against a naive count over random logs, against pm4py on real logs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.eventlog import LogVersion
from core.workspace import Workspace
from mining.map.dfg import Boundary, Dfg, DfgActivity, DfgPath, discover_dfg
from tests.builders import staged_log
from tests.mining.real import read_csv, read_xes, stage


def dfg_of(ws: Workspace, version: LogVersion) -> Dfg:
    with ws.logs.read(version) as connection:
        return discover_dfg(connection)


def test_a_graph_worked_by_hand(ws: Workspace) -> None:
    version = staged_log(
        ws,
        [
            ("1", "order", "2026-01-05 08:00", "2026-01-05 09:00"),
            ("1", "check", "2026-01-05 09:10", "2026-01-05 09:20"),  # waited 600 s
            ("1", "order", "2026-01-05 09:20", "2026-01-05 09:30"),
            ("1", "check", "2026-01-05 09:29", "2026-01-05 09:40"),  # began before the end of the other: 0 s
            ("2", "order", "2026-01-05 08:00", "2026-01-05 08:10"),
            ("2", "check", "2026-01-05 08:15", "2026-01-05 08:20"),  # waited 300 s
            ("2", "pay", "2026-01-05 09:20", "2026-01-05 09:30"),  # waited 3600 s
            ("3", "order", "2026-01-05 08:00", "2026-01-05 08:10"),
        ],
    )
    assert dfg_of(ws, version) == Dfg(
        activities=(DfgActivity("order", 4, 3), DfgActivity("check", 3, 2), DfgActivity("pay", 1, 1)),
        paths=(
            DfgPath("order", "check", 3, 2, 300.0, 570.0),  # 0, 300, 600: 95 % lies 0.9 of the way from 300 to 600
            DfgPath("check", "order", 1, 1, 0.0, 0.0),
            DfgPath("check", "pay", 1, 1, 3600.0, 3600.0),
        ),
        starts=(Boundary("order", 3),),
        ends=(Boundary("check", 1), Boundary("order", 1), Boundary("pay", 1)),
    )


def test_without_starts_waiting_runs_to_the_end_of_the_target(ws: Workspace) -> None:
    rows = [("1", "order", None, "2026-01-05 08:00"), ("1", "check", None, "2026-01-05 08:30")]
    assert dfg_of(ws, staged_log(ws, rows)).paths == (DfgPath("order", "check", 1, 1, 1800.0, 1800.0),)


TRACES = st.lists(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 500)), min_size=1, max_size=8), min_size=1, max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(traces=TRACES)
def test_a_graph_is_what_a_naive_count_gives(ws: Workspace, traces: list[list[tuple[str, int]]]) -> None:
    rows: list[tuple[Any, ...]] = []
    waits: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    cases: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for number, trace in enumerate(traces):
        at, before = datetime(2026, 1, 5, tzinfo=UTC), None
        for activity, wait in trace:
            at += timedelta(seconds=wait)
            rows.append((str(number), activity, None, at))
            if before is not None:
                waits[before, activity].append(wait)
                cases[before, activity].add(number)
            before = activity
    dfg = dfg_of(ws, staged_log(ws, rows))
    assert {(p.source, p.target): (p.count, p.cases, p.median_seconds) for p in dfg.paths} == {
        path: (len(seconds), len(cases[path]), median(seconds)) for path, seconds in waits.items()
    }
    assert Counter({a.name: a.count for a in dfg.activities}) == Counter(a for t in traces for a, _ in t)
    assert {s.activity: s.cases for s in dfg.starts} == Counter(t[0][0] for t in traces)
    assert {e.activity: e.cases for e in dfg.ends} == Counter(t[-1][0] for t in traces)


def counts(dfg: Dfg) -> tuple[dict[tuple[str, str], int], dict[str, int], dict[str, int]]:
    return (
        {(p.source, p.target): p.count for p in dfg.paths},
        {s.activity: s.cases for s in dfg.starts},
        {e.activity: e.cases for e in dfg.ends},
    )


@pytest.mark.parametrize(
    "name",
    [
        "receipt_coselog/08_receipt.xes.gz",
        "road_traffic_fines/road_fine.xes.gz",
        "bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz",
    ],
)
def test_counts_equal_pm4py_on_real_logs(ws: Workspace, shared_log: Callable[[str], Path], name: str) -> None:
    import pm4py

    frame = read_xes(shared_log(name))
    dfg = dfg_of(ws, stage(ws, "real", frame))
    assert counts(dfg) == tuple(map(dict, pm4py.discover_dfg(frame)))


def test_counts_equal_pm4py_with_starts_and_rows_out_of_order(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    import pm4py

    frame = read_csv(shared_log("purchasing_example/PurchasingExample.csv.gz"))
    dfg = dfg_of(ws, stage(ws, "purchasing", frame))
    ordered = frame.sort_values(["case:concept:name", "start_timestamp", "time:timestamp"], kind="stable")
    theirs = pm4py.discover_dfg(ordered.assign(**{"time:timestamp": ordered["start_timestamp"]}))
    assert counts(dfg) == tuple(map(dict, theirs))


def test_medians_equal_pm4py(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    import pm4py

    frame = read_xes(shared_log("receipt_coselog/08_receipt.xes.gz"))
    dfg = dfg_of(ws, stage(ws, "receipt", frame))
    theirs, _, _ = pm4py.discover_performance_dfg(frame, perf_aggregation_key="median")
    assert {(p.source, p.target): p.median_seconds for p in dfg.paths} == pytest.approx(dict(theirs))


def test_a_graph_comes_back_from_json(ws: Workspace) -> None:
    dfg = dfg_of(ws, staged_log(ws, [("1", "a", None, "2026-01-05"), ("1", "b", None, "2026-01-06")]))
    assert Dfg.from_dict(dfg.to_dict()) == dfg
