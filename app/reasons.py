"""Many reasons in few lines, on pages and command lines alike: one example of each kind, and how many are like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.theme.formats import plural

if TYPE_CHECKING:
    from governance import Approval

_LEVEL_2 = "At autonomy level 2 "  # how the reason of Tandem's own guard begins
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


def of_approval(approval: Approval) -> tuple[str, ...]:
    """Why an approval is needed: where the allocation of its task wants one, that is said, and no autonomy level."""
    if approval.request.context.get("autonomy_level") is None:
        return approval.reasons
    task = approval.request.attributes.get("task")
    named = f"`{task}`" if task else "this task"
    said = f"The allocation gives {named} to an agent with approval: a person approves each result of an agent."
    return tuple(said if reason.startswith(_LEVEL_2) else reason for reason in approval.reasons)
