"""Tests of the windows before and after every place in time: pure functions over arrays.

The scheme is that of Bose, van der Aalst, Zliobaite and Pechenizkiy, "Dealing with concept drifts in process mining",
IEEE TNNLS 25, 2014: features of the cases in two adjacent windows that slide over the log. As in Maaradji, Dumas,
La Rosa and Ostovar, "Detecting sudden and gradual drifts in business processes from execution traces", IEEE TKDE 29,
2017, each case counts once, which is what a chi-square needs; steps of one case depend on each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mining.estimates import SMALL, chi_square, rank_sum

if TYPE_CHECKING:
    from mining.estimates import Numbers

PARTS = 5  # of a window


@dataclass(frozen=True)
class Tested:
    """Features (rows) at every place (columns)."""

    before: Numbers  # share of the cases in the window before; for times the median
    after: Numbers
    statistic: Numbers  # 0 where it is not tested
    p: Numbers  # 1 where it is not tested
    effect: Numbers  # share after minus before; for times the chance that a case after takes longer, minus one half
    tests: int


def places(parts: int) -> range:
    """The parts that a drift may begin with: those with a whole window on either side."""
    return range(PARTS, parts - PARTS + 1)


def windows(counts: Any) -> tuple[Any, Any]:
    """The sums of `counts` (features, parts) over the windows before and after every place."""
    import numpy as np

    total = np.concatenate([np.zeros((counts.shape[0], 1)), np.cumsum(counts, axis=1)], axis=1)
    at = np.asarray(places(counts.shape[1]))
    return total[:, at] - total[:, at - PARTS], total[:, at + PARTS] - total[:, at]


def compare_shares(counts: Any, sizes: Any) -> Tested:
    """Whether the share of the cases that have each feature is the same before and after every place.

    `counts` are cases by feature and part, `sizes` the cases of each part. Where an expected count is below SMALL
    nothing is tested: what is so rare could not pass the correction anyway.
    """
    import numpy as np

    before, after = windows(counts)
    all_before, all_after = windows(np.asarray(sizes, dtype=float)[None, :])
    statistic, smallest = chi_square(before, all_before - before, after, all_after - after)
    asked = smallest >= SMALL
    statistic = np.where(asked, statistic, 0.0)
    shares = before / all_before, after / all_after
    return Tested(*shares, statistic, _tail(statistic, asked), shares[1] - shares[0], int(asked.sum()))


def compare_times(parts: Any, seconds: Any, number: int) -> Tested:
    """Whether cycle times are the same before and after every place. `parts` is sorted; `number` counts the parts."""
    import numpy as np

    at = places(number)
    edges = np.searchsorted(parts, np.arange(number + 1))
    result = np.zeros((4, 1, len(at)))
    asked = np.zeros((1, len(at)), dtype=bool)
    for column, place in enumerate(at):
        first = seconds[edges[place - PARTS] : edges[place]]
        second = seconds[edges[place] : edges[place + PARTS]]
        if min(len(first), len(second)) < 2 * SMALL:
            continue
        asked[0, column] = True
        ranks = rank_sum(first, second)
        result[:, 0, column] = np.median(first), np.median(second), ranks.chi_square, ranks.effect
    before, after, statistic, effect = result
    return Tested(before, after, statistic, _tail(statistic, asked), effect, int(asked.sum()))


def _tail(statistic: Any, asked: Any) -> Any:
    import numpy as np
    from scipy.special import chdtrc

    return np.where(asked, chdtrc(1, statistic), 1.0)


def distances(times: Any) -> Any:
    """The total variation distance of the shares of the paths among all steps, before and after every place, 0 to 1."""
    import numpy as np

    before, after = windows(times)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(before / before.sum(axis=0) - after / after.sum(axis=0)).sum(axis=0) / 2
    return np.nan_to_num(apart)


def peaks(scores: Any) -> list[int]:
    """The places whose score is above 0 and the highest within a window on either side; of equal ones the first.

    A change shows in every pair of windows that it cuts, most where it lies between them.
    """
    import numpy as np

    found = []
    for place, score in enumerate(scores):
        low = max(0, place - PARTS)
        near = scores[low : place + PARTS + 1]
        if score > 0 and low + int(np.argmax(near)) == place:
            found.append(place)
    return found
