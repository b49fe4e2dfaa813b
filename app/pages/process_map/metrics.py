"""The metrics that a map can show on activities and paths: what is chosen, its value, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.theme import count, duration, money, share
from mining.map.figures import Figures, Times


class Metric(StrEnum):
    """What a colour or a width says."""

    WHO = "who works"
    FREQUENCY = "frequency"
    WAITING = "waiting time"
    SERVICE = "service time"
    REWORK = "rework"
    COST = "cost"


class Counting(StrEnum):
    """What frequency counts."""

    EVENTS = "events"
    CASES = "cases"


class Statistic(StrEnum):
    """Which number stands for many times."""

    MEDIAN = "median"
    MEAN = "mean"
    P95 = "95th percentile"
    TOTAL = "total"


WIDTHS = tuple(metric for metric in Metric if metric is not Metric.WHO)


@dataclass(frozen=True)
class Look:
    """How a map is to look."""

    colour: Metric = Metric.WHO
    width: Metric = Metric.FREQUENCY  # of the paths; never WHO
    counting: Counting = Counting.EVENTS
    statistic: Statistic = Statistic.MEDIAN
    currency: str | None = None

    @property
    def needs_figures(self) -> bool:
        """Whether it shows more than counts and who works."""
        return bool({self.colour, self.width} - {Metric.WHO, Metric.FREQUENCY})

    @property
    def labelled(self) -> Metric:
        """What stands on the paths and under the names: the colour's metric, else the width's."""
        return self.width if self.colour is Metric.WHO else self.colour

    def value(self, metric: Metric, events: int, cases: int | None, figures: Figures | None) -> float | None:
        """The value of `metric` at an activity or on a path; None where the log does not say."""
        if metric is Metric.FREQUENCY:
            found = cases if self.counting is Counting.CASES else events
            return None if found is None else float(found)
        if figures is None or metric is Metric.WHO:
            return None
        if metric is Metric.REWORK:
            return figures.rework_share
        if metric is Metric.COST:
            return figures.cost_total if self.statistic is Statistic.TOTAL else figures.cost_mean
        return self.time(figures.waiting if metric is Metric.WAITING else figures.service)

    def time(self, times: Times | None) -> float | None:
        """The chosen statistic of `times`."""
        if times is None:
            return None
        return {
            Statistic.MEDIAN: times.median,
            Statistic.MEAN: times.mean,
            Statistic.P95: times.p95,
            Statistic.TOTAL: times.total,
        }[self.statistic]

    def reads(self, metric: Metric, value: float) -> str:
        """A value of `metric` with its unit."""
        if metric is Metric.FREQUENCY:
            return count(round(value))
        if metric is Metric.REWORK:
            return share(value)
        return money(value, self.currency) if metric is Metric.COST else duration(value)

    def words(self, metric: Metric) -> str:
        """What `metric` shows exactly, such as "waiting time, median"."""
        if metric is Metric.FREQUENCY:
            return f"frequency in {self.counting.value}"
        if metric is Metric.COST:
            unit = "" if self.currency else "; the log names no currency"
            return f"cost, {'total' if self.statistic is Statistic.TOTAL else 'mean'}{unit}"
        if metric in (Metric.WAITING, Metric.SERVICE):
            return f"{metric.value}, {self.statistic.value}"
        return "rework, share of instances" if metric is Metric.REWORK else metric.value
