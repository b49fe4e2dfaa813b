"""Which pilots are told as the same work: clusters in which the pairs agree on the whole, not by any one link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from inventory.overlap.values import PairKey

FAR = -7.0  # log-odds of a pair that is near in no order


def clusters(ids: Sequence[int], log_odds: Mapping[PairKey, float], least: float = 0.0) -> tuple[tuple[int, ...], ...]:
    """The clusters of two or more pilots, each rising, by their first pilot.

    Correlation clustering (Bansal, Blum and Chawla 2004) by joining those two clusters whose pairs have the highest
    mean log-odds, as long as that is above `least`. A pair without log-odds counts as FAR. One strong link joins
    nothing that the other pairs contradict.
    """
    found = []
    for part in _parts(ids, log_odds, least):
        found += _joined(part, log_odds, least)
    return tuple(sorted(tuple(sorted(c)) for c in found if len(c) > 1))


def _parts(ids: Sequence[int], log_odds: Mapping[PairKey, float], least: float) -> list[list[int]]:
    """The pilots that could come together at all: a mean above `least` needs a pair above it."""
    near = defaultdict[int, set[int]](set)
    for (a, b), odds in log_odds.items():
        if odds > least:
            near[a].add(b)
            near[b].add(a)
    seen: set[int] = set()
    found = []
    for start in sorted(set(ids) & near.keys()):
        if start in seen:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            one = waiting.pop()
            part.append(one)
            new = near[one] - seen
            seen |= new
            waiting += new
        found.append(sorted(part))
    return found


def _joined(part: Sequence[int], log_odds: Mapping[PairKey, float], least: float) -> list[list[int]]:
    number = len(part)
    total = np.full((number, number), FAR)
    for i in range(number):
        for j in range(i + 1, number):
            total[i, j] = total[j, i] = log_odds.get((part[i], part[j]), FAR)
    sizes = np.ones(number)
    members = [[one] for one in part]
    np.fill_diagonal(total, -np.inf)
    alive = np.ones(number, dtype=bool)
    while alive.sum() > 1:
        mean = np.where(alive[:, None] & alive[None, :], total / (sizes[:, None] * sizes[None, :]), -np.inf)
        at = int(np.argmax(mean))  # of equal means the first, by the lowest pilot ids
        i, j = sorted(divmod(at, number))
        if mean[i, j] <= least:
            break
        total[i] += total[j]
        total[:, i] = total[i]
        total[i, i] = -np.inf
        sizes[i] += sizes[j]
        members[i] += members[j]
        alive[j] = False
    return [members[n] for n in range(number) if alive[n]]
