"""Area under the ROC curve: the chance that an automated task is ranked above one that people do. 0.5 is chance.

    AUC = P(score of automated > score of human) + P(equal) / 2

D. Bamber, Journal of Mathematical Psychology 12, 1975. The interval is R. G. Newcombe's method 5 (Confidence
intervals for an effect size measure based on the Mann-Whitney statistic, Part 2, Statistics in Medicine 25, 2006),
made for small numbers: it is not empty where all are ranked right. It takes tasks for independent, which those of one
process are not quite.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.intervals import Interval, Z


@dataclass(frozen=True)
class AucEstimate:
    """An area under the ROC curve with its 95 % interval."""

    auc: float
    low: float
    high: float


def auc(automated: Sequence[float], human: Sequence[float]) -> float:
    """The area for these scores. Raises ZeroDivisionError where one side is empty."""
    wins = sum(1.0 if a > h else 0.5 if a == h else 0.0 for a in automated for h in human)
    return wins / (len(automated) * len(human))


def auc_interval(found: float, automated: int, human: int) -> Interval:
    """The 95 % interval of an area `found` on so many tasks."""

    def apart(theta: float) -> float:
        return abs(found - theta) - Z * math.sqrt(_variance(theta, automated, human))

    low = _root(apart, 0.0, found) if found > 0 else 0.0
    high = _root(apart, 1.0, found) if found < 1 else 1.0
    return Interval(low, high)


def estimate(automated: Sequence[float], human: Sequence[float]) -> AucEstimate:
    """The area for these scores with its interval."""
    found = auc(automated, human)
    interval = auc_interval(found, len(automated), len(human))
    return AucEstimate(found, interval.low, interval.high)


def together(parts: Sequence[AucEstimate]) -> AucEstimate:
    """The mean of the areas of logs of one process. The same tasks stand in them, so the interval does not shrink."""
    n = len(parts)
    return AucEstimate(sum(p.auc for p in parts) / n, sum(p.low for p in parts) / n, sum(p.high for p in parts) / n)


def mean(parts: Sequence[AucEstimate]) -> AucEstimate:
    """The mean of the areas of independent processes.

    Its interval squares and adds the halves of theirs: G. Y. Zou and A. Donner, Construction of confidence limits about
    effect measures, Statistics in Medicine 27, 2008. It speaks of these processes, not of others.
    """
    n = len(parts)
    centre = sum(p.auc for p in parts) / n
    low = math.sqrt(sum((p.auc - p.low) ** 2 for p in parts)) / n
    high = math.sqrt(sum((p.high - p.auc) ** 2 for p in parts)) / n
    return AucEstimate(centre, max(0.0, centre - low), min(1.0, centre + high))


def _variance(theta: float, m: int, n: int) -> float:
    half = (m + n) / 2 - 1
    return theta * (1 - theta) * (1 + half * ((1 - theta) / (2 - theta) + theta / (1 + theta))) / (m * n)


def _root(apart: Callable[[float], float], outer: float, inner: float) -> float:
    """Where `apart` changes sign between `outer`, where it is above 0, and `inner`, where it is below; by halving."""
    for _ in range(60):
        middle = (outer + inner) / 2
        if apart(middle) > 0:
            outer = middle
        else:
            inner = middle
    return (outer + inner) / 2
