"""What two pilots say beyond the words that both have: "record" against "pay" where both say "invoice"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inventory.overlap.encoder import Encoder
from inventory.overlap.values import Column


@dataclass(frozen=True)
class Unshared:
    """What pairs say beyond the words that both have, one number a pair."""

    residual: Column  # cosine of the rest of both, -1 to 1; 1 where nothing is left of either, 0 where of one only
    aligned: Column  # mean over words of the nearest word of the other, by rarity, -1 to 1
    weakest: Column  # the least of those: one word of weight with no fellow makes it other work


class WordMeanings:
    """The meaning of single words, each encoded once."""

    def __init__(self, texts: Sequence[Sequence[str]], encoder: Encoder) -> None:
        self._places = {word: place for place, word in enumerate(sorted({w for words in texts for w in words}))}
        rows = encoder(tuple(self._places))
        if len(rows) > 2:
            rows = rows - rows.mean(axis=0)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        self.rows: NDArray[np.float32] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-6)

    def places(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Where the words' meanings stand."""
        return np.array([self._places[word] for word in words], dtype=np.int64)


def unshared(
    texts: Sequence[Sequence[str]],
    rarity: Mapping[str, float],
    pairs: Sequence[tuple[int, int]],
    meanings: WordMeanings,
) -> Unshared:
    """What each of `pairs` of `texts`, given as words, says beyond the words that both have.

    Words weigh by `rarity`, and not under a tenth. A pair of which one has no words is 0 in all three.
    """
    places = [meanings.places(words) for words in texts]
    weights = [np.array([max(rarity.get(word, 0.0), 0.1) for word in words]) for words in texts]
    made = np.zeros((len(pairs), 3))
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, (i, j) in enumerate(pairs):
        if len(places[i]) and len(places[j]):
            rows_of[i].append(row)
    for i, rows in rows_of.items():
        others = [pairs[row][1] for row in rows]
        made[rows] = _against(meanings.rows, places[i], weights[i], [places[j] for j in others],
                              np.concatenate([weights[j] for j in others]))  # fmt: skip
    return Unshared(made[:, 0], made[:, 1], made[:, 2])


def _against(
    rows: NDArray[np.float32], own: NDArray[np.int64], weight: NDArray[np.float64],
    others: Sequence[NDArray[np.int64]], their_weight: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """Residual, aligned and weakest of one text against each of `others`, whose words stand behind each other."""
    theirs = np.concatenate(others)
    starts = np.cumsum([0, *(len(words) for words in others[:-1])])
    equal = own[:, None] == theirs[None, :]
    near = np.where(equal, 1.0, rows[own] @ rows[theirs].T)
    best_own, best_their = np.maximum.reduceat(near, starts, axis=1), near.max(axis=0)
    by_own = weight @ best_own / weight.sum()
    by_their = np.add.reduceat(their_weight * best_their, starts) / np.add.reduceat(their_weight, starts)
    weakest = np.minimum(best_own.min(axis=0), np.minimum.reduceat(best_their, starts))
    rest_own = ~np.logical_or.reduceat(equal, starts, axis=1)  # own words x others
    rest_their = ~equal.any(axis=0)
    left = (weight[:, None] * rest_own).T @ rows[own]
    right = np.add.reduceat((their_weight * rest_their)[:, None] * rows[theirs], starts, axis=0)
    length = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    rest = np.divide((left * right).sum(axis=1), length, out=np.zeros(len(length)), where=length > 1e-9)
    nothing = ~rest_own.any(axis=0) & ~np.logical_or.reduceat(rest_their, starts)
    return np.column_stack([np.where(nothing, 1.0, rest), (by_own + by_their) / 2, weakest])
