"""Precision: how much of what the model allows was observed, from escaping edges.

Each aligned trace is replaced by the model's trace that it aligns with. After every beginning of these traces the
model allows some activities next, and the log took some of them; the rest escapes. Precision is the sum of those taken
divided by the sum of those allowed, each beginning counted once for every case that goes on from it. Source: A.
Adriansyah, J. Munoz-Gama, J. Carmona, B. F. van Dongen, W. M. P. van der Aalst, "Alignment based precision checking"
(2012), with one optimal alignment a trace. Where every trace fits it equals pm4py's `precision_alignments`, which
aligns every beginning anew and leaves out those that do not fit.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from mining.conformance.align import Trace
from mining.conformance.language import NextSteps
from mining.conformance.net import Net

_LOOK = 0xFF  # beginnings between two looks at the clock, less one


@dataclass(frozen=True)
class Precision:
    """How much of what the model allows was observed, from 0 to 1."""

    value: float
    allowed: int  # activities that the model allows next, summed over the beginnings
    taken: int  # those of them that the log took
    approximate: bool  # at least this: what the model allows was over-estimated


@dataclass(slots=True)
class _Node:
    """A beginning of traces."""

    cases: int = 0  # that go on from here
    following: dict[str, _Node] = field(default_factory=dict)


def precision(net: Net, traces: Mapping[Trace, int], until: float | None = None) -> Precision | None:
    """The precision of `net` for `traces` of its own with their numbers of cases.

    None where none has an activity, and where it is not known when the clock shows `until`.
    """
    steps = NextSteps(net)
    allowed = taken = seen = 0
    pending = [(_tree(traces), steps.begin)]
    while pending:
        node, markings = pending.pop()
        seen += 1
        if not seen & _LOOK and until is not None and time.monotonic() >= until:
            return None
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
