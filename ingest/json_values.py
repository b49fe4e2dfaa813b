"""JSON as it stands in files: numbers keep their digits, and what other programs would read otherwise is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

DEEPEST = 20  # levels of objects and lists
_DRESSED = re.compile(r"[eE]|\.0+$")


class Unreadable(ValueError):
    """What is wrong with a piece of JSON, in words that follow where it stands."""


class Number(str):
    """A number as it is written."""

    __slots__ = ()


class LineParser:
    """Parses one line after the other; `doubled` is where a key came again in its object, the last of the kind kept."""

    def __init__(self) -> None:
        self.doubled: list[str] = []
        self._decoder = _decoder(self._object)

    def parse(self, text: str) -> Any:
        """The value in `text`, its numbers as written. Raises Unreadable."""
        try:
            value = self._decoder.decode(text)
        except json.JSONDecodeError as error:
            raise Unreadable(f"is not JSON: {error.msg} at character {error.pos + 1:,}") from None
        except RecursionError:
            raise Unreadable("nests objects or lists hundreds deep") from None
        if "\\u" in text:
            _check_text(text, value)
        return value

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self.doubled += [key for n, (key, _) in enumerate(pairs) if key in dict(pairs[n + 1 :])]
        return found


def as_text(value: Any) -> str | None:
    """A value as the text of a cell; None for null. Objects and lists are JSON."""
    if value is None:
        return None
    if isinstance(value, Number):
        return _plain(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return _nested(value, 0)


def flat(value: dict[str, Any], prefix: str = "", depth: int = 1) -> Iterator[tuple[str, str | None]]:
    """Name and text of each value in an object; objects within give dotted names. Raises Unreadable."""
    if depth > DEEPEST:
        raise Unreadable(f"nests objects more than {DEEPEST} deep")
    for key, inner in value.items():
        if not key.strip() or "\x00" in key:
            raise Unreadable("has a value without a readable name")
        if isinstance(inner, dict) and inner:
            yield from flat(inner, f"{prefix}{key}.", depth + 1)
        else:
            yield prefix + key, as_text(inner)


def _plain(number: Number) -> str:
    """A number as it is written, but without an exponent, and whole where its fraction is nought: 1e5 is 100000."""
    if not _DRESSED.search(number):
        return str(number)
    plain = Decimal(number)
    if plain and not -15 <= plain.adjusted() <= 25:
        return str(number)
    text = format(plain, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _check_text(text: str, value: Any) -> None:
    """Raise Unreadable for escapes that no text can hold: NUL, and half of a surrogate pair."""
    try:
        repr_of = json.dumps(value, ensure_ascii=False)
        repr_of.encode()
    except UnicodeEncodeError:
        raise Unreadable("has half a surrogate pair, which is no character") from None
    except RecursionError:
        raise Unreadable("nests objects or lists hundreds deep") from None
    if "\\u0000" in text and "\\u0000" in repr_of:
        raise Unreadable("has a NUL character")


def _nested(value: Any, depth: int) -> str:
    if depth > DEEPEST:
        raise Unreadable(f"nests lists more than {DEEPEST} deep")
    if isinstance(value, Number):
        return value
    if isinstance(value, list):
        return f"[{', '.join(_nested(inner, depth + 1) for inner in value)}]"
    if isinstance(value, dict):
        inner = (f"{json.dumps(key, ensure_ascii=False)}: {_nested(each, depth + 1)}" for key, each in value.items())
        return f"{{{', '.join(inner)}}}"
    return json.dumps(value, ensure_ascii=False)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        doubled = next(key for n, (key, _) in enumerate(pairs) if key in dict(pairs[:n]))
        raise Unreadable(f"gives `{doubled[:100]}` twice")
    return found


def _constant(name: str) -> Any:
    raise Unreadable(f"has `{name}`, which is no JSON")


def _decoder(hook: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> json.JSONDecoder:
    return json.JSONDecoder(
        parse_int=Number, parse_float=Number, parse_constant=_constant, object_pairs_hook=hook, strict=True
    )


DECODER = _decoder(_object)  # refuses a key that comes twice
