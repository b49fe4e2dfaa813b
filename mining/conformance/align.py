"""Optimal alignments of distinct traces with a net, by r4pm, within a budget of time.

What is quickly done is done here, in small pieces because r4pm holds Python's lock while it searches; what takes longer
goes to processes of their own, which can be stopped at any time.

Alignment: A. Adriansyah, "Aligning observed and modeled behavior" (2014). Cost function: 1 for each activity that only
the trace or only the model does, 0 for what both do and for silent transitions; an optimal alignment costs the least.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.children import Children, Died
from core.errors import TandemError
from mining.conformance import worker
from mining.conformance.net import Net, bits, with_fewer_silent

Trace = tuple[str, ...]

MOST_PROCESSES = 4
MOST_STATES = (200_000, 6_000_000)
"""How many states one search may visit, first and when all others are done, so that it ends in bounded time and memory;
what needs more is reported as not aligned."""
_HERE_SECONDS = 1.0  # how long is aligned in this process before others are started
_HERE_STATES = 20_000  # about a fiftieth of a second
_HERE_CHUNK = 0.1  # seconds that a piece should hold Python's lock, at most
_CHUNK_SECONDS = 0.4  # how long a process should be busy before it reports
_MOST_CHUNK = 400
_MOST_ACTIVITIES = 50_000  # of the traces of one chunk
_HERE_LONGEST = 5_000  # activities of a trace that is aligned here: r4pm cannot be stopped in this process


class MoveKind(StrEnum):
    """Who does the activity of a move."""

    BOTH = "both"  # trace and model
    LOG = "log"  # the trace alone
    MODEL = "model"  # the model alone


@dataclass(frozen=True)
class Move:
    """One step of an alignment."""

    kind: MoveKind
    activity: str


@dataclass(frozen=True)
class Alignment:
    """An optimal alignment of a trace; silent transitions are left out."""

    cost: int
    moves: tuple[Move, ...]

    def of_model(self) -> Trace:
        """The trace of the model that it aligns with."""
        return tuple(m.activity for m in self.moves if m.kind is not MoveKind.LOG)


@dataclass(frozen=True)
class Progress:
    """How far aligning has come."""

    variants: int  # aligned
    of_variants: int
    cases: int  # aligned
    of_cases: int


Say = Callable[[Progress], None]


def align(
    net: Net,
    traces: Sequence[tuple[Trace, int]],
    *,
    seconds: float | None = None,
    progress: Say | None = None,
    cancelled: Callable[[], bool] | None = None,
    known: Sequence[tuple[Trace, int]] = (),
) -> dict[Trace, Alignment]:
    """The alignment of each of `traces` (with its number of cases), in their order.

    `known` are traces that need none and count as aligned in what `progress` is told. The alignment of the empty trace,
    if it is asked for, comes before all others: it is the model's shortest trace.

    What could not be aligned within `seconds`, before `cancelled` said so, or within MOST_STATES is not in the answer.
    Raises TandemError where the aligning processes fail.
    """
    net = with_fewer_silent(net)
    job = _Job(net, traces, seconds, progress or (lambda _: None), cancelled or (lambda: False), known)
    with TemporaryDirectory(prefix="tandem-align-") as folder:
        job.run_here(net, Path(folder) / "here.json")
        if job.is_done:
            return job.found
        pool = _Pool(net, Path(folder), min(os.cpu_count() or 1, MOST_PROCESSES))
        try:
            for most in MOST_STATES:
                job.run(pool, most)
        finally:
            pool.close()
    return job.found


class _Job:
    """One `align`: what is left, what was found, when to stop."""

    def __init__(
        self, net: Net, traces: Sequence[tuple[Trace, int]], seconds: float | None, say: Say,
        stop: Callable[[], bool], known: Sequence[tuple[Trace, int]] = (),
    ) -> None:  # fmt: skip
        self.found: dict[Trace, Alignment] = {}
        self._of_model = [Move(MoveKind.MODEL, t.label or "") for t in net.transitions]
        self._of_both = [Move(MoveKind.BOTH, t.label or "") for t in net.transitions]
        self._cases = dict(sorted(traces, key=lambda pair: bool(pair[0])))  # the empty trace first
        self._known = (len(known), sum(cases for _, cases in known))
        self._left = list(self._cases)
        self._until = None if seconds is None else time.monotonic() + seconds
        self._say, self._stop = say, stop
        self._rate = 300.0  # traces a second and process, as measured last

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return not self._left

    def run_here(self, net: Net, scratch: Path) -> None:
        """Align in this process for a moment: a log of a few hundred variants needs no other."""
        model = _as_r4pm(net)
        began = time.monotonic()
        queue = [trace for trace in self._left if len(trace) <= _HERE_LONGEST]
        self._left = [trace for trace in self._left if len(trace) > _HERE_LONGEST]
        self._tell()
        while queue and not self.over() and time.monotonic() - began < _HERE_SECONDS:
            chunk, queue = self._cut(queue, _HERE_CHUNK)
            at = time.monotonic()
            answer = worker.answer(model, {"traces": chunk, "most_states": _HERE_STATES}, scratch)
            self._take(chunk, _checked(answer))
            self._rate = min(4 * self._rate, len(chunk) / max(time.monotonic() - at, 1e-3))
            self._tell()
        given_up = self._left
        self._left = [*given_up, *queue]  # what was drawn is finished before more is drawn

    def _cut(self, queue: list[Trace], seconds: float) -> tuple[list[Trace], list[Trace]]:
        """As many of `queue` as take about `seconds`, and the rest; few where they are long."""
        size = max(1, min(_MOST_CHUNK, int(self._rate * seconds)))
        activities = 0
        for number, trace in enumerate(queue[:size]):
            activities += len(trace)
            if number and activities > _MOST_ACTIVITIES:
                size = number
                break
        return queue[:size], queue[size:]

    def over(self) -> bool:
        """Whether the time is used up or the caller has had enough."""
        return (self._until is not None and time.monotonic() >= self._until) or self._stop()

    def run(self, pool: _Pool, most_states: int) -> None:
        """Align what is left, with at most `most_states` for each trace."""
        queue, self._left = self._left, []
        under_way: dict[Future[Any], tuple[list[Trace], float]] = {}
        self._tell()
        while (queue or under_way) and not self.over():
            while queue and len(under_way) < pool.size:
                if most_states > MOST_STATES[0]:
                    chunk, queue = queue[:1], queue[1:]
                else:
                    chunk, queue = self._cut(queue, _CHUNK_SECONDS)
                under_way[pool.submit(chunk, most_states)] = (chunk, time.monotonic())
            done, _ = wait(under_way, timeout=0.2, return_when=FIRST_COMPLETED)
            for future in done:
                chunk, began = under_way.pop(future)
                self._take(chunk, future.result())
                self._rate = len(chunk) / max(time.monotonic() - began, 1e-3)
            if done:
                self._tell()

    def _take(self, chunk: list[Trace], answers: list[Any]) -> None:
        for trace, answer in zip(chunk, answers, strict=True):
            if answer is None:
                self._left.append(trace)
            else:
                self.found[trace] = Alignment(answer[0], tuple(self._moves(trace, answer[1])))

    def _moves(self, trace: Trace, moves: list[Any]) -> list[Move]:
        """The moves of a worker's answer with their activities."""
        read = []
        place = 0  # in the trace
        for move in moves:
            if move == "log":
                read.append(Move(MoveKind.LOG, trace[place]))
                place += 1
            elif move >= 0:
                read.append(self._of_both[move])
                place += 1
            else:
                read.append(self._of_model[-1 - move])
        return read

    def _tell(self) -> None:
        cases = sum(self._cases[trace] for trace in self.found)
        done, of = (sum(1 for trace in some if trace) for some in (self.found, self._cases))
        variants, of_cases = self._known
        self._say(Progress(done + variants, of + variants, cases + of_cases, sum(self._cases.values()) + of_cases))


class _Pool:
    """Processes that align with one net."""

    def __init__(self, net: Net, folder: Path, size: int) -> None:
        self.size = size
        self._children = Children(
            worker.__file__, size, lambda n: [str(folder / f"{n}.json")], first=json.dumps(_as_r4pm(net))
        )

    def submit(self, traces: list[Trace], most_states: int) -> Future[list[Any]]:
        """The answer of a process about `traces`; None for each where it died, most likely for want of memory."""
        return self._children.submit(self._ask, {"traces": traces, "most_states": most_states})

    def _ask(self, request: dict[str, Any]) -> list[Any]:
        try:
            return _checked(self._children.ask(request))
        except Died:
            return [None] * len(request["traces"])

    def close(self) -> None:
        """End every process, also in the middle of its work."""
        self._children.close()


def _checked(answer: Any) -> list[Any]:
    """A worker's answer. Raises TandemError where it is an error."""
    if isinstance(answer, dict):
        raise TandemError(f"Aligning failed: {answer['error']}. Report it with the model that you checked against.")
    found: list[Any] = answer
    return found


def _as_r4pm(net: Net) -> dict[str, Any]:
    """The net as r4pm wants it, and what the worker needs to name its transitions by number."""
    places = [str(uuid.UUID(int=number)) for number in range(net.places)]
    ids = [str(uuid.UUID(int=(1 << 64) + number)) for number in range(len(net.transitions))]
    arcs = []
    for id_, t in zip(ids, net.transitions, strict=True):
        arcs += [_arc("PlaceTransition", places[p], id_) for p in bits(t.takes)]
        arcs += [_arc("TransitionPlace", id_, places[p]) for p in bits(t.gives)]
    labels = {id_: t.label for id_, t in zip(ids, net.transitions, strict=True)}
    return {
        "net": {
            "places": {p: {"id": p} for p in places},
            "transitions": {id_: {"id": id_, "label": label} for id_, label in labels.items()},
            "arcs": arcs,
            "initial_marking": {places[p]: 1 for p in bits(net.initial)},
            "final_markings": [{places[p]: 1 for p in bits(net.final)}],
        },
        "labels": labels,
        "numbers": {id_: number for number, id_ in enumerate(ids)},
    }


def _arc(kind: str, source: str, target: str) -> dict[str, Any]:
    return {"from_to": {"type": kind, "nodes": [source, target]}, "weight": 1}
