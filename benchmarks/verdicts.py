"""Verdicts against a known truth: how often something that did not change is called better or worse, and the reverse.

`python -m benchmarks.verdicts [--seeds N] [--first N] [--cells NAME ...]` prints a table with the target of
each cell. Two sides of 300 and of 1,500 cases each, 10 a day, skewed durations; two arms of 150. Then the time that a
comparison takes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import log
from multiprocessing import get_context

from benchmarks._verdict_logs import Scenario, arms, before_and_after, truth
from kpi.verdict.judging import judge_arms, judge_change
from kpi.verdict.values import Conclusion, Rules, Verdict

EFFECT, DRIFT = log(0.8), log(0.9)
SHORT = {
    "cycle_time": "cycle", "throughput": "throughput", "cost_per_task": "cost", "error_rate": "errors",
    "sla_adherence": "SLA",
}  # fmt: skip
SPEED = {1_500: 0.5, 1_000_000: 10.0}  # cases in all: seconds


@dataclass(frozen=True)
class Cell:
    """One row of the table: what is true, how many cases a side, and what must hold of 100."""

    name: str
    scenario: Scenario
    cases: int
    most_false: int | None = None  # runs in which any KPI is called better or worse
    found: Mapping[str, int] | None = None  # runs in which a KPI is called better, at least
    none_worse: bool = False
    arms: bool = False


def _cells() -> tuple[Cell, ...]:
    nulls = [
        Scenario("independent"),
        Scenario("day effects AR(1) 0.8", correlation=0.8),
        Scenario("improving 10 % a month", drift=DRIFT),
        Scenario("mix 30 to 10 % hard", hard=(0.3, 0.1)),
        Scenario("cut while cases are open", cut=True),
    ]
    found = {"cycle_time": 90, "cost_per_task": 90}
    drawn = Scenario("hold-out, AR 0.8, drift", correlation=0.8, drift=DRIFT)
    drawn_effect = Scenario("hold-out -20 %, AR 0.8, drift", correlation=0.8, drift=DRIFT, effect=EFFECT)
    moved = Scenario("-20 %, mix 30 to 50 % hard", effect=EFFECT, hard=(0.3, 0.5))
    return (
        *(Cell("null", s, n, most_false=5) for s in nulls for n in (300, 1_500)),
        Cell("effect", Scenario("-20 %, independent", effect=EFFECT), 1_500, found={**found, "sla_adherence": 75}),
        Cell("moving", moved, 1_500, found=found, none_worse=True),
        Cell("holdout", drawn, 150, most_false=8, arms=True),
        Cell("holdout", drawn_effect, 150, found=found, arms=True),
        Cell("shown", Scenario("-20 %, independent", effect=EFFECT), 300),
        Cell("shown", Scenario("-20 %, day effects AR(1) 0.8", effect=EFFECT, correlation=0.8), 1_500),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cells asked for, print the table and the times; 1 where a target is missed."""
    asked = argparse.ArgumentParser(description="Verdicts against a known truth.")
    asked.add_argument("--seeds", type=int, default=100)
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--cells", nargs="*", default=["null", "effect", "moving", "holdout", "shown", "speed"])
    options = asked.parse_args(arguments)
    missed = 0
    print(
        "| cell | cases a side | better or worse in | called better | 95 % interval covers, or no verdict | target | |"
    )
    print("|---|---|---|---|---|---|---|")
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # two processes, one thread each
        os.environ[name] = "1"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for cell in (c for c in _cells() if c.name in options.cells):
            told = list(pool.map(partial(_run, cell), range(options.first, options.first + options.seeds), chunksize=5))
            missed += _print(cell, told)
    if "speed" in options.cells:
        missed += sum(_speed(cases, limit) for cases, limit in SPEED.items())
    return 1 if missed else 0


def _run(cell: Cell, seed: int) -> dict[str, Verdict]:
    if cell.arms:
        return judge_arms(*arms(cell.scenario, cell.cases, seed))
    return judge_change(*before_and_after(cell.scenario, cell.cases, seed), Rules(every_case=True))


def _print(cell: Cell, told: Sequence[Mapping[str, Verdict]]) -> int:
    """One row of the table; whether it misses its target."""
    scale = len(told) / 100
    wrong = sum(any(v.tells for v in found.values()) for found in told)
    better = {key: _count(told, key, Conclusion.BETTER) for key in SHORT}
    worse = sum(any(v.outcome is Conclusion.WORSE for v in found.values()) for found in told)
    covered = {key: sum(_covers(cell.scenario, found[key]) for found in told) for key in SHORT}
    holds = min(covered.values()) >= 90 * scale
    targets = ["covers 90"]
    if cell.most_false is not None:
        targets.append(f"at most {cell.most_false}")
        holds &= wrong <= cell.most_false * scale
    for key, least in (cell.found or {}).items():
        targets.append(f"{SHORT[key]} {least}")
        holds &= better[key] >= least * scale
    if cell.none_worse:
        targets.append("none worse")
        holds &= worse == 0
    print(
        f"| {cell.scenario.name} | {cell.cases:,} | {wrong}{f' ({worse} worse)' if worse else ''} | "
        f"{_listed(better)} | {_listed(covered)} | {', '.join(targets)} | {'pass' if holds else 'FAIL'} |",
        flush=True,
    )
    return 0 if holds else 1


def _count(told: Iterable[Mapping[str, Verdict]], key: str, outcome: Conclusion) -> int:
    return sum(found[key].outcome is outcome for found in told)


def _covers(scenario: Scenario, found: Verdict) -> bool:
    """Whether the interval holds the truth; where nothing can be compared, none is claimed."""
    if found.outcome is Conclusion.INCOMPARABLE or found.low is None or found.high is None:
        return True
    return found.low <= truth(scenario, found.key) <= found.high


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{SHORT[key]} {n}" for key, n in counts.items())


def _speed(cases: int, limit: float) -> int:
    """The best of three times that a comparison takes; whether it is over its limit."""
    scenario = Scenario("speed", effect=EFFECT, a_day=max(10.0, cases / 2 / 700))
    sides = before_and_after(scenario, cases // 2, 1)
    walls, busy = [], []
    for _ in range(3):
        begun, worked = time.perf_counter(), time.process_time()
        judge_change(*sides, Rules(every_case=True))
        walls.append(time.perf_counter() - begun)
        busy.append(time.process_time() - worked)
    holds = min(walls) < limit
    said = f"{cases:,} cases: {min(walls):.2f} s, of processor {min(busy):.2f} s (under {limit} s)"
    print(f"{said}: {'pass' if holds else 'FAIL'}", flush=True)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
