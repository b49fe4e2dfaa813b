"""When work becomes ready, in the time of its run.

A run whose performers are simulated has its own time: each of them says when it started and ended. A task is ready when
everything that the process tree puts before it has ended, whichever of it was reported last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def part_before(done: str, offered: str) -> str:
    """The node under which everything precedes `offered`, given that completing `done` led to its offer.

    It is the child, on the side of `done`, of the node where their paths part: in a sequence or a loop all of that
    child came first. `done` itself where it lies above `offered`, as a decision does.
    """
    before, after = done.split("."), offered.split(".")
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    return ".".join(before[: shared + 1])


def lies_in(node: str, part: str) -> bool:
    """Whether `node` is `part` or below it."""
    return node == part or node.startswith(f"{part}.")


def ready(ends: Iterable[tuple[str, datetime]], done: str, offered: str, otherwise: datetime) -> datetime:
    """When `offered` is ready: the latest of `ends` (node, end) that precede it, else `otherwise`."""
    part = part_before(done, offered)
    return max((end for node, end in ends if lies_in(node, part)), default=otherwise)
