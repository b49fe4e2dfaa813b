"""JSON as people write it in settings, and values of it looked at without trust."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"?|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?|,(?=\s{0,200}[}\]])')


def json_of(text: str) -> Any:
    """The value in `text`, JSON with comments and commas at the end of lists too; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        bare = _TOKEN.sub(lambda t: t[0] if t[0][0] == '"' else "" if t[0][0] == "/" else t[0], text)
        bare = _TOKEN.sub(lambda t: "" if t[0] == "," else t[0], bare)
        return json.loads(bare)
    except (ValueError, RecursionError):
        return None


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


def mapping(value: object) -> Mapping[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """`value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text_of(value: object, longest: int = 300) -> str:
    """`value` as one line if it is text, else nothing."""
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""


def walk(value: object, deepest: int = 40, most: int = 50_000) -> Iterator[Mapping[str, Any]]:
    """Every object within `value`, the outer first; at most `most` things are looked at."""
    stack: list[tuple[object, int]] = [(value, 0)]
    while stack and (most := most - 1) >= 0:
        one, depth = stack.pop()
        if depth > deepest:
            continue
        if isinstance(one, dict):
            yield one
            stack += [(inner, depth + 1) for inner in reversed(list(one.values()))]
        elif isinstance(one, list):
            stack += [(inner, depth + 1) for inner in reversed(one)]


def line_of(text: str, wanted: str) -> int | None:
    """The first line of `text`, from 1, on which `wanted` stands; None where it does on none."""
    place = text.find(wanted)
    return None if place < 0 else text.count("\n", 0, place) + 1
