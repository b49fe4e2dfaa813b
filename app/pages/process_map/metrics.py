"""The metrics that a map can show on activities and paths: what is chosen, its value, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.theme import count, duration, money, share
from mining.map.figures import Figures, Times


class MapMetric(StrEnum):
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


WIDTHS = tuple(metric for metric in MapMetric if metric is not MapMetric.WHO)


@dataclass(frozen=True)
class Look:
    """How a map is to look."""

    colour: MapMetric = MapMetric.WHO
    width: MapMetric = MapMetric.FREQUENCY  # of the paths; never WHO
    counting: Counting = Counting.EVENTS
    statistic: Statistic = Statistic.MEDIAN
    currency: str | None = None

    @property
    def needs_figures(self) -> bool:
        """Whether it shows more than counts and who works."""
        return bool({self.colour, self.width} - {MapMetric.WHO, MapMetric.FREQUENCY})

    @property
    def labelled(self) -> MapMetric:
        """What stands on the paths and under the names: the colour's metric, else the width's."""
        return self.width if self.colour is MapMetric.WHO else self.colour

    def value(self, metric: MapMetric, events: int, cases: int | None, figures: Figures | None) -> float | None:
        """The value of `metric` at an activity or on a path; None where the log does not say."""
        if metric is MapMetric.FREQUENCY:
            found = cases if self.counting is Counting.CASES else events
            return None if found is None else float(found)
        if figures is None or metric is MapMetric.WHO:
            return None
        if metric is MapMetric.REWORK:
            return figures.rework_share
        if metric is MapMetric.COST:
            return figures.cost_total if self.statistic is Statistic.TOTAL else figures.cost_mean
        return self.time(figures.waiting if metric is MapMetric.WAITING else figures.service)

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

    def reads(self, metric: MapMetric, value: float) -> str:
        """A value of `metric` with its unit."""
        if metric is MapMetric.FREQUENCY:
            return count(round(value))
        if metric is MapMetric.REWORK:
            return share(value)
        return money(value, self.currency) if metric is MapMetric.COST else duration(value)

    def words(self, metric: MapMetric) -> str:
        """What `metric` shows exactly, such as "waiting time, median"."""
        if metric is MapMetric.FREQUENCY:
            return f"frequency in {self.counting.value}"
        if metric is MapMetric.COST:
            unit = "" if self.currency else "; the log names no currency"
            return f"cost, {'total' if self.statistic is Statistic.TOTAL else 'mean'}{unit}"
        if metric in (MapMetric.WAITING, MapMetric.SERVICE):
            return f"{metric.value}, {self.statistic.value}"
        return "rework, share of instances" if metric is MapMetric.REWORK else metric.value
