"""Whether lengths of time fall into two groups, and whether something else explains which. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

STEPS = 4  # of the histogram for one natural logarithm
_LEAST_SHARE = 0.15  # of the smaller group
_SEPARATE = 3.0  # Ashman's D; 2 is the least for a clean separation
_VALLEY = 0.25
_WITHIN = 1 / STEPS / math.sqrt(12)  # standard deviation within one step


@dataclass(frozen=True)
class Modes:
    """Two groups of lengths of time."""

    short_seconds: float  # geometric means
    long_seconds: float
    split_seconds: float  # between them
    long_share: float
    separation: float  # Ashman's D
    valley: float  # the least of the histogram between the two means, as a share of the lower of their two peaks


def modes(counts: Mapping[int, int]) -> Modes | None:
    """The two groups of a histogram of logarithms, `counts` by step; None where there are no two.

    They are split where the variance between them is greatest (Otsu), and are two where D > 3 (Ashman), the smaller
    has 15 % of all, and the histogram between them falls to a quarter of the lower peak.
    """
    steps = sorted(counts)
    if len(steps) < 2:
        return None
    split = _otsu(counts, steps)
    short = {s: n for s, n in counts.items() if s < split}
    long = {s: n for s, n in counts.items() if s >= split}
    total = sum(counts.values())
    long_share = sum(long.values()) / total
    (low, low_spread), (high, high_spread) = _moments(short), _moments(long)
    separation = math.sqrt(2) * (high - low) / math.sqrt(low_spread**2 + high_spread**2)
    valley = _valley(counts, low, high, short, long)
    if min(long_share, 1 - long_share) < _LEAST_SHARE or separation <= _SEPARATE or valley > _VALLEY:
        return None
    return Modes(math.exp(low), math.exp(high), math.exp(split / STEPS), long_share, separation, valley)


def explained_by(groups: Sequence[tuple[int, int, int]]) -> float:
    """The share of "long or short" that a grouping explains: epsilon squared (Kelley, 1935), eta squared adjusted for
    the number of groups; rows are (group, short, long)."""
    total, long = sum(s + n for _, s, n in groups), sum(n for _, _, n in groups)
    if not 0 < long < total or total <= len(groups):
        return 0.0
    mean = long / total
    whole = total * mean * (1 - mean)
    within = sum(s * n / (s + n) for _, s, n in groups if s + n)
    return max(0.0, 1 - (within / (total - len(groups))) / (whole / (total - 1)))


def _otsu(counts: Mapping[int, int], steps: Sequence[int]) -> int:
    """The step at which the upper group begins when the variance between the two is greatest."""
    total, whole = sum(counts.values()), sum(s * n for s, n in counts.items())
    best, split = -1.0, steps[-1]
    below = weighted = 0
    for before, step in pairwise(steps):
        below += counts[before]
        weighted += before * counts[before]
        between = below * (total - below) * ((whole - weighted) / (total - below) - weighted / below) ** 2
        if between > best:
            best, split = between, step
    return split


def _moments(counts: Mapping[int, int]) -> tuple[float, float]:
    """Mean and standard deviation of the logarithms in a histogram."""
    total = sum(counts.values())
    mean = sum((s + 0.5) / STEPS * n for s, n in counts.items()) / total
    spread = sum(((s + 0.5) / STEPS - mean) ** 2 * n for s, n in counts.items()) / total
    return mean, math.sqrt(spread + _WITHIN**2)


def _valley(
    counts: Mapping[int, int], low: float, high: float, short: Mapping[int, int], long: Mapping[int, int]
) -> float:
    between = range(math.floor(low * STEPS) + 1, math.floor(high * STEPS))
    peak = min(max(short.values()), max(long.values()))
    return min((counts.get(step, 0) for step in between), default=peak) / peak
