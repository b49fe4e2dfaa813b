"""Reads OCEL 2.0 in JSON, element by element, so that memory does not grow with the file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from core.errors import BadInput
from ingest.json_values import DECODER, Unreadable, as_text
from ingest.ocel.tables import Ocel

_LONGEST = 16 << 20  # characters of one element
_PARTS = ("objectTypes", "eventTypes", "objects", "events")


def read_json(ocel: Ocel, chunks: Iterable[bytes]) -> None:
    """Fill `ocel` from the text in `chunks`. Raises BadInput for what is not JSON, or no OCEL 2.0 at all."""
    seen: set[str] = set()
    text = _JsonText(ocel, chunks)
    text.take("{", "it does not begin with `{`, as OCEL 2.0 does. Events alone are imported as JSON lines (`.jsonl`)")
    while not text.takes("}"):
        key = text.value()
        text.take(":", "a name is not followed by `:`")
        if str(key).startswith("ocel:"):
            ocel.refuse_first()
        if key in _PARTS and key not in seen:
            for number, element in enumerate(text.elements(str(key)), 1):
                _add(ocel, key, number, element)
        elif key in _PARTS:
            raise text.broken(f"it gives `{key}` twice")
        else:
            text.value()
        seen.add(str(key))
        if not text.takes(","):
            text.take("}", "an element is followed by neither `,` nor an end")
            break
    text.end()
    ocel.problems += [f"the list `{part}` is missing" for part in _PARTS if part not in seen]


def _add(ocel: Ocel, part: str, number: int, element: Any) -> None:
    """Put one element of a list into the tables, or note what is wrong with it."""
    where = f"`{part}`, element {number:,},"
    try:
        if part.endswith("Types"):
            ocel.types.add((part.removesuffix("Types"), _needed(element, "name")))
            return
        name, kind = _needed(element, "id"), _needed(element, "type")
        if part == "events":
            _event(ocel, element, name, kind)
        else:
            _object(ocel, element, name, kind)
    except Unreadable as error:
        ocel.problems.append(f"{where} {error}")


def _event(ocel: Ocel, element: dict[str, Any], name: str, kind: str) -> None:
    for attribute in _list(element, "attributes"):
        value = as_text(attribute.get("value"))
        if value is not None:
            ocel.event_values.add((name, _needed(attribute, "name"), value))
    for relation in _list(element, "relationships"):
        ocel.relations.add((name, _needed(relation, "objectId"), as_text(relation.get("qualifier"))))
    ocel.events.add((name, kind, as_text(element.get("time"))))


def _object(ocel: Ocel, element: dict[str, Any], name: str, kind: str) -> None:
    for attribute in _list(element, "attributes"):
        ocel.object_values.add(
            (name, _needed(attribute, "name"), as_text(attribute.get("value")), as_text(attribute.get("time")))
        )
    for relation in _list(element, "relationships"):
        ocel.links.add((name, _needed(relation, "objectId"), as_text(relation.get("qualifier"))))
    ocel.objects.add((name, kind))


def _needed(element: Any, key: str) -> str:
    if not isinstance(element, dict):
        raise Unreadable("is not an object `{...}`")
    text = as_text(element.get(key))
    if not text:
        raise Unreadable(f"has no `{key}`")
    return text


def _list(element: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = element.get(key) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Unreadable(f"has `{key}` that are no list of objects")
    return found


class _JsonText:
    """JSON text that is taken from the front while more of it comes."""

    def __init__(self, ocel: Ocel, chunks: Iterable[bytes]) -> None:
        self._ocel = ocel
        self._more = _decoded(ocel, chunks)
        self._text, self._at, self._before, self._lines = "", 0, 0, 1

    def takes(self, sign: str) -> bool:
        """Whether `sign` comes next; if so, it is taken."""
        self._skip()
        if not self._text.startswith(sign, self._at):
            return False
        self._at += len(sign)
        return True

    def take(self, sign: str, otherwise: str) -> None:
        if not self.takes(sign):
            raise self.broken(otherwise if self._at < len(self._text) else "it ends too early")

    def value(self) -> Any:
        """The next value, whatever it is."""
        while True:
            self._skip()
            try:
                found, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at <= _LONGEST and self._fill():
                    continue
                if error.pos >= len(self._text) - 1 or error.msg.startswith("Unterminated"):
                    raise self.broken("it ends too early, or one element is larger than 16 MB") from None
                raise self.broken(error.msg, error.pos) from None
            except Unreadable as error:
                raise self.broken(f"it {error}") from None
            except RecursionError:
                raise self.broken("it nests objects or lists hundreds deep") from None
            if end == len(self._text) and self._fill():
                continue  # a number may go on
            self._at = end
            return found

    def elements(self, part: str) -> Iterator[Any]:
        """The elements of the list that comes next."""
        self.take("[", f"`{part}` is not a list")
        if self.takes("]"):
            return
        while True:
            yield self.value()
            if self.takes("]"):
                return
            self.take(",", f"an element of `{part}` is followed by neither `,` nor `]`")

    def end(self) -> None:
        self._skip()
        if self._at < len(self._text):
            raise self.broken("more follows after its end")

    def broken(self, what: str, at: int | None = None) -> BadInput:
        """The error that `what` is wrong, with its line."""
        line = self._lines + self._text.count("\n", 0, self._at if at is None else at)
        return BadInput(
            f"`{self._ocel.path}` cannot be read as OCEL 2.0 in JSON: line {line:,}: {what}. Nothing was stored."
        )

    def _skip(self) -> None:
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text) or not self._fill():
                return

    def _fill(self) -> bool:
        """Whether there was more; what was taken is forgotten."""
        more = next(self._more, "")
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)


def _decoded(ocel: Ocel, chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for chunk, final in chain(((chunk, False) for chunk in chunks), [(b"", True)]):
            text = decoder.decode(chunk, final)
            if "\x00" in text or "\\u0000" in text:
                raise BadInput(f"`{ocel.path}` has a NUL character, which no text should have. Nothing was stored.")
            if text:
                yield text
    except UnicodeDecodeError as error:
        raise BadInput(
            f"`{ocel.path}` is not UTF-8 (0x{error.object[error.start]:02X}), as JSON has to be. Save it as UTF-8."
        ) from None
