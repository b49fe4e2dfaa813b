"""How good proposals of overlap are against a known truth: precision and recall of pairs, with intervals."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from inventory.overlap.values import PairKey, TickAnswer

DRAWS = 1_000


@dataclass(frozen=True)
class Measured:
    """A share with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True)
class Judged:
    """How good the pairs that are shown are."""

    precision: Measured
    recall: Measured
    at_half: Measured  # precision of the ranked list where half of the true pairs are found
    shown: int
    true: int


def true_pairs(truth: Mapping[int, str]) -> set[PairKey]:
    """The pairs that truly do the same work."""
    groups = defaultdict[str, list[int]](list)
    for one, key in truth.items():
        groups[key].append(one)
    return {pair for ids in groups.values() for pair in combinations(sorted(ids), 2)}


def pairs_within(clusters: Iterable[Sequence[int]]) -> set[PairKey]:
    """The pairs that stand in one cluster."""
    return {pair for ids in clusters for pair in combinations(sorted(ids), 2)}


def judge(shown: Collection[PairKey], odds: Mapping[PairKey, float], truth: Mapping[int, str]) -> Judged:
    """Precision and recall of the pairs `shown`, and the precision of the list by `odds` at recall 0.50.

    Intervals by drawing groups again and again: a group drawn k times counts k times in its own pairs, and a pair of
    two groups counts the mean of both.
    """
    true = true_pairs(truth)
    ranked = sorted(odds, key=lambda key: (-odds[key], key))
    groups = sorted(set(truth.values()))
    place = {key: n for n, key in enumerate(groups)}
    draw = np.random.default_rng(1)
    drawn = [np.ones(len(groups))] + [
        np.bincount(draw.integers(0, len(groups), len(groups)), minlength=len(groups)).astype(float)
        for _ in range(DRAWS)
    ]

    def weights(keys: Sequence[PairKey]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        ends = np.array([[place[truth[a]], place[truth[b]]] for a, b in keys], dtype=int).reshape(-1, 2)
        return ends[:, 0], ends[:, 1], np.array([key in true for key in keys], dtype=bool)

    of_shown, of_true, of_ranked = weights(sorted(shown)), weights(sorted(true)), weights(ranked)
    made = []
    for counts in drawn:
        weigh = [(counts[a] + counts[b]) / 2 for a, b, _ in (of_shown, of_true, of_ranked)]
        hit = float(weigh[0] @ of_shown[2])
        total = float(weigh[1].sum())
        found = np.cumsum(weigh[2] * of_ranked[2])
        at = int(np.searchsorted(found, total / 2))
        half = float(found[at] / max(weigh[2][: at + 1].sum(), 1e-9)) if at < len(found) else 0.0
        made.append((hit / max(float(weigh[0].sum()), 1e-9), hit / max(total, 1e-9), half))
    table = np.array(made)
    low, high = np.percentile(table[1:], [2.5, 97.5], axis=0)
    measured = [Measured(float(table[0, n]), float(low[n]), float(high[n])) for n in range(3)]
    return Judged(measured[0], measured[1], measured[2], len(shown), len(true))


def person(truth: Mapping[int, str], wrong: float, seed: int, whole: bool) -> Callable[[Sequence[int]], TickAnswer]:
    """Somebody who knows the truth and errs: with `whole`, in a share `wrong` of the lists, which are then ticked at
    random; else in that share of the ticks of every list."""
    draw = random.Random(f"person {seed}")

    def answer(asked: Sequence[int]) -> TickAnswer:
        most = Counter(truth[one] for one in asked).most_common(1)[0]
        ticked = {one for one in asked if truth[one] == most[0]} if most[1] > 1 else set()
        if whole and draw.random() < wrong:
            ticked = {one for one in asked if draw.random() < 0.5}
        elif not whole:
            ticked = {one for one in asked if (one in ticked) != (draw.random() < wrong)}
        return TickAnswer(tuple(asked), tuple(sorted(ticked)) if len(ticked) > 1 else ())

    return answer
