"""Likeness set against what each pilot is alike to all others: some texts are near to everything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inventory.overlap.values import Matrix

_FLAT = 0.02  # below this spread, in cosine, a row cannot tell its neighbours apart


def against_all(likeness: Matrix, there: NDArray[np.bool_]) -> Matrix:
    """The mean of both pilots' standard scores of their likeness, among the pilots that are `there`; else 0.

    (x - mean) / deviation over the likenesses of one pilot to all others, for both pilots of a pair: what is near to
    everything (a hub, Radovanovic et al. 2010) is no nearer to any one. No spread is taken to be under 0.02.
    """
    number = int(there.sum())
    both = there[:, None] & there[None, :]
    np.fill_diagonal(both, False)
    if number < 3:
        return np.zeros_like(likeness)
    known = np.where(both, likeness, np.float32(0)).astype(np.float64)
    mean = known.sum(axis=1) / (number - 1)
    square = (known**2).sum(axis=1) / (number - 1)
    spread = np.maximum(np.sqrt(np.maximum(square - mean**2, 0)), _FLAT)
    scores = (known - mean[:, None]) / spread[:, None]
    return np.where(both, (scores + scores.T) / 2, 0).astype(np.float32)


def neighbour_ranks(likeness: Matrix) -> Matrix:
    """Of every pair: the logarithm of 1 + the better of the two places among each other's neighbours, from 0."""
    number = len(likeness)
    masked = likeness.copy()
    np.fill_diagonal(masked, -np.inf)
    # a place counts those that are strictly nearer, so that equal likenesses have equal places
    ordered = np.sort(masked, axis=1)
    places = np.stack([number - np.searchsorted(ordered[row], masked[row], side="right") for row in range(number)])
    return np.asarray(np.log1p(np.minimum(places, places.T)), dtype=np.float32)
