"""From one value a case to the estimated difference, with and without a drift."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kpi.verdict import follow_up, standardise
from kpi.verdict.blocks import excess
from kpi.verdict.day_model import MONTH, Days, Fitted, daily, fit
from kpi.verdict.samples import slack
from kpi.verdict.segments import Cells

if TYPE_CHECKING:
    from kpi.verdict.posterior import Posterior
    from kpi.verdict.samples import Sample
    from kpi.verdict.sides import VerdictSides
    from kpi.verdict.values import Codes, Flags, Numbers, RatioEstimate


@dataclass(frozen=True)
class KpiDifference:
    """One KPI's difference: allowing for a drift, without one, and the error that it would have if nothing changed."""

    drifting: RatioEstimate
    still: RatioEstimate
    null_error: float


@dataclass(frozen=True, eq=False)
class Matched:
    """The cases that count and have a counterpart, with their cells."""

    rows: Codes
    inside: Flags  # which of the sample's rows they are
    cells: Cells


def match(sample: Sample, cells: Cells) -> Matched:
    """The cases of a sample that have a counterpart on the other side."""
    inside = cells.cell >= 0
    return Matched(sample.rows[inside], inside, replace(cells, cell=cells.cell[inside]))


def values(sides: VerdictSides, sample: Sample, matched: Matched, *, shift: Numbers | None = None) -> Numbers:
    """One value a case, on the baseline's mix; with `shift` misses are judged after that much more log time."""
    later = sides.later[matched.rows]
    if sample.top is None or sample.bottom is None:
        ended = sides.both(lambda p: p.complete)[matched.rows]
        return standardise.durations(matched.cells.cell, later, sides.lasted[matched.rows], ended, limit(sides))
    top = sample.top[matched.inside]
    if shift is not None:
        open_ = ~sides.both(lambda p: p.complete)[matched.rows]
        top = np.where(open_, 1.0, slack(sides)[matched.rows] + shift > 0)
    bottom = sample.bottom[matched.inside]
    return standardise.ratios(matched.cells.cell, later, top, bottom, counted=sample.counted)


def limit(sides: VerdictSides) -> float:
    """How far durations are looked at where cases are open: twice H, or as far as ten cases a side were followed."""
    if not (~sides.both(lambda p: p.complete)).any():
        return float("inf")
    return min(2 * sides.horizon, follow_up.reach(sides.baseline), follow_up.reach(sides.now))


def before_and_after(sides: VerdictSides, sample: Sample, matched: Matched, drift: float) -> KpiDifference:
    """The difference of a KPI between two periods."""
    days = _days(sides, matched, values(sides, sample, matched))
    return judged(days, drift, counted=sample.counted)


def of_arms(sides: VerdictSides, sample: Sample, matched: Matched) -> KpiDifference | None:
    """The difference of a KPI between two arms that share their days; None where too few days hold both.

    Days are blocks: their common part is AR(1). What differs between arms from day to day beyond that widens it.
    """
    day, later = sides.day[matched.rows], sides.later[matched.rows]
    each = values(sides, sample, matched)
    beyond = excess(day, later, each)
    if beyond is None:
        return None
    found = fit(daily(day, later, each)).jump(0).widened(beyond)
    return KpiDifference(found.estimate(), found.estimate(), found.error)


def judged(days: Days, drift: float, *, counted: bool) -> KpiDifference:
    """The difference of daily means, with a drift and without one."""
    fitted = fit(days)
    drifting = fitted.jump(drift)
    null_error = _null_error(days, drifting, drift) if counted else drifting.error
    return KpiDifference(drifting.estimate(), fitted.jump(0).estimate(), null_error)


def of_misses(sides: VerdictSides, sample: Sample, matched: Matched, drift: float) -> KpiDifference:
    """The difference of the share of missed SLAs: durations are freed of their drift before each due moment is asked.

    What is not known of that drift widens the result.
    """
    without = judged(_days(sides, matched, values(sides, sample, matched)), drift, counted=True)
    slope = _slope(sides, matched, drift)
    months = sides.day[matched.rows] / MONTH
    since = months - months[~sides.later[matched.rows]].mean()
    middle, aside = (
        fit(_days(sides, matched, values(sides, sample, matched, shift=-by * since)))
        for by in (slope.mean, slope.mean + slope.error)
    )
    found = middle.jump(0)
    found = found.widened((aside.jump(0).mean - found.mean) ** 2)
    return KpiDifference(found.estimate(), without.still, min(found.error, without.null_error))


def _slope(sides: VerdictSides, matched: Matched, drift: float) -> Posterior:
    """The drift a month of the log of time taken over time given."""
    taken = slack(sides)[matched.rows]
    ones = np.ones(len(taken))
    centred = standardise.durations(
        matched.cells.cell, sides.later[matched.rows], np.exp(taken), ones.astype(bool), float(np.exp(taken.max()))
    )
    return fit(_days(sides, matched, centred)).slope(drift)


def _days(sides: VerdictSides, matched: Matched, each: Numbers) -> Days:
    return daily(sides.day[matched.rows], sides.later[matched.rows], each)


def _null_error(days: Days, found: Posterior, drift: float) -> float:
    """The standard error if the later side were as the baseline is: rarer events are not held against a success."""
    usual = _usual(days)
    fitted: Fitted = fit(usual)
    error = float(np.sqrt(found.weights @ fitted.jump(drift).variances))
    return min(found.error, error)


def _usual(days: Days) -> Days:
    """The same days with the baseline's variance on both sides."""
    ratio = days.variance[~days.later].mean() / days.variance[days.later].mean()
    return replace(days, variance=np.where(days.later, days.variance * ratio, days.variance))
