"""Selections mean what the reference says, filter by filter and in any order; filters on cases commute."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import FixedClock
from core.eventlog import LogVersion
from core.selection.filters import (
    ActivityFilter,
    AttributeFilter,
    CaseFilter,
    CompleteFilter,
    EndpointFilter,
    FollowsFilter,
    FourEyesFilter,
    Metric,
    MetricFilter,
    PerformerFilter,
    ReworkFilter,
    Timeframe,
    TimeframeFilter,
    VariantFilter,
)
from core.selection.selection import Selection
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from tests.builders import staged_log
from tests.core.selection import reference
from tests.core.selection.reference import Row

ACTIVITIES, PERFORMERS = ("A", "B", "C", "D"), {"Ann": "human", "Bob": "human", "Robo": "agent"}
CASES, START = 40, datetime.fromisoformat("2026-03-01")


@cache
def rows() -> tuple[Row, ...]:
    """A drawn log: loops, repetitions, ties in time, performers that are not known, events without a start."""
    chance = Random(7)
    found: list[Row] = []
    for case in range(CASES):
        at = START + timedelta(hours=chance.randrange(500))
        for _ in range(chance.randrange(1, 9)):
            at += timedelta(minutes=chance.choice((0, 0, 15, 60, 600)))
            started = at if chance.random() < 0.7 else None
            ended = at + timedelta(minutes=chance.choice((0, 5, 90)))
            who = chance.choice((*PERFORMERS, None))
            cost = float(chance.randrange(1, 50)) if chance.random() < 0.6 else None
            kind = PERFORMERS[who] if who else None
            found.append(Row(f"case {case:02}", chance.choice(ACTIVITIES), started, ended, who, kind, cost, len(found)))
            at = ended
    return tuple(found)


INCOMPLETE = frozenset(f"case {n:02}" for n in range(0, CASES, 7))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, LogVersion]]:
    home: Path = tmp_path_factory.mktemp("selections")
    ws = open_workspace(Settings(user="Ada", home=home), FixedClock(START.replace(tzinfo=UTC)))
    told = [(r.case, r.activity, r.started, r.ended, r.performer, r.kind, False, None, r.cost, None) for r in rows()]
    yield ws, staged_log(ws, told, incomplete=sorted(INCOMPLETE))
    ws.close()
    shutil.rmtree(home)


names = st.sampled_from(ACTIVITIES)
some_names = st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)
moments = st.integers(0, 520).map(lambda h: START + timedelta(hours=h))
seconds = st.none() | st.sampled_from((0.0, 300.0, 900.0, 5400.0, 40000.0))
flags = {"inverted": st.booleans(), "disabled": st.sampled_from((False, False, False, True))}


def _period(mode: str) -> Any:
    return st.tuples(moments, moments).filter(lambda p: p[0] < p[1]).map(
        lambda p: TimeframeFilter(start=p[0], end=p[1], mode=Timeframe(mode))
    )  # fmt: skip


def _range(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    return (high, low) if low is not None and high is not None and low > high else (low, high)


numbers = st.tuples(seconds | st.integers(0, 9), seconds | st.integers(0, 9)).map(lambda p: _range(*p))
case_filters: Any = st.one_of(
    *(_period(m) for m in ("contained", "intersecting", "starting", "ending")),
    st.builds(ActivityFilter, activities=some_names, all=st.booleans(), **flags),
    st.builds(FollowsFilter, source=names, target=names, directly=st.booleans(), **flags),
    st.tuples(names, names, st.booleans(), numbers).map(
        lambda t: FollowsFilter(source=t[0], target=t[1], directly=t[2], least_seconds=t[3][0], most_seconds=t[3][1])
    ),
    st.builds(EndpointFilter, side=st.sampled_from(("start", "end")), activities=some_names, **flags),
    st.tuples(
        st.sampled_from(
            ("cycle_time", "waiting", "service", "events", "activities", "rework", "performers", "cost")
        ),
        numbers.filter(lambda p: p != (None, None)),
    ).map(lambda t: MetricFilter(metric=Metric(t[0]), low=t[1][0], high=t[1][1])),
    st.builds(
        PerformerFilter,
        performers=st.lists(st.sampled_from(sorted(PERFORMERS)), min_size=1, unique=True).map(tuple),
        activity=st.none() | names,
        keep=st.sampled_from(("any", "every")),
        **flags,
    ),
    st.builds(
        AttributeFilter,
        attribute=st.just("performer_kind"),
        values=st.lists(st.sampled_from(("human", "agent", "unknown")), min_size=1, unique=True).map(tuple),
        keep=st.sampled_from(("any", "every")),
        **flags,
    ),
    st.builds(
        ReworkFilter,
        activity=st.none() | names,
        least=st.integers(2, 3),
        loop=st.sampled_from(("any", "self_loop", "repetition")),
        **flags,
    ),
    st.builds(FourEyesFilter, first=names, second=names, **flags),
    st.lists(st.integers(0, CASES), min_size=1).map(lambda n: CaseFilter(cases=tuple(f"case {i:02}" for i in n))),
    st.builds(CompleteFilter, **flags),
)  # fmt: skip
variant_filters = st.one_of(
    st.integers(1, 5).map(lambda n: VariantFilter(top=n)),
    st.sampled_from((0.1, 0.5, 0.8)).map(lambda c: VariantFilter(coverage=c)),
)
event_filters: Any = st.one_of(
    _period("trim"),
    st.builds(PerformerFilter, performers=st.just(("Ann", "Robo")), keep=st.just("events"), **flags),
    st.builds(
        AttributeFilter, attribute=st.just("performer"), values=st.just(("Bob",)), missing=st.booleans(),
        keep=st.just("events"), **flags,
    ),
)  # fmt: skip


def _expect(stored: tuple[Workspace, LogVersion], selection: Selection) -> None:
    """The selection's tables hold what the reference leaves."""
    ws, version = stored
    expected = reference.selected(reference.cases_of(list(rows())), selection.filters, INCOMPLETE)
    if selection.grouped_by:
        expected = reference.grouped(expected, selection.grouped_by)
    with ws.logs.select(version, selection) as connection:
        got = connection.execute(
            "SELECT case_id, e.position, a.name, p.name, e.ended, e.waiting, b.name, e.repeated FROM event e "
            "JOIN case_ c USING (case_no) JOIN activity a USING (activity_no) "
            "LEFT JOIN performer p USING (performer_no) "
            "LEFT JOIN activity b ON b.activity_no = e.previous_activity_no ORDER BY case_id, e.position"
        ).fetchall()
        counts = connection.execute("SELECT name, events, cases FROM activity ORDER BY name").fetchall()
        variants = connection.execute(
            "SELECT list_transform(v.trace, n -> (m.names)[n]) , v.length, v.cases, count(c.case_no) FROM variant v "
            "JOIN case_ c USING (variant_no), (SELECT map(list(activity_no), list(name)) AS names FROM activity) m "
            "GROUP BY ALL"
        ).fetchall()
        cases = connection.execute("SELECT case_id, started, ended, events FROM case_ ORDER BY case_id").fetchall()
        who = connection.execute("SELECT name, events FROM performer ORDER BY name").fetchall()
    assert got == [
        (case, place, row.activity, row.performer, row.ended, wait, before, row.activity in earlier)
        for case, found in sorted(expected.items())
        for place, (row, wait, before, earlier) in enumerate(
            zip(
                found,
                reference.waiting(found),
                [None, *(r.activity for r in found)],
                [[r.activity for r in found[:i]] for i in range(len(found))],
                strict=False,
            ),
            1,
        )
    ]
    flat = [r for found in expected.values() for r in found]
    assert counts == [
        (a, sum(r.activity == a for r in flat), sum(any(r.activity == a for r in f) for f in expected.values()))
        for a in sorted({r.activity for r in flat})
    ]
    assert cases == [(c, min(r.began for r in f), max(r.ended for r in f), len(f)) for c, f in sorted(expected.items())]
    assert who == [(p, sum(r.performer == p for r in flat)) for p in sorted({r.performer for r in flat if r.performer})]
    traces: dict[tuple[str, ...], int] = {}
    for found in expected.values():
        trace = tuple(r.activity for r in found)
        traces[trace] = traces.get(trace, 0) + 1
    assert sorted((tuple(t), length, n, m) for t, length, n, m in variants) == sorted(
        (t, len(t), n, n) for t, n in traces.items()
    )


@settings(max_examples=25)
@given(found=case_filters | variant_filters | event_filters)
def test_each_filter_means_what_the_reference_says(stored: tuple[Workspace, LogVersion], found: Any) -> None:
    _expect(stored, Selection((found,)))


@settings(max_examples=25)
@given(filters=st.lists(case_filters | variant_filters | event_filters, min_size=2, max_size=4))
def test_filters_are_applied_one_after_the_other(stored: tuple[Workspace, LogVersion], filters: list[Any]) -> None:
    _expect(stored, Selection(tuple(filters)))


@settings(max_examples=25)
@given(filters=st.lists(case_filters, max_size=2), by=st.sampled_from(("performer", "performer_kind")))
def test_any_attribute_can_stand_in_the_place_of_activities(
    stored: tuple[Workspace, LogVersion], filters: list[Any], by: str
) -> None:
    _expect(stored, Selection(tuple(filters), grouped_by=by))


@settings(max_examples=25)
@given(filters=st.lists(case_filters, min_size=2, max_size=3), order=st.randoms(use_true_random=False))
def test_filters_on_cases_commute(stored: tuple[Workspace, LogVersion], filters: list[Any], order: Random) -> None:
    ws, version = stored
    turned = list(filters)
    order.shuffle(turned)
    found = []
    for some in (filters, turned):
        with ws.logs.select(version, Selection(tuple(some))) as connection:
            found.append(connection.execute("SELECT case_no FROM case_ ORDER BY case_no").fetchall())
    assert found[0] == found[1]


@settings(max_examples=25)
@given(found=case_filters)
def test_a_filter_and_its_inversion_share_the_cases_out(stored: tuple[Workspace, LogVersion], found: Any) -> None:
    ws, version = stored
    sizes = []
    for inverted in (False, True):
        turned = found.model_copy(update={"inverted": inverted, "disabled": False})
        sizes.append(ws.logs.remaining(version, Selection((turned,)))[0].cases)
    assert sum(sizes) == CASES


@settings(max_examples=25)
@given(filters=st.lists(case_filters | event_filters, min_size=1, max_size=3))
def test_the_fast_way_has_the_same_moves(stored: tuple[Workspace, LogVersion], filters: list[Any]) -> None:
    ws, version = stored
    found = []
    for moves_only in (False, True):
        with ws.logs.select(version, Selection(tuple(filters)), moves_only=moves_only) as connection:
            moves = connection.execute(
                "SELECT previous_activity_no, activity_no, count(*), sum(waiting) FROM event GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            found.append(moves)
    assert found[0] == found[1]
    left = ws.logs.remaining(version, Selection(tuple(filters)))
    if left:
        assert left[-1].events == sum(n for _, _, n, _ in found[0])
        assert left[-1].cases == sum(n for before, _, n, _ in found[0] if before is None)


@settings(max_examples=25)
@given(filters=st.lists(case_filters | variant_filters | event_filters, max_size=4), by=st.sampled_from(("", "system")))
def test_a_selection_survives_its_text(filters: list[Any], by: str) -> None:
    selection = Selection(tuple(filters), by)
    assert Selection.parse(selection.text()) == selection
    assert Selection.parse(selection.text()).digest == selection.digest
