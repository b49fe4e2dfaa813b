"""Cases with a known truth: skewed durations, 10 a day, whose days, mix, drift and effect are chosen. Seeded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kpi.verdict.values import Population

if TYPE_CHECKING:
    from numpy.random import Generator

DAY = 86_400.0
_MEDIAN, _SPREAD = 2 * DAY, 0.45  # of an easy case's duration; standard deviation of its logarithm
_HARD = {"duration": 0.8, "cost": 0.4, "errors": 0.7}  # what a hard case adds to each logarithm
_DAYS = {"duration": 0.3, "cost": 0.2, "errors": 0.3, "arrivals": 0.2}  # how much days differ, where they do
_DUE = 6 * DAY


@dataclass(frozen=True)
class Scenario:
    """What is true of the two sides."""

    name: str
    correlation: float | None = None  # of day effects; None: days are alike
    drift: float = 0.0  # log change a month that comes by itself
    hard: tuple[float, float] = (0.3, 0.3)  # share of hard cases before and after
    cut: bool = False  # whether each log ends while cases are open
    effect: float = 0.0  # log change of durations, costs and error rate that is to be found
    a_day: float = 10.0


def before_and_after(scenario: Scenario, cases: int, seed: int) -> tuple[Population, Population]:
    """A baseline and what came after it, about `cases` each."""
    rng = np.random.default_rng([seed, cases])
    days = max(1, round(cases / scenario.a_day))
    shifts = _shifts(rng, scenario, 2 * days)
    before = _cases(rng, scenario, np.arange(days), shifts, scenario.hard[0], 0.0)
    after = _cases(rng, scenario, np.arange(days, 2 * days), shifts, scenario.hard[1], scenario.effect)
    return _closed(before, scenario.cut), _closed(after, scenario.cut)


def arms(scenario: Scenario, cases: int, seed: int) -> tuple[Population, Population]:
    """Two arms drawn by chance over the same days, about `cases` each."""
    rng = np.random.default_rng([seed, cases, 2])
    days = max(1, round(2 * cases / scenario.a_day))
    shifts = _shifts(rng, scenario, days)
    half = replace(scenario, a_day=scenario.a_day / 2)
    old = _cases(rng, half, np.arange(days), shifts, scenario.hard[0], 0.0)
    new = _cases(rng, half, np.arange(days), shifts, scenario.hard[0], scenario.effect)
    end = max(float(old.ended.max()), float(new.ended.max()))
    return replace(old, log_end=end), replace(new, log_end=end)


def truth(scenario: Scenario, key: str) -> float:
    """The true relative difference of a KPI, like for like and without drift."""
    if key == "throughput":
        return 0.0
    if key != "sla_adherence":
        return float(np.expm1(scenario.effect))
    return _missed(scenario, scenario.effect) / _missed(scenario, 0.0) - 1


def _missed(scenario: Scenario, effect: float) -> float:
    from scipy.special import ndtr

    spread = np.hypot(_SPREAD, _DAYS["duration"] if scenario.correlation is not None else 0.0)
    slack = np.log(_DUE / _MEDIAN) - effect
    hard = scenario.hard[0]
    return float((1 - hard) * ndtr(-slack / spread) + hard * ndtr((_HARD["duration"] - slack) / spread))


def _shifts(rng: Generator, scenario: Scenario, days: int) -> dict[str, Any]:
    """The log effect of each day on each quantity."""
    if scenario.correlation is None:
        return {name: np.zeros(days) for name in _DAYS}
    found = {}
    for name, size in _DAYS.items():
        series = np.empty(days)
        series[0] = rng.normal()
        steps = rng.normal(size=days) * np.sqrt(1 - scenario.correlation**2)
        for day in range(1, days):
            series[day] = scenario.correlation * series[day - 1] + steps[day]
        found[name] = size * series
    return found


def _cases(
    rng: Generator, scenario: Scenario, days: Any, shifts: dict[str, Any], hard_share: float, effect: float
) -> Population:
    arrivals = rng.poisson(scenario.a_day * np.exp(shifts["arrivals"][days] - _DAYS["arrivals"] ** 2 / 2))
    day = np.repeat(days, arrivals)
    n = len(day)
    hard = rng.random(n) < hard_share
    common = scenario.drift * day / 30.4375 + effect
    duration = _MEDIAN * np.exp(
        common + hard * _HARD["duration"] + shifts["duration"][day] + _SPREAD * rng.normal(size=n)
    )
    tasks = np.asarray(3 + rng.poisson(2.0 + hard), dtype=np.float64)
    each = 20 * np.exp(common + hard * _HARD["cost"] + shifts["cost"][day] + 0.4 * rng.normal(size=n))
    chance = np.minimum(0.9, 0.05 * np.exp(common + hard * _HARD["errors"] + shifts["errors"][day]))
    started = (day + rng.random(n)) * DAY
    return Population(
        case_ids=np.arange(n) + 10_000_000 * int(days[0]) + (5_000_000 if effect else 0) + int(rng.integers(1_000_000)),
        started=started,
        ended=started + duration,
        complete=np.ones(n, dtype=bool),
        done=np.ones(n, dtype=bool),
        cycle=duration,
        cost=each * tasks,
        costed=tasks,
        errors=rng.binomial(tasks.astype(int), chance).astype(float),
        judged=tasks,
        due=started + _DUE,
        met=(duration <= _DUE).astype(float),
        simulated=np.zeros(n, dtype=bool),
        attributes={
            "kind": np.where(hard, "hard", "easy").astype(object),
            "region": rng.choice(np.array(["north", "south", "east", "west"], dtype=object), n),
            "amount": rng.lognormal(5, 1, n),
        },
        log_end=float((started + duration).max()),
    )


def _closed(cases: Population, cut: bool) -> Population:
    """The log as it was read: cut at its last start, where it is cut, with what was open by then."""
    if not cut:
        return cases
    end = float(cases.started.max())
    done = cases.ended <= end
    due = cases.due <= end
    return replace(
        cases,
        ended=np.minimum(cases.ended, end),
        complete=done,
        done=done,
        cycle=np.where(done, cases.cycle, np.nan),
        met=np.where(done | due, np.where(done, cases.met, 0.0), np.nan),
        log_end=end,
    )
