"""The rubric: criteria, weights and thresholds, read from rubric.toml."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from inventory.decisions.values import RubricAxis


@dataclass(frozen=True)
class RubricCriterion:
    """One thing that is asked of every pilot."""

    key: str
    title: str
    axis: RubricAxis
    weight: float
    worst: float
    best: float
    unit: str
    source: str
    why: str
    scale: str = "linear"

    def score(self, number: float) -> float:
        """`number` on the line from worst (0) to best (1)."""
        at, worst, best = (self._place(n) for n in (number, self.worst, self.best))
        return min(1.0, max(0.0, (at - worst) / (best - worst)))

    def _place(self, number: float) -> float:
        return math.log1p(max(0.0, number)) if self.scale == "log" else number


@dataclass(frozen=True)
class RubricRules:
    """From which scores what is suggested."""

    enough: float
    too_little: float
    least_coverage: float
    scale_on_claims: bool
    merge_from: float
    spread: float
    draws: int
    seed: int


@dataclass(frozen=True)
class Rubric:
    """What a suggestion is made of."""

    criteria: tuple[RubricCriterion, ...]
    rules: RubricRules

    def of(self, axis: RubricAxis) -> tuple[RubricCriterion, ...]:
        """The criteria of one axis."""
        return tuple(c for c in self.criteria if c.axis is axis)


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    """The rubric that Tandem brings."""
    return from_dict(tomllib.loads(files(__package__).joinpath("rubric.toml").read_text("utf-8")))


def from_dict(told: Mapping[str, Any]) -> Rubric:
    """The rubric that a file tells. Raises ValueError for one that cannot be used, with every problem."""
    criteria = tuple(RubricCriterion(**{**row, "axis": RubricAxis(row["axis"])}) for row in told["criterion"])
    rules = RubricRules(**told["rules"])
    wrong = [f"`{c.key}`: `worst` and `best` are equal." for c in criteria if c.worst == c.best]
    wrong += [f"`{c.key}`: `weight` is not above 0." for c in criteria if not c.weight > 0]
    wrong += [f"`{c.key}`: `scale` is neither linear nor log." for c in criteria if c.scale not in ("linear", "log")]
    if len({c.key for c in criteria}) < len(criteria):
        wrong.append("A key stands twice.")
    if not 0 <= rules.too_little <= rules.enough <= 1:
        wrong.append("`too_little` is not from 0 to `enough`, or `enough` is above 1.")
    if not (0 <= rules.spread < 1 and rules.draws >= 1):
        wrong.append("`spread` is not from 0 to below 1, or `draws` is below 1.")
    if wrong:
        raise ValueError("The rubric cannot be used. " + " ".join(wrong))
    return Rubric(criteria, rules)
