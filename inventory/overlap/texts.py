"""What of a pilot's words is compared: without decoration, without its department, without what all say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from inventory.values import Pilot

FIELDS = ("name", "activity", "purpose")
SHARED_BY = 0.06  # words that so large a share of the pilots have say nothing of any one of them
AT_LEAST = 4  # pilots that have a word before it can be called shared by all
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_DECORATION = re.compile(r"^(v?\d+|[ivx]{2,4})$")  # v2, 2025, II


@dataclass(frozen=True)
class Texts:
    """The words of every pilot, in one order."""

    fields: dict[str, tuple[tuple[str, ...], ...]]  # of each of FIELDS: words of each pilot, shared words taken out
    written: dict[str, tuple[str, ...]]  # the same of each pilot as one text, capitals as they stood
    shared: frozenset[str]  # what was taken out

    def joined(self, field: str) -> tuple[str, ...]:
        """The words of one field of each pilot in lower case; empty where it has none."""
        return tuple(" ".join(words) for words in self.fields[field])

    def whole(self) -> tuple[str, ...]:
        """All that each pilot says, as one text."""
        return tuple(". ".join(filter(None, said)) for said in zip(*(self.written[f] for f in FIELDS), strict=True))

    def everything(self) -> tuple[tuple[str, ...], ...]:
        """All words of each pilot, each once, in the order of FIELDS."""
        return tuple(
            tuple(dict.fromkeys(w for found in of_pilot for w in found))
            for of_pilot in zip(*(self.fields[field] for field in FIELDS), strict=True)
        )


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text` in its order, in lower case; letters of every alphabet, no punctuation."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def texts_of(pilots: Sequence[Pilot]) -> Texts:
    """The words of `pilots` without versions and years, departments in purposes, and what all share.

    A word is shared by all when SHARED_BY of the pilots, and at least AT_LEAST, have it. A field of nothing but such
    words keeps them: there is nothing else to know it by.
    """
    units = sorted({p.facts.department.strip() for p in pilots}, key=lambda unit: (-len(unit), unit))
    raw = {field: [_words(p, field, units) for p in pilots] for field in FIELDS}
    held = [{w.casefold() for field in FIELDS for w in raw[field][n]} for n in range(len(pilots))]
    shared = shared_words(held)
    kept = {
        field: [tuple(w for w in words if w.casefold() not in shared) or words for words in raw[field]]
        for field in FIELDS
    }
    fields = {field: tuple(tuple(w.casefold() for w in words) for words in kept[field]) for field in FIELDS}
    written = {field: tuple(" ".join(words) for words in kept[field]) for field in FIELDS}
    return Texts(fields, written, shared)


def shared_words(held: Sequence[set[str]]) -> frozenset[str]:
    """The words that so many of the pilots have that they tell nothing; see `texts_of`."""
    counts = Counter(word for words in held for word in words)
    limit = max(AT_LEAST, SHARED_BY * len(held))
    return frozenset(word for word, count in counts.items() if count >= limit)


def _words(pilot: Pilot, field: str, units: Sequence[str]) -> tuple[str, ...]:
    facts = pilot.facts
    if field == "name":
        text = facts.name
    elif field == "activity":
        text = " ".join(facts.activities)
    else:
        text = facts.purpose or ""
        for unit in units:
            text = re.sub(rf"(?<!\w){re.escape(unit)}(?!\w)", " ", text)
    found = written_words(text)
    return tuple(w for w in found if not _DECORATION.match(w.casefold())) or found


def written_words(text: str) -> tuple[str, ...]:
    """The words of `text` in its order, capitals as they stand, but for a text of nothing else: that begins with one.

    Encoders know German nouns and names by their capitals.
    """
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text.capitalize() if text.isupper() else text)))
