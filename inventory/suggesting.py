"""Mined activities that a name in other words may stand for: three to choose from. Nothing is linked by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inventory.overlap.encoder import Encoder
from inventory.overlap.letters import letters
from inventory.overlap.meaning import nearness
from inventory.overlap.spelling import spelling
from inventory.overlap.texts import words_of, written_words

MOST = 3
BY_LETTERS = 0.25  # how much letters and spelling count beside meaning
BY_CONTEXT = 0.5  # how much the pilot's own name and purpose count beside the activity's name


@dataclass(frozen=True)
class NamedStep:
    """A name for an activity, and what else the pilot that uses it says."""

    label: str
    context: str = ""  # the pilot's name and purpose


def suggest(
    asked: Sequence[NamedStep], mined: Sequence[str], encoder: Encoder | None, most: int = MOST
) -> tuple[tuple[tuple[str, float], ...], ...]:
    """For each name up to `most` of `mined` that it may stand for, with a score from 0 to 1, the likeliest first.

    With the encoder the score is the cosine of meanings, with and without capitals, plus BY_CONTEXT times that of the
    context, plus BY_LETTERS times the better of letters and spelling; without it letters and spelling alone, and a name
    that shares no letters with any gets none. Scores rank; they are no probabilities.
    """
    if not asked or not mined:
        return tuple(() for _ in asked)
    scores = score(asked, mined, encoder)
    return tuple(
        tuple(
            (mined[place], float(min(max(row[place], 0.0), 1.0)))
            for place in sorted(range(len(mined)), key=lambda p: (-row[p], mined[p]))[:most]
            if row[place] > 0 or encoder is not None
        )
        for row in scores
    )


def score(asked: Sequence[NamedStep], mined: Sequence[str], encoder: Encoder | None) -> NDArray[np.float64]:
    """How well each of `asked` (rows) is said by each of `mined` (columns)."""
    labels, number = [*(one.label for one in asked), *mined], len(asked)
    texts = [words_of(label) or (label,) for label in labels]
    by_letters = np.maximum(letters(texts), spelling([" ".join(sorted(words)) for words in texts]) - 0.5)
    found: NDArray[np.float64] = np.array(by_letters[:number, number:], dtype=np.float64)
    if encoder is None:
        return found
    written = [" ".join(written_words(label)) or label for label in labels]
    beside = [" ".join(written_words(one.context)) for one in asked]
    found *= BY_LETTERS
    found += nearness([" ".join(words) for words in texts], encoder)[:number, number:] / 2
    found += nearness(written, encoder)[:number, number:] / 2
    found += BY_CONTEXT * nearness([*beside, *written[number:]], encoder)[:number, number:]
    return found
