"""What a net allows step by step: the markings it can be in after a beginning, and whether it allows a whole trace."""

from __future__ import annotations

import time
from functools import cache

from mining.conformance.align import Trace
from mining.conformance.net import Net

MOST_MARKINGS = 3000
"""Markings followed from one point through silent transitions; beyond that what is allowed is over-estimated by letting
silent transitions keep what they take, and the answer says that it is approximate."""
_LOOK = 0x3FF  # activities between two looks at the clock, less one


class NextSteps:
    """The markings that a net can be in after an activity, and the activities that it allows next.

    What was found once is kept, so that a long trace that goes through the same markings again costs a look-up a step.
    """

    def __init__(self, net: Net) -> None:
        self.begin = frozenset({net.initial})
        self.approximate = False
        self._final = net.final
        self._silent = tuple(t for t in net.transitions if t.label is None)
        self._visible = tuple(t for t in net.transitions if t.label is not None)
        self._reached = cache(self._reach)
        self.allowed = cache(self._allow)
        self.after = cache(self._go)

    def allows(self, trace: Trace, until: float | None = None) -> bool | None:
        """Whether the net allows `trace`; None where that cannot be told, or not until the clock shows `until`."""
        markings = self.begin
        for place, activity in enumerate(trace):
            if not place & _LOOK and until is not None and time.monotonic() >= until:
                return None
            markings = self.after(markings, activity)
            if not markings:
                return False
        reached = self._reached(markings)
        if not self.approximate:
            return self._final in reached
        return None if any(m & self._final == self._final for m in reached) else False  # more tokens than there are

    def _allow(self, markings: frozenset[int]) -> frozenset[str]:
        at = self._reached(markings)
        return frozenset(t.label for t in self._visible if t.label and any(m & t.takes == t.takes for m in at))

    def _go(self, markings: frozenset[int], label: str) -> frozenset[int]:
        at = self._reached(markings)
        return frozenset(
            (m & ~t.takes) | t.gives for t in self._visible if t.label == label for m in at if m & t.takes == t.takes
        )

    def _reach(self, markings: frozenset[int]) -> frozenset[int]:
        """The markings reached through silent transitions from `markings`, these included."""
        seen = set(markings)
        pending = list(markings)
        while pending:
            marking = pending.pop()
            for t in self._silent:
                if marking & t.takes == t.takes:
                    reached = (marking & ~t.takes) | t.gives
                    if reached not in seen:
                        seen.add(reached)
                        pending.append(reached)
            if len(seen) > MOST_MARKINGS:
                self.approximate = True
                return frozenset(self._keep_all(marking) for marking in markings)
        return frozenset(seen)

    def _keep_all(self, marking: int) -> int:
        """`marking` with every place that silent transitions could fill if they took nothing away."""
        grown = True
        while grown:
            grown = False
            for t in self._silent:
                if marking & t.takes == t.takes and marking & t.gives != t.gives:
                    marking |= t.gives
                    grown = True
        return marking
