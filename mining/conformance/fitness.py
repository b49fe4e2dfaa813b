"""Fitness from alignments, and what is certain about traces that were not aligned.

Trace fitness is 1 - cost / worst, where the worst alignment does every activity of the trace in the trace alone and
then the model's shortest trace in the model alone. Log fitness is 1 - sum of costs / sum of worsts, each trace counted
once a case. Source: A. Adriansyah, B. F. van Dongen, W. M. P. van der Aalst, "Conformance checking using cost-based
fitness analysis" (2011). pm4py computes the same.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mining.conformance.align import Trace

COMPARED = 60  # aligned traces that one which was not aligned is compared with
BOUND_SECONDS = 5.0
MOST_COMPARED = 4_000_000  # product of the lengths of two traces whose distance is computed


@dataclass(frozen=True)
class Fitness:
    """How much of what was observed the model allows, from 0 to 1."""

    log: float  # 1 - costs / worst costs, over all cases
    mean: float  # of the fitness of each case's trace
    fitting: float  # share of the cases with cost 0
    cost: int  # of all cases
    worst: int


@dataclass(frozen=True)
class Bounds:
    """Between what a figure lies for certain."""

    low: float
    high: float


def fitness(costs: Mapping[Trace, int], cases: Mapping[Trace, int], shortest: int) -> Fitness | None:
    """The fitness of the traces that `costs` has; None where there are none.

    `cases` counts the cases of each trace, `shortest` the activities of the model's shortest trace.
    """
    n = sum(cases[trace] for trace in costs)
    if not n:
        return None
    cost = sum(costs[trace] * cases[trace] for trace in costs)
    worst = sum((len(trace) + shortest) * cases[trace] for trace in costs)
    each = sum(trace_fitness(trace, costs[trace], shortest) * cases[trace] for trace in costs)
    fitting = sum(cases[trace] for trace in costs if not costs[trace])
    return Fitness(1 - cost / worst if worst else 1.0, each / n, fitting / n, cost, worst)


def trace_fitness(trace: Trace, cost: int, shortest: int) -> float:
    """The fitness of one trace, 0 to 1."""
    worst = len(trace) + shortest
    return 1 - cost / worst if worst else 1.0


def bounds(
    costs: Mapping[Trace, int], cases: Mapping[Trace, int], labels: frozenset[str], shortest: int,
    departs: Collection[Trace] = (), until: float | None = None,
) -> Bounds | None:  # fmt: skip
    """Between what the log fitness of all `cases` lies where only the traces in `costs` were aligned.

    The least cost of a trace is its distance to the nearest trace of the model, activities inserted and deleted.
    Hence it differs from that of another trace by no more than the distance between the two (triangle inequality).
    The traces in `departs` are known to cost something. When the clock shows `until`, what is left is not compared.
    """
    if not cases:
        return None
    worst = sum((len(trace) + shortest) * n for trace, n in cases.items())
    low = high = sum(costs[trace] * cases[trace] for trace in costs)
    until = min(time.monotonic() + BOUND_SECONDS, until or math.inf)
    near = _by_length(costs, cases)
    for trace in cases.keys() - costs.keys():
        least, most = cost_bounds(trace, near, labels, shortest, until)
        low, high = low + max(least, trace in departs) * cases[trace], high + most * cases[trace]
    return Bounds(1 - high / worst, 1 - low / worst) if worst else Bounds(1.0, 1.0)


def cost_bounds(
    trace: Trace, aligned: Sequence[tuple[Trace, int]], labels: frozenset[str], shortest: int,
    until: float | None = None,
) -> tuple[int, int]:  # fmt: skip
    """The least and the most that the optimal alignment of `trace` can cost, given those of other traces, as many as
    are compared before the clock shows `until`."""
    least = sum(activity not in labels for activity in trace)
    most = len(trace) + shortest
    for other, cost in sorted(aligned, key=lambda pair: abs(len(pair[0]) - len(trace)))[:COMPARED]:
        if until is not None and time.monotonic() >= until:
            break
        apart = most_apart(trace, other)
        least, most = max(least, cost - apart), min(most, cost + apart)
    return least, most


def most_apart(one: Trace, other: Trace) -> int:
    """The distance of two traces, or more: of long ones, what differs between what they begin and end with alike is
    counted whole, since comparing it takes the product of their lengths."""
    if len(one) * len(other) <= MOST_COMPARED:
        return distance(one, other)
    begin = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[begin:], other[begin:]
    backwards = zip(reversed(one), reversed(other), strict=False)
    end = next((n for n, (a, b) in enumerate(backwards) if a != b), min(len(one), len(other)))
    one, other = one[: len(one) - end], other[: len(other) - end]
    if len(one) * len(other) <= MOST_COMPARED:
        return distance(one, other)
    return len(one) + len(other)


def distance(one: Trace, other: Trace) -> int:
    """The least number of activities to insert and delete that turns one trace into the other.

    Length of the longest common subsequence in bits: H. Hyyro, "Bit-parallel LCS-length computation revisited" (2004).
    """
    places: dict[str, int] = {}
    for place, activity in enumerate(one):
        places[activity] = places.get(activity, 0) | 1 << place
    full = (1 << len(one)) - 1
    row = full
    for activity in other:
        matched = row & places.get(activity, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(one) + len(other) - 2 * (len(one) - row.bit_count())


def _by_length(costs: Mapping[Trace, int], cases: Mapping[Trace, int]) -> Sequence[tuple[Trace, int]]:
    frequent = sorted(costs, key=lambda trace: -cases[trace])[: 10 * COMPARED]
    return [(trace, costs[trace]) for trace in frequent]
