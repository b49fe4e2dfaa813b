"""The simulation: discrete events on a heap. Cases play their steps again, and wait where performers are busy. Pure.

A. M. Law, Simulation Modeling and Analysis, 5th edition, 2015, section 1.3 (next-event time advance). A performer takes
what came first (FIFO), so many at once as `takes` says, and only in the working week.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from mining.whatif.week import WorkingWeek

PASS, WORK, SIDE = 0, 1, 2


class PlayedStage(NamedTuple):
    """A part of a step."""

    kind: int  # PASS: time passes; WORK: a performer works, in turn; SIDE: the same, and the case does not wait
    seconds: float
    working: bool = False  # of PASS: whether working time is meant
    performer: int = -1  # of WORK and SIDE


@dataclass(slots=True)
class PlayedCase:
    """A case that arrives, and what each of its steps is made of."""

    arrived: float
    stages: Sequence[Sequence[PlayedStage]]  # of each step
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
    waiting: deque[tuple[PlayedStage, int, int, int]] = field(default_factory=deque)  # work, case, step, what follows


def simulate(cases: Sequence[PlayedCase], takes: Mapping[int, int], week: WorkingWeek, *, ends: bool = False) -> Trail:
    """The trail of `cases`, in place: until the last of them is over."""
    play = _Play(Trail(cases), takes, week)
    for at, case in enumerate(cases):
        case.open, case.ends = len(case.stages), [0.0] * len(case.stages) if ends else None
        play.heap.append((case.arrived, at + 1, at, -1, 0, -1))
    play.number = len(cases) + 1
    heapify(play.heap)
    while play.heap:
        moment, _, at, step, stage, performer = heappop(play.heap)
        if performer >= 0:
            play.free(performer, moment)
        if at >= 0:
            play.go_on(cases[at], at, step, stage, moment)
    return play.trail


_Event = tuple[float, int, int, int, int, int]  # moment, number, case, step, stage, performer who is freed; -1: none


class _Play:
    """What is going on."""

    def __init__(self, trail: Trail, takes: Mapping[int, int], week: WorkingWeek) -> None:
        self.trail, self.takes, self.week = trail, takes, week
        self.heap: list[_Event] = []
        self.servers: dict[int, _Server] = {}
        self.number = 0  # of the last event: of several at one moment the first comes first, whoever is freed before

    def push(self, moment: float, at: int, step: int, stage: int, freed: int = -1) -> None:
        self.number += 1
        heappush(self.heap, (moment, self.number if freed < 0 else -self.number, at, step, stage, freed))

    def go_on(self, case: PlayedCase, at: int, step: int, stage: int, moment: float) -> None:
        """Play the step of the case from this stage on, and what follows it at once."""
        todo = [(step, stage)]
        while todo:
            step, stage = todo.pop()
            if step < 0:
                case.began = case.ended = moment
                todo.extend((following, 0) for following in reversed(case.next[-1]))
                continue
            stages = case.stages[step]
            if stage == len(stages):
                case.open -= 1
                case.ended = moment
                if case.ends is not None:
                    case.ends[step] = moment
                todo.extend((following, 0) for following in reversed(case.next[step]))
                continue
            now = stages[stage]
            if now.kind == PASS:
                if now.seconds <= 0:
                    todo.append((step, stage + 1))
                else:
                    until = self.week.after(moment, now.seconds) if now.working else moment + now.seconds
                    self.push(until, at, step, stage + 1)
                continue
            ready = self.week.on_duty(moment)
            if ready > moment:
                self.push(ready, at, step, stage)
            elif now.kind == WORK:
                self.give(now, at, step, stage + 1, moment)
            else:
                self.give(now, -1, step, stage, moment)
                todo.append((step, stage + 1))

    def give(self, work: PlayedStage, at: int, step: int, stage: int, moment: float) -> None:
        """Give work to its performer: begun now where there is room, else it waits."""
        server = self.servers.get(work.performer)
        if server is None:
            server = self.servers[work.performer] = _Server(self.takes.get(work.performer, 1))
            self.trail.worked[work.performer] = []
        if server.open >= server.takes:
            server.waiting.append((work, at, step, stage))
            return
        if server.open == 0:
            server.since = moment
        server.open += 1
        self.push(self.week.after(moment, work.seconds), at, step, stage, work.performer)

    def free(self, performer: int, moment: float) -> None:
        """The performer has room again, and begins what has waited longest."""
        server = self.servers[performer]
        if server.waiting:
            work, at, step, stage = server.waiting.popleft()
            begin = self.week.on_duty(moment)
            self.push(self.week.after(begin, work.seconds), at, step, stage, performer)
            return
        server.open -= 1
        if server.open == 0:
            self.trail.worked[performer].append((server.since, moment))
