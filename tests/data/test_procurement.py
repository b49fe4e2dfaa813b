"""What docs/sample-data.md promises about the procurement log."""

from __future__ import annotations

import csv
import io
import statistics
from collections import Counter, defaultdict
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from data.hours import MINUTE, moment, seconds_of, with_offset
from data.office import DoneStep
from data.orders import LIMIT, QUOTATIONS_ABOVE, SPLIT_PAIRS, RuleBreach
from data.procurement import CASES, COLUMNS, generate, to_csv
from data.steps import ACTIVITIES

Case = list[DoneStep]


@pytest.fixture(scope="module")
def log() -> list[DoneStep]:
    return generate()


@pytest.fixture(scope="module")
def cases(log: list[DoneStep]) -> dict[str, Case]:
    found: dict[str, Case] = defaultdict(list)
    for done in log:
        found[done.order.case_id].append(done)
    return found


def activities(case: Case) -> list[str]:
    return [d.step.activity for d in case]


def test_a_thousand_cases_of_all_activities(log: list[DoneStep], cases: dict[str, Case]) -> None:
    assert len(cases) == CASES == 1_000
    assert {d.step.activity for d in log} == set(ACTIVITIES)
    assert len(ACTIVITIES) == 19


def test_every_line_has_a_start_before_its_end_and_an_offset(log: list[DoneStep]) -> None:
    lines = list(csv.DictReader(io.StringIO(to_csv(log).decode())))
    assert len(lines) == len(log)
    assert tuple(lines[0]) == COLUMNS
    for line in lines:
        start, end = datetime.fromisoformat(line["start"]), datetime.fromisoformat(line["end"])
        assert start <= end
        assert start.utcoffset() is not None
    assert {line["start"][-6:] for line in lines} == {"+01:00", "+02:00"}


def test_the_offsets_are_those_of_central_europe(log: list[DoneStep]) -> None:
    for done in log:
        written = with_offset(done.start)
        assert written.utcoffset() == written.replace(tzinfo=ZoneInfo("Europe/Berlin")).utcoffset()


def test_nobody_works_outside_their_hours(log: list[DoneStep]) -> None:
    for done in log:
        if done.performer.kind == "human":
            day = moment(done.start).date()
            assert done.performer.shift.works_on(day), done
            midnight = seconds_of(day)
            stretches = [(midnight + begin, midnight + end) for begin, end in done.performer.shift.stretches()]
            assert any(begin <= done.start and done.end <= end for begin, end in stretches), done


def test_nobody_does_two_things_at_once(log: list[DoneStep]) -> None:
    by_person: dict[str, Case] = defaultdict(list)
    for done in log:
        if done.performer.kind == "human":
            by_person[done.performer.name].append(done)
    assert len(by_person) == 34
    for work in by_person.values():
        assert all(a.end <= b.start for a, b in pairwise(sorted(work, key=lambda d: d.start)))


def test_systems_do_their_own_steps_and_payments_run_on_two_days(log: list[DoneStep]) -> None:
    by_system = {d.step.activity for d in log if d.performer.kind == "system"}
    assert by_system == {"Check budget", "Send purchase order", "Match invoice", "Pay invoice"}
    for done in log:
        if done.step.activity == "Pay invoice":
            assert (moment(done.start).weekday() in {1, 3}, moment(done.start).hour) == (True, 6)


def test_values_decide_quotations_and_who_approves(cases: dict[str, Case]) -> None:
    for case in cases.values():
        order, done = case[0].order, set(activities(case))
        if order.deviation in {RuleBreach.NONE, RuleBreach.SPLIT, RuleBreach.SELF_APPROVED}:
            assert ("Compare quotations" in done) == (order.amount > QUOTATIONS_ABOVE)
            assert ("Approve purchase order above limit" in done) == (order.amount > LIMIT)
            assert ("Approve purchase order" in done) == (order.amount <= LIMIT)


def test_amounts_have_a_long_tail(cases: dict[str, Case]) -> None:
    amounts = [case[0].order.amount for case in cases.values()]
    assert 1_000 < statistics.median(amounts) < 2_000
    assert max(amounts) > 20 * statistics.median(amounts)
    assert 0.12 < sum(a > LIMIT for a in amounts) / len(amounts) < 0.25


def test_rework_errors_and_breaches_stand_in_their_bands(log: list[DoneStep], cases: dict[str, Case]) -> None:
    reworked = sum(len(case) > len(set(activities(case))) for case in cases.values())
    assert 0.26 < reworked / len(cases) < 0.36
    assert 0.005 < sum(d.step.failed for d in log) / len(log) < 0.012
    assert {d.step.activity for d in log if d.step.failed} == {"Send purchase order", "Record invoice"}
    breached = sum(max(d.end for d in case) > case[0].order.due for case in cases.values())
    assert 0.14 < breached / len(cases) < 0.24


def test_deviations_are_planted_as_described(cases: dict[str, Case]) -> None:
    planted = Counter(case[0].order.deviation for case in cases.values())
    assert planted[RuleBreach.SPLIT] == 2 * SPLIT_PAIRS
    assert 30 <= planted[RuleBreach.MAVERICK] <= 50
    assert 25 <= planted[RuleBreach.LATE_ORDER] <= 45
    assert 10 <= planted[RuleBreach.SELF_APPROVED] <= 25


def test_each_deviation_can_be_seen_in_its_case(cases: dict[str, Case]) -> None:
    for case in cases.values():
        names, deviation = activities(case), case[0].order.deviation
        assert ("Create requisition" not in names) == (deviation is RuleBreach.MAVERICK)
        if deviation is RuleBreach.LATE_ORDER:
            assert names.index("Record invoice") < names.index("Draft purchase order")
        if deviation is not RuleBreach.MAVERICK:
            by = {d.step.activity: d.performer.name for d in case}
            approver = by.get("Approve purchase order above limit") or by["Approve purchase order"]
            assert (approver == by["Draft purchase order"]) == (deviation is RuleBreach.SELF_APPROVED)


def test_split_orders_stand_in_pairs_below_the_limit(cases: dict[str, Case]) -> None:
    split = sorted(
        (c[0].order for c in cases.values() if c[0].order.deviation is RuleBreach.SPLIT), key=lambda o: o.created
    )
    for first, second in zip(split[::2], split[1::2], strict=True):
        assert (first.vendor, first.department) == (second.vendor, second.department)
        assert second.created - first.created == 20 * MINUTE
        assert max(first.amount, second.amount) < LIMIT < first.amount + second.amount


def test_the_head_of_procurement_is_missed_in_the_holidays(cases: dict[str, Case]) -> None:
    """Waiting for the approval above the limit is planted as the bottleneck."""

    def waiting(activity: str) -> float:
        waits = []
        for case in cases.values():
            for before, after in pairwise(sorted(case, key=lambda d: d.start)):
                if after.step.activity == activity:
                    waits.append(after.start - before.end)
        return statistics.median(waits)

    assert waiting("Approve purchase order above limit") > 2 * waiting("Approve purchase order")
