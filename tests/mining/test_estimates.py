"""The statistics under causes, compare and drift: against published figures, scipy, and their own laws."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from mining.compare.drift_tests import compare_shares, compare_times, distances, peaks
from mining.estimates import (
    Estimate,
    difference,
    false_discovery,
    fisher,
    independence,
    odds,
    of_medians,
    quantile,
    rank_sum,
    rate,
    wilson,
)

CELL = st.integers(0, 60)


def test_an_odds_ratio_worked_by_hand() -> None:
    # 61 * 1084 / (79 * 210) = 3.9858; ln 3.9858 +- 1.96 * sqrt(1/61 + 1/79 + 1/210 + 1/1084) = 1.3827 +- 0.3654
    found = odds(61, 79, 210, 1084)
    assert found.ratio[0] == pytest.approx(3.9858, abs=1e-4)
    assert (found.low[0], found.high[0]) == (pytest.approx(2.7661, abs=1e-3), pytest.approx(5.7432, abs=1e-3))


def test_an_empty_cell_adds_a_half_to_all() -> None:
    # (10.5 * 20.5) / (0.5 * 5.5)
    assert odds(10, 0, 5, 20).ratio[0] == pytest.approx(10.5 * 20.5 / (0.5 * 5.5))


@given(CELL, CELL, CELL, CELL)
def test_swapping_marked_and_unmarked_inverts_the_odds_ratio(a: int, b: int, c: int, d: int) -> None:
    one, other = odds(a, b, c, d), odds(b, a, d, c)
    assert one.ratio[0] == pytest.approx(1 / other.ratio[0])
    assert one.low[0] == pytest.approx(1 / other.high[0])
    assert one.p[0] == pytest.approx(other.p[0])


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_odds_agree_with_scipy(a: int, b: int, c: int, d: int) -> None:
    found = odds(a, b, c, d)
    known = scipy_stats.contingency.odds_ratio([[a, b], [c, d]], kind="sample")
    interval = known.confidence_interval(0.95)
    assert found.ratio[0] == pytest.approx(known.statistic)
    assert (found.low[0], found.high[0]) == (pytest.approx(interval.low), pytest.approx(interval.high))
    table = scipy_stats.chi2_contingency([[a, b], [c, d]], correction=False)
    if table.expected_freq.min() >= 5:
        assert found.p[0] == pytest.approx(table.pvalue)
    else:
        assert found.p[0] == pytest.approx(scipy_stats.fisher_exact([[a, b], [c, d]]).pvalue)


def test_fisher_on_the_lady_tasting_tea() -> None:
    # 3 of 4 right: 2 * (16 + 1) / 70
    assert fisher(3, 1, 1, 3) == pytest.approx(34 / 70)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_correction_agrees_with_scipy(p: list[float]) -> None:
    assert false_discovery(np.array(p)) == pytest.approx(scipy_stats.false_discovery_control(p))


def test_random_marks_are_rarely_discovered() -> None:
    """Of 1,000 marks drawn at random, at most about alpha have any factor that passes the correction."""
    random = np.random.default_rng(7)
    cases, factors = 400, 60
    having = random.random((cases, factors)) < random.uniform(0.1, 0.9, factors)
    discovered = 0
    for _ in range(1000):
        marked = random.random(cases) < 0.3
        a, n = having[marked].sum(axis=0), having.sum(axis=0)
        p = odds(a, n - a, marked.sum() - a, cases - marked.sum() - n + a).p
        discovered += bool((false_discovery(p) <= 0.05).any())
    assert discovered <= 75  # 50 expected at most; 75 is 3.6 standard deviations above


def test_a_difference_of_shares_as_newcombe_printed_it() -> None:
    # Newcombe 1998, Table II (a), method 10: 56/70 - 48/80 lies from 0.0524 to 0.3339
    found = difference(wilson(48, 80), wilson(56, 70))
    assert found is not None
    assert found.value == pytest.approx(0.2)
    assert found.low == pytest.approx(0.0524, abs=5e-5)
    assert found.high == pytest.approx(0.3339, abs=5e-5)
    assert found.certain


def test_a_median_lies_between_order_statistics() -> None:
    # of 100 values the 40th and the 61st: binomial(100, 1/2) has 2.5 % below 40
    assert quantile(np.arange(1.0, 101.0), 0.5) == Estimate(50.5, 40.0, 61.0)
    assert quantile(np.array([1.0, 2.0, 3.0]), 0.5) == Estimate(2.0), "too few for an interval"
    assert quantile(np.array([]), 0.5) is None


def test_the_interval_of_a_median_holds_what_it_promises() -> None:
    random = np.random.default_rng(3)
    held = 0
    for _ in range(2000):
        one, other = np.sort(random.exponential(1, 60)), np.sort(random.exponential(2, 80))
        found = difference(quantile(one, 0.5), quantile(other, 0.5))
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held += found.low <= np.log(2) <= found.high
    assert held >= 0.94 * 2000


def test_a_rate_without_exposure_is_none() -> None:
    assert rate(3, 0.0) is None
    found = rate(10, 2.0)
    assert found is not None
    assert found.value == 5.0


def test_independence_of_an_empty_row_is_certain() -> None:
    assert independence(0, 0, 3, 4)[0] == 1.0


def test_times_are_compared_as_scipy_does() -> None:
    random = np.random.default_rng(5)
    parts = np.repeat(np.arange(10), 8)
    seconds = np.round(random.exponential(5, 80))  # with ties
    found = compare_times(parts, seconds, 10)
    assert found.tests == 1
    known: Any = scipy_stats.mannwhitneyu(seconds[40:], seconds[:40], method="asymptotic", use_continuity=False)
    assert found.p[0, 0] == pytest.approx(known.pvalue)
    assert found.effect[0, 0] == pytest.approx(known.statistic / 1600 - 0.5)
    assert (found.before[0, 0], found.after[0, 0]) == (np.median(seconds[:40]), np.median(seconds[40:]))


def test_shares_are_compared_at_every_place() -> None:
    counts = np.array([[0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8]])
    found = compare_shares(counts, np.full(11, 10))
    # parts 0 to 4 against 5 to 9: 0 of 50 against 40 of 50, chi-square 100 * (50 * 40)^2 / (50 * 50 * 40 * 60)
    assert found.statistic[0, 0] == pytest.approx(100 * 2000**2 / (50 * 50 * 40 * 60))
    assert (found.before[0, 1], found.after[0, 1]) == (8 / 50, 40 / 50)
    assert found.tests == 2


def test_what_is_rare_is_not_tested() -> None:
    assert compare_shares(np.array([[0] * 9 + [1]]), np.full(10, 10)).tests == 0


def test_distance_of_paths() -> None:
    # before 50 ab, 50 bc; after 50 ab, 50 bd: half of the steps moved
    times = np.array([[10.0] * 10, [10.0] * 5 + [0.0] * 5, [0.0] * 5 + [10.0] * 5])
    assert distances(times).tolist() == [0.5]


def test_a_peak_is_the_highest_within_a_window() -> None:
    assert peaks([0, 1, 3, 2, 0, 0, 0, 0, 0, 2, 2, 0]) == [2, 9]
    assert peaks([0.0, 0.0]) == []


@given(st.lists(st.integers(0, 9), min_size=5, max_size=30), st.lists(st.integers(0, 9), min_size=5, max_size=30))
def test_two_samples_by_ranks_as_scipy_has_them(first: list[int], second: list[int]) -> None:
    found, whole = rank_sum(np.array(first), np.array(second)), [*first, *second]
    if min(whole) == max(whole):
        assert (found.chi_square, found.effect) == (0.0, 0.0)
        return
    theirs = scipy_stats.mannwhitneyu(second, first, method="asymptotic", use_continuity=False)
    assert found.effect == pytest.approx(theirs.statistic / found.pairs - 0.5)
    assert math.erfc(math.sqrt(found.chi_square / 2)) == pytest.approx(theirs.pvalue)
    with_continuity = scipy_stats.mannwhitneyu(first, second, method="asymptotic").pvalue
    assert of_medians(np.array(first, float), np.array(second, float)).p == pytest.approx(with_continuity)
