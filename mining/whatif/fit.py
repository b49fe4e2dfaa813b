"""Fit: the as-is is simulated from the earlier part of the log and held against the later part, before any scenario."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.durations import duration
from mining.whatif.drawing import draw, played
from mining.whatif.engine import PlayedCase, simulate
from mining.whatif.formulas.circadian import circadian_distance
from mining.whatif.formulas.day_blocks import DAY
from mining.whatif.formulas.earth_mover import earth_mover
from mining.whatif.formulas.n_grams import n_gram_distance
from mining.whatif.reading import LogCases, LoggedInstance, process_of
from mining.whatif.replicating import PlayedPeriod, period_of
from mining.whatif.values import Fit, Measure, Process

EARLIER = 0.7  # share of the cases that the simulation is made from
FEWEST = 30  # cases in each part
LEAST_DAYS = 14  # from the first arrival to the last
TIMES = 3  # replications
HALVES = 10  # random halves of what was held out
MOST = 800  # cases that are held out
GOOD, FAIR, BAD = "good", "fair", "bad"


@dataclass(frozen=True)
class SeenCases:
    """What is compared of a set of cases. Moments in seconds since 1970."""

    cycles: list[float]
    arrived: list[float]
    ended: list[float]  # of activity instances
    traces: list[tuple[int, ...]]  # by the end of their instances


Distance = Callable[[SeenCases, SeenCases], float | None]


@dataclass(frozen=True)
class _Rule:
    name: str
    distance: Distance
    good: float  # at most; or twice what chance gives
    bad: float  # above it, and above three times what chance gives
    unit: str
    earlier: bool = True  # whether the earlier part as it was can be held against it


def _cycles(one: SeenCases, other: SeenCases) -> float | None:
    apart = earth_mover(one.cycles, other.cycles)
    mean = statistics.fmean(other.cycles) if other.cycles else 0.0
    return apart / mean if apart is not None and mean else None


def _rules(begins: float, ends: float) -> tuple[_Rule, ...]:
    length = max(1.0, ends - begins)

    def arrivals(one: SeenCases, other: SeenCases) -> float | None:
        apart = earth_mover(one.arrived, other.arrived)
        return None if apart is None else apart / length

    return (
        _Rule("cycle time", _cycles, 0.2, 0.6, "of the mean"),
        _Rule("paths", lambda a, b: n_gram_distance(a.traces, b.traces), 0.15, 0.5, "of the 3-grams"),
        _Rule("hours of the week", lambda a, b: circadian_distance(b.ended, a.ended), 1.0, 4.0, "hours"),
        _Rule("arrivals", arrivals, 0.1, 0.3, "of the period", earlier=False),
        _Rule("cases", _counts, 0.2, 0.6, "of the number", earlier=False),
    )


def _counts(one: SeenCases, other: SeenCases) -> float | None:
    return abs(len(one.arrived) / len(other.arrived) - 1) if other.arrived else None


def fit(log: LogCases, seed: int) -> Fit:
    """How well the simulation of the earlier cases resembles the later ones; bad where there are too few to tell.

    Work goes to whom it went, and then to whoever of a pool has room: the way with the nearer cycle times counts.
    """
    in_time = _in_time(log)
    at = int(EARLIER * len(in_time))
    train, later = in_time[:at], in_time[at : at + MOST]
    if in_time and in_time[-1][0].begins - in_time[0][0].begins < LEAST_DAYS * DAY:
        said = f"The cases begin within less than {LEAST_DAYS} days: what a week looks like cannot be read from them."
        return Fit((), BAD, len(train), len(later), 0, (said,))
    if min(len(train), len(later)) < FEWEST:
        said = (
            f"Of {len(log.cases)} complete cases {len(in_time)} had time to end within the log: too few to hold some "
            f"out, since each part needs at least {FEWEST}."
        )
        return Fit((), BAD, len(train), len(later), 0, (said,))
    seen, before = _of_log(later), _of_log(train)
    window = later[0][0].begins, later[-1][0].begins
    rng = random.Random(seed)
    halves = [_halves(later, rng) for _ in range(HALVES)]
    found: list[Fit] = []
    for pooled in (False, True):
        process = process_of(log.activities, train, pooled=pooled)
        if pooled and not process.takes:
            break  # nobody queues
        first, warm = int(window[0] // DAY), period_of(process).warm
        period = PlayedPeriod(first - warm, warm, int(window[1] // DAY) - first + 1, warm)
        runs = [_of_simulated(process, period, window, seed, number) for number in range(TIMES)]
        measures = tuple(_measure(rule, runs, seen, halves, before) for rule in _rules(*window))
        worst = max((m.verdict for m in measures), key=(GOOD, FAIR, BAD).index)
        reasons = tuple(m.text for m in measures if m.verdict == BAD)
        found.append(Fit(measures, worst, len(train), len(later), TIMES, reasons, pooled))
    return min(found, key=lambda one: one.measures[0].simulated if one.measures[0].simulated is not None else math.inf)


def _in_time(log: LogCases) -> Sequence[Sequence[LoggedInstance]]:
    """The cases that had time to end within the log: those that began before what nine of ten take, from its end."""
    if not log.cases:
        return ()
    lengths = sorted(_cycle(case) for case in log.cases)
    end = max(i.ended for case in log.cases for i in case)
    last = end - lengths[int(0.9 * (len(lengths) - 1))]
    return [case for case in log.cases if case[0].begins <= last]


def _within(moment: float, window: tuple[float, float]) -> bool:
    return window[0] <= moment <= window[1]


def _cycle(case: Sequence[LoggedInstance]) -> float:
    return max(i.ended for i in case) - case[0].begins


def _of_log(cases: Sequence[Sequence[LoggedInstance]]) -> SeenCases:
    return SeenCases(
        [_cycle(case) for case in cases],
        [case[0].begins for case in cases],
        [i.ended for case in cases for i in case],
        [tuple(i.activity for i in sorted(case, key=lambda i: i.ended)) for case in cases],
    )


def _of_simulated(
    process: Process, period: PlayedPeriod, window: tuple[float, float], seed: int, number: int
) -> SeenCases:
    drawn = draw(process, period.first, period.days, seed, number)
    cases, _ = played(drawn, process, ())
    simulate(cases, process.takes, process.week, ends=True)
    inside = [(c, d) for c, d in zip(cases, drawn, strict=True) if _within(c.arrived, window)]
    return SeenCases(
        [c.ended - c.began for c, _ in inside],
        [c.arrived for c, _ in inside],
        [moment for c, _ in inside for moment in c.ends or ()],
        [_trace(c, [s.activity for s in d.plan.steps]) for c, d in inside],
    )


def _trace(case: PlayedCase, activities: Sequence[int]) -> tuple[int, ...]:
    ends = case.ends or []
    return tuple(activities[at] for at in sorted(range(len(activities)), key=ends.__getitem__))


def _halves(cases: Sequence[Sequence[LoggedInstance]], rng: random.Random) -> tuple[SeenCases, SeenCases]:
    mixed = rng.sample(list(cases), len(cases))
    return _of_log(mixed[: len(mixed) // 2]), _of_log(mixed[len(mixed) // 2 :])


def _measure(
    rule: _Rule,
    runs: Sequence[SeenCases],
    seen: SeenCases,
    halves: Sequence[tuple[SeenCases, SeenCases]],
    before: SeenCases,
) -> Measure:
    simulated = _mean([rule.distance(run, seen) for run in runs])
    chance = None if rule.name == "cases" else _mean([rule.distance(a, b) for a, b in halves])
    earlier = rule.distance(before, seen) if rule.earlier else None
    verdict = _verdict(rule, simulated, chance)
    text = f"{rule.name[:1].upper()}{rule.name[1:]}: {_reads(rule, simulated, runs, seen)}."
    if verdict == BAD and earlier is not None and simulated is not None and earlier > 0.7 * simulated:
        text += " The log itself changed as much between its two parts."
    return Measure(rule.name, simulated, chance, earlier, rule.unit, verdict, text)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else None


def _verdict(rule: _Rule, simulated: float | None, chance: float | None) -> str:
    if simulated is None:
        return BAD
    if simulated <= max(rule.good, 2 * (chance or 0.0)):
        return GOOD
    return BAD if simulated > max(rule.bad, 3 * (chance or 0.0)) else FAIR


def _reads(rule: _Rule, simulated: float | None, runs: Sequence[SeenCases], seen: SeenCases) -> str:
    if simulated is None:
        return "nothing can be compared"
    if rule.name == "cycle time":
        ours = statistics.fmean(statistics.fmean(run.cycles) for run in runs if run.cycles)
        return (
            f"cases differ by {simulated:.0%} of the mean; simulated {duration(ours)} on average, "
            f"held out {duration(statistics.fmean(seen.cycles))}"
        )
    if rule.name == "paths":
        return f"{simulated:.0%} of the runs of three activities would have to be others"
    if rule.name == "hours of the week":
        return f"events lie {simulated:.1f} hours from where they were in their day"
    if rule.name == "arrivals":
        return f"cases arrive {simulated:.0%} of the period from where they did"
    ours = statistics.fmean(len(run.arrived) for run in runs)
    return f"{ours:,.0f} simulated on average, {len(seen.arrived):,} held out"
