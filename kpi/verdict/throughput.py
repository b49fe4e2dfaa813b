"""Completed cases a day, where the log holds every case: one value a day instead of one a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kpi.verdict.day_model import Days
from kpi.verdict.follow_up import DAY
from kpi.verdict.standardise import ratios

if TYPE_CHECKING:
    from kpi.verdict.values import Codes, Numbers, Population

_WEEKS = 4  # whole weeks that both sides need for days of the week to be told apart


@dataclass(frozen=True, eq=False)
class Ends:
    """Completions on each whole day from first start + H to last start."""

    day: Codes
    count: Numbers


def ends(population: Population, horizon: float) -> Ends:
    """The completions a day of one side; no day where the log is too short for any."""
    first = int(np.ceil((population.started.min() + horizon) / DAY))
    after = int(population.started.max() // DAY)
    days = np.arange(first, max(first, after), dtype=np.int64)
    found = population.ended[population.done] // DAY - first
    inside = found[(found >= 0) & (found < len(days))].astype(np.int64)
    return Ends(days, np.bincount(inside, minlength=len(days)).astype(float))


def days(one: Ends, other: Ends) -> Days:
    """Log completions a day as the day model takes them, on an equal mix of weekdays where there are weeks enough."""
    day = np.concatenate([one.day, other.day])
    later = np.repeat([False, True], [len(one.day), len(other.day)])
    count = np.concatenate([one.count, other.count])
    enough = min(len(one.day), len(other.day)) >= 7 * _WEEKS
    cell = (day + 3) % 7 if enough else np.zeros(len(day), dtype=np.int64)
    values = ratios(cell, later, count, np.ones(len(day)), counted=True)
    rate = np.where(later, max(0.01, other.count.mean()), max(0.01, one.count.mean()))
    return Days(day, later, values, 1 / rate)
