"""How long cases must have been followed before they may count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kpi.verdict.values import Flags, Population

DAY = 86_400.0
FEWER = 0.2  # open cases than this share of what is expected
LEAST_AT_RISK = 10  # cases a side that must have been followed to the end of a survival curve


def horizon(baseline: Population) -> float:
    """H, the 95th percentile of the baseline's cycle times in seconds, of cases followed that long; 0: none."""
    known = baseline.complete & ~np.isnan(baseline.cycle)
    if not known.any():
        return 0.0
    first = float(np.quantile(baseline.cycle[known], 0.95))
    long = known & followed(baseline, first)
    return float(np.quantile(baseline.cycle[long], 0.95)) if long.sum() >= 2 * LEAST_AT_RISK else first


def followed(population: Population, seconds: float) -> Flags:
    """Which cases began at least `seconds` before the log's end."""
    return np.asarray(population.started <= population.log_end - seconds)


def open_share(population: Population, seconds: float) -> float:
    """The share of the cases that began at least `seconds` before the log's end and are still open."""
    old = followed(population, seconds)
    return float((~population.complete[old]).mean()) if old.any() else 0.0


def only_complete(population: Population, seconds: float, usual: Population) -> bool:
    """Whether the log is an extract of complete cases.

    Then of the cases that began in its last `seconds` far fewer are open than the cycle times of `usual` let expect.
    """
    late = ~followed(population, seconds)
    cycles = np.sort(usual.cycle[usual.complete & ~np.isnan(usual.cycle)])
    lasted = population.log_end - population.started[late]
    expected = (1 - np.searchsorted(cycles, lasted, side="right") / max(1, len(cycles))).sum()
    return bool((~population.complete[late]).sum() < FEWER * expected)


def reach(population: Population) -> float:
    """How long the tenth of the cases that were followed longest were followed, in seconds; 0 below 10 cases."""
    lasted = population.log_end - population.started
    if len(lasted) < LEAST_AT_RISK:
        return 0.0
    return float(np.partition(lasted, -LEAST_AT_RISK)[-LEAST_AT_RISK])
