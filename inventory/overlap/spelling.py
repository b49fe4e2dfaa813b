"""How alike texts are by how they are spelled, words in any order: mistyped names and other endings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inventory.overlap.values import Matrix


def spelling(texts: Sequence[str]) -> Matrix:
    """The likeness of each pair, 0 to 1, by the edits between their sorted words; 0 where either text is empty.

    `fuzz.token_sort_ratio` of RapidFuzz: 1 - edits / letters of both (indel distance).
    """
    from rapidfuzz import fuzz, process

    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    found = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, dtype=np.float32) / np.float32(100)
    there = np.array([bool(text) for text in texts])
    return np.where(there[:, None] & there[None, :], found, np.float32(0)).astype(np.float32)
