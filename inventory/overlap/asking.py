"""Which pilots to ask a person about next: six at a time, where an answer teaches most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import exp, log

from inventory.overlap.evidence import Votes
from inventory.overlap.values import PairKey

SIZE = 6  # pilots a list: what a person takes in at once
_STARTS = 40  # pairs from which a list is tried


def next_lists(
    log_odds: Mapping[PairKey, float], voted: Mapping[PairKey, Votes], number: int = 1, size: int = SIZE
) -> tuple[tuple[int, ...], ...]:
    """Up to `number` lists of up to `size` pilots to ask about, the most teaching first; no pair stands in two.

    A pair teaches as much as it is in doubt: its entropy (Lewis and Gale 1994), halved by each answer it has. A list
    grows from a pair in doubt by the pilot that is in most doubt with those on it.
    """
    doubt = {key: doubt_of(odds) / 2 ** _said(voted, key) for key, odds in log_odds.items()}
    near = defaultdict[int, dict[int, float]](dict)
    for (a, b), value in doubt.items():
        near[a][b] = near[b][a] = value
    found: list[tuple[int, ...]] = []
    while len(found) < number:
        starts = sorted(doubt, key=lambda key: (-doubt[key], key))[:_STARTS]
        tried = [_grown(start, near, size) for start in starts if doubt[start] > 0]
        if not tried:
            break
        best = max(tried, key=lambda t: (t[0], [-one for one in t[1]]))[1]
        found.append(best)
        for a in best:
            for b in best:
                if a < b and (a, b) in doubt:
                    doubt[a, b] = near[a][b] = near[b][a] = 0.0
    return tuple(found)


def doubt_of(odds: float) -> float:
    """The entropy of a pair with these log-odds, in bits: 1 where nothing is known, 0 where it is certain."""
    p = 1 / (1 + exp(-max(min(odds, 50.0), -50.0)))
    return -sum(q * log(q, 2) for q in (p, 1 - p) if q > 0)


def _said(voted: Mapping[PairKey, Votes], key: PairKey) -> int:
    found = voted.get(key)
    return found.same + found.different if found else 0


def _grown(start: PairKey, near: Mapping[int, Mapping[int, float]], size: int) -> tuple[float, tuple[int, ...]]:
    """The doubt within the list that grows from `start`, and its pilots, rising."""
    chosen = list(start)
    worth = near[start[0]][start[1]]
    while len(chosen) < size:
        gains = defaultdict[int, float](float)
        for one in chosen:
            for other, value in near[one].items():
                gains[other] += value
        open_ = [(gain, -other) for other, gain in gains.items() if other not in chosen and gain > 0]
        if not open_:
            break
        gain, other = max(open_)
        worth += gain
        chosen.append(-other)
    return worth, tuple(sorted(chosen))
