"""Precision: how much of what the model allows was observed, from escaping edges.

Each aligned trace is replaced by the model's trace that it aligns with. After every beginning of these traces the
model allows some activities next, and the log took some of them; the rest escapes. Precision is the sum of those taken
divided by the sum of those allowed, each beginning counted once for every case that goes on from it. Source: A.
Adriansyah, J. Munoz-Gama, J. Carmona, B. F. van Dongen, W. M. P. van der Aalst, "Alignment based precision checking"
(2012), with one optimal alignment a trace. Where every trace fits it equals pm4py's `precision_alignments`, which
aligns every beginning anew and leaves out those that do not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from mining.conformance.align import Trace
from mining.conformance.net import Net

MOST_MARKINGS = 3000
"""Markings followed from one point through silent transitions; beyond that the allowed activities are over-estimated by
letting silent transitions keep what they take, and the answer says that it is approximate."""


@dataclass(frozen=True)
class Precision:
    """How much of what the model allows was observed, from 0 to 1."""

    value: float
    allowed: int  # activities that the model allows next, summed over the beginnings
    taken: int  # those of them that the log took
    approximate: bool  # at least this: what the model allows was over-estimated


@dataclass
class _Node:
    """A beginning of traces."""

    cases: int = 0  # that go on from here
    following: dict[str, _Node] = field(default_factory=dict)


def precision(net: Net, traces: Mapping[Trace, int]) -> Precision | None:
    """The precision of `net` for `traces` of its own with their numbers of cases; None where none has an activity."""
    steps = _Steps(net)
    allowed = taken = 0
    pending = [(_tree(traces), steps.begin)]
    while pending:
        node, markings = pending.pop()
        if not node.following:
            continue
        allowed += node.cases * len(steps.allowed(markings) | node.following.keys())
        taken += node.cases * len(node.following)
        pending += [(child, steps.after(markings, label)) for label, child in node.following.items()]
    return Precision(taken / allowed, allowed, taken, steps.approximate) if allowed else None


def _tree(traces: Mapping[Trace, int]) -> _Node:
    root = _Node()
    for trace, cases in traces.items():
        node = root
        for activity in trace:
            node.cases += cases
            node = node.following.setdefault(activity, _Node())
    return root


class _Steps:
    """The markings that a net can be in after an activity, and the activities that it allows next."""

    def __init__(self, net: Net) -> None:
        self.begin = frozenset({net.initial})
        self.approximate = False
        self._silent = tuple(t for t in net.transitions if t.label is None)
        self._visible = tuple(t for t in net.transitions if t.label is not None)
        self._reached = cache(self._reach)
        self.allowed = cache(self._allow)
        self.after = cache(self._go)

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
