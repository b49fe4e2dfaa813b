"""The two sliders: whatever is shown is connected, more share never shows less, and the ends are as expected."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from mining.map.abstraction import opening_view, view
from mining.map.dfg import Boundary, Dfg, DfgActivity, DfgPath
from tests.mining.trees import TRACES

SHARE = st.floats(0, 1)


def dfg_of(traces: list[tuple[str, ...]]) -> Dfg:
    """The graph of `traces`, counted naively; times are left 0."""
    activities = Counter(a for t in traces for a in t)
    paths = Counter(pair for t in traces for pair in pairwise(t))
    starts, ends = Counter(t[0] for t in traces), Counter(t[-1] for t in traces)

    def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    return Dfg(
        tuple(DfgActivity(name, n, sum(name in t for t in traces)) for name, n in ranked(activities)),
        tuple(DfgPath(s, t, n, n, 0.0, 0.0) for (s, t), n in sorted(paths.items(), key=lambda i: (-i[1], i[0]))),
        tuple(Boundary(*item) for item in ranked(starts)),
        tuple(Boundary(*item) for item in ranked(ends)),
    )


def reached(origins: set[str], steps: set[tuple[str, str]]) -> set[str]:
    found = set(origins)
    while more := {t for s, t in steps if s in found} - found:
        found |= more
    return found


@given(traces=TRACES, activities=SHARE, paths=SHARE)
def test_what_is_shown_is_connected(traces: list[tuple[str, ...]], activities: float, paths: float) -> None:
    shown = view(dfg_of(traces), activities, paths)
    names = {a.name for a in shown.activities}
    forward = {(p.source, p.target) for p in shown.paths}
    assert names
    assert reached({s.activity for s in shown.starts}, forward) == names
    assert reached({e.activity for e in shown.ends}, {(t, s) for s, t in forward}) == names


@given(traces=TRACES, activities=SHARE, paths=SHARE)
def test_what_is_shown_is_part_of_the_whole(traces: list[tuple[str, ...]], activities: float, paths: float) -> None:
    dfg = dfg_of(traces)
    shown = view(dfg, activities, paths)
    assert set(shown.paths) <= set(dfg.paths)
    assert set(shown.activities) <= set(dfg.activities)
    assert view(dfg, activities, paths) == shown


@given(traces=TRACES, low=SHARE, high=SHARE, paths=SHARE)
def test_more_activities_never_show_fewer(traces: list[tuple[str, ...]], low: float, high: float, paths: float) -> None:
    dfg = dfg_of(traces)
    low, high = sorted((low, high))
    assert set(view(dfg, low, paths).activities) <= set(view(dfg, high, paths).activities)
    assert set(view(dfg, 1.0, low).paths) <= set(view(dfg, 1.0, high).paths)


@given(traces=TRACES)
def test_the_whole_share_shows_everything(traces: list[tuple[str, ...]]) -> None:
    dfg = dfg_of(traces)
    assert view(dfg, 1.0, 1.0) == dfg


def test_a_view_worked_by_hand() -> None:
    traces: list[tuple[str, ...]] = [*[("a", "b", "c")] * 10, *[("a", "x", "c")] * 2, ("b", "a", "c")]
    shown = view(dfg_of(traces), 0.5, 0.0)  # two of four activities: a and c, of 13 each; b lies on the way
    assert [a.name for a in shown.activities] == ["a", "c", "b"]
    assert [(p.source, p.target) for p in shown.paths] == [("a", "b"), ("b", "c")]
    assert shown.starts == (Boundary("a", 12),)
    assert shown.ends == (Boundary("c", 13),)


def test_a_map_opens_understandable() -> None:
    names = [f"step {n:02}" for n in range(60)]
    traces = [tuple(names[i % 60] for i in range(n, n + 1 + n % 7)) for n in range(200)]
    dfg = dfg_of(traces)
    opening = opening_view(dfg)
    shown = view(dfg, opening.activities, opening.paths)
    assert 15 <= len(shown.activities) <= 25
    assert opening_view(dfg_of([("a", "b")])).activities == 1.0


def test_an_empty_graph_and_a_wrong_share() -> None:
    empty = Dfg((), (), (), ())
    assert view(empty, 0.5, 0.5) == empty
    assert opening_view(empty).paths == 1.0
    with pytest.raises(BadInput, match="share of paths"):
        view(empty, 0.5, 1.2)
