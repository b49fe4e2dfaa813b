"""Many reasons in few lines, on pages and command lines alike: one example of each kind, and how many are like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.theme.formats import plural

IN_FULL = 3  # so many reasons are read as they are
_NAMES = re.compile(r"`[^`]*`(?:, `[^`]*`)*")


def examples(reasons: Iterable[str]) -> list[str]:
    """One example of each kind, in order; reasons are of one kind where they differ in nothing but what they name."""
    kinds: dict[str, list[str]] = {}
    for reason in reasons:
        kinds.setdefault(_NAMES.sub("`", reason), []).append(reason)
    return [f"{first} (and {len(more):,} like it)" if more else first for first, *more in kinds.values()]


def summed(reasons: Sequence[str], every: bool = False) -> tuple[str, list[str]]:
    """How to say the reasons: their number, with what follows it; no number where they are few, or `every` one is
    wanted."""
    if every or len(reasons) <= IN_FULL:
        return "", list(reasons)
    return f"{plural(len(reasons), 'reason')}, such as", examples(reasons)
