"""Which pilots are told as the same work: clusters in which the pairs agree on the whole, not by any one link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from inventory.overlap.values import PairKey

FAR = -7.0  # log-odds of a pair that is near in no order

_Known = dict[int, tuple[float, int]]  # by another cluster: sum of the log-odds of known pairs, and their number


def clusters(ids: Sequence[int], log_odds: Mapping[PairKey, float], least: float = 0.0) -> tuple[tuple[int, ...], ...]:
    """The clusters of two or more pilots, each rising, by their first pilot. `least` is above FAR.

    Correlation clustering (Bansal, Blum and Chawla 2004) by joining those two clusters whose pairs have the highest
    mean log-odds, as long as that is above `least`. A pair without log-odds counts as FAR. One strong link joins
    nothing that the other pairs contradict. Of equal means those of the lowest pilots are joined first.
    """
    members = {one: [one] for one in ids}  # a cluster is called by its lowest pilot
    known: dict[int, _Known] = defaultdict(dict)
    for (a, b), odds in log_odds.items():
        if a in members and b in members:
            known[a][b] = known[b][a] = (odds, 1)
    waiting = [(-odds, a, b, 1, 1) for (a, b), odds in log_odds.items() if odds > least]
    heapify(waiting)
    while waiting:
        _, a, b, size_a, size_b = heappop(waiting)
        if len(members.get(a, ())) != size_a or len(members.get(b, ())) != size_b:
            continue  # told of clusters that have grown or gone since
        _join(a, b, members, known)
        for other in known[a]:
            mean = _mean(known[a][other], len(members[a]), len(members[other]))
            if mean > least:
                low, high = min(a, other), max(a, other)
                heappush(waiting, (-mean, low, high, len(members[low]), len(members[high])))
    return tuple(sorted(tuple(sorted(found)) for found in members.values() if len(found) > 1))


def _mean(known: tuple[float, int], size: int, other: int) -> float:
    """The mean log-odds between two clusters of these sizes."""
    total, number = known
    return (total + FAR * (size * other - number)) / (size * other)


def _join(a: int, b: int, members: dict[int, list[int]], known: dict[int, _Known]) -> None:
    """Make cluster `b` a part of `a`."""
    members[a] += members.pop(b)
    for other, (total, number) in known.pop(b).items():
        known[other].pop(b)
        if other != a:
            before = known[a].get(other, (0.0, 0))
            known[a][other] = known[other][a] = (before[0] + total, before[1] + number)
