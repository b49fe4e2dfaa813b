"""95 % intervals of ratios of sums over cases. Every formula names where it stands."""

from __future__ import annotations

import math

from core.intervals import Interval, Z


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
