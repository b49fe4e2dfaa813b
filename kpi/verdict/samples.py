"""What each case contributes to a KPI, and which cases count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kpi.verdict.values import SideLeftOut

if TYPE_CHECKING:
    from kpi.verdict.sides import VerdictSides
    from kpi.verdict.values import Codes, Flags, Numbers


@dataclass(frozen=True, eq=False)
class Sample:
    """One KPI of two sides: the rows that count, and either a sum over a sum or a length, for each of them."""

    rows: Codes  # positions in the arrays of both sides
    explained: Numbers  # what segments are chosen by
    top: Numbers | None = None
    bottom: Numbers | None = None
    counted: bool = False  # whether `top` counts events, of which both sides must have some
    left_out: tuple[SideLeftOut, ...] = ()


def cycle_time(sides: VerdictSides) -> Sample:
    """All cases with a length; open ones are known to last longer."""
    complete = sides.both(lambda p: p.complete)
    known = ~(complete & np.isnan(sides.both(lambda p: p.cycle))) & (sides.both(lambda p: p.log_end - p.started) > 0)
    return _sample(
        sides,
        {
            "have no cycle time": known,
            "began too late to be seen to their end in an extract of complete cases": sides.seen,
        },
        np.log(sides.lasted, where=sides.lasted > 0, out=np.zeros(len(sides.lasted))),
    )


def cost_per_task(sides: VerdictSides) -> Sample:
    """Complete cases that were followed for H: their known cost over the tasks that have one."""
    cost, tasks = sides.both(lambda p: p.cost), sides.both(lambda p: p.costed)
    each = np.divide(cost, tasks, out=np.zeros(len(cost)), where=tasks > 0)
    positive = each[each > 0]
    least = 0.01 * float(np.median(positive)) if len(positive) else 1.0
    return _ratio(sides, "have no cost", np.nan_to_num(cost), tasks, np.log(np.maximum(each, least)))


def error_rate(sides: VerdictSides) -> Sample:
    """Complete cases that were followed for H: activity instances that failed over those with a known outcome."""
    errors, tasks = sides.both(lambda p: p.errors), sides.both(lambda p: p.judged)
    share = np.divide(errors, tasks, out=np.zeros(len(errors)), where=tasks > 0)
    return _ratio(sides, "have no known outcome", errors, tasks, share, counted=True)


def sla_adherence(sides: VerdictSides) -> Sample:
    """Cases whose due moment has passed: those that missed it over all of them."""
    met = sides.both(lambda p: p.met)
    passed = sides.both(lambda p: p.due <= p.log_end) & ~np.isnan(met)
    return _sample(
        sides,
        {
            "were not due yet": passed,
            "began too late to be seen to their end in an extract of complete cases": sides.seen,
        },
        np.nan_to_num(slack(sides)),
        top=1 - np.nan_to_num(met, nan=1.0),
        bottom=np.ones(len(met)),
        counted=True,
    )


def slack(sides: VerdictSides) -> Numbers:
    """Log of the time that a case took over the time that it was given: above 0 it missed its SLA."""
    given = sides.both(lambda p: p.due - p.started)
    share = np.divide(sides.lasted, given, out=np.full(len(given), np.nan), where=given > 0)
    return np.asarray(np.log(share))


SAMPLES: Mapping[str, Callable[[VerdictSides], Sample]] = {
    "cycle_time": cycle_time,
    "cost_per_task": cost_per_task,
    "error_rate": error_rate,
    "sla_adherence": sla_adherence,
}


def _ratio(
    sides: VerdictSides, lacking: str, top: Numbers, bottom: Numbers, explained: Numbers, *, counted: bool = False
) -> Sample:
    rules = {
        "began too late to be seen to their end": sides.followed,
        "are still open": sides.both(lambda p: p.complete),
        lacking: bottom > 0,
    }
    return _sample(sides, rules, explained, top=top, bottom=bottom, counted=counted)


def _sample(
    sides: VerdictSides,
    rules: Mapping[str, Flags],
    explained: Numbers,
    *,
    top: Numbers | None = None,
    bottom: Numbers | None = None,
    counted: bool = False,
) -> Sample:
    counts, left_out = np.ones(len(sides.later), dtype=bool), []
    for why, keeps in rules.items():
        for later, name in enumerate(sides.names):
            lost = int((counts & ~keeps & (sides.later == later)).sum())
            left_out += [SideLeftOut(name, lost, why)] if lost else []
        counts &= keeps
    rows = np.flatnonzero(counts)
    return Sample(
        rows=rows,
        explained=explained[rows],
        top=None if top is None else top[rows],
        bottom=None if bottom is None else bottom[rows],
        counted=counted,
        left_out=tuple(left_out),
    )
