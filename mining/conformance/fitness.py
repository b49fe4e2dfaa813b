"""Fitness from alignments, and what is certain about traces that were not aligned.

Trace fitness is 1 - cost / worst, where the worst alignment does every activity of the trace in the trace alone and
then the model's shortest trace in the model alone. Log fitness is 1 - sum of costs / sum of worsts, each trace counted
once a case. Source: A. Adriansyah, B. F. van Dongen, W. M. P. van der Aalst, "Conformance checking using cost-based
fitness analysis" (2011). pm4py computes the same.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mining.conformance.align import Alignment, Trace

COMPARED = 60  # aligned traces that one which was not aligned is compared with
BOUND_SECONDS = 5.0


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
    found: Mapping[Trace, Alignment], cases: Mapping[Trace, int], labels: frozenset[str], shortest: int
) -> Bounds | None:
    """Between what the log fitness of all `cases` lies where only the traces in `found` were aligned.

    The least cost of a trace is its distance to the nearest trace of the model, activities inserted and deleted.
    Hence it differs from that of another trace by no more than the distance between the two (triangle inequality).
    """
    if not cases:
        return None
    worst = sum((len(trace) + shortest) * n for trace, n in cases.items())
    known = sum(found[trace].cost * cases[trace] for trace in found)
    low = high = 0
    until = time.monotonic() + BOUND_SECONDS
    near = _by_length(found, cases)
    for trace in cases.keys() - found.keys():
        least, most = cost_bounds(trace, near if time.monotonic() < until else (), labels, shortest)
        low, high = low + least * cases[trace], high + most * cases[trace]
    return Bounds(1 - (known + high) / worst, 1 - (known + low) / worst) if worst else Bounds(1.0, 1.0)


def cost_bounds(
    trace: Trace, aligned: Sequence[tuple[Trace, int]], labels: frozenset[str], shortest: int
) -> tuple[int, int]:
    """The least and the most that the optimal alignment of `trace` can cost, given those of other traces."""
    least = sum(activity not in labels for activity in trace)
    most = len(trace) + shortest
    for other, cost in sorted(aligned, key=lambda pair: abs(len(pair[0]) - len(trace)))[:COMPARED]:
        apart = distance(trace, other)
        least, most = max(least, cost - apart), min(most, cost + apart)
    return least, most


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


def _by_length(found: Mapping[Trace, Alignment], cases: Mapping[Trace, int]) -> Sequence[tuple[Trace, int]]:
    frequent = sorted(found, key=lambda trace: -cases[trace])[: 10 * COMPARED]
    return [(trace, found[trace].cost) for trace in frequent]
