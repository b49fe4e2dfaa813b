"""The intervals of shares and rates against published and exact values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.intervals import poisson_rate, wilson


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


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_wilson_holds_the_share_and_stays_a_share(n: int, share: float) -> None:
    interval = wilson(share, n)
    assert 0 <= interval.low <= share + 1e-12
    assert share - 1e-12 <= interval.high <= 1
