"""A difference of two stretches of days that are alike from day to day and may have been drifting anyway.

Daily means y = a + d later + b t + c later (t - mean t) + u + e: u is AR(1) over calendar days, e has the variance
within days. d is what is asked for; b and c are drifts that come by themselves; the correlation and the size of u are
not estimated but integrated over a grid, so that the interval knows that they are not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kpi.verdict.posterior import Posterior
from kpi.verdict.segments import numbered

if TYPE_CHECKING:
    from kpi.verdict.values import Codes, Flags, Numbers

MONTH = 30.4375  # days
_CORRELATIONS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.88, 0.95)
_SIZES = np.geomspace(0.01, 2.0, 14)  # standard deviation of u
_USUAL = 0.3  # scale of its prior
_SHORT = 60  # days: so few show little of how much they differ and how long they remember
_JUMP, _DRIFT = 1, 2  # columns of the design


@dataclass(frozen=True, eq=False)
class Days:
    """Daily means of both sides; a day on which both have cases stands twice."""

    day: Codes
    later: Flags
    mean: Numbers
    variance: Numbers  # of the mean, by what varies within a day


@dataclass(frozen=True, eq=False)
class Fitted:
    """Sums from which the difference follows under any prior drift, for each point of the grid."""

    products: Numbers  # grid x 5 x 5: of response and design, weighted by the inverse covariance
    evidence: Numbers  # log of everything else in the likelihood

    def jump(self, drift: float) -> Posterior:
        """What is known of d where drifts have a standard deviation of `drift` a month; 0: there is none."""
        return self._posterior(_JUMP, drift)

    def slope(self, drift: float) -> Posterior:
        """What is known of b, the drift a month."""
        return self._posterior(_DRIFT, drift)

    def _posterior(self, column: int, drift: float) -> Posterior:
        size = 4 if drift else 2
        gram = self.products[:, 1 : size + 1, 1 : size + 1].copy()
        if drift:
            gram[:, 2, 2] += drift**-2
            gram[:, 3, 3] += drift**-2
        right = self.products[:, 1 : size + 1, 0]
        inverse = np.linalg.inv(gram)
        means = np.einsum("kij,kj->ki", inverse, right)
        explained = np.einsum("ki,ki->k", means, right)
        fit = self.evidence - 0.5 * (self.products[:, 0, 0] - explained) - 0.5 * np.linalg.slogdet(gram)[1]
        weights = np.exp(fit - fit.max())
        return Posterior(np.asarray(weights / weights.sum()), means[:, column], _float(inverse[:, column, column]))


def _float(values: Any) -> Numbers:
    return np.asarray(values, dtype=np.float64)


def daily(day: Codes, later: Flags, values: Numbers) -> Days:
    """The daily means of one value a case, with the variance of each mean."""
    first = int(day.min())
    key = (day - first) * 2 + later
    keys, place = np.flatnonzero(np.bincount(key)), numbered(key)
    n = np.bincount(place).astype(float)
    mean = np.bincount(place, weights=values) / n
    squares = np.bincount(place, weights=(values - mean[place]) ** 2)
    side = (keys % 2).astype(bool)
    variance = np.empty(len(keys))
    for which in (False, True):
        mine = side == which
        if not mine.any():
            continue
        freedom = (n[mine] - 1).sum()
        within = squares[mine].sum() / freedom if freedom > 0 else float(np.var(mean[mine]))
        variance[mine] = max(within, 1e-8) / n[mine]
    return Days(keys // 2 + first, side, mean, variance)


def fit(days: Days) -> Fitted:
    """The day model over the whole grid; about 100 tridiagonal systems, one for each of its points."""
    from scipy.linalg.lapack import dpttrf, dpttrs

    columns = np.column_stack([days.mean, _design(days)])
    place = days.day - days.day.min()
    length = int(place.max()) + 1
    precision = 1 / days.variance
    data = _gathered(precision[:, None] * columns, place, length)
    load = np.bincount(place, weights=precision, minlength=length)
    direct = columns.T @ (precision[:, None] * columns)
    constant = -0.5 * float(np.log(days.variance).sum())
    products, evidence = [], []
    for correlation in _CORRELATIONS:
        for size in _SIZES:
            diagonal, beside, logged = _autoregressive(length, correlation, size)
            d, e, _ = dpttrf(diagonal + load, beside)
            solved, _ = dpttrs(d, e, data)
            products.append(direct - data.T @ solved)
            evidence.append(constant - 0.5 * (float(np.log(d).sum()) - logged) + _prior(size, correlation, length))
    return Fitted(np.array(products), np.array(evidence))


def _design(days: Days) -> Numbers:
    months = (days.day - days.day.mean()) / MONTH
    own = np.where(days.later, months - months[days.later].mean(), 0.0)
    return np.column_stack([np.ones(len(months)), days.later.astype(float), months, own])


def _gathered(values: Numbers, place: Codes, length: int) -> Any:
    found = np.zeros((length, values.shape[1]), order="F")
    np.add.at(found, place, values)
    return found


def _autoregressive(length: int, correlation: float, size: float) -> tuple[Numbers, Numbers, float]:
    """The precision of AR(1) over `length` days (diagonal, beside it) and the log of its determinant."""
    scale = 1 / (size**2 * (1 - correlation**2))
    diagonal = np.full(length, (1 + correlation**2) * scale)
    diagonal[[0, -1]] = scale if length > 1 else 1 / size**2
    logged = -2 * length * float(np.log(size)) - (length - 1) * float(np.log(1 - correlation**2))
    return diagonal, np.full(max(length - 1, 0), -correlation * scale), logged


def _prior(size: float, correlation: float, length: int) -> float:
    """Log of the weight of a point of the grid; where days are few, large sizes and long memories weigh more."""
    short = min(1.0, (_SHORT / length) ** 2)
    memory = short * float(np.log((1 + correlation) / (1 - correlation)))
    return 0.5 * (1 + short) * float(np.log(size)) - float(np.log1p((size / _USUAL) ** 2)) + memory
