"""What the log of either side cannot carry is left out of a comparison, with the reason. Pure functions."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from core.coarse import Coarse, coarsened
from core.trust import Result, Trust
from mining.compare.values import SideBySide, SideMetric, SideUnit
from mining.estimates import Estimate

_COMPARED = {
    "cycle_time": Result.CYCLE_TIME,
    "cycle_time_p95": Result.CYCLE_TIME,
    "waiting": Result.WAITING_TIME,
    "service": Result.SERVICE_TIME,
    "throughput": Result.THROUGHPUT,
    "variants": Result.VARIANTS,
}
T = TypeVar("T")


def carried(found: SideBySide, of_a: Trust, of_b: Trust) -> SideBySide:
    """`found` without the figures that the log of their side cannot carry, durations no finer than both can tell."""
    least = max((t for t in (of_a.tells_from, of_b.tells_from) if t), default=None)
    metrics = tuple(_told(_carried(metric, of_a, of_b), least) for metric in found.metrics)
    differences = found.differences if least is None else coarsened(found.differences, float(least))
    return replace(found, metrics=metrics, differences=differences, trust_a=of_a, trust_b=of_b)


def _carried(metric: SideMetric, of_a: Trust, of_b: Trust) -> SideMetric:
    result = _COMPARED.get(metric.key)
    a, b = (trust.why_not(result) if result else None for trust in (of_a, of_b))
    if a is None and b is None:
        return metric
    return replace(
        metric, a=None if a else metric.a, b=None if b else metric.b, difference=None, why_not=a or b or ""
    )  # fmt: skip


def _told(metric: SideMetric, least: int | None) -> SideMetric:
    if least is None or metric.unit is not SideUnit.SECONDS:
        return metric
    a, b, difference = (_coarse(e, float(least)) for e in (metric.a, metric.b, metric.difference))
    return replace(metric, a=a, b=b, difference=difference)


def _coarse(found: Estimate | None, least: float) -> Estimate | None:
    if found is None:
        return None
    low, high = (None if v is None else Coarse(v, least) for v in (found.low, found.high))
    return replace(found, value=Coarse(found.value, least), low=low, high=high)
