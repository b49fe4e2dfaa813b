"""Kinds of cases by what was known at their start: which attributes matter, and the cells that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kpi.verdict.values import Codes, Flags, Numbers

RARE = 0.03  # levels that are rarer on both sides are one level
LEAST = 10  # cases a side that a cell needs
MOST = 3  # attributes
GONE = 0.2  # a kind that comes in less than this share of what is expected no longer comes
_ENOUGH = 50_000  # cases are enough to choose attributes by


@dataclass(frozen=True, eq=False)
class Cells:
    """The cell of each case of both sides, -1 where it has no counterpart on the other side."""

    cell: Codes
    names: tuple[str, ...]  # of the attributes that make the cells
    gone: float  # share of the baseline in kinds that no longer come


def levels(values: NDArray[Any], later: Flags) -> Codes:
    """One number for each level of an attribute: quartiles of numbers, kinds of anything else, rare ones together."""
    codes = _quartiles(values) if values.dtype.kind in "fiu" else _kinds(values)
    size = int(codes.max()) + 1
    shares = [np.bincount(codes[later == side], minlength=size) / max(1, (later == side).sum()) for side in (0, 1)]
    rare = np.maximum(shares[0], shares[1]) < RARE
    renamed = np.where(rare, size, np.arange(size))
    return numbered(renamed[codes])


def numbered(codes: Codes) -> Codes:
    """The codes, not negative, numbered anew from 0 without gaps: what sorting them would do, without sorting."""
    present = np.bincount(codes) > 0
    return np.asarray((np.cumsum(present) - 1)[codes], dtype=np.int64)


def _quartiles(values: NDArray[Any]) -> Codes:
    numbers = values.astype(float)
    known = ~np.isnan(numbers)
    if not known.any():
        return np.zeros(len(numbers), dtype=np.int64)
    distinct = np.unique(numbers[known][:: max(1, known.sum() // _ENOUGH)])
    if len(distinct) <= 4:
        found = np.searchsorted(distinct, numbers)
    else:
        found = np.searchsorted(np.quantile(numbers[known], (0.25, 0.5, 0.75)), numbers, side="left")
    return np.where(known, found, 5).astype(np.int64)


def _kinds(values: NDArray[Any]) -> Codes:
    from pandas import factorize

    return np.asarray(factorize(values, use_na_sentinel=False)[0], dtype=np.int64)


def choose(candidates: Mapping[str, Codes], outcome: Numbers, later: Flags) -> tuple[str, ...]:
    """The attributes, at most 3, that explain `outcome` within each side: forward, by BIC.

    Schwarz, Estimating the dimension of a model, 1978: n log(RSS / n) + log(n) times the number of cells.
    """
    step = max(1, len(outcome) // _ENOUGH)
    outcome, cells = outcome[::step], later[::step].astype(np.int64)
    thinned = {name: codes[::step] for name, codes in candidates.items()}
    chosen: list[str] = []
    best = criterion(cells, outcome)
    while len(chosen) < MOST:
        tried = {n: criterion(_crossed(cells, codes), outcome) for n, codes in thinned.items() if n not in chosen}
        name = min(tried, key=tried.__getitem__, default=None)
        if name is None or tried[name] >= best:
            break
        best, cells = tried[name], _crossed(cells, thinned[name])
        chosen.append(name)
    return tuple(chosen)


def criterion(cells: Codes, outcome: Numbers) -> float:
    """BIC of a mean for each cell."""
    n = np.bincount(cells).astype(float)
    sums = np.bincount(cells, weights=outcome)
    held = n > 0
    squares = float(((outcome - outcome.mean()) ** 2).sum() - (sums[held] ** 2 / n[held]).sum())
    squares += float(len(outcome) * outcome.mean() ** 2)
    total = len(outcome)
    return total * float(np.log(max(squares, 1e-12) / total)) + float(np.log(total)) * int(held.sum())


def _crossed(cells: Codes, codes: Codes) -> Codes:
    return numbered(cells * (int(codes.max()) + 1) + codes)


def divide(candidates: Mapping[str, Codes], names: tuple[str, ...], later: Flags) -> Cells:
    """The cells that the attributes `names` make; kinds that came on one side only stand apart, small ones together."""
    cell = np.zeros(len(later), dtype=np.int64)
    for name in names:
        cell = _crossed(cell, candidates[name])
    counts = np.array([np.bincount(cell[later == side], minlength=int(cell.max()) + 1) for side in (0, 1)], dtype=float)
    totals = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    expected = counts[::-1] / totals[::-1] * totals  # on each side, by the other's mix
    alone = ((counts < LEAST) & (counts < GONE * expected) & (expected >= LEAST)).any(axis=0)
    small = ~alone & (counts < LEAST).any(axis=0)
    together = counts[:, small].sum(axis=1)
    lost = alone | (small & bool((together < LEAST).any()))
    renamed = np.where(lost, -1, np.where(small, len(small), np.arange(len(small))))
    gone = float(counts[0, alone & (counts[0] > counts[1] / totals[1, 0] * totals[0, 0])].sum() / totals[0, 0])
    return Cells(renamed[cell], names, gone)
