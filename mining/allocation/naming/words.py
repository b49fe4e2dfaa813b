"""The words of words.toml, and which of them stand in a name."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class NamedWord:
    """A word of the list that stands in a name."""

    text: str  # as it stands there, in lower case and without accents
    at: int  # which word of the name it begins with, from 0
    length: int = 1  # words


def tokens(name: str) -> tuple[str, ...]:
    """The words of `name`: lower case, without accents, split at signs and at changes from small to capital letters."""
    apart = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", name)
    bare = unicodedata.normalize("NFKD", apart).encode("ascii", "ignore").decode().casefold()
    return tuple(re.findall(r"[a-z]+", bare))


def find(kind: str, words: tuple[str, ...]) -> tuple[NamedWord, ...]:
    """The words of `kind` among `words`, in their order; one that stands within a longer one is not told again."""
    found: list[NamedWord] = []
    for at in range(len(words)):
        lengths = [len(pattern) for pattern in _patterns(kind) if _stands(pattern, words, at)]
        if lengths:
            length = max(lengths)
            found.append(NamedWord(" ".join(words[at : at + length]), at, length))
    return tuple(found)


def languages(kind: str) -> tuple[str, ...]:
    """The languages in which there are words of `kind`."""
    return tuple(_all()[kind])


def _stands(pattern: tuple[str, ...], words: tuple[str, ...], at: int) -> bool:
    there = words[at : at + len(pattern)]
    return len(there) == len(pattern) and all(_fits(p, w) for p, w in zip(pattern, there, strict=True))


def _fits(pattern: str, word: str) -> bool:
    if pattern.startswith("="):
        return word == pattern[1:]
    if pattern.startswith("-"):
        return word.startswith(pattern[1:]) or word.endswith(pattern[1:])
    return word.startswith(pattern)


@cache
def _patterns(kind: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.split()) for listed in _all()[kind].values() for word in listed)


@cache
def _all() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("mining.allocation.naming").joinpath("words.toml").read_text(encoding="utf-8"))
