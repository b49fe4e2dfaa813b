"""How often what is shown as the same work was confirmed, as it stands: from answers, with an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import sqrt

from inventory.overlap.clustering import clusters
from inventory.overlap.evidence import Votes
from inventory.overlap.values import PairKey, PrecisionSoFar

_Z = 1.96  # standard deviations of a 95 % interval


def precision_so_far(
    ids: Sequence[int], unaided: Mapping[PairKey, float], voted: Mapping[PairKey, Votes], least: float, lists: int
) -> PrecisionSoFar:
    """Of the pairs that would be shown without any answer and were answered on, how many more said to be the same.

    A pair with as many answers for as against is not counted. Lists are made of pairs in doubt, so this is rather below
    than above the share that holds of all.
    """
    together = clusters(ids, unaided, least) if voted else ()
    shown = {pair for found in together for pair in combinations(found, 2)}
    told = [votes.net > 0 for pair, votes in voted.items() if pair in shown and votes.net]
    low, high = wilson(sum(told), len(told)) if told else (None, None)
    share = sum(told) / len(told) if told else None
    return PrecisionSoFar(len(told), sum(told), share, low, high, lists)


def wilson(hits: int, number: int) -> tuple[float, float]:
    """The 95 % interval of a share of `hits` in `number` (Wilson 1927)."""
    share, square = hits / number, _Z * _Z
    middle = (share + square / (2 * number)) / (1 + square / number)
    half = _Z / (1 + square / number) * sqrt(share * (1 - share) / number + square / (4 * number * number))
    return max(middle - half, 0.0), min(middle + half, 1.0)
