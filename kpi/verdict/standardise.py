"""Both sides brought to the baseline's mix, as one value a case: the estimate plus what the case adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kpi.verdict.survival import mean_log

if TYPE_CHECKING:
    from kpi.verdict.values import Codes, Flags, Numbers

_HALF = 0.5  # added to a count, so that none has a logarithm too


def mix(cell: Codes, later: Flags) -> Numbers:
    """The baseline's share of each cell."""
    counts = np.bincount(cell[~later], minlength=int(cell.max()) + 1)
    return np.asarray(counts / counts.sum())


def freedom(n: Numbers) -> Numbers:
    """What residuals around a mean of `n` values are multiplied by to vary as the values do."""
    return np.asarray(np.sqrt(n / np.maximum(n - 1, 1)))


def durations(cell: Codes, later: Flags, lasted: Numbers, ended: Flags, limit: float) -> Numbers:
    """One value a case whose mean on each side is the mean log duration up to `limit` on the baseline's mix."""
    shares = mix(cell, later)
    values = np.empty(len(cell))
    for side in (False, True):
        mine = np.flatnonzero(later == side)
        order = mine[np.argsort(cell[mine], kind="stable")]
        estimate, parts = 0.0, []
        bounds = np.searchsorted(cell[order], np.arange(len(shares) + 1))
        for number, share in enumerate(shares):
            rows = order[bounds[number] : bounds[number + 1]]
            if not len(rows):
                continue
            found = mean_log(lasted[rows], ended[rows], limit)
            estimate += share * float(found.mean())
            weight = share * len(mine) / len(rows) * float(freedom(np.array(len(rows))))
            parts.append((rows, (found - found.mean()) * weight))
        for rows, influence in parts:
            values[rows] = estimate + influence
    return values


def ratios(cell: Codes, later: Flags, top: Numbers, bottom: Numbers, *, counted: bool) -> Numbers:
    """One value a case whose mean on each side is the log of sum over sum (cost over tasks) on the baseline's mix.

    Where the upper sum is `counted`, half a count is added to it.
    """
    shares = mix(cell, later)
    values = np.empty(len(cell))
    for side in (False, True):
        mine = later == side
        own, total = cell[mine], int(mine.sum())
        n = np.maximum(np.bincount(own, minlength=len(shares)), 1)
        above = np.bincount(own, weights=top[mine], minlength=len(shares)) / n
        below = np.bincount(own, weights=bottom[mine], minlength=len(shares)) / n
        whole = float(shares @ below)
        ratio = (float(shares @ above) + (_HALF / total if counted else 0.0)) / whole
        influence = (top[mine] - above[own]) - ratio * (bottom[mine] - below[own])
        values[mine] = np.log(ratio) + (shares * total / n * freedom(n))[own] * influence / (ratio * whole)
    return values
