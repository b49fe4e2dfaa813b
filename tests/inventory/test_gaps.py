"""Gaps: human work that allocation gives to an agent and no live pilot does, and what it is worth, worked by hand."""

from __future__ import annotations

import math
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput
from core.intervals import Interval
from core.view import View
from core.workspace import Workspace
from inventory import ActivityDemand, HourRate, Status, demand_from_logs, gaps, hour_rate, link_activity, list_pilots
from inventory.demand import newest
from inventory.gap.covering import is_live
from inventory.gap.values import PeopleWork
from inventory.gap.work import people_work
from inventory.gap.worth import worth_of
from kpi import EvidenceClass
from mining.allocation import AllocationOutcome, allocate, override
from mining.allocation.newest import newest_allocation
from mining.map.maps import save_map
from tests.builders import staged_log
from tests.inventory.sheets import imported, pilot

ADA = local("Ada")
MONTH = 30.4375


def orders(costs: bool = False) -> list[tuple[object, ...]]:
    """40 cases on 40 days: order (10 min) and approve (20 min) by people, post by a system."""
    rows: list[tuple[object, ...]] = []
    for n in range(40):
        day = f"2026-{1 + n // 28:02}-{1 + n % 28:02}"
        cost = (False, "SAP", 3.0) if costs else ()
        rows += [
            (str(n), "order", f"{day} 08:00", f"{day} 08:10", "Ada", "human", *cost),
            (str(n), "approve", f"{day} 09:00", f"{day} 09:20", "Bo", "human"),
            (str(n), "post", f"{day} 10:00", f"{day} 10:00", "SAP", "system"),
        ]
    return rows


@pytest.fixture
def allocated(ws: Workspace) -> Workspace:
    """The orders, with a map and its allocation."""
    staged_log(ws, orders(), "orders")
    save_map(ws, "Orders", View("orders"), by=ADA)
    allocate(ws, "Orders", by=ADA)
    return ws


def test_a_gap_is_what_allocation_gives_to_an_agent_and_no_live_pilot_does(allocated: Workspace) -> None:
    found = {a.activity: a.outcome for a in allocate(allocated, "Orders", by=ADA)}
    assert (found["order"], found["post"]) == (
        AllocationOutcome.AGENT_WITH_APPROVAL, AllocationOutcome.RULE_AUTOMATION,
    )  # fmt: skip
    override(allocated, "Orders", None, "approve", AllocationOutcome.HUMAN_ONLY, "a duty", by=ADA)
    report = gaps(allocated, demand_from_logs(allocated))
    (gap,) = report.gaps
    assert (gap.demand.activity, gap.human_count) == ("order", 40)
    assert gap.allotment is not None
    assert (gap.allotment.outcome, gap.allotment.map_name) == (AllocationOutcome.AGENT_WITH_APPROVAL, "Orders")
    assert "By map `Orders` version 1 it is allocated to an agent, each result approved by a person." in gap.reason
    assert gap.reason.endswith("No live pilot does it.")
    assert [(o.activity, o.allotment.outcome, o.allotment.overridden) for o in report.not_for_agents] == [
        ("approve", AllocationOutcome.HUMAN_ONLY, True)  # and not `post`, at which nobody works
    ]
    assert (report.unallocated, report.logs_unallocated, report.simulated) == ((), (), ())
    override(allocated, "Orders", None, "approve", AllocationOutcome.AGENT, "no duty", by=ADA)
    (first, second) = gaps(allocated, demand_from_logs(allocated)).gaps
    assert (first.demand.activity, second.demand.activity) == ("approve", "order")  # 20 minutes each against 10
    assert "a person gave it to an agent." in first.reason


def test_what_is_not_allocated_stands_apart_with_what_to_do(ws: Workspace) -> None:
    staged_log(ws, orders(), "orders")
    report = gaps(ws, demand_from_logs(ws))
    assert report.gaps == ()
    assert [g.demand.activity for g in report.unallocated] == ["approve", "order"]
    assert all("It is not yet allocated." in g.reason for g in report.unallocated)
    assert [(u.log, u.map_name) for u in report.logs_unallocated] == [("orders", None)]
    save_map(ws, "Orders", View("orders"), by=ADA)
    save_map(ws, "Orders", View("orders"), by=ADA)
    assert [(u.map_name, u.map_version) for u in gaps(ws, demand_from_logs(ws)).logs_unallocated] == [("Orders", 2)]


def test_the_newest_allocation_of_a_log_counts_whichever_map_it_is_of(allocated: Workspace, clock: FixedClock) -> None:
    save_map(allocated, "Again", View("orders"), by=ADA)
    first = newest_allocation(allocated, "orders")
    assert first is not None
    assert (first.map_name, first.map_version) == ("Orders", 1)
    clock.advance(timedelta(hours=1))
    allocate(allocated, "Again", by=ADA)
    second = newest_allocation(allocated, "orders")
    assert second is not None
    assert second.map_name == "Again"
    assert newest_allocation(allocated, "nothing") is None


@pytest.mark.parametrize(
    ("status", "live"),
    [("pilot", True), ("production", True), ("idea", False), ("paused", False), ("stopped", False), ("", False)],
)
def test_only_live_pilots_close_a_gap(allocated: Workspace, tmp_path: Path, status: str, live: bool) -> None:
    imported(allocated, tmp_path, f"name,department,activities,status\nMaker,X,ORDER,{status}\n")
    assert is_live(pilot(1, status=Status(status) if status else None)) is live
    report = gaps(allocated, demand_from_logs(allocated))
    waiting = {g.demand.activity: g for g in report.gaps}
    assert ("order" not in waiting) is live
    assert [names for demand, names in report.covered if demand.activity == "order"] == ([("Maker",)] if live else [])
    if not live:
        named = [(p.name, p.status) for p in waiting["order"].not_live]
        assert named == ([] if status == "stopped" else [("Maker", Status(status) if status else None)])


def test_names_in_other_words_are_offered_and_close_a_gap_only_when_clicked(
    allocated: Workspace, tmp_path: Path
) -> None:
    sheet = "name,department,activities,status\nTaker,X,Orders,pilot\nIdea,Y,Odrer,idea\nLost,Z,,pilot\n"
    imported(allocated, tmp_path, sheet)
    report = gaps(allocated, demand_from_logs(allocated))
    order = next(g for g in report.gaps if g.demand.activity == "order")
    assert [(c.pilot_name, c.label, c.live) for c in order.candidates] == [
        ("Taker", "Orders", True), ("Idea", "Odrer", False),
    ]  # fmt: skip
    assert all(len(link.suggestions) <= 3 for link in report.unlinked)
    assert [o.pilot_name for o in report.orphans] == ["Taker", "Idea", "Lost"]
    taker = next(p.id for p in list_pilots(allocated) if p.facts.name == "Taker")
    link_activity(allocated, taker, "Orders", "order", "orders", by=ADA)
    after = gaps(allocated, demand_from_logs(allocated))
    assert "order" not in {g.demand.activity for g in after.gaps}
    assert [(link.label, link.chosen) for link in after.chosen] == [("Orders", "order")]


def test_simulated_work_is_no_gap(ws: Workspace) -> None:
    rows = [(str(n), "order", f"2026-01-{n:02} 08:00", f"2026-01-{n:02} 09:00", "Bo", "human", True)
            for n in range(1, 20)]  # fmt: skip
    staged_log(ws, rows, "made-up")
    report = gaps(ws, demand_from_logs(ws))
    assert (report.gaps, report.unallocated, report.simulated) == ((), (), ("made-up",))


def test_hours_that_the_log_is_too_coarse_for_are_not_told(ws: Workspace) -> None:
    staged_log(ws, [(str(n), "Do", f"2026-01-{n:02} 00:00", f"2026-01-{n:02} 00:00", "Ada") for n in range(1, 32)])
    (gap,) = gaps(ws, demand_from_logs(ws)).unallocated
    assert gap.worth.hours_a_month is None
    assert "end in the moment they start, so it is ranked by count" in gap.reason
    rows = [(str(n), "Do", f"2026-01-{n:02} 08:00", f"2026-01-{n:02} 09:00", "Ada") for n in range(1, 32)]
    staged_log(ws, rows, "hourly")
    (gap,) = gaps(ws, demand_from_logs(ws, ["hourly"])).unallocated
    assert "days without a time of day: nothing below a day can be told, so it is ranked by count" in gap.reason


def test_worth_is_what_people_work_a_month(allocated: Workspace) -> None:
    found = {g.demand.activity: g for g in gaps(allocated, demand_from_logs(allocated)).gaps}
    worth = found["order"].worth
    months = (42 * 24 + 2) / 24 / MONTH  # from 1 January 8:00 to 12 February 10:00
    assert worth.instances_a_month == pytest.approx(40 / months)
    assert worth.hours_a_month == pytest.approx(40 / months / 6)
    assert worth.hours_evidence is EvidenceClass.MEASURED
    assert worth.hours_interval is not None
    # every case once and ten minutes each: only the number of cases varies, Byar's interval of 40
    low = 40 * (1 - 1 / 360 - 1.959963984540054 / (3 * math.sqrt(40))) ** 3
    high = 41 * (1 - 1 / 369 + 1.959963984540054 / (3 * math.sqrt(41))) ** 3
    assert worth.hours_interval.low == pytest.approx(low / months / 6)
    assert worth.hours_interval.high == pytest.approx(high / months / 6)
    assert (worth.money_a_month, worth.currency) == (None, None)
    made = next(a for a in allocate(allocated, "Orders", by=ADA) if a.activity == "order")
    assert made.worth is not None
    assert worth.hours_a_month == pytest.approx(made.worth.hours)  # the allocation tells the same hours


def test_a_rate_makes_money_of_hours_and_it_is_assumed(allocated: Workspace) -> None:
    report = gaps(allocated, demand_from_logs(allocated), HourRate(30.0, "EUR"))
    worth = next(g.worth for g in report.gaps if g.demand.activity == "order")
    assert worth.hours_a_month is not None
    assert worth.hours_interval is not None
    assert worth.money_a_month == pytest.approx(30 * worth.hours_a_month)
    assert worth.money_interval == Interval(30 * worth.hours_interval.low, 30 * worth.hours_interval.high)
    assert (worth.currency, worth.money_evidence) == ("EUR", EvidenceClass.ASSUMED)


def test_without_a_rate_the_costs_of_the_log_count_and_currencies_are_never_added(ws: Workspace) -> None:
    for log, currency in (("one", "EUR"), ("two", "CHF"), ("three", None)):
        staged_log(ws, orders(costs=True), log, meta={"currency": currency} if currency else None)
        save_map(ws, log, View(log), by=ADA)
        allocate(ws, log, by=ADA)
        override(ws, log, None, "approve", AllocationOutcome.HUMAN_ONLY, "a duty", by=ADA)
    report = gaps(ws, demand_from_logs(ws))
    assert len(report.gaps) == 3
    for gap in report.gaps:
        assert gap.worth.instances_a_month is not None
        assert gap.worth.money_a_month == pytest.approx(3 * gap.worth.instances_a_month)
        assert gap.worth.money_evidence is EvidenceClass.MEASURED
        assert gap.worth.money_interval is not None
    once = report.gaps[0].worth.money_a_month
    assert report.money_a_month == pytest.approx({"EUR": once, "CHF": once, "": once})


def work(**other: object) -> PeopleWork:
    """Ten cases, one instance each, of an hour and without costs, in two months."""
    known: dict[str, object] = {
        "months": 2.0, "instances": 10.0, "squares": 10.0, "most": 1.0, "timed": 10.0, "timed_cases": 10.0,
        "hundredths": (3600.0,) * 101, "costed": 0.0, "cost": None, "cost_squares": None, "most_cost": None,
        "least_cost": None, "currency": None, "no_costs": "the log has no costs",
    }  # fmt: skip
    return PeopleWork(**{**known, **other})  # type: ignore[arg-type]


KNOWN = ActivityDemand("Do", "log", 10, 1.0, None, None, True)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"months": None}, "less than a day"),
        ({"no_times": "the log has no service times", "hundredths": ()}, "no service times"),
        ({"hundredths": (9 * 3600.0,) * 101}, "time that passed, not time worked"),
    ],
)
def test_hours_that_cannot_be_told_say_why(other: dict[str, object], why: str) -> None:
    worth = worth_of(KNOWN, 10, work(**other), HourRate(30, "EUR"))
    assert (worth.hours_a_month, worth.hours_evidence, worth.money_a_month) == (None, None, None)
    assert why in worth.why_not[0]


def test_an_interval_needs_six_cases_and_full_knowledge_makes_it_measured() -> None:
    few = worth_of(KNOWN, 5, work(instances=5.0, squares=5.0, timed=5.0, timed_cases=5.0))
    assert few.hours_a_month == 2.5
    assert few.hours_interval is None
    unknown = ActivityDemand("Do", "log", 10, None, None, None, False)
    assert worth_of(unknown, 10, work()).hours_evidence is EvidenceClass.ESTIMATED
    assert worth_of(KNOWN, 10, work(timed=9.0)).hours_evidence is EvidenceClass.ESTIMATED
    assert worth_of(KNOWN, 10, work()).hours_evidence is EvidenceClass.MEASURED


def test_amounts_below_nought_have_no_interval_and_few_costs_no_amount() -> None:
    costs = {"costed": 10.0, "cost": 50.0, "cost_squares": 300.0, "most_cost": 9.0, "no_costs": None}
    assert worth_of(KNOWN, 10, work(**costs, least_cost=-1.0)).money_interval is None
    assert worth_of(KNOWN, 10, work(**costs, least_cost=1.0)).money_a_month == 25
    assert worth_of(KNOWN, 10, work(**{**costs, "costed": 7.0}, least_cost=1.0)).money_a_month is None


@given(
    st.lists(st.integers(1, 9), min_size=6, max_size=60),
    st.lists(st.floats(1, 8 * 3600), min_size=101, max_size=101),
    st.floats(1, 100),
)
def test_a_worth_lies_in_its_interval(per_case: list[int], times: list[float], months: float) -> None:
    n = float(sum(per_case))
    done = work(
        months=months, instances=n, squares=float(sum(k * k for k in per_case)), most=float(max(per_case)), timed=n,
        timed_cases=float(len(per_case)), hundredths=tuple(sorted(times)),
    )  # fmt: skip
    worth = worth_of(KNOWN, n, done)
    assert worth.hours_a_month is not None
    assert worth.hours_interval is not None
    assert 0 <= worth.hours_interval.low <= worth.hours_a_month * (1 + 1e-9)
    assert worth.hours_a_month * (1 - 1e-9) <= worth.hours_interval.high


def test_people_work_is_read_from_the_log(ws: Workspace) -> None:
    rows = [
        ("1", "Do", "2026-01-01 08:00", "2026-01-01 09:00", "Ada", "human", False, None, 2.0),
        ("1", "Do", "2026-01-01 10:00", "2026-01-01 13:00", None, None, False, None, 4.0),
        ("2", "Do", "2026-01-03 08:00", "2026-01-03 08:30", "Ada", "human"),
        ("2", "Do", "2026-01-03 09:00", "2026-01-03 09:30", "Bot", "agent", False, None, 9.0),
        ("2", "Run", "2026-01-03 10:00", "2026-01-03 10:30", "Job", "system"),
    ]
    staged_log(ws, rows)
    found = people_work(ws, newest(ws)[0])
    assert set(found) == {"Do"}
    do = found["Do"]
    assert (do.months, do.instances, do.squares, do.most, do.timed, do.timed_cases) == (1, 3, 5, 2, 3, 2)
    assert (do.costed, do.cost, do.cost_squares, do.most_cost, do.least_cost) == (2, 6, 36, 6, 2)
    assert (do.hundredths[0], do.hundredths[50], do.hundredths[100]) == (1800, 3600, 10800)
    assert people_work(ws, newest(ws)[0]) == found  # kept, and read again


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("45 EUR", 45, "EUR"), ("€ 45,50", 45.5, "EUR"), ("CHF 1'200", 1200, "CHF"), ("12.5 usd", 12.5, "USD")],
)
def test_a_rate_is_read_as_people_write_it(text: str, amount: float, currency: str) -> None:
    assert hour_rate(text) == HourRate(amount, currency)


@pytest.mark.parametrize("text", ["", "EUR", "45", "0 EUR", "$ 45", "45 EUR/month", "many EUR", "1.234 EUR"])
def test_a_rate_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="45 EUR"):
        hour_rate(text)
