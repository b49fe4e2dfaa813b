"""A cell that names several things: which signs split it, and which belong to a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from inventory import labels

_STRONG = re.compile(r"[;\n\r•]")
_NEVER_TIGHT = 3  # letters that both sides of a slash without blanks need: `S/4HANA` and `CI/CD` are one name
_TIGHT = re.compile(r"(?<=\S)/(?=\S)")


def parts_of(text: str, signs: str | None = None, *, remarks: bool = False) -> tuple[tuple[str, ...], str]:
    """The names in `text`, each once, and the weak signs (`,` and `/`) that split them.

    Where it has a `;` or a line end, nothing else splits; `signs` are those that were said to. Remarks keep their
    commas and slashes. A `;` and a line end always split, so that no name has one.
    """
    used = ""
    pieces: Sequence[str] = _STRONG.split(text)
    if signs is not None:
        for sign in signs:
            pieces = [part for piece in pieces for part in piece.split(sign)]
    elif len(pieces) == 1 and not remarks:
        pieces, used = _weakly(text)
    names: dict[str, str] = {}
    for piece in pieces:
        bare = " ".join(piece.split()).removeprefix("- ")
        if bare:
            names.setdefault(labels.key(bare), bare)
    return tuple(names.values()), used if len(names) > 1 else ""


def links_of(text: str) -> tuple[str, ...]:
    """The addresses in `text`: between blanks, lines and `;`."""
    return tuple(dict.fromkeys(part.rstrip(",") for part in re.split(r"[;\s]+", text) if part.rstrip(",")))


def joined(names: Sequence[str]) -> str:
    """`names` as one cell that `parts_of` reads again as they are."""
    text = "; ".join(names)
    return f"{text};" if len(names) == 1 and re.search(r"[,/]", text) else text


def _weakly(text: str) -> tuple[list[str], str]:
    used = ""
    pieces = [" ".join(text.split())]
    for sign, split in ((",", _commas), ("/", _slashes)):
        parts = [part for piece in pieces for part in split(piece)]
        used += sign if len(parts) > len(pieces) else ""
        pieces = parts
    return pieces, used


def _commas(text: str) -> list[str]:
    """Split at commas that stand outside brackets and between no digits."""
    depth, parts, start = 0, list[str](), 0
    for place, sign in enumerate(text):
        depth = max(0, depth + (sign in "([") - (sign in ")]"))
        between = text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
        if sign == "," and not depth and not between:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _slashes(text: str) -> list[str]:
    """Split at slashes with blanks around, and at those between two whole words; not in `http://` or `24/7`."""
    if "://" in text:
        return [text]
    parts = re.split(r"\s+/\s+|\s+/|/\s+", text)
    return [part for piece in parts for part in _tight(piece)]


def _tight(text: str) -> list[str]:
    sides = _TIGHT.split(text)
    if not all(side.strip() for side in sides):
        return [text]
    nearest = [word for left, right in pairwise(sides) for word in (left.split()[-1], right.split()[0])]
    return sides if all(sum(sign.isalpha() for sign in word) >= _NEVER_TIGHT for word in nearest) else [text]
