"""The formulas of an allocation, each by a case worked by hand, and the laws they keep."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mining.allocation.flows import FlowCounter
from mining.allocation.formulas.burst import burst_share
from mining.allocation.formulas.entropy import entropy_bits
from mining.allocation.formulas.instant import instant_share
from mining.allocation.formulas.label_words import clerical_share
from mining.allocation.formulas.net_value import net_value
from mining.allocation.formulas.outcomes import done_once
from mining.allocation.formulas.share_of_cases import share_of_cases
from mining.allocation.formulas.stability import drift
from mining.allocation.formulas.task_profile import in_favour
from mining.allocation.values import TaskAnswer, TaskQuestion
from mining.map.variant import Variant


def test_shares_worked_by_hand() -> None:
    assert share_of_cases(30, 40) == 0.75
    assert done_once(50, 40) == 0.8
    assert done_once(0, 0) is None
    assert drift([0.5, 0.9, 0.6, 0.7]) == pytest.approx(0.4)
    assert drift([0.5, 0.9]) is None
    assert clerical_share(1, 3) == 0.25
    assert clerical_share(0, 0) is None
    assert burst_share(3, 12) == 0.25
    assert burst_share(0, 0) is None
    assert instant_share(1, 4) == 0.25
    assert instant_share(0, 0) is None


def test_entropy_worked_by_hand() -> None:
    groups = np.array([[1.0, 1.0, 0, 0], [0, 0, 1.0, 1.0]])
    found = entropy_bits(np.array([[4.0, 4.0, 3.0, 1.0], [8.0, 0.0, 0.0, 0.0]]), groups)
    assert found[0, 0] == 1
    # 3/4 log2(4/3) + 1/4 log2(4)
    assert found[0, 1] == pytest.approx(0.75 * math.log2(4 / 3) + 0.5)
    assert found[1, 0] == 0
    assert math.isnan(found[1, 1])


@given(counts=st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any))
def test_entropy_lies_between_one_way_and_all_ways_alike(counts: list[int]) -> None:
    found = float(entropy_bits(np.array([counts], dtype=float), np.ones((1, len(counts))))[0, 0])
    ways = sum(count > 0 for count in counts)
    assert -1e-9 <= found <= math.log2(ways) + 1e-9


def test_value_worked_by_hand() -> None:
    # 120 a month of half an hour: 60 h; 5 % redone 3 h; 10 % looked at for a minute 0.2 h; 100 + 120 x 0.05 = 106 at 45
    found = net_value(120, 1800, reviewed=0.1)
    assert (found.hours, found.redone, found.review, found.running) == (60, 3, 0.2, 106)
    assert found.net == pytest.approx(56.8 * 45 - 106)
    assert found.net_hours == pytest.approx(56.8 - 106 / 45)
    assert net_value(120, 1800, reviewed=0.1, failed=0.5).redone == 30
    assert net_value(10, 5, reviewed=1.0).net < 0


@given(monthly=st.floats(0, 1e5), seconds=st.floats(0, 28_800), less=st.floats(0, 1), more=st.floats(0, 1))
def test_more_review_is_never_worth_more(monthly: float, seconds: float, less: float, more: float) -> None:
    less, more = sorted((less, more))
    assert net_value(monthly, seconds, less).net >= net_value(monthly, seconds, more).net - 1e-6


def test_answers_in_favour() -> None:
    assert in_favour({}) is None
    assert in_favour({TaskQuestion.PHYSICAL: TaskAnswer.NO, TaskQuestion.REVERSIBLE: TaskAnswer.NO}) == 0.5
    assert in_favour({TaskQuestion.REVERSIBLE: TaskAnswer.YES}) == 1


VARIANTS = (Variant(("a", "b", "c"), 3), Variant(("a", "b", "b"), 1))


def test_flows_worked_by_hand() -> None:
    found = FlowCounter(VARIANTS).count()
    at = {name: found.column(name) for name in "abc"}
    assert found.every.tolist() == [4]
    assert [found.cases[0, at[n]] for n in "abc"] == [4, 4, 3]
    assert [found.instances[0, at[n]] for n in "abc"] == [4, 5, 3]
    assert [found.opens[0, at[n]] for n in "abc"] == [4, 0, 0]
    assert found.next_bits[0, at["a"]] == 0
    # b: c three times, b once, the end once
    expected = -(0.6 * math.log2(0.6) + 2 * 0.2 * math.log2(0.2))
    assert found.next_bits[0, at["b"]] == pytest.approx(expected)
    # before b: a four times, b once
    assert found.before_bits[0, at["b"]] == pytest.approx(-(0.8 * math.log2(0.8) + 0.2 * math.log2(0.2)))


def test_redrawn_cases_are_as_many_and_the_same_each_time() -> None:
    one, other = (FlowCounter(VARIANTS).redrawn(50, seed=7) for _ in range(2))
    assert set(one.every.tolist()) == {4}
    assert (one.cases == other.cases).all()
    assert len(set(one.cases[:, one.column("c")].tolist())) > 1
