"""The simulation: discrete events on a heap. Cases play their steps again, and wait where performers are busy. Pure.

A. M. Law, Simulation Modeling and Analysis, 5th edition, 2015, section 1.3 (next-event time advance). A performer takes
what came first (FIFO), so many at once as `takes` says, and only in the working week.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from mining.whatif.week import WorkingWeek

PASS, WORK, SIDE = 0, 1, 2


class Stage(NamedTuple):
    """A part of a step."""

    kind: int  # PASS: time passes; WORK: a performer works, in turn; SIDE: the same, and the case does not wait
    seconds: float
    working: bool = False  # of PASS: whether working time is meant
    performer: int = -1  # of WORK and SIDE


@dataclass(slots=True)
class PlayedCase:
    """A case that arrives, and what each of its steps is made of."""

    arrived: float
    stages: Sequence[Sequence[Stage]]  # of each step
    next: Sequence[Sequence[int]]  # as in CasePlan
    began: float = -1.0  # first moment at which something happens
    ended: float = -1.0
    open: int = 0  # steps that are not over
    ends: list[float] | None = None  # of each step, where asked for


@dataclass
class Trail:
    """What happened."""

    cases: Sequence[PlayedCase]
    worked: dict[int, list[tuple[float, float]]] = field(default_factory=dict)  # by performer: from, to


@dataclass(slots=True)
class _Server:
    takes: int
    open: int = 0
    since: float = 0.0
    waiting: deque[tuple[int, int, int, float]] = field(default_factory=deque)


def simulate(cases: Sequence[PlayedCase], takes: Mapping[int, int], week: WorkingWeek, *, ends: bool = False) -> Trail:
    """The trail of `cases`, in place: until the last of them is over."""
    trail, servers = Trail(cases), {}
    heap: list[tuple[float, int, int, int, int, int]] = []  # moment, number, what, case, step, stage
    number = 0
    for at, case in enumerate(cases):
        case.open, case.ends = len(case.stages), [0.0] * len(case.stages) if ends else None
        heap.append((case.arrived, number, _GO, at, -1, 0))
        number += 1
    heap.sort()
    while heap:
        moment, _, what, at, step, stage = heappop(heap)
        if what == _FREED:  # `at` is the performer, `step` a place in nothing: they have room again
            server = servers[at]
            server.open -= 1
            if server.waiting:
                number += 1
                _begin(heap, number, server, at, server.waiting.popleft(), week.on_duty(moment), week)
            elif server.open == 0:
                trail.worked[at].append((server.since, moment))
            continue
        case = cases[at]
        if step < 0:
            case.began = case.ended = moment
            for following in case.next[-1]:
                number += 1
                heappush(heap, (moment, number, _GO, at, following, 0))
            continue
        stages = case.stages[step]
        if stage == len(stages):
            case.open -= 1
            case.ended = max(case.ended, moment)
            if case.ends is not None:
                case.ends[step] = moment
            for following in case.next[step]:
                number += 1
                heappush(heap, (moment, number, _GO, at, following, 0))
            continue
        now = stages[stage]
        number += 1
        if now.kind == PASS:
            until = week.after(moment, now.seconds) if now.working else moment + now.seconds
            heappush(heap, (until, number, _GO, at, step, stage + 1))
            continue
        ready = week.on_duty(moment)
        if ready > moment:
            heappush(heap, (ready, number, _GO, at, step, stage))
            continue
        performer = now.performer
        if performer not in servers:
            servers[performer] = _Server(takes.get(performer, 1))
            trail.worked[performer] = []
        server = servers[performer]
        if now.kind == SIDE:
            heappush(heap, (moment, number, _GO, at, step, stage + 1))
            number += 1
        item = (at, step, -1 if now.kind == SIDE else stage + 1, now.seconds)
        if server.open < server.takes:
            if server.open == 0:
                server.since = moment
            _begin(heap, number, server, performer, item, moment, week)
        else:
            server.waiting.append(item)
        number += 1
    return trail


_GO, _FREED = 1, 0  # whoever is freed at a moment is so before something else comes at it


def _begin(
    heap: list[tuple[float, int, int, int, int, int]], number: int, server: _Server, performer: int,
    item: tuple[int, int, int, float], moment: float, week: WorkingWeek,
) -> None:  # fmt: skip
    at, step, following, seconds = item
    server.open += 1
    until = week.after(moment, seconds)
    heappush(heap, (until, -number, _FREED, performer, 0, 0))
    if following >= 0:
        heappush(heap, (until, number, _GO, at, step, following))
