"""The five KPIs on logs small enough to compute by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.errors import BadInput, NotFound
from core.selection.selection import NO_SELECTION
from core.view import View
from core.workspace import Workspace
from kpi import KEYS, EvidenceClass, Measurement, by_activity, cases, doubts_in_words, measure, trend
from kpi.values import LeftOut
from tests.builders import staged_log

# case, activity, started, ended, performer, kind, simulated, system, cost, failed
PURCHASES: Sequence[tuple[Any, ...]] = (
    ("a", "ask", "2026-01-01 08:00", "2026-01-01 09:00", "Ada", "human", False, "SAP", 10.0, False),
    ("a", "buy", "2026-01-01 10:00", "2026-01-01 12:00", "Bob", "human", False, "SAP", 30.0, True),
    ("b", "ask", "2026-01-01 09:00", "2026-01-01 10:00", "Ada", "human", False, "SAP", 12.0, False),
    ("b", "buy", "2026-01-02 09:00", "2026-01-02 15:00", "Bot", "agent", True, "SAP", 8.0, False),
    ("c", "ask", "2026-01-03 08:00", "2026-01-03 10:00", "Ada", "human", False, "SAP", 20.0, False),
    ("d", "ask", "2026-01-04 08:00", "2026-01-04 09:00", "Ada", "human", False, "SAP", 99.0, True),
)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def measured(ws: Workspace, log: str = "example", **options: Any) -> dict[str, Measurement]:
    selection = options.pop("selection", NO_SELECTION)
    return {m.key: m for m in measure(ws, View(log, options.pop("version", None), selection), **options)}


def test_all_five_on_a_log_that_can_carry_them(ws: Workspace) -> None:
    staged_log(ws, PURCHASES, incomplete=["d"])
    found = measured(ws, sla_seconds=6 * 3600)
    assert tuple(found) == KEYS

    cycle = found["cycle_time"]  # a 4 h, b 30 h, c 2 h; d is open; 95 % within 4 h + 0.9 of the 26 h to 30 h
    assert (cycle.value, cycle.n, cycle.mean) == (4 * 3600, 3, 12 * 3600)
    assert cycle.p95 == pytest.approx(27.4 * 3600)
    assert (cycle.low, cycle.high, cycle.evidence, cycle.coverage) == (None, None, EvidenceClass.MEASURED, 1)
    assert cycle.simulated_share == pytest.approx(1 / 5)  # Bot did 1 of the 5 instances

    through = found["throughput"]  # 3 ends on 1, 2 and 3 January: 3 days
    assert (through.value, through.n, through.unit) == (1.0, 3, "cases a day")

    cost = found["cost_per_task"]  # 10 + 30 + 12 + 8 + 20 over 4 tasks: the attempt at 30 failed
    assert (cost.value, cost.n) == (20.0, 5)
    # residuals: a 40 - 20, b 20 - 40, c 20 - 20 -> 800; half = t(2) sqrt(3/2 * 800) / 4
    assert cost.low == pytest.approx(20 - 4.302653 * 1200**0.5 / 4, rel=1e-4)
    assert {b.title: b.value for b in cost.beside} == {"a case": 80 / 3, "attempts a task": 5 / 4}

    errors = found["error_rate"]  # 1 of 5 attempts; the task of a was never done: 1 of 5 tasks, 1 of 3 cases
    assert (errors.value, errors.n) == (0.2, 5)
    assert [b.value for b in errors.beside] == [1 / 5, 1 / 3]

    sla = found["sla_adherence"]  # a 4 h and c 2 h met 6 h, b missed it; d is not yet due at 04-01 09:00
    assert (sla.value, sla.n, sla.evidence) == (2 / 3, 3, EvidenceClass.ASSUMED)


def test_an_open_case_counts_as_missed_only_once_it_is_past_due(ws: Workspace) -> None:
    staged_log(ws, PURCHASES, incomplete=["d"])
    before = datetime(2026, 1, 4, 14, tzinfo=UTC)
    assert measured(ws, sla_seconds=6 * 3600, as_of=before)["sla_adherence"].n == 3
    after = measured(ws, sla_seconds=6 * 3600, as_of=before + timedelta(seconds=1))["sla_adherence"]
    assert (after.value, after.n) == (2 / 4, 4)


def test_due_moments_of_the_log_come_before_the_sla_that_was_asked_for(ws: Workspace) -> None:
    staged_log(ws, PURCHASES[:4], due={"a": "2026-01-01 11:59", "b": "2026-01-02 15:00"})
    sla = measured(ws, sla_seconds=1)["sla_adherence"]
    assert (sla.value, sla.n, sla.evidence) == (0.5, 2, EvidenceClass.MEASURED)


def test_a_log_without_the_data_withholds_and_says_why(ws: Workspace) -> None:
    rows = [(f"c{n}", "only", None, "2026-01-01 08:00") for n in range(10)]
    staged_log(ws, rows)
    found = measured(ws)
    assert all(m.value is None and m.low is None for m in found.values())
    said = {key: m.withheld or "" for key, m in found.items()}
    assert said["cycle_time"] == "Every case has one activity instance: nothing lies between."
    assert said["throughput"] == "The log covers a single day."
    assert said["cost_per_task"] == "The log has no costs."
    assert said["error_rate"] == "The log does not say what ended in an error."
    assert "Give an SLA" in said["sla_adherence"]


def test_a_log_of_open_cases_withholds_everything(ws: Workspace) -> None:
    staged_log(ws, PURCHASES, incomplete=["a", "b", "c", "d"])
    said = {k: m.withheld or "" for k, m in measured(ws).items() if k != "sla_adherence"}
    assert {text[:35] for text in said.values()} == {"No case is known to be complete. Wh", "No case is complete here."}
    assert measured(ws)["cycle_time"].left_out.words == "4 of 4 cases are left out: 4 open"


IMPOSSIBLE = [
    ("1", "A", "2026-01-01 08:00", "2026-01-01 09:00"), ("1", "B", "2026-01-01 10:00", "2026-01-01 11:00"),
    ("2", "A", "2026-01-02 08:00", "2026-01-02 09:00"), ("2", "B", "2026-01-02 10:00", "2026-01-02 12:00"),
    ("3", "A", "2026-01-03 08:00", "2026-01-03 07:00"), ("3", "B", "2026-01-03 10:00", "2026-01-03 12:00"),
    ("4", "A", "2062-01-04 08:00", "2062-01-04 09:00"), ("4", "B", "2026-01-04 08:00", "2026-01-04 09:00"),
]  # fmt: skip


def test_each_kpi_counts_the_cases_that_it_leaves_out(ws: Workspace) -> None:
    costly = [(*row, "Ada", "human", False, None, 5.0, False) for row in IMPOSSIBLE]
    version = staged_log(ws, costly, told=False)
    found = measured(ws)
    impossible = "2 of 4 cases are left out: 2 with times that cannot be true"  # 4 ended with B, as cases do
    assert found["cycle_time"].left_out.words == found["throughput"].left_out.words == impossible
    assert (found["cost_per_task"].n, found["cost_per_task"].left_out.words) == (8, "")
    assert (found["error_rate"].n, found["error_rate"].left_out.words) == (8, "")
    assert found["sla_adherence"].left_out.undue == 2  # the other two have no times
    assert doubts_in_words(found.values())[0] == f"Cycle time, Throughput: {impossible}."
    assert (version.started, version.ended) == (at("2026-01-01 08:00"), at("2026-01-04 09:00"))


def test_an_sla_leaves_out_what_is_not_due_yet(ws: Workspace) -> None:
    staged_log(ws, PURCHASES, incomplete=["d"])
    found = measured(ws, sla_seconds=6 * 3600)
    assert found["sla_adherence"].left_out == found["cycle_time"].left_out == LeftOut(cases=4, open=1)
    later = measured(ws, sla_seconds=6 * 3600, as_of=at("2026-01-05 09:00"))  # d has missed it
    assert (later["sla_adherence"].n, later["sla_adherence"].left_out) == (4, LeftOut(cases=4))


@pytest.mark.parametrize(("known", "value"), [(7, None), (8, 5.0), (10, 5.0)])
def test_cost_needs_80_per_cent_and_is_estimated_below_all(ws: Workspace, known: int, value: float | None) -> None:
    rows = [
        (f"c{n}", "x", "2026-01-01 08:00", "2026-01-01 09:00", "Ada", "human", False, None, 5.0 if n < known else None)
        for n in range(10)
    ]
    staged_log(ws, rows)
    cost = measured(ws)["cost_per_task"]
    assert cost.value == value
    assert cost.coverage == known / 10
    if value is None:
        assert cost.withheld == (
            "Only 7 of the 10 activity instances of cases that are over have a cost (70 %); at least 80 % are needed."
        )
    else:
        assert cost.evidence is (EvidenceClass.MEASURED if known == 10 else EvidenceClass.ESTIMATED)


def test_the_median_of_six_cases_lies_between_the_first_and_the_last(ws: Workspace) -> None:
    rows = [(f"c{n}", "x", "2026-01-01 08:00", f"2026-01-01 {8 + n:02d}:00") for n in (1, 2, 3, 4, 5, 10)]
    staged_log(ws, rows)
    cycle = measured(ws)["cycle_time"]
    assert (cycle.value, cycle.low, cycle.high) == (3.5 * 3600, 1 * 3600, 10 * 3600)


def test_cost_carries_the_currency_that_the_log_names(ws: Workspace) -> None:
    staged_log(ws, PURCHASES, meta={"currency": "EUR"})
    assert measured(ws)["cost_per_task"].unit == "EUR a task"


def test_what_does_not_exist_is_named(ws: Workspace) -> None:
    staged_log(ws, PURCHASES)
    with pytest.raises(NotFound, match=r"no KPI `speed`.*`cycle_time`"):
        trend(ws, View("example"), "speed")
    with pytest.raises(NotFound, match="no event log `nothing`"):
        measure(ws, View("nothing"))
    with pytest.raises(BadInput, match="`decade` is not a span"):
        trend(ws, View("example"), "cycle_time", bucket="decade")
    with pytest.raises(BadInput, match="SLA of `0`"):
        measure(ws, View("example"), sla_seconds=0)
    with pytest.raises(BadInput, match="page of `0` cases"):
        cases(ws, View("example"), "cycle_time", limit=0)


def test_cases_come_worst_first_and_in_pages(ws: Workspace) -> None:
    staged_log(ws, PURCHASES, incomplete=["d"])
    page = cases(ws, View("example"), "cycle_time", limit=2)
    assert (page.total, [c.case_id for c in page.cases]) == (3, ["b", "a"])
    assert [c.case_id for c in cases(ws, View("example"), "cycle_time", limit=2, offset=2).cases] == ["c"]
    assert cases(ws, View("example"), "cycle_time", offset=9).total == 3
    assert cases(ws, View("example"), "error_rate").cases[0].case_id == "a"
    assert cases(ws, View("example"), "cost_per_task").cases[0].value == 40.0  # one of its two attempts failed
    overdue = cases(ws, View("example"), "sla_adherence", sla_seconds=6 * 3600).cases
    assert [(c.case_id, c.value) for c in overdue] == [("b", 0), ("a", 1), ("c", 1)]
    assert overdue[0].due == datetime(2026, 1, 1, 15, tzinfo=UTC)
    assert len(cases(ws, View("example"), "throughput").cases) == 3


def test_activities_carry_what_the_log_has(ws: Workspace) -> None:
    staged_log(ws, PURCHASES, incomplete=["d"])
    ask, buy = by_activity(ws, View("example"))
    assert (ask.activity, ask.instances, ask.cases, ask.cost, ask.failed, ask.simulated) == ("ask", 3, 3, 42.0, 0, 0)
    assert (buy.waiting_seconds, buy.service_seconds, buy.simulated) == (24 * 3600, 8 * 3600, 1)


instances = st.lists(
    st.tuples(
        st.integers(0, 5),  # case
        st.sampled_from("xyz"),
        st.integers(0, 5_000),  # minute of the start
        st.integers(0, 600),  # minutes of service
        st.one_of(st.none(), st.integers(0, 100)),  # cost
        st.one_of(st.none(), st.booleans()),  # failed
    ),
    min_size=1,
    max_size=25,
)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking builds hundreds of logs
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(instances)
def test_the_cases_behind_a_number_add_up_to_it(ws: Workspace, drawn: list[tuple[Any, ...]]) -> None:
    start = datetime(2026, 1, 1)  # noqa: DTZ001 - as the store keeps it: UTC without saying so
    rows = []
    for case, activity, minute, service, cost, failed in drawn:
        began = start + timedelta(minutes=minute)
        ended = began + timedelta(minutes=service)
        rows.append((f"c{case}", activity, began, ended, "Ada", "human", False, None, cost, failed))
    version = staged_log(ws, rows)
    found = measured(ws, version=version.version, sla_seconds=3600)
    pages = {k: cases(ws, View("example", version.version), k, limit=100, sla_seconds=3600) for k in KEYS}
    assert all(pages[k].total == len(pages[k].cases) for k in KEYS)
    assert found["throughput"].n == len(pages["throughput"].cases)

    times = sorted(c.value for c in pages["cycle_time"].cases if c.value is not None)
    middle = (times[(len(times) - 1) // 2] + times[len(times) // 2]) / 2
    assert found["cycle_time"].value == pytest.approx(middle)

    met = [c.value for c in pages["sla_adherence"].cases if c.value is not None]
    assert found["sla_adherence"].value == pytest.approx(sum(met) / len(met))

    activities = by_activity(ws, View("example", version.version))
    for key, drawn_values in (("cost_per_task", [c for *_, c, _ in drawn]), ("error_rate", [f for *_, f in drawn])):
        n = sum(value is not None for value in drawn_values)
        assert sum(c.n for c in pages[key].cases) == found[key].n == n
    assert sum(a.cost or 0 for a in activities) == sum(cost or 0 for *_, cost, _ in drawn)
    assert sum(a.failed or 0 for a in activities) == sum(failed is True for *_, failed in drawn)

    errors = [(c.value or 0, c.n) for c in pages["error_rate"].cases]
    assert sum(share * size for share, size in errors) == pytest.approx(sum(a.failed or 0 for a in activities))
    if found["error_rate"].value is not None:
        assert found["error_rate"].value == pytest.approx(sum(s * size for s, size in errors) / found["error_rate"].n)
    if found["cost_per_task"].value is not None:
        done = sum(cost is not None and failed is not True for *_, cost, failed in drawn)
        assert found["cost_per_task"].value == pytest.approx(sum(a.cost or 0 for a in activities) / done)


def test_what_is_due_before_it_starts_has_missed_it_and_is_said(ws: Workspace) -> None:
    rows = [(f"c{n}", "x", f"2026-01-0{n} 08:00", f"2026-01-0{n} 09:00") for n in range(1, 5)]
    due = {"c1": "2026-01-01 10:00", "c2": "2026-01-02 08:30", "c3": "2025-01-03 10:00"}  # met; missed; due too soon
    staged_log(ws, rows, due=due)
    found = next(m for m in measure(ws, View("example")) if m.key == "sla_adherence")
    assert (found.value, found.n, found.left_out.undue) == (1 / 3, 3, 1)
    said = "1 case is due before the start, and missed it whatever was done: check the column of the due date."
    assert said in found.doubts
