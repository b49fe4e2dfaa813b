"""Differences between two groups with their intervals: of medians and of shares."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from core.intervals import Z, wilson


@dataclass(frozen=True)
class Difference:
    """One group against another: `value` is the first's less the second's."""

    value: float
    low: float  # 95 % interval
    high: float
    p: float  # two-sided, that chance alone makes such a difference


def of_medians(one: Any, other: Any) -> Difference:
    """The difference of the medians of two arrays of numbers, 5 or more each.

    Interval: D. G. Bonett, R. M. Price, "Statistical inference for a linear function of medians" (2002). p: the rank
    test of H. B. Mann and D. R. Whitney (1947), corrected for ties.
    """
    import numpy as np
    from scipy.stats import mannwhitneyu

    one, other = np.sort(one), np.sort(other)
    value = float(np.median(one) - np.median(other))
    margin = Z * math.sqrt(_median_variance(one) + _median_variance(other))
    same = one[0] == one[-1] == other[0] == other[-1]
    p = 1.0 if same else float(mannwhitneyu(one, other, method="asymptotic").pvalue)
    return Difference(value, value - margin, value + margin, p)


def of_shares(hits: int, n: int, other_hits: int, other_n: int) -> Difference:
    """The difference of two shares.

    Interval: R. G. Newcombe, "Interval estimation for the difference between independent proportions" (1998), no. 10.
    p: the normal test of two shares with the common share as its variance.
    """
    first, second = hits / n, other_hits / other_n
    own, other = wilson(first, n), wilson(second, other_n)
    value = first - second
    down = math.hypot(first - own.low, other.high - second)
    up = math.hypot(own.high - first, second - other.low)
    common = (hits + other_hits) / (n + other_n)
    error = math.sqrt(common * (1 - common) * (1 / n + 1 / other_n))
    p = math.erfc(abs(value) / error / math.sqrt(2)) if error else 1.0
    return Difference(value, value - down, value + up, p)


def _median_variance(ordered: Any) -> float:
    """Variance of the median of sorted numbers, from two of their order statistics."""
    from scipy.stats import binom, norm

    n = len(ordered)
    rank = max(1, round((n + 1) / 2 - math.sqrt(n)))
    z = norm.ppf(1 - binom.cdf(rank - 1, n, 0.5))
    return float(((ordered[n - rank] - ordered[rank - 1]) / (2 * z)) ** 2)
