"""95 % intervals of shares and rates, for every room that tells one. Every formula names where it stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959963984540054  # the 97.5th percentile of the standard normal distribution


@dataclass(frozen=True)
class Interval:
    """Where the true value plausibly lies."""

    low: float
    high: float


def wilson(share: float, n: float) -> Interval:
    """The Wilson score interval of a share seen in `n` trials; `n` may be an effective number.

    Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927.
    """
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def poisson_rate(count: int, exposure: float) -> Interval:
    """Byar's interval of a rate: `count` independent events in `exposure` units, within 1 % of the exact one from 5 on.

    Breslow and Day, Statistical Methods in Cancer Research II, 1987, page 69. For 0 events the upper limit is exact.
    """
    upper = count + 1
    high = _gamma(upper, Z) if count else -math.log(0.025)
    low = _gamma(count, -Z) if count else 0.0
    return Interval(max(0.0, low) / exposure, high / exposure)


def weighted_rate(total: float, squares: float, largest: float, exposure: float) -> Interval:
    """The gamma interval of a rate whose events weigh differently: what each case adds, say instances or money.

    `total` and `squares` are the sums of the weights and of their squares over the independent cases, `largest` is the
    largest weight; none is negative. With weights of 1 it is `poisson_rate`, and it is wider than need be rather than
    too narrow. Fay and Feuer, Confidence intervals for directly standardized rates, Statistics in Medicine 16, 1997;
    quantiles by Wilson and Hilferty.
    """
    above, spread = total + largest, squares + largest * largest
    high = spread / above * _gamma(above * above / spread, Z) if above else 0.0
    low = squares / total * _gamma(total * total / squares, -Z) if total else 0.0
    return Interval(max(0.0, low) / exposure, high / exposure)


def _gamma(shape: float, z: float) -> float:
    """The quantile at `z` standard deviations of the gamma distribution of this shape and scale 1."""
    return shape * (1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3
