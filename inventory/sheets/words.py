"""The words that people use above columns and in cells, from words.toml; and what the heading of amounts says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.meaning.amounts import CURRENCIES
from ingest.words import plain
from inventory import labels
from inventory.columns import COLUMNS, MONEY
from inventory.values import CostPeriod

LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "nl": "Dutch", "pt": "Portuguese",
    "it": "Italian",
}  # fmt: skip
_GLUED = {"jahres": "year", "monats": "month", "quartals": "quarter", "jaar": "year", "maand": "month",
          "kwartaal": "quarter"}  # fmt: skip
_THOUSANDS = re.compile(r"(?<![a-z])(k|tsd|thousands?|tausend|milliers?|miles|mila|duizend)(?![a-z])")
_THOUSAND_OF = re.compile(r"(?<![a-z])[kt] ?(?=(€|\$|£|eur|usd|gbp|chf)(?![a-z]))")
_LINKS = {"in", "per", "pro", "par", "por", "al", "a", "je", "im", "en", "em", "ao", "l", "all", "of", "the"}
_SIGNS = re.compile(r"us\$|r\$|zł|kč|[€$£¥₹₽₺₩₪]")


@cache
def _kept() -> dict[str, Any]:
    return tomllib.loads(files("inventory.sheets").joinpath("words.toml").read_text("utf-8"))


def word_key(text: str) -> str:
    """`text` without case, accents, spacing and punctuation: two headings with one key say the same."""
    return plain(text.casefold()) or labels.key(text)


def heading_of(text: str) -> tuple[str, str] | None:
    """The column that a heading means by itself and the language that calls it so; None where none does.

    Words that are told apart by capitals alone, as in `monthlyCost`, are words too.
    """
    return headings().get(word_key(text)) or headings().get(plain(text))


@cache
def headings() -> dict[str, tuple[str, str]]:
    """From the key of a heading to the column it means and the language that calls it so; empty: its own name."""
    found: dict[str, tuple[str, str]] = {}
    for column, languages in _kept()["heading"].items():
        for language, words in languages.items():
            for word in words:
                found.setdefault(word_key(word), (column, language))
    return found | {word_key(column.name): (column.name, "") for column in COLUMNS}


def english(column: str) -> tuple[str, ...]:
    """The other English names of a column, as words.toml has them."""
    return tuple(_kept()["heading"].get(column, {}).get("en", ()))


@cache
def meanings(column: str) -> dict[str, str]:
    """From the key of a word in a cell of `column` to the value that is kept; empty for a column of other things."""
    return {word_key(word): value for value, words in _kept()["cell"].get(column, {}).items() for word in words}


def values_of(column: str) -> tuple[str, ...]:
    """The values that are kept in `column`, in their order."""
    return tuple(_kept()["cell"][column])


@dataclass(frozen=True)
class HeadingUnit:
    """What the heading of an amount says beside its name."""

    column: str
    language: str
    period: CostPeriod | None
    currency: str | None
    factor: int


def unit_of(heading: str) -> HeadingUnit | None:
    """What a heading such as "Kosten pro Jahr (T€)" says of its amounts; None for a heading of anything else."""
    text = f" {heading.casefold()} "
    factor = 1000 if _THOUSAND_OF.search(text) or _THOUSANDS.search(text) else 1
    text = _THOUSANDS.sub(" ", _THOUSAND_OF.sub(" ", text))
    currency = next((CURRENCIES[sign] for sign in _SIGNS.findall(text) if sign in CURRENCIES), None)
    words = word_key(_SIGNS.sub(" ", text)).split()
    words = [part for word in words for part in _unglued(word)]
    code = next((w for w in words if w in CURRENCIES and len(w) >= 3), None)
    currency = currency or (CURRENCIES[code] if code else None)
    words = [w for w in words if w != code]
    period, words = _period_in(words)
    found = headings().get(" ".join(words)) or headings().get(" ".join(w for w in words if w not in _LINKS))
    if found is None or found[0] not in MONEY:
        return None
    return HeadingUnit(found[0], found[1], period, currency, factor)


def period_in(text: str) -> CostPeriod | None:
    """The period that a text names, such as "per year"; None where it names none."""
    value = meanings("cost_period").get(word_key(text))
    return CostPeriod(value) if value else None


def _period_in(words: list[str]) -> tuple[CostPeriod | None, list[str]]:
    """The first period that a run of `words` names, the longest runs first; and the other words."""
    known = meanings("cost_period")
    for length in (2, 1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if run in known:
                rest = words[:start] + words[start + length :]
                while rest and rest[-1] in _LINKS:
                    rest.pop()
                return CostPeriod(known[run]), rest
    return None, words


def _unglued(word: str) -> tuple[str, ...]:
    """`jahreskosten` in two words."""
    for glued, period in _GLUED.items():
        if word.startswith(glued) and len(word) > len(glued) + 2:
            return period, word[len(glued) :]
    return (word,)
