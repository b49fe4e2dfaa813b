"""The back-test itself: areas within each log, per process, and their mean. Pure: same logs, same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import BadInput
from mining.allocation.backtest.auc import AucEstimate, auc, estimate, mean, together
from mining.allocation.backtest.hiding import BacktestLog
from mining.allocation.backtest.logit import fit
from mining.allocation.backtest.processes import processes
from mining.allocation.backtest.rankings import FITTED, RANKINGS, WhenRead, features, scores
from mining.allocation.weights import RULES

TIMES, SEED = 2000, 20_261_130  # of the bootstrap of the difference


@dataclass(frozen=True)
class Misranked:
    """A task that people do, ranked above one that software does."""

    human: str
    automated: str
    by: float  # points of suitability


@dataclass(frozen=True)
class LogResult:
    """The back-test within one log."""

    log: str
    process: int  # number, from 1: logs of one process share it
    tasks: int  # of which it is known who does them
    automated: tuple[str, ...]
    areas: Mapping[str, AucEstimate]  # by ranking
    misranked: tuple[Misranked, ...]  # by suitability, the worst first


@dataclass(frozen=True)
class ProcessResult:
    """The back-test of one process: the mean of its logs."""

    process: int
    logs: tuple[str, ...]
    areas: Mapping[str, AucEstimate]


@dataclass(frozen=True)
class RankingGap:
    """How much suitability ranks better than frequency, over all processes, with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Backtest:
    """What the back-test found."""

    rules: int
    logs: tuple[LogResult, ...]
    processes: tuple[ProcessResult, ...]
    mean: Mapping[str, AucEstimate]  # of the processes, by ranking
    known: Mapping[str, WhenRead]  # by ranking: when what it reads is there
    over_frequency: RankingGap
    left_out: tuple[str, ...]  # logs in which all is done by people, or all by software: nothing can be told apart


def backtest(logs: Sequence[BacktestLog]) -> Backtest:
    """The back-test on `logs`. Raises BadInput where none of them has tasks of both kinds."""
    usable = [log for log in logs if len({task.automated for task in log.tasks}) == 2]
    if not usable:
        raise BadInput(
            "None of these logs says of some tasks that people do them and of others that software does. Say what "
            "performers are with `--kind`, such as `--kind 112=system --kind *=human`."
        )
    groups = processes(usable)
    ranked = {id(log): [dict(scores(task.evidence)) for task in log.tasks] for log in usable}
    known = {ranking.name: ranking.known for ranking in RANKINGS}
    if len(groups) > 1:
        known[FITTED] = WhenRead.BEFORE
        for group in groups:
            others = [log for other in groups if other is not group for log in other]
            _add_fitted(group, others, ranked)
    found = [
        _result(log, number, ranked[id(log)], tuple(known)) for number, group in enumerate(groups, 1) for log in group
    ]
    by_process = tuple(_process(number, found, tuple(known)) for number in range(1, len(groups) + 1))
    return Backtest(
        RULES, tuple(found), by_process,
        {name: mean([process.areas[name] for process in by_process]) for name in known}, known,
        _difference(groups, ranked), tuple(log.name for log in logs if log not in usable),
    )  # fmt: skip


def _split(log: BacktestLog, values: Sequence[float]) -> tuple[list[float], list[float]]:
    pairs = list(zip(log.tasks, values, strict=True))
    return [v for task, v in pairs if task.automated], [v for task, v in pairs if not task.automated]


def _result(
    log: BacktestLog, process: int, ranked: Sequence[Mapping[str, float]], rankings: Sequence[str]
) -> LogResult:
    areas = {name: estimate(*_split(log, [row[name] for row in ranked])) for name in rankings}
    automated = tuple(task.evidence.activity for task in log.tasks if task.automated)
    return LogResult(log.name, process, len(log.tasks), automated, areas, _misranked(log, ranked))


def _misranked(log: BacktestLog, ranked: Sequence[Mapping[str, float]]) -> tuple[Misranked, ...]:
    scored = [(task, row["suitability"]) for task, row in zip(log.tasks, ranked, strict=True)]
    found = [
        Misranked(human.evidence.activity, automated.evidence.activity, higher - lower)
        for human, higher in scored if not human.automated
        for automated, lower in scored if automated.automated and higher > lower
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: -one.by))


def _process(number: int, found: Sequence[LogResult], rankings: Sequence[str]) -> ProcessResult:
    own = [one for one in found if one.process == number]
    areas = {name: together([one.areas[name] for one in own]) for name in rankings}
    return ProcessResult(number, tuple(one.log for one in own), areas)


def _add_fitted(
    group: Sequence[BacktestLog], others: Sequence[BacktestLog], ranked: Mapping[int, list[dict[str, float]]]
) -> None:
    """Add to the rows of `group` the score of a fit to `others`, each of which counts as much as another."""
    rows, told, weight = [], [], []
    for log in others:
        for task in log.tasks:
            rows.append(features(task.evidence))
            told.append(task.automated)
            weight.append(1 / len(log.tasks))
    total = sum(weight)
    weights = fit(rows, told, [w * len(rows) / total for w in weight])
    for log in group:
        for task, row in zip(log.tasks, ranked[id(log)], strict=True):
            row[FITTED] = float(sum(w * f for w, f in zip(weights, features(task.evidence), strict=True)))


def _difference(groups: Sequence[Sequence[BacktestLog]], ranked: Mapping[int, list[dict[str, float]]]) -> RankingGap:
    """Suitability against frequency on the same tasks, redrawn within each log and kind (paired bootstrap)."""
    import numpy as np

    draw = np.random.default_rng(SEED)

    def once(redrawn: bool) -> float:
        by_group = []
        for group in groups:
            gaps = [_gap(log, ranked[id(log)], draw if redrawn else None) for log in group]
            by_group.append(sum(gaps) / len(gaps))
        return sum(by_group) / len(by_group)

    low, high = np.quantile([once(True) for _ in range(TIMES)], [0.025, 0.975])
    return RankingGap(once(False), float(low), float(high))


def _gap(log: BacktestLog, ranked: Sequence[Mapping[str, float]], draw: Any) -> float:
    sides = []
    for automated in (True, False):
        own = [row for task, row in zip(log.tasks, ranked, strict=True) if task.automated is automated]
        sides.append(own if draw is None else [own[n] for n in draw.integers(0, len(own), len(own))])
    best, plain = (auc(*([row[name] for row in side] for side in sides)) for name in ("suitability", "frequency"))
    return best - plain
