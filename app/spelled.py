"""Values of a run in words: one value, every value of a structure, and what changed from one to the other.

Pure functions, for pages and commands alike: nobody has to read JSON to know what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LONGEST = 80  # characters of a text within a sentence
_MOST = 6  # values named in one sentence
_ENTRIES = 5  # of a list, named in full


def spelled(value: Any) -> str:
    """One value as it reads in a sentence: `“Acme”`, `1200`, `yes`, `nothing`."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, str):
        line = " ".join(value.split())
        return f"“{line if len(line) <= _LONGEST else f'{line[: _LONGEST - 1]}…'}”"
    if isinstance(value, list | tuple):
        if 0 < len(value) <= _ENTRIES and not any(isinstance(entry, Mapping | list) for entry in value):
            return ", ".join(map(spelled, value))
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    if isinstance(value, Mapping):
        return listed({str(name): spelled(inner) for name, inner in leaves(value).items()}) or "nothing"
    return str(value)


def leaves(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Every value of a structure under its path: `{"changes": {"vendor": "Acme"}}` has "changes › vendor". An empty
    structure has none."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= leaves(value, f"{before}{name} › ")
        else:
            found[f"{before}{name}"] = value
    return found


def flat(values: Mapping[str, Any]) -> dict[str, str]:
    """Every value of a structure as text, under its path, to stand beside its name."""
    return {
        name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for name, value in leaves(values).items()
    }


def named(values: Mapping[str, Any]) -> str:
    """The values with their names: `amount 1200, order number “PO-7”`; empty where there are none."""
    return listed({name: spelled(value) for name, value in leaves(values).items()})


def changes(before: Mapping[str, Any], written: Mapping[str, Any]) -> str:
    """What `written` makes of the fields in `before`: `amount 100 → 120, supplier “Acme”`; empty for no change."""
    old = leaves({name: before[name] for name in written if before.get(name) is not None})
    new = leaves(written)
    found = {}
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name), new.get(name)
        if was == now and type(was) is type(now):
            continue
        found[name] = spelled(now) if was is None else f"{spelled(was)} → {spelled(now)}"
    return listed(found)


def cut(text: str, most: int = _LONGEST) -> str:
    """`text`, or of a longer one its beginning and how long it is."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"


def listed(told: Mapping[str, str]) -> str:
    """Names with what is told of each, the first few of many."""
    few = [f"{cut(name.replace('_', ' '))} {text}" for name, text in list(told.items())[:_MOST]]
    more = len(told) - len(few)
    return ", ".join(few) + (f" and {more} more" if more else "")
