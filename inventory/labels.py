"""When two names are the same name, and when they only look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_BETWEEN = re.compile(r"(?:[^\w+#]|_)+")  # `+` and `#` tell names apart: C, C++ and C# are three

ALIKE = 0.75  # below this, two names have too little in common to suggest one for the other


@lru_cache(maxsize=65_536)
def key(label: str) -> str:
    """`label` without case, punctuation and spacing: two names with one key are the same name.

    Words keep their order and endings: "Create order" and "create-ORDER" are one name, "Create orders" is another.
    A name of nothing but punctuation is its own key.
    """
    folded = unicodedata.normalize("NFKC", label).casefold().strip()
    return _BETWEEN.sub(" ", folded).strip() or folded


def likeness(first: str, second: str) -> float:
    """How much two names look alike, 0 to 1: the better of their letters in order and of their words in any order.

    Ratcliff and Metzener, Pattern matching: the gestalt approach, 1988, as in Python's difflib.
    """
    a, b = key(first), key(second)
    ordered = SequenceMatcher(None, a, b, autojunk=False).ratio()
    sorted_words = SequenceMatcher(
        None, " ".join(sorted(a.split())), " ".join(sorted(b.split())), autojunk=False
    ).ratio()
    return max(ordered, sorted_words)


def most_alike(label: str, known: Iterable[str], most: int = 3) -> tuple[tuple[str, float], ...]:
    """Up to `most` of `known` that look like `label`, with their likeness, the likeliest first."""
    scored = [(name, likeness(label, name)) for name in known if _may_be_alike(label, name)]
    return tuple(sorted((s for s in scored if s[1] >= ALIKE), key=lambda s: (-s[1], s[0]))[:most])


def _may_be_alike(first: str, second: str) -> bool:
    """Whether the letters, in whatever order, leave room for a likeness of ALIKE: cheap, and never wrong to say no."""
    matcher = SequenceMatcher(None, key(first), key(second), autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE
