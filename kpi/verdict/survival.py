"""Mean log duration where some cases are still open: Kaplan and Meier, with what each case adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kpi.verdict.values import Flags, Numbers


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """A survival curve: at each distinct time the number at risk, how many ended, and the share that lasts longer."""

    times: Numbers
    at_risk: Numbers
    ended: Numbers
    lasting: Numbers


def curve(durations: Numbers, ended: Flags) -> SurvivalCurve:
    """The survival curve of `durations`, of which those not `ended` are only known to last longer.

    Kaplan and Meier, Nonparametric estimation from incomplete observations, 1958.
    """
    times, place, counts = np.unique(durations, return_inverse=True, return_counts=True)
    events = np.bincount(place, weights=ended.astype(float), minlength=len(times))
    at_risk = len(durations) - np.concatenate(([0], np.cumsum(counts)[:-1]))
    return SurvivalCurve(
        times,
        np.asarray(at_risk, dtype=np.float64),
        np.asarray(events, dtype=np.float64),
        np.cumprod(1 - events / at_risk),
    )


def mean_log(durations: Numbers, ended: Flags, limit: float) -> Numbers:
    """One value a case whose mean is the mean of log duration up to `limit`: the estimate plus the case's influence.

    Where no case is open these are the logs themselves. Influence of a product-limit estimate: Andersen, Klein and
    Rosthoj, Generalised linear models for correlated pseudo-observations, 2003, in its limit of many cases.
    """
    open_ = ~ended & (durations < limit)
    capped = np.minimum(durations, limit)
    if not open_.any():
        return np.log(capped)
    found = curve(capped, ended & (durations < limit))
    logs = np.log(found.times)
    areas = found.lasting * np.diff(np.append(logs, np.log(limit)))
    beyond = np.cumsum(areas[::-1])[::-1]  # area under the curve from each time on
    hazard = found.ended / found.at_risk
    share = found.at_risk / len(durations)
    weight = np.divide(beyond, share * (1 - hazard), out=np.zeros_like(beyond), where=hazard < 1)
    paid = np.cumsum(weight * hazard)
    place = np.searchsorted(found.times, capped)
    influence = paid[place] - np.where(ended & (durations < limit), weight[place], 0.0)
    return np.asarray(logs[0] + areas.sum() + influence)
