"""Statistics of tables, medians, shares and two samples: pure functions over arrays. Every formula names its source."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import intervals
from core.intervals import Z

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

SMALL = 5.0  # an expected count below this asks for Fisher's exact test (Cochran, Biometrics 10, 1954)


@dataclass(frozen=True)
class Odds:
    """Odds ratios of many 2x2 tables, with their 95 % intervals and two-sided p-values."""

    ratio: Numbers
    low: Numbers
    high: Numbers
    p: Numbers


def odds(a: Any, b: Any, c: Any, d: Any) -> Odds:
    """Of each table, `a` marked and `b` unmarked cases with a factor, `c` and `d` without: the odds ratio ad / bc.

    Interval: Woolf, Annals of Human Genetics 19, 1955. Where a cell is 0, 0.5 is added to all four (Haldane 1956,
    Anscombe 1956). p: Pearson's chi-square without correction; where an expected count is below SMALL, Fisher's exact
    test.
    """
    import numpy as np

    cells = np.array([a, b, c, d], dtype=float).reshape(4, -1)
    corrected = cells + np.where((cells == 0).any(axis=0), 0.5, 0.0)
    log_ratio = np.log(corrected[0]) + np.log(corrected[3]) - np.log(corrected[1]) - np.log(corrected[2])
    half = Z * np.sqrt((1 / corrected).sum(axis=0))
    return Odds(np.exp(log_ratio), np.exp(log_ratio - half), np.exp(log_ratio + half), independence(*cells))


def independence(a: Any, b: Any, c: Any, d: Any) -> Numbers:
    """The two-sided p-value of each table that row and column have nothing to do with each other; see `odds`."""
    import numpy as np
    from scipy.special import chdtrc

    cells = [np.asarray(cell, dtype=float).ravel() for cell in (a, b, c, d)]
    square, smallest = chi_square(*cells)
    p: Numbers = chdtrc(1, square)
    for i in np.flatnonzero(smallest < SMALL):
        p[i] = fisher(*(int(cell[i]) for cell in cells))
    return p


def chi_square(a: Any, b: Any, c: Any, d: Any) -> tuple[Numbers, Numbers]:
    """Pearson's chi-square of each table, 0 where a row or column is empty, and its smallest expected count."""
    import numpy as np

    n = a + b + c + d
    product = (a + b) * (c + d) * (a + c) * (b + d)
    with np.errstate(divide="ignore", invalid="ignore"):
        smallest = np.minimum(a + b, c + d) * np.minimum(a + c, b + d) / n
        square = n * (a * d - b * c) ** 2 / product
    return np.nan_to_num(square), np.nan_to_num(smallest)


def fisher(a: int, b: int, c: int, d: int) -> float:
    """Fisher's exact two-sided p-value: the probability of all tables with these margins that are no more likely."""
    import numpy as np
    from scipy.special import gammaln

    row, column, n = a + b, a + c, a + b + c + d
    x = np.arange(max(0, row + column - n), min(row, column) + 1)

    def choose(whole: Any, part: Any) -> Any:
        return gammaln(whole + 1) - gammaln(part + 1) - gammaln(whole - part + 1)

    log_p = choose(row, x) + choose(n - row, column - x) - choose(n, column)
    return float(min(1.0, np.exp(log_p[log_p <= log_p[a - x[0]] + 1e-7]).sum()))


def false_discovery(p: Numbers) -> Numbers:
    """The q-value of each p-value: the false discovery rate at which it would still be called a discovery.

    Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995.
    """
    import numpy as np

    n = len(p)
    order = np.argsort(p)
    steps = p[order] * n / np.arange(1, n + 1)
    q = np.empty(n)
    q[order] = np.minimum(1.0, np.minimum.accumulate(steps[::-1])[::-1])
    return q


@dataclass(frozen=True)
class Estimate:
    """A value and where it plausibly lies: its 95 % interval, None where the data are too few for one."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def certain(self) -> bool:
        """Whether the interval lies on one side of 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def quantile(values: Numbers, q: float) -> Estimate | None:
    """The `q` quantile of sorted `values`, linear between neighbours; None where there are none.

    Interval from order statistics, without any assumption on the distribution: Hahn and Meeker, Statistical Intervals,
    1991, section 5.2.
    """
    n = len(values)
    if not n:
        return None
    place = (n - 1) * q
    below = math.floor(place)
    above = min(below + 1, n - 1)
    value = float(values[below] + (values[above] - values[below]) * (place - below))
    low, high = _binomial(0.025, n, q), _binomial(0.975, n, q) + 1
    if low < 1 or high > n:
        return Estimate(value)
    return Estimate(value, float(values[low - 1]), float(values[high - 1]))


def _binomial(p: float, n: int, q: float) -> int:
    """The smallest number of successes, in `n` trials of chance `q`, that is not exceeded with probability `p`."""
    from scipy.special import bdtr, bdtrik

    number: int = math.ceil(bdtrik(p, n, q))
    return number - 1 if number > 0 and bdtr(number - 1, n, q) >= p else number


def wilson(part: float, n: float) -> Estimate | None:
    """The share `part` / `n` with Wilson's score interval; None where `n` is 0."""
    if not n:
        return None
    interval = intervals.wilson(part / n, n)
    return Estimate(part / n, interval.low, interval.high)


def rate(number: int, exposure: float) -> Estimate | None:
    """`number` independent events in `exposure` units as a rate with Byar's interval; None without exposure."""
    if exposure <= 0:
        return None
    interval = intervals.poisson_rate(number, exposure)
    return Estimate(number / exposure, interval.low, interval.high)


def difference(first: Estimate | None, second: Estimate | None) -> Estimate | None:
    """`second` minus `first`, two independent estimates, with the interval that follows from theirs.

    Zou and Donner, Construction of confidence limits about effect measures, Statistics in Medicine 27, 2008. For shares
    with Wilson's interval it is Newcombe's method 10 (Statistics in Medicine 17, 1998).
    """
    if first is None or second is None:
        return None
    value = second.value - first.value
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return Estimate(value)
    low = value - math.hypot(second.value - second.low, first.high - first.value)
    high = value + math.hypot(second.high - second.value, first.value - first.low)
    return Estimate(value, low, high)


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
    test, with the correction for continuity.
    """
    import numpy as np

    one, other = np.sort(one), np.sort(other)
    value = float(np.median(one) - np.median(other))
    margin = Z * math.sqrt(_median_variance(one) + _median_variance(other))
    ranks = rank_sum(other, one)
    p = math.erfc(max(0.0, abs(ranks.surplus) - 0.5) / math.sqrt(2 * ranks.variance)) if ranks.variance else 1.0
    return Difference(value, value - margin, value + margin, p)


def of_shares(hits: int, n: int, other_hits: int, other_n: int) -> Difference:
    """The difference of two shares, of `n` and of `other_n`, both above 0.

    Interval: that of `difference`. p: the normal test of two shares with the common share as its variance.
    """
    apart = difference(wilson(other_hits, other_n), wilson(hits, n))
    assert apart is not None
    assert apart.low is not None
    assert apart.high is not None
    common = (hits + other_hits) / (n + other_n)
    error = math.sqrt(common * (1 - common) * (1 / n + 1 / other_n))
    p = math.erfc(abs(apart.value) / error / math.sqrt(2)) if error else 1.0
    return Difference(apart.value, apart.low, apart.high, p)


def _median_variance(ordered: Any) -> float:
    """Variance of the median of sorted numbers, from two of their order statistics."""
    from scipy.stats import binom, norm

    n = len(ordered)
    rank = max(1, round((n + 1) / 2 - math.sqrt(n)))
    z = norm.ppf(1 - binom.cdf(rank - 1, n, 0.5))
    return float(((ordered[n - rank] - ordered[rank - 1]) / (2 * z)) ** 2)


@dataclass(frozen=True)
class RankSum:
    """Two samples by the ranks of their values."""

    surplus: float  # how many more pairs than half of them have the second's value above the first's; ties count half
    variance: float  # of that, if both come from one distribution; 0 where all values are the same
    pairs: int

    @property
    def effect(self) -> float:
        """The chance that one of the second exceeds one of the first, ties half, minus one half."""
        return self.surplus / self.pairs

    @property
    def chi_square(self) -> float:
        """The square of z, 0 where all values are the same."""
        return self.surplus**2 / self.variance if self.variance else 0.0


def rank_sum(first: Any, second: Any) -> RankSum:
    """The test of Mann and Whitney, Annals of Mathematical Statistics 18, 1947, with ties accounted for."""
    import numpy as np

    n, m = len(first), len(second)
    _, inverse, ties = np.unique(np.concatenate([first, second]), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[inverse]
    u = ranks[n:].sum() - m * (m + 1) / 2
    whole = n + m
    variance = n * m / 12 * (whole + 1 - (ties.astype(float) ** 3 - ties).sum() / (whole * (whole - 1)))
    return RankSum(float(u - n * m / 2), max(0.0, float(variance)), n * m)
