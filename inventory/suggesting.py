"""Mined activities that a name in other words may stand for: three to choose from. Nothing is linked by them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inventory.overlap.encoder import Encoder
from inventory.overlap.letters import letters
from inventory.overlap.meaning import directions
from inventory.overlap.spelling import spelling
from inventory.overlap.texts import words_of

MOST = 3
BY_LETTERS = 0.5  # how much letters and spelling count beside meaning
NEIGHBOURS = 10  # mined names whose nearness is taken off: what is near to everything is near to nothing


def suggest(
    names: Sequence[str], mined: Sequence[str], encoder: Encoder | None, most: int = MOST
) -> tuple[tuple[tuple[str, float], ...], ...]:
    """For each of `names` up to `most` of `mined` that it may stand for, with a score from 0 to 1, the likeliest first.

    With the encoder the score is the cosine of meanings less half the mean nearness of the mined name to its nearest
    fellows (CSLS, Conneau et al. 2018), plus BY_LETTERS times the better of letters and spelling; without it letters and
    spelling alone, and a name that shares no letters with any gets none. Scores rank; they are no probabilities.
    """
    if not names or not mined:
        return tuple(() for _ in names)
    scores = score(names, mined, encoder)
    return tuple(
        tuple(
            (mined[place], float(min(max(row[place], 0.0), 1.0)))
            for place in sorted(range(len(mined)), key=lambda p: (-row[p], mined[p]))[:most]
            if row[place] > 0 or encoder is not None
        )
        for row in scores
    )


def score(names: Sequence[str], mined: Sequence[str], encoder: Encoder | None) -> NDArray[np.float64]:
    """How well each of `names` (rows) is said by each of `mined` (columns)."""
    texts = [words_of(name) or (name,) for name in (*names, *mined)]
    joined, number = [" ".join(words) for words in texts], len(names)
    by_letters = np.maximum(letters(texts), spelling([" ".join(sorted(words)) for words in texts]) - 0.5)
    found = by_letters[:number, number:].astype(np.float64)
    if encoder is None:
        return found
    rows = directions(joined, encoder)
    near = rows @ rows.T
    among = np.sort(near[number:, number:] - 2 * np.eye(len(mined)), axis=1)[:, ::-1]
    reach = min(NEIGHBOURS, len(mined) - 1)
    fellows = among[:, :reach].mean(axis=1) if reach else np.zeros(len(mined))
    return np.asarray(near[:number, number:] - fellows / 2 + BY_LETTERS * found, dtype=np.float64)
