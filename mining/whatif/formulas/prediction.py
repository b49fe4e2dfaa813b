"""Interval over replications: where one more period of the same length would lie.

    mean -/+ t(0.975, n - 1) x s x sqrt(1 + 1/n)

G. J. Hahn, W. Q. Meeker, Statistical Intervals, 1991, section 4.7 (prediction of a single future observation), with the
replications as observations: A. M. Law, Simulation Modeling and Analysis, 5th edition, 2015, section 9.4. It tells what
chance does in a period that the simulation describes well, and nothing of what the simulation gets wrong.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from core.intervals import Interval


def predicted(values: Sequence[float]) -> Interval | None:
    """The 95 % interval; None for fewer than two values."""
    from scipy.stats import t

    n = len(values)
    if n < 2:
        return None
    half = float(t.ppf(0.975, n - 1)) * statistics.stdev(values) * math.sqrt(1 + 1 / n)
    mean = statistics.fmean(values)
    return Interval(mean - half, mean + half)
