"""Earth mover's distance between two sets of numbers: how far one must be moved, on average, to become the other.

    d = integral over x of |F(x) - G(x)|      F, G: their empirical distribution functions

S. S. Vallender, Calculation of the Wasserstein distance between probability distributions on the line, Theory of
Probability and its Applications 18, 1974. D. Chapela-Campa et al., Can I Trust My Simulation Model?, BPM 2023, hold
simulated cycle times, arrivals and hours of events against a log by it.
"""

from __future__ import annotations

from collections.abc import Sequence


def earth_mover(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The distance in the unit of the numbers; None where one of them is empty."""
    import numpy as np

    if not len(one) or not len(other):
        return None
    a, b = np.sort(np.asarray(one, dtype=float)), np.sort(np.asarray(other, dtype=float))
    points = np.sort(np.concatenate([a, b]))
    below = [np.searchsorted(found, points[:-1], side="right") / len(found) for found in (a, b)]
    return float(np.sum(np.abs(below[0] - below[1]) * np.diff(points)))
