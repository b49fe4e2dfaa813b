"""Extraneous delay: what a waiting time has beyond the time in which its performer was busy with other work.

    delay = last moment before the start at which the performer had room - first such moment since it was enabled

D. Chapela-Campa, M. Dumas, Enhancing business process simulation models with extraneous activity delays, Information
Systems 122, 2024 (eclipse-aware estimation): whoever leaves something lying while they have room waits for something
else, and other work in between only hides that. Time off duty is left out by measuring in working time. A break of up
to ten minutes between two pieces of work is no room (ours). What is simulated as a queue must not be counted twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

BREAK = 600.0  # seconds


def extraneous_delay(full: Sequence[tuple[float, float]], enabled: float, start: float) -> float:
    """The delay in seconds. `full` are the times in which the performer had no room, in order and apart."""
    first, last = enabled, start
    at = bisect_right(full, (enabled, float("inf"))) - 1
    if at >= 0 and full[at][1] > enabled:
        first = full[at][1]
    at = bisect_left(full, (start, float("-inf"))) - 1  # the last that began before the start
    if at >= 0 and full[at][1] + BREAK >= start:
        last = full[at][0]
    return max(0.0, last - first)


def full_times(spans: Sequence[tuple[float, float]], takes: int) -> list[tuple[float, float]]:
    """The times in which at least `takes` of `spans` are open, in order and apart by more than a break."""
    moves = sorted([(a, 1) for a, b in spans if b > a] + [(b, -1) for a, b in spans if b > a])
    found: list[tuple[float, float]] = []
    opened, since = 0, None
    for moment, change in moves:
        opened += change
        if opened >= takes and since is None:
            since = moment
        elif opened < takes and since is not None:
            if found and since - found[-1][1] <= BREAK:
                found[-1] = (found[-1][0], moment)
            elif moment > since:
                found.append((since, moment))
            since = None
    return found
