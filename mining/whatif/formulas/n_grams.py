"""n-gram distance: how differently two logs put activities in a row.

    d = sum over n-grams of |f(g) - h(g)| / sum over n-grams of (f(g) + h(g))

f and h count the runs of n activities in a row in both logs, as shares of each, starts and ends of cases padded.
Chapela-Campa et al., Can I Trust My Simulation Model?, BPM 2023 (n-gram distance, n = 3); shares, so that two logs of
different lengths can be held side by side, are ours. 0: the same; 1: nothing in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

N = 3
_EDGE = -1


def n_gram_distance(one: Iterable[Sequence[int]], other: Iterable[Sequence[int]], n: int = N) -> float | None:
    """The distance, 0 to 1; None where one log has no trace."""
    f, h = _shares(one, n), _shares(other, n)
    if not f or not h:
        return None
    return sum(abs(f.get(gram, 0.0) - h.get(gram, 0.0)) for gram in {*f, *h}) / 2


def _shares(traces: Iterable[Sequence[int]], n: int) -> dict[tuple[int, ...], float]:
    found: Counter[tuple[int, ...]] = Counter()
    for trace, times in Counter(map(tuple, traces)).items():
        padded = (*[_EDGE] * (n - 1), *trace, *[_EDGE] * (n - 1))
        for at in range(len(padded) - n + 1):
            found[padded[at : at + n]] += times
    every = sum(found.values())
    return {gram: count / every for gram, count in found.items()}
