"""The names of what a proposal changes, at any depth, and what stands under a name.

`vendor.name` is `name` inside `vendor`; `items[].price` is the `price` of every entry of the list `items`. A key that
itself has a dot, bracket or quote is written in quotes (`"a.b".c`), so that no key can pass for the way to another one.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ENTRIES = "[]"
MOST_DEPTH = 20
TOO_DEEP = "[...]"  # ends a name below which there is more than can be named: no task has such a name
_SPECIAL = re.compile(r'[.\[\]"]')
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_PART = re.compile(r'(?:^|\.)("(?:\\.|[^"\\])*"|[^.\[\]"]+)((?:\[\])*)')


def names_of(values: Mapping[str, Any]) -> frozenset[str]:
    """The names of all values in `values` that are no objects, and no lists of objects, themselves."""
    return frozenset(name for key, value in values.items() for name in _names(written(str(key)), value))


def changed(before: Mapping[str, Any], changes: Mapping[str, Any]) -> frozenset[str]:
    """The names of everything that `changes` would write into `before`, and of what would be gone from it then."""
    replaced = {key: before[key] for key in changes if before.get(key) is not None}
    return names_of(changes) | names_of(replaced)


def values_at(values: Mapping[str, Any], name: str) -> list[Any]:
    """What stands under `name`, in order; of a list of objects one for each. What is missing is None.

    An empty list has nothing under it.
    """
    found: list[Any] = [values]
    for key, lists in _PART.findall(name):
        plain = _key(key)
        found = [value.get(plain) if isinstance(value, Mapping) else None for value in found]
        for _ in range(len(lists) // 2):
            found = [entry for value in found for entry in (value if isinstance(value, list) else [None])]
    return found


def single(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What stands in `values` under each of `names` that names one value, not entries of a list; what is missing is
    left out."""
    found = {name: values_at(values, name)[0] for name in names if is_name(name) and ENTRIES not in name}
    return {name: value for name, value in found.items() if value is not None}


def placed(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that put each of `values`, by name, where it belongs in `before`; what stands beside it is kept.

    A name of entries of a list (`items[].price`) says not which one is meant: its value is put under the name itself.
    """
    changes: dict[str, Any] = {}
    for name, value in values.items():
        parts = _PART.findall(name)
        if len(parts) < 2 or any(lists for _, lists in parts) or not is_name(name):
            changes[_key(parts[0][0]) if len(parts) == 1 and is_name(name) and not parts[0][1] else name] = value
            continue
        *way, last = [_key(key) for key, _ in parts]
        at = changes
        at.setdefault(way[0], copy.deepcopy(before.get(way[0])))
        for key in way:
            if not isinstance(at.get(key), dict):
                at[key] = {}
            at = at[key]
        at[last] = value
    return changes


def way_of(name: str) -> tuple[str, ...]:
    """The keys that lead to what `name` names, from the outermost; none for what is no name, or names entries of a
    list: nobody can say by it which one is meant."""
    if not is_name(name) or ENTRIES in _QUOTED.sub("", name):
        return ()
    return tuple(_key(key) for key, _ in _PART.findall(name))


def _key(part: str) -> str:
    return str(json.loads(part)) if part.startswith('"') else part


def is_name(text: str) -> bool:
    """Whether `text` is written as a name is."""
    return bool(text) and not text.startswith(".") and "".join(match[0] for match in _PART.finditer(text)) == text


def written(key: str) -> str:
    """`key` as it stands in a name: in quotes where it would be read as a way into something."""
    return json.dumps(key, ensure_ascii=False) if _SPECIAL.search(key) or not key else key


def _names(name: str, value: Any, depth: int = 1) -> Iterator[str]:
    nested = isinstance(value, Mapping | list) and depth > MOST_DEPTH
    if nested and value:
        yield name + TOO_DEEP
    elif isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _names(f"{name}.{written(str(key))}", inner, depth + 1)
    elif isinstance(value, list) and any(isinstance(entry, Mapping | list) for entry in value):
        for entry in value:
            if isinstance(entry, Mapping | list):
                yield from _names(name + ENTRIES, entry, depth + 1)
            else:
                yield name
    else:
        yield name
