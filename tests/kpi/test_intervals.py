"""The intervals against published and exact values."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from core.intervals import Z
from kpi.intervals import effective_size, ratio, student_t


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
