"""Causes: tables counted by hand, against a naive count, random and swapped marks, and what must not be tested."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.main import run
from core.errors import BadInput
from core.selection.filters import ActivityFilter, AttributeFilter, FollowsFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.causes.filters import filter_of
from mining.causes.marks import parse_mark
from mining.causes.service import find_causes
from mining.causes.values import Causes, FactorKind, Mark, Quick
from tests.mining.whole_cases import Case, log_of

SLOW = Mark(quick=Quick.SLOWER, seconds=2 * 3600)


def vendors() -> list[Case]:
    """140 cases of vendor V3, of which 61 take 3 hours; 1,294 of V1, of which 210 do; the rest take 1 hour."""
    return [
        Case(("order", "pay"), start=number % 50, gap=3 if slow else 1, attributes={"@vendor": vendor})
        for vendor, cases, slow_cases in (("V3", 140, 61), ("V1", 1294, 210))
        for number, slow in enumerate([True] * slow_cases + [False] * (cases - slow_cases))
    ]


def test_a_table_counted_by_hand(ws: Workspace) -> None:
    log_of(ws, vendors())
    found = find_causes(ws, View("cases"), mark=SLOW)
    assert (found.cases, found.marked, found.support) == (1434, 271, 10)
    vendor = found.more[0]
    assert (vendor.kind, vendor.name, vendor.value) == (FactorKind.CASE_ATTRIBUTE, "@vendor", "V3")
    assert (vendor.marked, vendor.cases, vendor.other_marked, vendor.other_cases) == (61, 140, 210, 1294)
    assert vendor.attributable == pytest.approx(61 - 140 * 210 / 1294)
    assert vendor.sentence == (
        "Cases with vendor V3 are 2.7 times as likely to take longer than 2 h (odds ratio 4.0, 2.8 to 5.7): "
        "61 of 140 (44 %) against 210 of 1,294 (16 %)."
    )
    assert found.less[0].value == "V1", "the other vendor is the same table the other way round"
    assert found.less[0].odds_ratio == pytest.approx(1 / vendor.odds_ratio)


def test_the_effect_on_cycle_time(ws: Workspace) -> None:
    cases = [
        Case(("a", "b"), gap=gap, attributes={"@who": who})
        for who, gaps in (("x", range(20, 61)), ("y", range(10, 51)))
        for gap in gaps
    ]
    log_of(ws, cases)
    found = find_causes(ws, View("cases"), mark=Mark(quick=Quick.SLOWEST, share=0.2))
    effect = next(f.effect for f in found.factors if f.value == "x")
    assert effect is not None
    # medians of 20 to 60 and of 10 to 50 hours; of 41 values the 14th and the 28th bound the median
    assert (effect.median_with, effect.median_without) == (40 * 3600, 30 * 3600)
    assert effect.difference == 10 * 3600
    assert effect.low == pytest.approx((10 - (7**2 + 7**2) ** 0.5) * 3600)
    assert (effect.cases_with, effect.cases_without) == (41, 41)


TRACES = st.lists(
    st.tuples(st.lists(st.sampled_from("abc"), min_size=1, max_size=5), st.sampled_from(["Ada", "Bo", None])),
    min_size=20, max_size=40,
)  # fmt: skip


@given(TRACES, st.integers(0, 2**32))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_equal_a_naive_count(ws: Workspace, traces: list[tuple[list[str], str | None]], seed: int) -> None:
    cases = [Case(tuple(trace), start=n, performer=who) for n, (trace, who) in enumerate(traces)]
    version = log_of(ws, cases, f"naive-{seed}-{len(ws.logs.versions())}")
    marked = set(random.Random(seed).sample(range(len(cases)), 10))
    mark = Mark(cases=tuple(map(str, marked)), words="be drawn")
    found = find_causes(ws, View(version.log), mark=mark, support=1, alpha=1)
    counts: Counter[tuple[FactorKind, str]] = Counter()
    of_marked: Counter[tuple[FactorKind, str]] = Counter()
    for number, case in enumerate(cases):
        trace = case.trace
        keys = {(FactorKind.ACTIVITY, a) for a in trace}
        keys |= {(FactorKind.PATH, f"{a} → {b}") for a, b in pairwise(trace)}
        keys |= {(FactorKind.START, trace[0]), (FactorKind.END, trace[-1])}
        keys |= {(FactorKind.PERFORMER, case.performer)} if case.performer else set()
        counts.update(keys)
        of_marked.update(keys if number in marked else ())
    for factor in found.factors:
        key = factor.kind, factor.value
        if key in counts:
            assert (factor.cases, factor.marked) == (counts[key], of_marked[key])


def lottery(seed: int = 1) -> list[Case]:
    draw = random.Random(seed)
    return [
        Case(
            ("start", *draw.sample("pqrs", 2), "end"), start=number, performer=draw.choice(["Ada", "Bo", "Cy"]),
            attributes={"@vendor": draw.choice("VWXYZ"), "@amount": draw.random() * 1000},
            of_events={"@channel": draw.choice(["web", "desk"])},
        )
        for number in range(400)
    ]  # fmt: skip


def test_random_marks_find_nothing_beyond_chance(ws: Workspace) -> None:
    log_of(ws, lottery())
    draw = random.Random(2)
    runs = 25
    discovered = 0
    for _ in range(runs):
        mark = Mark(cases=tuple(str(n) for n in draw.sample(range(400), 120)), words="be drawn")
        discovered += find_causes(ws, View("cases"), mark=mark).found > 0
    assert discovered <= 5  # 1 expected at alpha 0.05; more than 5 of 25 has a chance of 0.001


def test_swapped_marks_invert_every_odds_ratio(ws: Workspace) -> None:
    log_of(ws, lottery())
    chosen = {str(n) for n in range(0, 400, 3)}
    one = find_causes(ws, View("cases"), mark=Mark(cases=tuple(chosen), words="be drawn"), alpha=1)
    rest = tuple(str(n) for n in range(400) if str(n) not in chosen)
    other = {
        (f.kind, f.name, f.value): f
        for f in find_causes(ws, View("cases"), mark=Mark(cases=rest, words="rest"), alpha=1).factors
    }
    assert one.factors
    for factor in one.factors:
        swapped = other[factor.kind, factor.name, factor.value]
        assert factor.odds_ratio == pytest.approx(1 / swapped.odds_ratio)
        assert factor.q == pytest.approx(swapped.q)


def kinds_of(found: Causes) -> set[FactorKind]:
    return {factor.kind for factor in found.factors}


def test_what_rework_is_made_of_is_left_out(ws: Workspace) -> None:
    cases = [
        Case(("a", "b", "a", "c") if n % 3 else ("a", "b", "c"), start=n, attributes={"@x": str(n % 3 and n % 2)})
        for n in range(120)
    ]
    log_of(ws, cases)
    found = find_causes(ws, View("cases"), mark=Mark(quick=Quick.REWORK))
    assert kinds_of(found) & {FactorKind.VARIANT, FactorKind.LENGTH, FactorKind.PATH} == set()
    assert any("comes again" in left.reason and "b → a" in left.what for left in found.left_out)
    assert any("another name of the mark" in left.reason for left in found.left_out), "a → c is every reworked case"


def test_what_a_filter_asks_for_is_left_out(ws: Workspace) -> None:
    log_of(ws, lottery())
    marked = Mark(selection=Selection((AttributeFilter(attribute="@vendor", values=("V",)),)))
    assert not [f for f in find_causes(ws, View("cases"), mark=marked, alpha=1).factors if f.name == "@vendor"]
    marked = Mark(selection=Selection((ActivityFilter(activities=("p",)),)))
    found = find_causes(ws, View("cases"), mark=marked, alpha=1)
    assert not [f for f in found.factors if f.value == "p" or "p" in (f.ends or ())]
    assert found.mark == "match “Cases with p”"


def test_an_attribute_made_from_the_mark_is_left_out(ws: Workspace) -> None:
    cases = [
        Case(
            ("a", "b"),
            start=n,
            gap=3 if n % 4 == 0 else 1,
            attributes={"@status": ("late", "fine", "fair", "good")[n % 4]},
        )
        for n in range(200)
    ]
    log_of(ws, cases)
    found = find_causes(ws, View("cases"), mark=SLOW)
    assert not [f for f in found.factors if f.name == "@status"]
    assert any("status" in left.what or "attribute" in left.what for left in found.left_out)


def test_factors_of_the_same_cases_are_one_test(ws: Workspace) -> None:
    cases = [Case(("a", "x", "b") if n % 2 else ("a", "b"), start=n, gap=1 + n % 5) for n in range(200)]
    log_of(ws, cases)
    found = find_causes(ws, View("cases"), mark=SLOW)
    same = next(f for f in found.factors if f.value == "x")
    assert "in which `a` is directly followed by `x`" in same.same_as


def test_only_complete_cases_can_be_slow(ws: Workspace) -> None:
    log_of(ws, [Case(("a", "b"), start=n, gap=1 + n % 7, complete=n % 10 > 0) for n in range(200)])
    assert find_causes(ws, View("cases"), mark=SLOW).cases == 180
    opened = find_causes(ws, View("cases"), mark=Mark(quick=Quick.OPEN))
    assert (opened.cases, opened.marked) == (200, 20)


def test_overdue_and_failed(ws: Workspace) -> None:
    log_of(ws, [Case(("a", "b"), start=n, gap=1 + n % 3, due=n + 2.5, failed=n % 5 == 0 or None) for n in range(120)])
    overdue = find_causes(ws, View("cases"), mark=Mark(quick=Quick.OVERDUE))
    assert (overdue.cases, overdue.marked) == (120, 40)
    failed = find_causes(ws, View("cases"), mark=Mark(quick=Quick.FAILED))
    assert (
        failed.withheld == "24 of 24 cases have an error. To compare, at least 10 cases must be marked and 10 must not."
    )


def test_too_few_marked_cases_are_withheld(ws: Workspace) -> None:
    log_of(ws, [Case(("a", "b"), start=n, gap=3 if n < 4 else 1) for n in range(50)])
    found = find_causes(ws, View("cases"), mark=SLOW)
    assert found.withheld is not None
    assert found.withheld.startswith("4 of 50 cases take longer than 2 h.")
    assert found.factors == ()


def test_a_selection_narrows_both_sides(ws: Workspace) -> None:
    log_of(ws, vendors())
    base = Selection((AttributeFilter(attribute="@vendor", values=("V1",)),))
    found = find_causes(ws, View("cases", selection=base), mark=SLOW)
    assert (found.cases, found.marked) == (1294, 210)
    assert not [f for f in found.factors if f.name == "@vendor"]


def test_the_filter_of_a_factor_keeps_its_cases(ws: Workspace) -> None:
    version = log_of(ws, lottery())
    mark = Mark(cases=tuple(str(n) for n in range(0, 400, 3)), words="be drawn")
    checked = set()
    for factor in find_causes(ws, View("cases"), mark=mark, alpha=1).factors:
        kept = filter_of(factor)
        if kept is None:
            assert factor.kind is FactorKind.STARTED
            continue
        with ws.logs.select(version, Selection((kept,))) as connection:
            row = connection.execute("SELECT count(*) FROM case_").fetchone()
        assert row == (factor.cases,), factor.phrase
        checked.add(type(kept))
    assert {AttributeFilter, ActivityFilter, FollowsFilter} <= checked


@pytest.mark.parametrize("text", ["slow", "slower", "slower:fast", "slowest:2", "rework:3", ""])
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_mark(text)


def test_marks_as_text() -> None:
    assert parse_mark("slowest") == Mark(quick=Quick.SLOWEST, share=0.1)
    assert parse_mark("slower:1.5h").seconds == 5400
    assert parse_mark("open") == Mark(quick=Quick.OPEN)
    marked = parse_mark('[{"kind": "complete"}]')
    assert marked.selection is not None


def test_the_command(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    log_of(ws, vendors())
    assert run(["map", "causes", "cases", "--mark", "slower:2h"]) == 0
    text = capsys.readouterr().out
    assert "271 of 1,434 cases take longer than 2 h" in text
    assert "Cases with vendor V3 are 2.7 times as likely" in text
    assert "not proven causes" in text
    assert run(["map", "causes", "cases", "--mark", "slower:2h", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["factors"][0]["marked"] == 61
    assert run(["map", "causes", "cases", "--mark", "wrong"]) == 2
    assert "`wrong` is no mark" in capsys.readouterr().err


def reminders() -> list[Case]:
    """200 cases due after 4 hours. Of 80 of vendor W 60 are late, of 120 of vendor V 10; who is late is sent a reminder
    after the due moment, and has a fee of as many as the hours that it took."""
    made = []
    for number in range(200):
        worse = number < 80
        late = number % 4 < 3 if worse else number % 12 == 0
        gap = 2.2 + number % 3 / 10 if late else 1 + number % 3 / 10
        trace = ("order", "check", "pay", "remind") if late else ("order", "check", "pay")
        taken = gap * (len(trace) - 1)
        made.append(
            Case(trace, start=number, gap=gap, due=number + 4, attributes={"@vendor": "VW"[worse], "@fee": taken})
        )
    return made


@pytest.mark.parametrize(
    "mark",
    [Mark(quick=Quick.OVERDUE), Mark(quick=Quick.SLOWER, seconds=4 * 3600), Mark(quick=Quick.SLOWEST, share=0.3)],
)
def test_what_comes_after_the_mark_is_told_apart_and_the_planted_cause_leads(ws: Workspace, mark: Mark) -> None:
    log_of(ws, reminders())
    found = find_causes(ws, View("cases"), mark=mark)
    assert (found.more[0].name, found.more[0].value) == ("@vendor", "W")
    told = {left.what: left.reason for left in found.follows}
    assert {"activity remind", "path pay → remind", "end activity remind"} <= told.keys()
    assert "marked cases that have it, it is first seen after" in told["activity remind"]
    assert not [f for f in found.factors if "remind" in f.value]
    assert [left.reason for left in found.left_out if "fee" in left.what] == ["it grows in step with the cycle time"]
    assert not [f for f in found.factors if f.kind is FactorKind.LENGTH]


def test_what_comes_after_an_error_or_rework_is_told_apart(ws: Workspace) -> None:
    cases = []
    for number in range(160):
        again = number % 4 == 0 or (number % 8 == 1)
        trace = ("a", "b", "a", "fix", "close", "end") if again else ("a", "b", "end")
        cases.append(Case(trace, start=number, attributes={"@by": "W" if number % 4 == 0 else "V"}))
    log_of(ws, cases)
    found = find_causes(ws, View("cases"), mark=Mark(quick=Quick.REWORK))
    assert found.more[0].name == "@by"
    assert not [f for f in found.more if "fix" in f.value]
    asked = Mark(selection=Selection((ActivityFilter(activities=("fix",)),)))
    after = find_causes(ws, View("cases"), mark=asked, alpha=1)
    assert {left.what for left in after.follows} >= {"activity close"}


def test_open_cases_do_not_lack_their_end_for_a_reason(ws: Workspace) -> None:
    cases = [
        Case(("a", "b", "finish") if n % 5 or n % 2 else ("a", "b"), start=n, complete=n % 5 > 0 or n % 2 == 1,
             attributes={"@desk": "X" if n % 5 == 0 else "Y"})
        for n in range(200)
    ]  # fmt: skip
    log_of(ws, cases)
    found = find_causes(ws, View("cases"), mark=Mark(quick=Quick.OPEN), alpha=1)
    assert not [f for f in found.factors if f.value == "finish"]
    assert found.more[0].name == "@desk"


def test_what_departs_from_a_model_is_no_cause_of_departing(ws: Workspace) -> None:
    from mining.causes.filters import mark_of_deviating
    from mining.conformance import check_conformance, variants_model

    cases = [
        Case(("a", "b", "c") if n % 3 else ("a", "x", "c"), start=n, attributes={"@who": "S" if n % 6 == 0 else "T"})
        for n in range(180)
    ]
    log_of(ws, cases)
    checked = check_conformance(ws, View("cases"), model=variants_model(ws, View("cases"), "1"))
    found = find_causes(ws, View("cases"), mark=mark_of_deviating(checked))
    assert (found.marked, found.more[0].name) == (60, "@who")
    assert not [f for f in found.factors if f.value in ("x", "b") or "x" in (f.ends or ())]


def test_the_command_tells_what_follows(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    log_of(ws, reminders())
    assert run(["map", "causes", "cases", "--mark", "overdue"]) == 0
    text = capsys.readouterr().out
    assert "Follows from the mark, so that it cannot be why:\n- activity remind: in 70 of the 70 marked" in text
    assert run(["map", "causes", "cases", "--mark", "overdue", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["follows"][0]["what"] == "activity remind"
