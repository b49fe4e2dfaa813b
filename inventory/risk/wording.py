"""Words looked for in what pilots say, whatever their case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

LONGEST = 80  # characters of one word or phrase
_BETWEEN = re.compile(r"[\W_]+")
_PHRASE = re.compile(r"\*?\w+\*?(?: \*?\w+\*?)*")


def folded(text: str) -> str:
    """`text` without case, accents and punctuation, one blank between words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _BETWEEN.sub(" ", bare).strip()


@dataclass(frozen=True)
class WordPattern:
    """Words and phrases; `*` at the end or the beginning of a word stands for any letters there.

    Raises ValueError, in words, for a phrase that is none.
    """

    phrases: tuple[str, ...]

    def __post_init__(self) -> None:
        for phrase in self.phrases:
            if len(phrase) > LONGEST or not _PHRASE.fullmatch(_kept_stars(phrase)):
                raise ValueError(
                    f"`{phrase[:LONGEST]}` is no phrase of at most {LONGEST} characters, with `*` at ends of words"
                )

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        written = sorted(map(_kept_stars, self.phrases), key=len, reverse=True)
        return re.compile("|".join(rf"\b{re.escape(p)}\b".replace(r"\*", r"\w*") for p in written))

    def found(self, texts: Iterable[str]) -> tuple[str, ...]:
        """What of the phrases stands in `texts`, as it stands there folded, each once."""
        if not self.phrases:
            return ()
        return tuple(dict.fromkeys(hit[0] for text in texts for hit in self._pattern.finditer(folded(text))))


def _kept_stars(phrase: str) -> str:
    return " ".join("*".join(folded(part) for part in word.split("*")) for word in phrase.split())
