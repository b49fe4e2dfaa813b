"""How near the meanings of texts are, in one language or several."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inventory.overlap.encoder import Encoder
from inventory.overlap.values import Matrix


def directions(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """A direction for each text, without what all texts have in common; 0 where there is none.

    The mean of the directions is taken off (Mu and Viswanath 2018), since it says only that these are names of work.
    """
    rows = encoder(texts)
    there = np.array([bool(text) for text in texts])
    if there.sum() > 2:
        rows = np.where(there[:, None], rows - rows[there].mean(axis=0), rows)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-6), dtype=np.float32)


def nearness(texts: Sequence[str], encoder: Encoder) -> Matrix:
    """Cosine of the directions of every pair, -1 to 1."""
    rows = directions(texts, encoder)
    return np.asarray(rows @ rows.T, dtype=np.float32)
