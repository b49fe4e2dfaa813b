"""How much a thing that two pilots share tells: the rarer, the more; what half of all have tells nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import log

import numpy as np

from inventory.overlap.values import Matrix


def rarities(held: Sequence[Collection[str]]) -> dict[str, float]:
    """The weight of each thing: log(n / 2f) for a thing that f of n pilots have, and 0 from half of them on.

    As inverse document frequency (Spärck Jones 1972), moved so that it ends at a half. Two pilots that are all there
    are share what tells: with fewer than five pilots, n is taken as five.
    """
    number = max(len(held), 5)
    counts = Counter(thing for things in held for thing in set(things))
    return {thing: max(0.0, log(number / (2 * count))) for thing, count in counts.items()}


def shared_weight(held: Sequence[Collection[str]]) -> Matrix:
    """Of every pair: the rarity of what both have, as a part of the rarity of what either has; 0 where nothing is."""
    weights = rarities(held)
    places = {thing: place for place, thing in enumerate(sorted(weights))}
    table = np.zeros((len(held), max(len(places), 1)), dtype=np.float32)
    for row, things in enumerate(held):
        for thing in things:
            table[row, places[thing]] = np.sqrt(weights[thing])
    both = table @ table.T
    own = np.diag(both)
    either = own[:, None] + own[None, :] - both
    return np.asarray(np.divide(both, either, out=np.zeros_like(both), where=either > 1e-9), dtype=np.float32)


def weight_of(things: Collection[str], weights: Mapping[str, float]) -> float:
    """The sum of the weights of `things`."""
    return sum(weights.get(thing, 0.0) for thing in things)
