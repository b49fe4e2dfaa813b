"""The office of the sample: strands of work meet people who do one thing at a time, in their working hours."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from data.draws import Draws
from data.hours import DAY, HOUR, MINUTE, moment
from data.orders import Order
from data.staff import PAYMENT_RUN, Performer
from data.steps import Both, Step, StepWriter, Strand


@dataclass(frozen=True)
class DoneStep:
    """One activity instance: a step that somebody did."""

    order: Order
    step: Step
    performer: Performer
    start: int
    end: int


@dataclass
class Office:
    """The people and systems, when each is free again, and what was done so far."""

    staff: Sequence[Performer]
    draws: Draws
    done: list[DoneStep] = field(default_factory=list)
    _free: dict[str, int] = field(default_factory=dict)  # by name: the end of their last step
    _did: dict[tuple[str, str], Performer] = field(default_factory=dict)  # who did an activity of a case last
    _waiting: list[tuple[int, int, Callable[[int], None]]] = field(default_factory=list)
    _number: int = 0

    def work(self, orders: Iterable[Order], seed: int) -> list[DoneStep]:
        """Everything that is done to `orders`, in the order of its start."""
        for order in orders:
            strand = StepWriter(order, Draws(seed, "steps", order.case_id)).whole()
            self._at(order.created, partial(self._go_on, order, strand, _nothing))
        while self._waiting:
            now, _, continue_ = heapq.heappop(self._waiting)
            continue_(now)
        return sorted(self.done, key=lambda d: (d.start, d.order.case_id, d.end))

    def _at(self, when: int, continue_: Callable[[int], None]) -> None:
        self._number += 1  # keeps the order of what happens at the same second
        heapq.heappush(self._waiting, (when, self._number, continue_))

    def _go_on(self, order: Order, strand: Strand, finished: Callable[[int], None], now: int) -> None:
        """Take the next step of `strand`; tell `finished` when there is none."""
        following = next(strand, None)
        if following is None:
            finished(now)
        elif isinstance(following, Both):
            self._fork(order, strand, following, finished, now)
        else:
            self._at(now + following.wait, partial(self._do, order, strand, following, finished))

    def _fork(self, order: Order, strand: Strand, both: Both, finished: Callable[[int], None], now: int) -> None:
        """Start both branches; `strand` goes on when the later one has ended."""
        ends: list[int] = []

        def joined(end: int) -> None:
            ends.append(end)
            if len(ends) == 2:
                self._go_on(order, strand, finished, max(ends))

        for branch in (both.first, both.second):
            self._go_on(order, branch, joined, now)

    def _do(self, order: Order, strand: Strand, step: Step, finished: Callable[[int], None], ready: int) -> None:
        performer, start = self._performer(order, step, ready)
        end = start + step.seconds
        if performer.kind == "human":
            self._free[performer.name] = end
        self._did[order.case_id, step.activity] = performer
        self.done.append(DoneStep(order, step, performer, start, end))
        self._at(end, partial(self._go_on, order, strand, finished))

    def _performer(self, order: Order, step: Step, ready: int) -> tuple[Performer, int]:
        """Who does the step, and from when: who must, else who knows the case, else one of the soonest."""
        settling = int(self.draws.between(0, 45) * MINUTE)
        required = self._did.get((order.case_id, step.same_as or ""))
        if required is not None:
            return required, self._slot(required, step, ready, settling)
        slots = [(self._slot(p, step, ready, settling), p) for p in self.staff if p.pool == step.pool]
        soonest = min(start for start, _ in slots)
        soon = [(start, p) for start, p in slots if start <= soonest + 2 * HOUR]
        preferred = self._did.get((order.case_id, step.prefers or ""))
        known = [(start, p) for start, p in slots if p == preferred and start <= soonest + DAY]
        start, performer = known[0] if known and self.draws.chance(0.85) else self.draws.pick(soon)
        return performer, start

    def _slot(self, performer: Performer, step: Step, ready: int, settling: int) -> int:
        if performer.name == PAYMENT_RUN:
            return _payment_run(ready)
        if performer.kind == "system":
            return ready
        return performer.shift.next_slot(max(ready, self._free.get(performer.name, 0)), step.seconds, settling)


def _nothing(_end: int) -> None:
    """What follows the end of a case."""


def _payment_run(ready: int) -> int:
    """The next Tuesday or Thursday at six in the morning, when the ERP pays what is approved."""
    day = ready - ready % DAY
    while day + 6 * HOUR < ready or moment(day).weekday() not in {1, 3}:
        day += DAY
    return day + 6 * HOUR
