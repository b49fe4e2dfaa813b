"""Options that commands share: those that may be said again and again, and `NAME=VALUE` as values."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

import typer

_Word = TypeVar("_Word", bound=StrEnum)


def said(name: str, meaning: str) -> Any:
    """An option that is said once, if at all."""
    return typer.Option(name, help=meaning)


def repeated(name: str, metavar: str, meaning: str) -> Any:
    """An option that may be said again and again."""
    return typer.Option(name, metavar=metavar, help=f"{meaning} Repeatable.")


def pairs(given: Sequence[str] | None, option: str) -> dict[str, str]:
    """`NAME=VALUE` options as a dictionary. Raises BadParameter for others."""
    found = {}
    for text in given or ():
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise typer.BadParameter(f"`{text}`: write it as `{option} NAME=VALUE`.")
        found[name.strip()] = value.strip()
    return found


def one_word(text: str | None, words: type[_Word], option: str) -> _Word | None:
    """The value of an enumeration that `text` is. Raises BadParameter that names those there are."""
    if text is None:
        return None
    known = {word.value: word for word in words}
    if text.lower() not in known:
        raise typer.BadParameter(f"`{option} {text}` is not known. Known: {', '.join(f'`{word}`' for word in known)}.")
    return known[text.lower()]
