"""Times of real logs as pm4py has them, in calendar time and in business hours; and laws that no log may break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.calendar import ALWAYS, calendar_from_dict, parse_hours
from core.eventlog import LogVersion
from core.view import View
from core.workspace import Workspace
from mining.performance import Breakdown, TimesBy, bottlenecks, queue_over_time, rework_cost, time_summary, times_by
from mining.performance.timing import prepare
from tests.builders import staged_log
from tests.mining.real import read_csv, read_xes, stage

WEEK = calendar_from_dict({"name": "week", "time_zone": "UTC", "hours": parse_hours(["mon-fri 07:00-17:00"])})
LOGS = ("production_manufacturing/Production_start_end.csv.gz", "receipt_coselog/08_receipt.xes.gz")


@pytest.fixture(params=LOGS)
def real(ws: Workspace, shared_log: Callable[[str], Path], request: pytest.FixtureRequest) -> tuple[LogVersion, Any]:
    path = shared_log(request.param)
    frame = read_csv(path) if ".csv" in path.name else read_xes(path)
    if "start_timestamp" in frame:  # in cases with two equal pairs of start and end the order is anybody's guess
        moments = ["case:concept:name", "start_timestamp", "time:timestamp"]
        tied = set(frame.loc[frame.duplicated(moments, keep=False), "case:concept:name"])
        frame = frame[~frame["case:concept:name"].isin(tied)].reset_index(drop=True)
    return stage(ws, "real", frame), frame


def test_times_are_those_of_pm4py(ws: Workspace, real: tuple[LogVersion, Any]) -> None:
    from pm4py.algo.discovery.dfg.adapters.pandas.df_statistics import get_dfg_graph

    _, frame = real
    frame["start_timestamp"] = frame.get("start_timestamp", frame["time:timestamp"])
    slots = [((day * 24 + 7) * 3600, (day * 24 + 17) * 3600) for day in range(5)]
    for calendar in (None, WEEK):
        ours = {row.path: row.waiting for row in times_by(ws, View("real", calendar=calendar), by="path").rows}
        for measure in ("mean", "median", "sum"):
            # The public function does not pass the start on and so counts overlapping work as negative waiting.
            theirs = get_dfg_graph(
                frame, measure="performance", perf_aggregation_key=measure, start_timestamp_key="start_timestamp",
                business_hours=calendar is not None, business_hours_slot=slots,
            )  # fmt: skip
            assert set(ours) == set(theirs)
            for path, spread in ours.items():
                assert spread is not None
                mine = spread.total if measure == "sum" else getattr(spread, measure)
                assert mine == pytest.approx(theirs[path], rel=1e-9, abs=1e-3), (path, measure)


def test_cycle_times_are_the_case_durations_of_pm4py(ws: Workspace, real: tuple[LogVersion, Any]) -> None:
    import pm4py

    version, frame = real
    with ws.logs.read(version) as connection:
        prepare(connection)
        ours = sorted(c for (c,) in connection.execute("SELECT coalesce(cycle, 0) FROM timed_case").fetchall())
    frame["start_timestamp"] = frame.get("start_timestamp", frame["time:timestamp"])
    first = frame.groupby("case:concept:name")["start_timestamp"].min()
    last = frame.groupby("case:concept:name")["time:timestamp"].max()
    assert ours == pytest.approx(sorted((last - first).dt.total_seconds()), abs=1e-3)
    if (frame["start_timestamp"] == frame["time:timestamp"]).all():  # pm4py measures from the first end
        assert ours == pytest.approx(pm4py.get_all_case_durations(frame), abs=1e-3)


def test_a_calendar_without_free_time_changes_nothing(ws: Workspace, real: tuple[LogVersion, Any]) -> None:
    for by in (TimesBy.ACTIVITY, TimesBy.HOUR):
        plain, always = times_by(ws, View("real"), by=by), times_by(ws, View("real", calendar=ALWAYS), by=by)
        assert _totals(plain) == pytest.approx(_totals(always), rel=1e-9)


def _totals(found: Breakdown) -> list[float]:
    return [s.total for row in found.rows for s in (row.waiting, row.service, row.cycle) if s]


def test_laws_on_a_real_log(ws: Workspace, real: tuple[LogVersion, Any]) -> None:
    whole, working = time_summary(ws, View("real")), time_summary(ws, View("real", calendar=WEEK))
    assert whole.waiting is not None
    assert working.waiting is not None
    assert whole.cycle is not None
    assert 0 < working.waiting.total < whole.waiting.total < whole.cycle.total + 1e-3
    for by in TimesBy:
        rows = times_by(ws, View("real"), by=by).rows
        if rows:
            waits = [row.waiting for row in rows if row.waiting]
            assert sum(w.total for w in waits) == pytest.approx(whole.waiting.total)
            assert sum(w.count for w in waits) == whole.waiting.count
            assert sum(w.share or 0 for w in waits) == pytest.approx(1)
    found = bottlenecks(ws, View("real"))
    assert sum(b.waiting for b in found.rows) == pytest.approx(whole.waiting.total)
    assert all(0 <= b.delay <= b.waiting + 1e-6 and b.cases <= b.count for b in found.rows)
    queue = queue_over_time(ws, View("real"))
    assert queue.little == pytest.approx(queue.length)
    assert sum(p.arrived for p in queue.points) == queue.arrived == whole.waiting.count
    assert rework_cost(ws, View("real")).count == whole.instances - sum(
        row.cases for row in times_by(ws, View("real"), by="activity").rows
    )


INSTANCES = st.lists(
    st.tuples(st.sampled_from("12"), st.sampled_from("ab"), st.integers(0, 23), st.integers(0, 30)),
    min_size=2,
    max_size=12,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=INSTANCES, activity=st.sampled_from([None, "a"]))
def test_a_queue_is_what_counting_minute_by_minute_gives(
    ws: Workspace, drawn: list[tuple[str, str, int, int]], activity: str | None
) -> None:
    rows = [
        (case, name, f"2026-01-05 {hour:02}:00", f"2026-01-05 {hour:02}:{length:02}")
        for case, name, hour, length in drawn
    ]
    version = staged_log(ws, rows)
    if activity is not None and activity not in {row[1] for row in rows}:
        return
    found = queue_over_time(ws, View(version.log, version.version), activity=activity, step="hour")
    with ws.logs.read(version) as connection:
        prepare(connection)
        waits = [
            (ready.hour * 60 + ready.minute, begun.hour * 60 + begun.minute)
            for name, ready, begun in connection.execute(
                "SELECT name, ready, begun FROM timed JOIN activity USING (activity_no) WHERE ready IS NOT NULL"
            ).fetchall()
            if activity in (None, name)
        ]
    for point in found.points:
        minutes = range(point.start.hour * 60, point.start.hour * 60 + 60)
        counted = [sum(low <= minute < high for low, high in waits) for minute in minutes]
        if any(counted):
            assert point.waiting_mean == pytest.approx(sum(counted) / 60)
            assert point.waiting_peak == max(counted)
