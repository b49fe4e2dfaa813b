"""The intervals against published and exact values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kpi.intervals import Z, effective_size, poisson_rate, ratio, student_t, wilson


def test_wilson_equals_newcombes_published_example() -> None:
    # Newcombe, Statistics in Medicine 17, 1998, table I: 81 of 263 gives 0.2553 to 0.3662, 0 of 20 gives 0 to 0.1611
    interval = wilson(81 / 263, 263)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)
    interval = wilson(0, 20)
    assert (interval.low, round(interval.high, 4)) == (0, 0.1611)


@pytest.mark.parametrize("count", [5, 10, 37, 400])
def test_byar_stays_within_one_per_cent_of_the_exact_poisson_interval(count: int) -> None:
    exact = stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.ppf(0.975, 2 * count + 2) / 2
    interval = poisson_rate(count, 1)
    assert interval.low == pytest.approx(exact[0], rel=0.01)
    assert interval.high == pytest.approx(exact[1], rel=0.01)


def test_a_rate_of_no_events_reaches_from_0_to_the_exact_upper_limit() -> None:
    interval = poisson_rate(0, 7)
    assert interval.low == 0
    assert interval.high == pytest.approx(-math.log(0.025) / 7)


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 10, 30, 1000])
def test_student_t_equals_the_tables(degrees: int) -> None:
    assert student_t(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=0.002)


def test_ratio_of_one_task_a_case_is_the_interval_of_a_mean() -> None:
    costs = [10.0, 12.0, 14.0, 16.0, 18.0]
    squares = sum((c - 14) ** 2 for c in costs)
    interval = ratio(14, 5, 5, squares)
    assert interval is not None
    low, high = stats.t.interval(0.95, 4, loc=14, scale=stats.sem(costs))
    assert interval.low == pytest.approx(low, rel=1e-3)
    assert interval.high == pytest.approx(high, rel=1e-3)
    assert ratio(14, 5, 1, 0) is None


def test_failures_that_come_in_whole_cases_count_as_cases() -> None:
    # 10 cases of 10 instances; 2 cases fail throughout: share 0.2, residuals 2 * (10 - 2)^2 + 8 * 2^2 = 160
    # clustered variance 10/9 * 160 / 100^2 = 0.017778, independent 0.2 * 0.8 / 100 = 0.0016, design effect 11.11
    assert effective_size(0.2, 100, 10, 160) == pytest.approx(9.0)
    assert effective_size(0.2, 100, 1, 160) == 100
    assert effective_size(0.0, 100, 10, 0) == 100


def test_the_ranks_of_the_medians_interval_cover_95_per_cent_from_6_cases_on() -> None:
    for n in range(6, 1500):
        low_rank = math.floor((n + 1 - Z * math.sqrt(n)) / 2)
        assert low_rank >= 1
        coverage = 1 - 2 * stats.binom.cdf(low_rank - 1, n, 0.5)
        assert coverage >= 0.9489, n
    assert math.floor((5 + 1 - Z * math.sqrt(5)) / 2) == 0  # five cases give no such interval


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_wilson_holds_the_share_and_stays_a_share(n: int, share: float) -> None:
    interval = wilson(share, n)
    assert 0 <= interval.low <= share + 1e-12
    assert share - 1e-12 <= interval.high <= 1
