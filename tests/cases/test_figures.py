"""Small logs whose figures once came out wrong, each with its right values: KPIs, people, times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.calendar import calendar_from_dict, parse_hours, save_calendar
from core.trust import Result
from core.view import View, find_view
from core.workspace import Workspace
from kpi import Measurement, measure
from mining.cases import list_cases
from mining.organisation import map_four_eyes, map_handovers, map_shared_work
from mining.performance import time_summary
from tests.cases.reading import imported, shared_case

HOUR, DAY = 3600.0, 86_400.0


def kpis(ws: Workspace, **options: Any) -> dict[str, Measurement]:
    return {m.key: m for m in measure(ws, View("x"), **options)}


def figures(ws: Workspace, name: str, **options: Any) -> dict[str, Measurement]:
    imported(ws, shared_case(f"figures/{name}.csv"), **options)
    return kpis(ws)


def test_half_of_the_cases_are_unfinished(ws: Workspace) -> None:
    cycle = figures(ws, "open_nocol")["cycle_time"]
    assert (cycle.value, cycle.n) == (96 * HOUR, 20)
    assert (cycle.left_out.cases, cycle.left_out.open + cycle.left_out.unknown) == (40, 20)
    assert cycle.left_out.words.startswith("20 of 40 cases are left out")
    assert any("`finish` (100 %)" in words for words in cycle.doubts)


def test_due_days_end_with_the_day(ws: Workspace) -> None:
    sla = figures(ws, "due_date")["sla_adherence"]
    assert sla.value == pytest.approx(10 / 11)
    assert sla.n == 11


def test_a_case_that_ends_before_it_starts_is_in_no_average(ws: Workspace) -> None:
    found = figures(ws, "neg")
    cycle = found["cycle_time"]
    assert (cycle.value, cycle.mean, cycle.n) == (DAY, DAY, 1)
    assert cycle.left_out.impossible == 1
    assert any("cannot be true" in words for words in cycle.doubts)


@pytest.mark.parametrize(
    ("name", "a_task", "a_case", "attempts", "errors"),
    [("retry1", 10.0, 10.0, 1.0, 0.0), ("retry5", 20.0, 20.0, 5.0, 0.8)],
)
def test_failed_attempts_make_work_dearer(
    ws: Workspace, name: str, a_task: float, a_case: float, attempts: float, errors: float
) -> None:
    found = figures(ws, name)
    beside = {b.title: b.value for b in found["cost_per_task"].beside}
    assert (found["cost_per_task"].value, beside) == (a_task, {"a case": a_case, "attempts a task": attempts})
    assert found["error_rate"].value == errors
    assert [b.value for b in found["error_rate"].beside] == [0.0, 0.0]  # every task was done in the end


def test_days_are_told_in_days(ws: Workspace) -> None:
    one, two = (
        figures(ws, "days")["cycle_time"],
        figures(
            ws,
            "days2",
        )["cycle_time"],
    )
    assert (one.value, two.value) == (0, DAY)
    for cycle in (one, two):
        assert (cycle.low, cycle.high, cycle.evidence.value) == (None, None, "estimated")


def test_a_credit_is_said(ws: Workspace) -> None:
    cost = figures(ws, "cost_neg")["cost_per_task"]
    assert any(words.startswith("1 cost below 0") for words in cost.doubts)


def test_a_pause_is_not_the_organisations_time(ws: Workspace) -> None:
    plain = figures(ws, "pause")["cycle_time"]
    paused = figures(ws, "pause", pauses=["Waiting for customer"])["cycle_time"]
    rows = {row.case: row.cycle_seconds for row in list_cases(ws, View("x")).rows}
    assert rows == {"a": 2 * HOUR, "b": 3 * HOUR}
    assert plain.mean is not None
    assert paused.mean == 2.5 * HOUR
    assert plain.mean > paused.mean


def test_missing_words_are_nobodys_names(ws: Workspace) -> None:
    imported(ws, shared_case("figures/na.csv"))
    found, _ = map_handovers(ws, View("x"))
    assert {unit.name for unit in found.units} <= {"Ann", "Bob"}
    assert (found.count, found.known_steps) == (0, 0)


def test_a_group_is_no_person(ws: Workspace) -> None:
    imported(ws, shared_case("figures/staff.csv"))
    view = View("x")
    by_performer = map_handovers(ws, view)[0]
    assert "STAFF MEMBER" in (by_performer.withheld or "")
    assert "STAFF MEMBER" in (map_four_eyes(ws, view).withheld or "")
    assert "STAFF MEMBER" in (map_shared_work(ws, view).withheld or "")
    assert ws.logs.trust(ws.logs.get("x")).why_not(Result.HAND_OVERS) is not None
    assert map_handovers(ws, view, by="@role")[0].count == 2


def test_a_cost_centre_is_no_cost(ws: Workspace) -> None:
    assert figures(ws, "cc")["cost_per_task"].withheld == "The log has no costs."


def test_sixty_cases_seen_once_are_never_0(ws: Workspace) -> None:
    cycle = figures(ws, "twice")["cycle_time"]
    assert (cycle.n, cycle.left_out.cases - cycle.n) == (60, 60)
    cycles = [row.cycle_seconds for row in list_cases(ws, View("x"), limit=1000).rows]
    assert len([c for c in cycles if c is None]) == 60
    assert 0 not in cycles
    summary = time_summary(ws, View("x"))
    assert summary.cycle is not None
    assert summary.cycle.count == 60


def test_outcomes_in_other_words_are_not_guessed(ws: Workspace) -> None:
    assert figures(ws, "outcome")["error_rate"].value is None
    assert figures(ws, "outcome", error_words=["rejected", "declined"])["error_rate"].value is not None


def test_amounts_with_decimal_commas(ws: Workspace) -> None:
    imported(ws, shared_case("figures/cost_eu.csv"))
    with ws.logs.open(View("x")) as opened:
        costs = {c for (c,) in opened.connection.execute("SELECT DISTINCT cost FROM event").fetchall()}
    assert {1234.5, 10.0} <= costs


def test_one_year_mistyped(ws: Workspace) -> None:
    imported(ws, shared_case("negative_service/a.csv"))
    service = time_summary(ws, View("x")).service
    assert service is not None
    assert (service.mean, service.count) == (HOUR, 9)
    with ws.logs.open(View("x")) as opened:
        assert opened.connection.execute("SELECT count(*) FROM event WHERE NOT sound").fetchall() == [(1,)]


def test_overlapping_work_waits_never_below_0(ws: Workspace) -> None:
    imported(ws, shared_case("negative_times/a.csv"))
    with ws.logs.open(View("x")) as opened:
        waits = [w for (w,) in opened.connection.execute("SELECT waiting FROM event").fetchall() if w is not None]
        broken = opened.connection.execute("SELECT service, waiting FROM event WHERE NOT sound").fetchall()
    assert min(waits) >= 0
    assert broken == [(None, None)]


def test_a_night_shift(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, shared_case("night_shift/a.csv"))
    hours = parse_hours(["mon-fri 17:00-01:00"])
    save_calendar(ws, calendar_from_dict({"name": "night", "time_zone": "UTC", "hours": hours}), by=local("Ada"))
    cycle = time_summary(ws, find_view(ws, "x", calendar="night")).cycle
    assert cycle is not None
    assert cycle.total == 8 * HOUR  # the other case ran in the night to Sunday
