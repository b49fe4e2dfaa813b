"""The back-test: areas and intervals by hand, who did it hidden, logs of one process, leave one out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.view import View
from core.workspace import Workspace
from mining.allocation import BacktestLog, backtest, look_back
from mining.allocation.backtest.auc import AucEstimate, auc, auc_interval, mean, together
from mining.allocation.backtest.hiding import BacktestTask, automated_shares, hidden
from mining.allocation.backtest.logit import fit
from mining.allocation.backtest.processes import processes
from mining.allocation.backtest.rankings import FITTED, WhenRead
from tests.builders import staged_log
from tests.mining.test_allocation import PROFILE, task


def test_areas_worked_by_hand() -> None:
    assert auc([3, 2], [1, 0]) == 1
    assert auc([0], [1, 2]) == 0
    assert auc([2, 1], [2, 0]) == 0.625  # 2>0, 1>0 win, 2=2 half, 1<2 lost: 2.5 of 4
    assert auc([1, 1], [1]) == 0.5


SCORES = st.lists(st.floats(-10, 10), min_size=1, max_size=8)


@given(automated=SCORES, human=SCORES)
def test_turned_round_the_area_is_its_rest_and_scale_says_nothing(automated: list[float], human: list[float]) -> None:
    found = auc(automated, human)
    assert found + auc(human, automated) == pytest.approx(1)
    assert auc([2 * a for a in automated], [2 * h for h in human]) == found
    interval = auc_interval(found, len(automated), len(human))
    assert 0 <= interval.low <= found + 1e-9
    assert found - 1e-9 <= interval.high <= 1


def test_an_interval_is_not_empty_where_all_is_right_and_shrinks_with_more_tasks() -> None:
    few, many = auc_interval(1.0, 2, 12), auc_interval(1.0, 20, 120)
    assert few.high == many.high == 1
    assert 0.4 < few.low < many.low < 1
    # at 0.5 with one of each, z x sqrt(0.25) = 0.98 reaches both ends
    assert auc_interval(0.5, 1, 1).low < 0.1


def test_means() -> None:
    one, other = AucEstimate(1.0, 0.6, 1.0), AucEstimate(0.5, 0.2, 0.8)
    assert together([one, other]) == AucEstimate(0.75, 0.4, 0.9)
    found = mean([one, other])
    assert found.auc == 0.75
    assert found.low == pytest.approx(0.75 - (0.4**2 + 0.3**2) ** 0.5 / 2)
    assert found.high == pytest.approx(0.75 + 0.3 / 2)


def test_a_fit_finds_the_feature_that_tells() -> None:
    weights = fit([[1, 0.5], [0.9, 0.5], [0.1, 0.5], [0, 0.5]], [True, True, False, False], [1.0] * 4)
    assert weights[0] > 0.5
    assert abs(weights[1]) < 1e-6


def test_who_did_it_by_name_and_by_what_the_log_says() -> None:
    done = [
        ("a", "112", "unknown", 6), ("a", "Bo", "unknown", 4), ("b", "Bo", "human", 1), ("b", "SAP", "system", 3),
        ("c", "Bo", "unknown", 1), ("d", None, "unknown", 9),
    ]  # fmt: skip
    assert automated_shares(done, {}) == {"b": 0.75}
    assert automated_shares(done, {"112": "system"}) == {"a": 1.0, "b": 0.75}  # of those known
    assert automated_shares(done, {"112": "system", "*": "human"}) == {"a": 0.6, "b": 0.75, "c": 0.0}


def test_hidden_is_hidden() -> None:
    by_system = replace(PROFILE, system_share=1.0, human_share=0.0, performers=1, self_loop_share=0.9)
    assert hidden(by_system) == hidden(PROFILE)


def log(name: str, *tasks: tuple[str, float, bool]) -> BacktestLog:
    """A log of tasks, each with a name, a share of cases, and whether software does it."""
    made = tuple(BacktestTask(task(activity, cases_share=share, count=100), by) for activity, share, by in tasks)
    return BacktestLog(name, tuple(activity for activity, _, _ in tasks), made)


def test_logs_that_share_names_are_one_process() -> None:
    one = log("one", ("Start", 1, False), ("a", 1, True), ("b", 1, False))
    other = log("other", ("Start", 1, False), ("A", 1, True), ("b", 1, False), ("c", 1, False), ("d", 1, False))
    third = log("third", ("c", 1, False), ("d", 1, True))
    alone = log("alone", ("Start", 1, False), ("a", 1, True))  # one name and a start prove nothing
    assert [[entry.name for entry in group] for group in processes([one, alone, third, other])] == [
        ["alone"], ["one", "third", "other"],
    ]  # fmt: skip


def test_a_back_test_worked_by_hand() -> None:
    first = log("first", ("Xa", 0.9, True), ("Xb", 0.8, False), ("Xc", 0.3, True), ("Xd", 0.2, False))
    second = log("second", ("Ya", 0.9, True), ("Yb", 0.1, False))
    bare = log("bare", ("Za", 0.9, False))
    found = backtest([first, second, bare])
    assert found.left_out == ("bare",)
    assert [(entry.log, entry.process, entry.automated) for entry in found.logs] == [
        ("first", 1, ("Xa", "Xc")), ("second", 2, ("Ya",)),
    ]  # fmt: skip
    assert found.logs[0].areas["suitability"].auc == 0.75  # Xc stands below Xb
    assert found.mean["suitability"].auc == 0.875
    assert found.mean["chance"].auc == found.mean["frequency"].auc == 0.5  # all counts are alike
    assert found.over_frequency.mean == 0.375
    assert [(wrong.human, wrong.automated) for wrong in found.logs[0].misranked] == [("Xb", "Xc")]
    assert found.mean[FITTED].auc == 0.875
    assert {name for name, known in found.known.items() if known is WhenRead.AFTER} == {"burst", "instant"}
    assert backtest([first, second, bare]) == found


def test_one_process_is_not_left_out_of_itself() -> None:
    assert FITTED not in backtest([log("first", ("Xa", 0.9, True), ("Xb", 0.8, False))]).mean


def test_without_both_kinds_there_is_nothing_to_find() -> None:
    with pytest.raises(BadInput, match="--kind"):
        backtest([log("bare", ("Za", 0.9, False))])


def test_a_log_is_looked_back_on(ws: Workspace) -> None:
    rows = []
    for n in range(40):
        day = f"2026-01-{5 + n % 20:02}"
        rows += [
            (str(n), "order", f"{day} 08:00", f"{day} 08:10", "Ada", "human"),
            (str(n), "approve", f"{day} 09:00", f"{day} 09:10", "Bo", "unknown"),
            (str(n), "post", f"{day} 10:00", f"{day} 10:00", "SAP", "system"),
        ]
    staged_log(ws, rows, "orders")
    found = look_back(ws, View("orders"), {})
    assert set(found.activities) == {"order", "approve", "post"}
    assert {one.evidence.activity: one.automated for one in found.tasks} == {"order": False, "post": True}
    assert all(one.evidence.profile.system_share is None for one in found.tasks)
    every = look_back(ws, View("orders"), {"*": "human"})
    assert {one.evidence.activity: one.automated for one in every.tasks} == {
        "order": False, "approve": False, "post": True,
    }  # fmt: skip
