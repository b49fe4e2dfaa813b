"""Trends: by the period in which cases started, unfinished ones said, thin ones withheld, of the tile's own cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.errors import BadInput
from core.view import View
from core.workspace import Workspace
from kpi import KEYS, Bucket, TrendPoint, measure, trend
from kpi.trend import fitting
from tests.builders import staged_log

MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)
EXAMPLE = View("example")


def case(name: str, day: float, days: float, *, cost: float = 5.0, failed: bool = False) -> tuple[Any, ...]:
    """A case of one activity instance that starts `day` days after MONDAY and takes `days`."""
    start = MONDAY + timedelta(days=day)
    end = start + timedelta(days=days)
    return (name, "x", start.isoformat(), end.isoformat(), "Ada", "human", False, None, cost, failed)


def weeks(ws: Workspace, key: str, **options: Any) -> list[tuple[Any, ...]]:
    """Value, n and whether it is finished, of each week."""
    return [told(p) for p in trend(ws, EXAMPLE, key, bucket="week", **options)]


def told(point: TrendPoint) -> tuple[Any, ...]:
    return point.measurement.value, point.measurement.n, point.finished


def test_a_case_belongs_to_the_week_in_which_it_started(ws: Workspace) -> None:
    # 6 cases of week one take 1 day, 6 of week three 9 days: those end in week four, in which nothing started
    rows = [case(f"a{n}", 0, 1) for n in range(6)] + [case(f"b{n}", 14, 9) for n in range(6)]
    staged_log(ws, rows)
    assert weeks(ws, "cycle_time") == [(86_400, 6, True), (None, 0, True), (9 * 86_400, 6, True)]
    points = trend(ws, EXAMPLE, "cycle_time", bucket=Bucket.WEEK)
    assert [p.start.day for p in points] == [5, 12, 19]
    assert points[1].measurement.withheld == "No case is complete here."


def test_throughput_goes_by_ends_and_counts_the_days_of_its_period(ws: Workspace) -> None:
    staged_log(ws, [case("a", 0, 1), case("b", 0, 3), case("c", 15, 1)])
    # ends on 6, 8 and 21 January: 6 to 11 are 6 days, 12 to 18 are 7, 19 to 21 are 3 in which the log ends
    assert weeks(ws, "throughput") == [(2 / 6, 2, True), (0, 0, True), (1 / 3, 1, False)]
    months = trend(ws, EXAMPLE, "throughput", bucket="year")
    assert [told(p) for p in months] == [(3 / 16, 3, False)]


@pytest.mark.parametrize("bucket", ["quarter", "year", "month", "day"])
def test_throughput_of_every_period_is_cases_over_its_days(ws: Workspace, bucket: str) -> None:
    staged_log(ws, [case(f"c{n}", 10 * n, 1) for n in range(60)])
    points = trend(ws, EXAMPLE, "throughput", bucket=bucket)
    assert sum(p.measurement.n for p in points) == 60
    middle = [p.measurement for p in points[1:-1]]
    days = {"quarter": (90, 92), "year": (365, 366), "month": (28, 31), "day": (1, 1)}[bucket]
    assert all(m.value is not None and days[0] <= m.n / m.value <= days[1] for m in middle if m.n)


def test_fewer_than_six_cases_give_no_value(ws: Workspace) -> None:
    staged_log(ws, [case(f"a{n}", 0, 1) for n in range(5)] + [case(f"b{n}", 7, 1) for n in range(6)])
    for key in ("cycle_time", "cost_per_task", "error_rate", "sla_adherence"):
        thin, enough = trend(ws, EXAMPLE, key, bucket="week", sla_seconds=3600)
        assert thin.measurement.withheld == "A period with fewer than 6 cases has no value."
        assert (thin.measurement.n, enough.measurement.value is not None) == (5, True)


def test_a_case_counts_once_towards_the_least_however_many_instances_it_has(ws: Workspace) -> None:
    staged_log(ws, [case("a", n / 10, 0.05) for n in range(20)])
    (only,) = trend(ws, EXAMPLE, "cost_per_task", bucket="week")
    assert only.measurement.value is None


def test_a_week_whose_cases_are_open_is_not_finished(ws: Workspace) -> None:
    rows = [case(f"a{n}", 0, 1) for n in range(6)] + [case(f"b{n}", 7, 1) for n in range(7)]
    rows += [case(f"c{n}", 14, 0.1) for n in range(2)]
    staged_log(ws, rows, incomplete=["b6", "c0", "c1"])
    assert [f for *_, f in weeks(ws, "cycle_time")] == [True, False, False]
    assert [v for v, *_ in weeks(ws, "cycle_time")] == [86_400, 86_400, None]
    # an SLA of a day: the open case of week two is past due and counted, those of week three are not due yet
    assert weeks(ws, "sla_adherence", sla_seconds=86_400) == [
        (1, 6, True), (6 / 7, 7, True), (None, 0, False),
    ]  # fmt: skip


def test_the_periods_of_a_trend_hold_the_cases_of_its_tile(ws: Workspace) -> None:
    rows = [case(f"c{n}", 3 * n, 1 + n % 5, failed=n % 7 == 0) for n in range(60)]
    staged_log(ws, rows, incomplete=["c58", "c59"])
    tiles = {m.key: m.n for m in measure(ws, EXAMPLE, sla_seconds=2 * 86_400)}
    for key in KEYS:
        for bucket in (None, *Bucket):
            points = trend(ws, EXAMPLE, key, bucket=bucket, sla_seconds=2 * 86_400)
            assert sum(p.measurement.n for p in points) == tiles[key], (key, bucket)


def test_what_cannot_be_true_is_in_no_period(ws: Workspace) -> None:
    rows = [case(f"c{n}", n, 1) for n in range(30)]
    rows[0] = ("c0", "x", "1970-01-01 00:00", "2026-01-06 08:00", "Ada", "human", False, None, 5.0, False)
    staged_log(ws, rows)
    for key in KEYS:
        assert trend(ws, EXAMPLE, key, bucket="year", sla_seconds=3600)[0].start.year == 2026


@pytest.mark.parametrize(
    ("days", "cases", "bucket"),
    [(20, 1000, Bucket.DAY), (40, 10_000, Bucket.DAY), (100, 1000, Bucket.WEEK), (365, 5000, Bucket.MONTH),
     (200, 5000, Bucket.WEEK), (3 * 365, 5000, Bucket.QUARTER), (7 * 365, 50_000, Bucket.QUARTER),
     (20 * 365, 50_000, Bucket.YEAR), (0, 3, Bucket.DAY), (100, 40, Bucket.MONTH)],
)  # fmt: skip
def test_the_period_fits_the_log(days: float, cases: int, bucket: Bucket) -> None:
    assert fitting(days, cases) is bucket


def test_a_chosen_period_is_told(ws: Workspace) -> None:
    staged_log(ws, [case(f"c{n}", n / 4, 1) for n in range(400)])  # 100 days, 4 a day
    points = trend(ws, EXAMPLE, "cycle_time")
    assert {p.bucket for p in points} == {Bucket.WEEK}
    assert 8 <= len(points) <= 30
    assert _values(points) == {86_400}


def test_a_log_without_cases_that_are_over_has_periods_that_say_so(ws: Workspace) -> None:
    staged_log(ws, [case("a", 0, 1), case("b", 30, 1)], incomplete=["a", "b"])
    points = trend(ws, EXAMPLE, "cycle_time", bucket="month")
    assert [told(p) for p in points] == [(None, 0, False), (None, 0, False)]
    assert trend(ws, EXAMPLE, "throughput") == ()


def test_days_over_centuries_are_refused() -> None:
    from kpi.trend import _span

    with pytest.raises(BadInput, match="Use a longer one"):
        _span([MONDAY, MONDAY + timedelta(days=365 * 100)], Bucket.DAY)


def _values(points: Iterable[TrendPoint]) -> set[float | None]:
    return {p.measurement.value for p in points}
