"""How alike texts are by their letters: cosine of the weights of runs of three to five letters within words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

import numpy as np

from inventory.overlap.values import Matrix

RUNS = (3, 4, 5)


def runs_of(words: Iterable[str]) -> Counter[str]:
    """How often each run of letters stands in `words`, the ends of words included as a blank.

    A word that is shorter than a run counts as a whole instead.
    """
    found: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for size in RUNS:
            found.update(padded[at : at + size] for at in range(max(len(padded) - size + 1, 1)))
    return found


def likeness_by(counted: Sequence[Counter[str]]) -> Matrix:
    """Cosine of TF-IDF vectors of every pair: (1 + log f) x log((1 + n) / (1 + d)) (Salton and Buckley 1988).

    0 where either has nothing, or nothing that another has.
    """
    from scipy.sparse import csr_array

    number = len(counted)
    documents = Counter(run for runs in counted for run in runs)
    places = {run: place for place, run in enumerate(sorted(run for run, d in documents.items() if d > 1))}
    rows, columns, values = [], [], []
    for row, runs in enumerate(counted):
        kept = [(places[run], (1 + log(f)) * log((1 + number) / (1 + documents[run])))
                for run, f in runs.items() if run in places]  # fmt: skip
        length = sum(
            ((1 + log(f)) * log((1 + number) / (1 + documents[run]))) ** 2 for run, f in runs.items()
        ) ** 0.5  # fmt: skip
        for column, value in kept:
            rows.append(row)
            columns.append(column)
            values.append(value / length if length else 0.0)
    shape = (number, max(len(places), 1))
    table = csr_array((np.array(values, dtype=np.float32), (rows, columns)), shape=shape)
    return np.asarray((table @ table.T).todense(), dtype=np.float32)


def letters(texts: Sequence[Sequence[str]]) -> Matrix:
    """How alike each pair of texts, given as words, is by letters: 0 to 1."""
    return likeness_by([runs_of(words) for words in texts])


def whole_words(texts: Sequence[Sequence[str]]) -> Matrix:
    """How alike each pair of texts is by whole words: 0 to 1."""
    return likeness_by([Counter(words) for words in texts])
