"""Concept drift: a planted one is found where it is, a log without any shows none, and the end of a log is doubted."""

from __future__ import annotations

import json
import random
from datetime import UTC, timedelta

import numpy as np
import pytest

from app.main import run
from core.errors import BadInput
from core.selection.filters import Timeframe
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.compare.drift import find_drift
from mining.compare.drift_tests import compare_shares
from mining.compare.drift_values import ChangeKind, Drift
from tests.mining.whole_cases import DAY, Case, log_of


def cases_of(number: int, change: int, seed: int = 1) -> list[Case]:
    """Cases an hour apart; from `change` on most check before they pay, before it most pay first."""
    draw = random.Random(seed)
    early, late = ("order", "pay", "check", "close"), ("order", "check", "pay", "close")
    return [
        Case((late if n >= change else early) if draw.random() < 0.8 else draw.choice([early, late]), start=n)
        for n in range(number)
    ]


@pytest.fixture
def planted(ws: Workspace) -> Drift:
    log_of(ws, cases_of(600, 330))
    return find_drift(ws, View("cases"))


def test_a_planted_drift_is_found_within_one_window(planted: Drift) -> None:
    (point,) = planted.points
    assert planted.window == 60
    place = (point.moment - DAY.replace(tzinfo=UTC)) / timedelta(hours=1)
    assert abs(place - 330) <= planted.window // 5  # far closer than a window
    paths = {name for change in point.changes for name in (change.what, *change.also)}
    assert {"order → pay", "order → check", "check → pay", "pay → check"} <= paths
    assert 0.5 < point.strength < 0.9  # of 3 steps all change, in about 8 of 10 cases
    assert not point.doubt
    assert not point.only_mix


def test_before_and_after_are_two_sides_of_the_log(ws: Workspace, planted: Drift) -> None:
    (point,) = planted.points
    assert (point.before.mode, point.before.start, point.before.end) == (Timeframe.STARTING, None, point.moment)
    assert (point.after.start, point.after.end) == (point.moment, None)
    version = ws.logs.get("cases")
    counts = []
    for side in (point.before, point.after):
        with ws.logs.select(version, Selection((side,))) as connection:
            counts.append(connection.execute("SELECT count(*) FROM case_").fetchall()[0][0])
    assert sum(counts) == 600


def test_the_share_of_each_path_before_and_after(ws: Workspace) -> None:
    """Without noise: all cases before, none after, and half of ... all steps move but the ends' shares stay."""
    cases = [Case(("a", "b") if n < 150 else ("a", "c"), start=n) for n in range(300)]
    log_of(ws, cases)
    (point,) = find_drift(ws, View("cases")).points
    assert point.strength == 1.0
    assert (point.cases_before, point.cases_after) == (50, 50)
    assert {(c.before, c.after) for c in point.changes} == {(1.0, 0.0), (0.0, 1.0)}
    assert point.moment == (DAY + timedelta(hours=150)).replace(tzinfo=UTC)


def test_two_planted_drifts_bound_each_other(ws: Workspace) -> None:
    cases = [Case(("a", "b") if n < 200 or n >= 400 else ("a", "c"), start=n) for n in range(600)]
    log_of(ws, cases)
    first, second = find_drift(ws, View("cases")).points
    assert (first.after.start, first.after.end) == (first.moment, second.moment)
    assert second.before == first.after


def test_cycle_times_that_double(ws: Workspace) -> None:
    draw = random.Random(4)
    cases = [Case(("a", "b"), start=n, gap=draw.uniform(1, 2) * (1 if n < 200 else 2)) for n in range(400)]
    log_of(ws, cases)
    (point,) = find_drift(ws, View("cases")).points
    (change,) = point.changes
    assert change.kind is ChangeKind.CYCLE_TIME
    assert change.after / change.before == pytest.approx(2, rel=0.2)


def test_a_change_of_the_mix_is_told_as_one(ws: Workspace) -> None:
    cases = [Case(("a", "b"), start=n, attributes={"@region": "north" if n < 150 else "south"}) for n in range(300)]
    log_of(ws, cases)
    (point,) = find_drift(ws, View("cases")).points
    assert point.only_mix
    assert {c.what for c in point.changes} | {a for c in point.changes for a in c.also} == {
        "region is north", "region is south",
    }  # fmt: skip


def test_a_log_without_drift_shows_none(ws: Workspace) -> None:
    log_of(ws, cases_of(600, 0, seed=8))
    found = find_drift(ws, View("cases"))
    assert found.points == ()
    assert found.tests > 100


def test_logs_without_drift_show_one_with_a_chance_of_at_most_alpha() -> None:
    """500 logs of 300 cases with 12 features that never change, at alpha 0.05, whatever the size of the change."""
    draw = np.random.default_rng(11)
    shares = draw.uniform(0.05, 0.95, 12)
    false = 0
    for _ in range(500):
        counts = draw.binomial(10, np.repeat(shares[:, None], 30, axis=1))
        found = compare_shares(counts, np.full(30, 10))
        false += bool((found.p * found.tests <= 0.05).any())
    assert false <= 40  # 25 expected at most; above 40 has a chance of 0.001


def test_the_end_of_a_log_is_doubted(ws: Workspace) -> None:
    """Cases take 100 hours to close; the log ends while the last ones run, and so never shows their end."""
    cases = []
    for n in range(400):
        closes = n + 100 <= 400
        cases.append(Case(("open", "close") if closes else ("open",), start=n, gap=100, complete=closes))
    log_of(ws, cases)
    (point,) = find_drift(ws, View("cases")).points
    assert "may be the end of the log" in point.doubt


def test_too_few_cases_are_withheld(ws: Workspace) -> None:
    log_of(ws, [Case(("a",), start=n) for n in range(60)])
    found = find_drift(ws, View("cases"))
    assert found.withheld == "60 cases are too few: two windows of 50 cases are needed, one before and one after."


def test_a_window_that_is_too_small_is_refused(ws: Workspace) -> None:
    log_of(ws, [Case(("a",), start=n) for n in range(60)])
    with pytest.raises(BadInput):
        find_drift(ws, View("cases"), window=5)


def test_the_command(ws: Workspace, planted: Drift, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["map", "drift", "cases"]) == 0
    text = capsys.readouterr().out
    assert "1 drift point." in text
    assert "order → check" in text
    assert run(["map", "drift", "cases", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["points"]) == 1
