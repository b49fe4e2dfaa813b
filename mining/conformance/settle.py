"""What is known without aligning: which variants follow the model, and which cannot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mining.conformance.align import Alignment, Move, MoveKind, Trace
from mining.conformance.language import NextSteps
from mining.conformance.model import Model
from mining.conformance.net import with_fewer_silent

MOST_SECONDS = 20.0  # where no time was given: a model with very many markings is not followed to the end


@dataclass(frozen=True)
class Settled:
    """What could be said of each trace before anything was aligned."""

    fits: dict[Trace, Alignment]  # the model allows them as they are
    departs: frozenset[Trace]  # the model does not allow them, so that their cost is 1 or more


def settle(
    traces: Iterable[Trace], model: Model, until: float | None, cancelled: Callable[[], bool] | None = None
) -> Settled:
    """Which of `traces` `model` allows, as far as the clock does not show `until`: a trace that has an activity the
    model does not have departs; the others are followed through the markings of the net."""
    steps = NextSteps(with_fewer_silent(model.net))
    labels = model.net.labels()
    until = time.monotonic() + MOST_SECONDS if until is None else until
    fits: dict[Trace, Alignment] = {}
    departs = set()
    for trace in traces:
        if trace in model.traces:
            fits[trace] = _as_it_is(trace)
            continue
        if time.monotonic() >= until or (cancelled is not None and cancelled()):
            continue
        allowed = labels.issuperset(trace) and steps.allows(trace, until)
        if allowed:
            fits[trace] = _as_it_is(trace)
        elif allowed is False:
            departs.add(trace)
    return Settled(fits, frozenset(departs))


def _as_it_is(trace: Trace) -> Alignment:
    """The alignment of a trace that is the model's own."""
    both = {activity: Move(MoveKind.BOTH, activity) for activity in set(trace)}
    return Alignment(0, tuple(both[activity] for activity in trace))
