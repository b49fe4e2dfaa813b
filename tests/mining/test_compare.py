"""Two sides set side by side: figures and maps counted by hand."""

from __future__ import annotations

import json

import pytest

from app.main import run
from core.errors import NotFound
from core.selection.filters import ActivityFilter, AttributeFilter, TimeframeFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.compare.service import compare_sides
from mining.compare.values import MapDifference, SideBySide, SideMetric, Thing
from tests.builders import staged_log
from tests.mining.whole_cases import DAY, Case, log_of


def metric(found: SideBySide, key: str) -> SideMetric:
    return next(m for m in found.metrics if m.key == key)


def difference(found: SideBySide, thing: Thing, source: str, target: str = "") -> MapDifference:
    return next(d for d in found.differences if (d.thing, d.source, d.target) == (thing, source, target or source))


def of_unit(unit: str) -> Selection:
    return Selection((AttributeFilter(attribute="@unit", values=(unit,)),))


@pytest.fixture
def found(ws: Workspace) -> SideBySide:
    """Unit A: 40 cases a, b, an hour apart. Unit B: 60 cases; 45 a, c, 2 hours apart, and 15 a, c, c."""
    cases = [Case(("a", "b"), start=n, attributes={"@unit": "A"}) for n in range(40)]
    cases += [Case(("a", "c"), start=n, gap=2, attributes={"@unit": "B"}) for n in range(45)]
    cases += [Case(("a", "c", "c"), start=n, gap=2, attributes={"@unit": "B"}) for n in range(15)]
    log_of(ws, cases)
    return compare_sides(ws, View("cases", selection=of_unit("A")), View("cases", selection=of_unit("B")))


def test_figures_of_both_sides(found: SideBySide) -> None:
    assert (found.a.cases, found.b.cases, found.overlap) == (40, 60, 0)
    assert (found.a.variants, found.b.variants, found.shared_variants) == (1, 2, 0)
    cycle = metric(found, "cycle_time")
    assert cycle.a is not None
    assert cycle.b is not None
    assert cycle.difference is not None
    assert (cycle.a.value, cycle.b.value, cycle.difference.value) == (3600, 7200, 3600)
    assert cycle.difference.certain
    p95 = metric(found, "cycle_time_p95")
    assert p95.b is not None
    assert p95.b.value == 14400
    rework = metric(found, "rework")
    assert rework.difference is not None
    assert rework.difference.value == 0.25
    # Wilson's limits: 0 of 40 up to 0.0876; 15 of 60 from 0.1577 (Newcombe's method 10)
    assert rework.difference.low == pytest.approx(0.25 - ((0.25 - 0.1577) ** 2 + 0.0876**2) ** 0.5, abs=2e-4)


def test_throughput_is_complete_cases_a_week(found: SideBySide) -> None:
    throughput = metric(found, "throughput")
    assert throughput.a is not None
    assert throughput.a.value == pytest.approx(40 / (40 / 168))  # from 0 to 40 hours
    assert throughput.b is not None
    assert throughput.b.value == pytest.approx(60 / (46 / 168))  # the last of 45 ends after 44 + 2 hours


def test_what_the_log_does_not_say_has_no_value(found: SideBySide) -> None:
    for key, why in (("failed", "does not say what failed"), ("cost", "no costs"), ("service", "no starts")):
        unknown = metric(found, key)
        assert (unknown.a, unknown.b, unknown.difference) == (None, None, None)
        assert why in unknown.why_not


def test_the_union_of_both_maps(found: SideBySide) -> None:
    assert {(d.thing, d.source, d.target) for d in found.differences} == {
        (Thing.ACTIVITY, "a", "a"), (Thing.ACTIVITY, "b", "b"), (Thing.ACTIVITY, "c", "c"), (Thing.PATH, "a", "b"),
        (Thing.PATH, "a", "c"), (Thing.PATH, "c", "c"), (Thing.START, "a", "a"), (Thing.END, "b", "b"),
        (Thing.END, "c", "c"),
    }  # fmt: skip
    same = difference(found, Thing.ACTIVITY, "a")
    assert (same.share.value, same.q, same.only_in) == (0, 1, "")
    only = difference(found, Thing.PATH, "c", "c")
    assert only.only_in == "B"
    assert only.a is None
    assert only.b is not None
    assert (only.b.count, only.b.cases, only.b.share, only.b.waiting) == (15, 15, 0.25, 7200)
    assert only.share.value == 0.25
    assert only.q < 0.05
    assert same not in found.told
    assert difference(found, Thing.ACTIVITY, "b").only_in == "A"
    assert abs(found.differences[0].share.value) == 1


def test_waiting_of_a_path_on_both_sides(ws: Workspace) -> None:
    log_of(ws, [Case(("a", "b"), start=n, gap=1) for n in range(10)], "one")
    log_of(ws, [Case(("a", "b"), start=n, gap=4) for n in range(10)], "two")
    found = compare_sides(ws, View("one"), View("two"))
    assert difference(found, Thing.PATH, "a", "b").waiting == 3 * 3600
    assert found.shared_variants == 1
    assert found.overlap == 0, "cases of two logs are never the same cases"


def test_service_time_needs_starts(ws: Workspace) -> None:
    rows = [(str(n), "a", f"2026-01-05 {8 + n:02}:00", f"2026-01-05 {8 + n:02}:10") for n in range(8)]
    staged_log(ws, rows, "timed")
    service = metric(compare_sides(ws, View("timed"), View("timed")), "service")
    assert service.a is not None
    assert service.a.value == 600


def test_shared_cases_are_told(ws: Workspace) -> None:
    log_of(ws, [Case(("a", "b") if n % 2 else ("a",), start=n) for n in range(20)])
    some = Selection((ActivityFilter(activities=("b",)),))
    found = compare_sides(ws, View("cases"), View("cases", selection=some))
    assert found.overlap == 10
    assert any("10 cases stand on both sides" in note for note in found.notes)


def test_a_side_against_itself_differs_in_nothing(ws: Workspace) -> None:
    log_of(ws, [Case(("a", "b", "c")[: 1 + n % 3], start=n) for n in range(60)])
    found = compare_sides(ws, View("cases"), View("cases"))
    assert found.told == ()
    assert not [m for m in found.metrics if m.difference is not None and m.difference.certain]
    assert all(d.share.value == 0 for d in found.differences)


def test_an_empty_side_is_withheld(ws: Workspace) -> None:
    log_of(ws, [Case(("a",), start=n) for n in range(20)])
    none = Selection((TimeframeFilter(start=DAY.replace(year=2030)),))
    found = compare_sides(ws, View("cases"), View("cases", selection=none))
    assert found.withheld == "No case is left on side B: take a filter away."
    assert found.metrics == ()


def test_a_log_that_is_not_there(ws: Workspace) -> None:
    log_of(ws, [Case(("a",))])
    with pytest.raises(NotFound):
        compare_sides(ws, View("cases"), View("other"))


def test_the_command(ws: Workspace, found: SideBySide, capsys: pytest.CaptureFixture[str]) -> None:
    sides = ["--filters-a", of_unit("A").text(), "--filters-b", of_unit("B").text()]
    assert run(["map", "compare", "cases", "cases", *sides]) == 0
    text = capsys.readouterr().out
    assert "+25.0 points" in text
    assert "only in B" in text
    assert "not drawn at random" in text
    assert run(["map", "compare", "cases", "cases", *sides, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["b"]["cases"] == 60
