"""What two pilots say beyond the words that both have: "record" against "pay" where both say "invoice"."""

from __future__ import annotations

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
    for row, (i, j) in enumerate(pairs):
        a, b = places[i], places[j]
        if len(a) and len(b):
            near = meanings.rows[a] @ meanings.rows[b].T
            equal = a[:, None] == b[None, :]
            made[row] = _one(np.where(equal, 1.0, near), equal, weights[i], weights[j], meanings.rows, a, b)
    return Unshared(made[:, 0], made[:, 1], made[:, 2])


def _one(
    near: NDArray[np.float64], equal: NDArray[np.bool_], of_a: NDArray[np.float64], of_b: NDArray[np.float64],
    rows: NDArray[np.float32], a: NDArray[np.int64], b: NDArray[np.int64],
) -> tuple[float, float, float]:  # fmt: skip
    best_a, best_b = near.max(axis=1), near.max(axis=0)
    aligned = (float(of_a @ best_a / of_a.sum()) + float(of_b @ best_b / of_b.sum())) / 2
    weakest = min(float(best_a.min()), float(best_b.min()))
    rest_a, rest_b = ~equal.any(axis=1), ~equal.any(axis=0)
    if not rest_a.any() and not rest_b.any():
        return 1.0, aligned, weakest
    if not rest_a.any() or not rest_b.any():
        return 0.0, aligned, weakest
    left, right = of_a[rest_a] @ rows[a[rest_a]], of_b[rest_b] @ rows[b[rest_b]]
    length = float(np.linalg.norm(left) * np.linalg.norm(right))
    return (float(left @ right) / length if length > 1e-9 else 0.0), aligned, weakest
