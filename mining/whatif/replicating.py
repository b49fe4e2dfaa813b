"""Replications: a warm-up, the weeks that are measured, and the cases behind them; one figure each of what happened."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mining.allocation.assumptions import ASSUMED
from mining.whatif.drawing import DrawnCase, DrawTally, draw, played
from mining.whatif.engine import PlayedCase, simulate
from mining.whatif.formulas.day_blocks import DAY
from mining.whatif.values import Change, HelpedTask, Process, TaskByAgent
from mining.whatif.week import HOUR, WorkingWeek

MONTH_DAYS = 30.4375
ENOUGH = 400  # cases that the measured weeks should see
AT_LEAST, AT_MOST = 2, 52  # weeks


@dataclass(frozen=True)
class PlayedPeriod:
    """What one replication simulates, in days."""

    first: int  # 1970-01-01 is 0
    warm: int
    measured: int  # whole weeks
    behind: int

    @property
    def days(self) -> int:
        """All of them."""
        return self.warm + self.measured + self.behind

    @property
    def window(self) -> tuple[float, float]:
        """The measured time, in seconds since 1970."""
        begins = (self.first + self.warm) * DAY
        return begins, begins + self.measured * DAY


@dataclass(frozen=True)
class PlayedOutcome:
    """The figures of one replication; None: the log cannot carry one."""

    figures: Mapping[str, float | None]
    cycles: tuple[float, ...]  # of the cases that arrived in the measured weeks, seconds
    cases: int


def period_of(process: Process) -> PlayedPeriod:
    """A period after the log: so many weeks that enough cases arrive, as warm-up what most cases take."""
    days = _days(process)
    weekly = 7 * len(process.cases) / days
    weeks = min(AT_MOST, max(AT_LEAST, math.ceil(ENOUGH / weekly)))
    longest = sorted(_length(process))[int(0.9 * (len(process.cases) - 1))] / DAY
    warm = 7 * min(weeks, max(1, math.ceil(longest / 7)))
    last = int(process.cases[-1].arrived // DAY)
    return PlayedPeriod(last + 7 - last % 7, warm, 7 * weeks, warm)


def _days(process: Process) -> int:
    return int(process.cases[-1].arrived // DAY) - int(process.cases[0].arrived // DAY) + 1


def _length(process: Process) -> list[float]:
    """About how long each case takes: what its steps take, as if one followed the other, by the clock."""
    stretch = 168 / process.week.worked_hours
    return [sum((s.delay + s.service) * (stretch if s.working else 1.0) for s in c.steps) for c in process.cases]


def replicate(
    process: Process, changes: Sequence[Change], period: PlayedPeriod, seed: int, replication: int
) -> tuple[PlayedOutcome, PlayedOutcome]:
    """The as-is and the scenario of one replication, with the same cases and the same chance."""
    drawn = draw(process, period.first, period.days, seed, replication)
    as_is = run(drawn, process, (), period)
    return as_is, (run(drawn, process, changes, period) if changes else as_is)


def run(drawn: Sequence[DrawnCase], process: Process, changes: Sequence[Change], period: PlayedPeriod) -> PlayedOutcome:
    """What comes of `drawn` under `changes`."""
    cases, tallies = played(drawn, process, changes)
    trail = simulate(cases, process.takes, process.week)
    begins, ends = period.window
    inside = [(c, t) for c, t in zip(cases, tallies, strict=True) if begins <= c.arrived < ends]
    cycles = tuple(c.ended - c.began for c, _ in inside)
    seconds = _occupied(trail.worked, process.week, begins, ends) + sum(t.loose_seconds for _, t in inside)
    figures = {
        "cycle_time": statistics.median(cycles) if cycles else None,
        "cycle_time_mean": statistics.fmean(cycles) if cycles else None,
        "throughput": _ended(cases, begins, ends) / period.measured,
        "cost_per_task": _cost(process, [t for _, t in inside], changes, period),
        "error_rate": _errors(process, [t for _, t in inside]),
        "people_hours": seconds / HOUR / (period.measured / MONTH_DAYS) if process.facts.hours else None,
    }
    return PlayedOutcome(figures, cycles, len(inside))


def _ended(cases: Sequence[PlayedCase], begins: float, ends: float) -> int:
    return sum(begins <= case.ended < ends for case in cases)


def _occupied(
    worked: Mapping[int, Sequence[tuple[float, float]]], week: WorkingWeek, begins: float, ends: float
) -> float:
    """Working seconds between two moments in which performers had something open."""
    return sum(
        week.passed(min(end, ends)) - week.passed(max(start, begins))
        for spans in worked.values() for start, end in spans if end > begins and start < ends
    )  # fmt: skip


def _cost(
    process: Process, tallies: Sequence[DrawTally], changes: Sequence[Change], period: PlayedPeriod
) -> float | None:
    source, tasks = process.facts.costs, sum(t.tasks for t in tallies)
    if not source or not tasks:
        return None
    running = sum(c.cost_month for c in changes if isinstance(c, TaskByAgent | HelpedTask))
    hours = sum(t.looked_seconds + (t.paid_seconds if source == "rate" else 0.0) for t in tallies) / HOUR
    money = sum(t.money for t in tallies) + hours * ASSUMED.rate + running * period.measured / MONTH_DAYS
    return money / tasks


def _errors(process: Process, tallies: Sequence[DrawTally]) -> float | None:
    told = sum(t.told for t in tallies)
    return sum(t.failed for t in tallies) / told if told and process.facts.errors else None
