"""Where the time goes: figures worked by hand on small logs, and what is withheld where the log cannot carry it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.actor.values import local
from core.calendar import calendar_from_dict, parse_hours, save_calendar
from core.errors import BadInput, NotFound
from core.view import View, find_view
from core.workspace import Workspace
from mining.performance import (
    BatchKind,
    Spread,
    TimesBy,
    TimeStep,
    batching,
    bottlenecks,
    flow_over_time,
    per_case,
    performance_overview,
    queue_over_time,
    rework_cost,
    time_summary,
    times_by,
    week_pattern,
)
from mining.performance.timing import prepare
from tests.builders import staged_log

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

# Monday 2026-01-05. Case 1: 08:00 to 12:00. Case 2: Friday 16:00 to Monday 10:00.
OFFICE = [
    ("1", "order", "2026-01-05 08:00", "2026-01-05 09:00", "Ada", "human", False, "ERP", 10.0),
    ("1", "check", "2026-01-05 09:30", "2026-01-05 10:00", "Bo", "human", False, "CRM", 20.0),  # waited 30 min
    ("1", "check", "2026-01-05 11:00", "2026-01-05 12:00", "Bo", "human", False, "CRM", 40.0),  # waited 60 min
    ("2", "order", "2026-01-09 16:00", "2026-01-09 16:30", "Ada", "human", False, "ERP", 10.0),
    ("2", "check", "2026-01-12 09:30", "2026-01-12 10:00", "Cy", "agent", False, "CRM", 20.0),  # waited 65 h
]


@pytest.fixture
def office(ws: Workspace) -> Workspace:
    staged_log(ws, OFFICE, "office", meta={"currency": "EUR", "timezone": "UTC"})
    hours = parse_hours(["mon-fri 09:00-17:00"])
    save_calendar(ws, calendar_from_dict({"name": "nine-to-five", "time_zone": "UTC", "hours": hours}), by=local("Ada"))
    return ws


def spread(*seconds: float, of: float) -> Spread:
    """By hand: quantiles lie linearly between neighbours."""
    ordered = sorted(seconds)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (place - low) * (ordered[high] - ordered[low])

    total = sum(seconds)
    return Spread(len(seconds), total / len(seconds), at(0.5), at(0.95), total, total / of)


def same(found: Spread | None, expected: Spread) -> None:
    assert found is not None
    assert vars(found) == pytest.approx(vars(expected))


def test_the_times_of_a_log(office: Workspace) -> None:
    found = time_summary(office, View("office"))
    assert (found.cases, found.complete, found.instances) == (2, 2, 5)
    same(found.cycle, spread(4 * HOUR, 66 * HOUR, of=70 * HOUR))
    same(found.waiting, spread(0.5 * HOUR, HOUR, 65 * HOUR, of=66.5 * HOUR))
    same(found.service, spread(HOUR, 0.5 * HOUR, HOUR, 0.5 * HOUR, 0.5 * HOUR, of=3.5 * HOUR))
    assert found.waiting_share == pytest.approx(66.5 / 70)
    assert found.service_share == pytest.approx(3.5 / 70)
    assert found.completed_a_day == 2 / 8  # Monday to Monday, both counted
    assert found.open_mean == pytest.approx(70 / (7 * 24 + 2))  # from the first start to the last end
    assert found.carries.notes == ()


def test_on_a_business_calendar(office: Workspace) -> None:
    found = time_summary(office, find_view(office, "office", calendar="nine-to-five"))
    same(found.cycle, spread(3 * HOUR, 2 * HOUR, of=5 * HOUR))  # 09:00 to 12:00; an hour on Friday, one on Monday
    same(found.waiting, spread(0.5 * HOUR, HOUR, HOUR, of=2.5 * HOUR))  # 16:30 to 17:00 and 09:00 to 09:30
    same(found.service, spread(0, 0.5 * HOUR, HOUR, 0.5 * HOUR, 0.5 * HOUR, of=2.5 * HOUR))
    assert found.carries.calendar == "nine-to-five"
    with pytest.raises(NotFound, match="Known: `nine-to-five`"):
        time_summary(office, find_view(office, "office", calendar="nine-to-nine"))


def test_by_activity_path_performer_and_system(office: Workspace) -> None:
    check, order = times_by(office, View("office"), by="activity").rows
    assert (check.name, check.instances, check.cases) == ("check", 3, 2)
    same(check.waiting, spread(0.5 * HOUR, HOUR, 65 * HOUR, of=66.5 * HOUR))
    same(check.service, spread(0.5 * HOUR, HOUR, 0.5 * HOUR, of=3.5 * HOUR))
    same(check.cycle, spread(4 * HOUR, 66 * HOUR, of=70 * HOUR))
    assert (order.name, order.instances, order.waiting) == ("order", 2, None)

    first, second = times_by(office, View("office"), by="path").rows
    assert (first.name, first.path, first.instances, first.service) == ("order → check", ("order", "check"), 2, None)
    same(first.waiting, spread(0.5 * HOUR, 65 * HOUR, of=66.5 * HOUR))
    assert (second.path, second.cases) == (("check", "check"), 1)
    same(second.cycle, spread(4 * HOUR, of=70 * HOUR))

    cy, bo, ada = times_by(office, View("office"), by="performer").rows
    assert [(r.name, r.kind, r.instances) for r in (cy, bo, ada)] == [
        ("Cy", "agent", 1), ("Bo", "human", 2), ("Ada", "human", 2),
    ]  # fmt: skip
    same(bo.waiting, spread(0.5 * HOUR, HOUR, of=66.5 * HOUR))
    same(bo.service, spread(0.5 * HOUR, HOUR, of=3.5 * HOUR))

    crm, erp = times_by(office, View("office"), by="system").rows
    assert (crm.name, crm.instances, erp.name, erp.instances, erp.waiting) == ("CRM", 3, "ERP", 2, None)


def test_by_weekday_and_hour(office: Workspace) -> None:
    monday, friday = times_by(office, View("office"), by="weekday").rows
    assert [(r.name, r.instances, r.cases) for r in (monday, friday)] == [("Monday", 4, 1), ("Friday", 1, 1)]
    same(monday.cycle, spread(4 * HOUR, of=70 * HOUR))  # of the case that starts on a Monday
    assert friday.waiting is None
    hours = {r.name: r for r in times_by(office, View("office"), by="hour").rows}
    assert {name: r.instances for name, r in hours.items()} == {"08": 1, "09": 2, "11": 1, "16": 1}
    same(hours["09"].waiting, spread(0.5 * HOUR, 65 * HOUR, of=66.5 * HOUR))
    cells = week_pattern(office, View("office")).cells
    assert [(c.weekday, c.hour, c.instances) for c in cells] == [(0, 8, 1), (0, 9, 2), (0, 11, 1), (4, 16, 1)]
    assert (cells[1].waiting_mean, cells[1].waiting_total) == (32.75 * HOUR, 65.5 * HOUR)


def test_weekdays_are_those_of_the_clock_at_the_source(ws: Workspace) -> None:
    rows = [("1", "order", "2026-01-05 23:30", "2026-01-06 00:30")]
    staged_log(ws, rows, "berlin", meta={"timezone": "Europe/Berlin"})
    assert [r.name for r in times_by(ws, View("berlin"), by="weekday").rows] == ["Tuesday"]
    assert [r.name for r in times_by(ws, View("berlin"), by="hour").rows] == ["00"]
    assert [(p.start, p.started) for p in flow_over_time(ws, View("berlin")).points] == [(datetime(2026, 1, 6), 1)]  # noqa: DTZ001
    staged_log(ws, rows, "nowhere", meta={"timezone": "Middle/Earth"})
    assert times_by(ws, View("nowhere"), by="weekday").rows[0].name == "Monday"
    assert times_by(ws, View("nowhere")).carries.clock == "UTC"


def test_without_starts_service_is_not_available_and_waiting_includes_it(ws: Workspace) -> None:
    rows = [
        ("1", "order", None, "2026-01-05 08:00"), ("1", "check", None, "2026-01-05 09:00"),
        ("2", "order", None, "2026-01-05 08:00"),
    ]  # fmt: skip
    staged_log(ws, rows)
    found = time_summary(ws, View("example"))
    assert (found.service, found.service_share, found.waiting_share) == (None, None, None)
    same(found.waiting, spread(HOUR, of=HOUR))
    same(found.cycle, spread(HOUR, of=HOUR))  # the case seen at one moment has no cycle time
    assert found.completed_a_day is None
    assert found.carries.waiting_includes_service
    assert "service time is not available" in found.carries.notes[0]
    assert all(row.service is None for row in times_by(ws, View("example")).rows)
    assert times_by(ws, View("example"), by="performer").withheld is not None
    assert times_by(ws, View("example"), by="system").withheld is not None
    assert batching(ws, View("example")).withheld is not None
    assert queue_over_time(ws, View("example")).points[0].progress_mean is None
    calendar = calendar_from_dict({"name": "a", "time_zone": "UTC", "hours": parse_hours(["mon 08:30-09:00"])})
    worked = time_summary(ws, View("example", calendar=calendar))
    assert worked.service is None
    same(worked.waiting, spread(0.5 * HOUR, of=0.5 * HOUR))


def test_bottlenecks_are_ranked_by_total_delay(ws: Workspace) -> None:
    rows = []
    for case, wait in enumerate((10, 20, 30, 40, 50)):  # minutes before the check; the 25th percentile is 20
        rows += [
            (str(case), "order", "2026-01-05 08:00", "2026-01-05 08:00"),
            (str(case), "check", f"2026-01-05 08:{wait}", "2026-01-05 09:00"),
        ]
    rows.append(("0", "pay", "2026-01-05 11:00", "2026-01-05 11:00"))  # one wait of 2 h: nothing above itself
    staged_log(ws, rows)
    first, second = bottlenecks(ws, View("example")).rows
    assert (first.path, first.count, first.reference, first.median) == (("order", "check"), 5, 20 * MINUTE, 30 * MINUTE)
    assert (first.waiting, first.delay, first.cases) == (150 * MINUTE, (10 + 20 + 30) * MINUTE, 3)
    assert first.delay_share == 1.0
    assert first.waiting_share == pytest.approx(150 / 270)
    assert (second.path, second.delay, second.delay_share, second.cases) == (("check", "pay"), 0.0, 0.0, 0)
    assert [b.name for b in bottlenecks(ws, View("example"), by=TimesBy.ACTIVITY).rows] == ["check", "pay"]
    with pytest.raises(BadInput, match="Use path or activity"):
        bottlenecks(ws, View("example"), by="hour")
    with pytest.raises(BadInput, match="nothing to group"):
        times_by(ws, View("example"), by="colour")


def arrived(case: str, ready: str, started: str, ended: str, who: str = "Ada") -> list[tuple[object, ...]]:
    day = "2026-01-05 "
    return [
        (case, "order", day + "06:00", day + ready, f"customer {case}", "human"),
        (case, "check", day + started, day + ended, who, "human"),
    ]


def test_batches_of_every_kind(ws: Workspace) -> None:
    rows = [
        *arrived("1", "07:00", "09:00", "09:30"), *arrived("2", "08:00", "09:00", "09:30"),  # simultaneous
        *arrived("3", "08:00", "11:00", "11:20"), *arrived("4", "10:00", "11:10", "11:30"),  # concurrent
        *arrived("5", "08:30", "13:00", "13:10"), *arrived("6", "08:45", "13:14", "13:20"),  # sequential: 4 min between
        *arrived("7", "09:00", "13:20", "13:30"),
        *arrived("8", "13:05", "13:30", "13:40"),  # came when the batch was begun: no part of it
        *arrived("9", "06:30", "15:00", "15:10"),  # alone
        *arrived("a", "06:30", "15:00", "15:10", "Bo"),  # another performer
    ]  # fmt: skip
    staged_log(ws, rows)
    (found,) = batching(ws, View("example")).rows
    assert (found.activity, found.instances, found.batched, found.batches) == ("check", 10, 7, 3)
    assert found.kinds == ((BatchKind.SIMULTANEOUS, 1), (BatchKind.CONCURRENT, 1), (BatchKind.SEQUENTIAL, 1))
    assert found.sizes == ((2, 2), (3, 1))
    assert found.size_mean == pytest.approx(7 / 3)
    assert found.share == 0.7
    assert found.accumulation == (60 + 120 + 30 + 15) * MINUTE
    assert found.every_seconds == 2 * HOUR  # 09:00, 11:00, 13:00
    (stricter,) = batching(ws, View("example"), window=60).rows
    assert (stricter.batched, stricter.sizes) == (7, ((2, 2), (3, 1)))  # 5 alone; 8 was there when 6 was begun
    with pytest.raises(BadInput, match="window"):
        batching(ws, View("example"), window=-1)


def test_a_queue_swept_by_hand(ws: Workspace) -> None:
    rows = [
        *arrived("1", "08:00", "09:30", "10:30"), *arrived("2", "09:00", "10:00", "10:15"),
        *arrived("3", "10:00", "10:00", "12:00"),
    ]  # fmt: skip
    staged_log(ws, rows)
    found = queue_over_time(ws, View("example"), activity="check")
    assert found.step is TimeStep.HOUR
    points = [(p.start.hour, p.waiting_mean, p.waiting_peak, p.progress_mean, p.arrived, p.begun, p.completed)
              for p in found.points]  # fmt: skip
    assert points[:4] == [
        (8, 1.0, 1, 0.0, 1, 0, 0),
        (9, 1.5, 2, 0.5, 1, 1, 0),  # two wait until 09:30, then one
        (10, 0.0, 0, 1.75, 1, 2, 2),  # 1 until 10:30, 2 until 10:15, 3 all the hour
        (11, 0.0, 0, 1.0, 0, 0, 0),
    ]
    assert found.arrived == 3
    assert found.wait_mean == pytest.approx(150 / 3 * MINUTE)
    assert found.length == pytest.approx(150 / 240)  # minutes waited by minutes from 08:00 to 12:00
    assert found.little == pytest.approx(found.length)
    assert found.arrivals_a_day == found.completions_a_day == pytest.approx(18.0)
    assert queue_over_time(ws, View("example")).arrived == 3
    assert queue_over_time(ws, View("example"), activity="order").withheld is not None
    with pytest.raises(NotFound, match="Known: `check`, `order`"):
        queue_over_time(ws, View("example"), activity="pay")


def test_cases_started_completed_and_open(ws: Workspace) -> None:
    rows = [
        ("1", "order", "2026-01-05 08:00", "2026-01-05 09:00"), ("1", "check", "2026-01-07 08:00", "2026-01-07 09:00"),
        ("2", "order", "2026-01-05 10:00", "2026-01-05 11:00"),
        ("3", "order", "2026-01-08 10:00", "2026-01-08 11:00"),
    ]  # fmt: skip
    staged_log(ws, rows, incomplete=["3"])
    points = [(p.start.day, p.started, p.completed, p.open) for p in flow_over_time(ws, View("example")).points]
    assert points == [(5, 2, 1, 1), (6, 0, 0, 1), (7, 0, 1, 0), (8, 1, 0, 1)]
    (week,) = flow_over_time(ws, View("example"), step="week").points
    assert (week.start.day, week.started, week.completed, week.open) == (5, 3, 2, 1)
    (month,) = flow_over_time(ws, View("example"), step="month").points
    assert (month.start.day, month.started, month.completed) == (1, 3, 2)
    whole = performance_overview(ws, View("example"))
    assert (whole.summary.cases, whole.summary.complete, len(whole.bottlenecks.rows)) == (3, 2, 1)
    assert whole.flow.points == flow_over_time(ws, View("example")).points
    # case 3 stays open to the end of the log: 49 h + 1 h + 1 h, over the 75 h from Monday 08:00 to Thursday 11:00
    assert whole.summary.open_mean == pytest.approx(51 / 75)


def test_rework_in_money_in_time_and_by_count(office: Workspace) -> None:
    found = rework_cost(office, View("office"))
    assert (found.count, found.share, found.cost, found.service) == (1, 0.2, 40.0, HOUR)
    (row,) = found.rows
    assert (row.activity, row.count, row.cases) == ("check", 1, 1)
    assert row.share == pytest.approx(1 / 3)
    assert (row.service, row.waiting, row.cost) == (HOUR, HOUR, 40.0)
    assert (found.with_rework.cases, found.with_rework.median) == (1, 4 * HOUR)
    assert (found.without_rework.cases, found.without_rework.mean) == (1, 66 * HOUR)

    bare = [(*row[:2], None, *row[3:4]) for row in OFFICE]
    staged_log(office, bare, "bare")
    withheld = rework_cost(office, View("bare"))
    assert (withheld.count, withheld.cost, withheld.service) == (1, None, None)
    assert "no costs" in str(withheld.cost_withheld)
    assert "no starts" in str(withheld.service_withheld)

    some = [("1", "check", "2026-01-05 08:00", "2026-01-05 09:00", "Ada", "human", False, None, cost)
            for cost in (1.0, 2.0, None)]  # fmt: skip
    staged_log(office, some, "some")
    assert "Only 50 %" in str(rework_cost(office, View("some")).cost_withheld)


def test_no_rework_costs_nothing(ws: Workspace) -> None:
    staged_log(ws, [("1", "order", "2026-01-05 08:00", "2026-01-05 09:00", "Ada", "human", False, "ERP", 10.0)])
    found = rework_cost(ws, View("example"))
    assert (found.rows, found.count, found.cost, found.service, found.with_rework.median) == ((), 0, 0.0, 0.0, None)
    assert found.without_rework.cases == 1


def test_what_a_queue_says_of_its_moments(ws: Workspace) -> None:
    staged_log(ws, arrived("1", "08:00", "09:30", "10:30"))
    assert queue_over_time(ws, View("example"), step="hour").points[0].start == datetime(2026, 1, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize("most_bits", [0, 2048])
def test_the_figures_of_every_case(office: Workspace, monkeypatch: pytest.MonkeyPatch, most_bits: int) -> None:
    monkeypatch.setattr(per_case, "_MOST_BITS", most_bits)
    with office.logs.read(office.logs.get("office")) as connection:
        prepare(connection)
        found = per_case.case_kpis(connection)
    assert {name: values.tolist() for name, values in found.items()} == {
        "case_id": ["1", "2"], "cycle": [4 * HOUR, 66 * HOUR], "events": [3, 2], "waiting": [1.5 * HOUR, 65 * HOUR],
        "service": [2.5 * HOUR, HOUR], "rework": [1, 0], "performers": [2, 2],
    }  # fmt: skip


def test_cases_and_instances_of_a_row_are_of_one_population(ws: Workspace) -> None:
    staged_log(ws, [
        ("1", "A", "2026-01-01 08:00", "2026-01-01 09:00"), ("1", "B", "2026-01-01 10:00", "2026-01-01 11:00"),
        ("2", "A", "2026-01-02 08:00", "2026-01-02 09:00"), ("2", "B", "2026-01-02 10:00", "2026-01-02 12:00"),
        ("3", "A", "2026-01-03 08:00", "2026-01-03 07:00"), ("3", "B", "2026-01-03 10:00", "2026-01-03 12:00"),
        ("4", "A", "2026-01-04 08:00", "2026-01-04 07:00"),
    ])  # fmt: skip
    rows = {r.name: (r.instances, r.cases, r.cycle and r.cycle.count) for r in times_by(ws, View("example")).rows}
    assert rows == {"A": (2, 2, 2), "B": (3, 3, 2)}  # B of case 3 can be believed, its A cannot
    whole = time_summary(ws, View("example"))
    assert (whole.cases, whole.instances, whole.cycle and whole.cycle.count) == (3, 5, 2)
