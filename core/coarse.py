"""Durations of logs that cannot tell short ones: told in whole multiples of the least length that they can."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

IN_SECONDS = "in seconds"  # marks the type of a field that holds a duration
Seconds = Annotated[float, IN_SECONDS]


class Coarse(float):
    """A duration in seconds, rounded to a multiple of `least`; 0 below it: nothing shorter could be told."""

    least: float

    def __new__(cls, seconds: float, least: float) -> Coarse:
        made = super().__new__(cls, 0.0 if abs(seconds) < least else round(seconds / least) * least)
        made.least = least
        return made

    def __reduce__(self) -> Any:
        return Coarse, (float(self), self.least)


def coarsened(found: T, least: float) -> T:
    """`found` with every duration in it as a `Coarse` one: the fields of dataclasses whose type is `Seconds`.

    Goes into dataclasses, tuples, lists and mappings.
    """
    made: T = _walk(found, least)
    return made


def _walk(found: Any, least: float) -> Any:
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        timed = _timed(type(found))
        changed = {}
        for field in dataclasses.fields(found):
            if not field.init:
                continue
            value = getattr(found, field.name)
            new = _told(value, least) if field.name in timed else _walk(value, least)
            if new is not value:
                changed[field.name] = new
        return dataclasses.replace(found, **changed) if changed else found
    if isinstance(found, tuple | list) and type(found) in (tuple, list):
        made = [_walk(one, least) for one in found]
        return type(found)(made) if any(a is not b for a, b in zip(made, found, strict=True)) else found
    if isinstance(found, Mapping) and isinstance(found, dict):
        return {key: _walk(value, least) for key, value in found.items()}
    return found


def _told(value: Any, least: float) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return [_told(one, least) for one in value] if isinstance(value, list | tuple) else value
    return Coarse(float(value), least)


@cache
def _timed(of: type) -> frozenset[str]:
    """The fields of a dataclass that hold durations."""
    hints = get_type_hints(of, include_extras=True)
    return frozenset(name for name, hint in hints.items() if _says(hint))


def _says(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return IN_SECONDS in get_args(hint)[1:]
    return any(_says(part) for part in get_args(hint))
