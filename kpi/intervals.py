"""95 % intervals as pure functions. Every formula names where it stands."""

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
    high = upper * (1 - 1 / (9 * upper) + Z / (3 * math.sqrt(upper))) ** 3 if count else -math.log(0.025)
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    return Interval(max(0.0, low) / exposure, high / exposure)


def ratio(value: float, known: int, cases: int, residual_squares: float) -> Interval | None:
    """The interval of `value`, a ratio of two sums over `cases` independent cases; None below 2 cases.

    `known` is the sum in the denominator, `residual_squares` the sum over cases of (numerator - value * denominator)^2.
    Cochran, Sampling Techniques, 3rd edition, 1977, section 6.3.
    """
    if cases < 2:
        return None
    half = student_t(cases - 1) * math.sqrt(cases / (cases - 1) * residual_squares) / known
    return Interval(value - half, value + half)


def effective_size(share: float, n: int, cases: int, residual_squares: float) -> float:
    """How many independent trials `n` trials clustered in `cases` are worth; never more than `n`, never below 1.

    Kish, Survey Sampling, 1965, section 8.2: n divided by the design effect, the ratio estimator's variance over the
    binomial one's. With fewer than 2 cases, or a share of 0 or 1, nothing shows clustering: `n` itself.
    """
    if cases < 2 or not 0 < share < 1:
        return float(n)
    clustered = cases / (cases - 1) * residual_squares / n**2
    independent = share * (1 - share) / n
    return max(1.0, n / max(1.0, clustered / independent))


def student_t(degrees: int) -> float:
    """The 97.5th percentile of Student's t: exact for 1 and 2 degrees of freedom, else within 0.2 %.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, formula 26.7.5.
    """
    if degrees == 1:
        return math.tan(math.pi * 0.475)
    if degrees == 2:
        return 0.95 * math.sqrt(2 / (1 - 0.95**2))
    z, v = Z, degrees
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )
