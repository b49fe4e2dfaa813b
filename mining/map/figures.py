"""What a map can show besides counts: times, rework, cost and who works, of every activity and path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.coarse import Seconds
from core.queries import load
from mining.map.profile import MOST_DOERS, DoneBy
from mining.map.variant import Variant

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Times:
    """A duration over many activity instances, in seconds; all exact."""

    n: int  # activity instances that have it
    median: Seconds
    mean: Seconds
    p95: Seconds  # 95th percentile, linear between neighbours
    total: Seconds


@dataclass(frozen=True)
class Figures:
    """What was measured at an activity, or at the activity instances that one path leads to."""

    count: int  # activity instances
    waiting: Times | None  # before them; None where none has one before
    service: Times | None  # None where the log has no starts
    rework: int  # activity instances beyond the first of the same activity in their case
    cost_n: int  # activity instances with a cost
    cost_total: float | None  # None where the log has no cost

    @property
    def rework_share(self) -> float:
        """The share of its activity instances that is rework."""
        return self.rework / self.count if self.count else 0.0

    @property
    def cost_mean(self) -> float | None:
        """The mean cost of the activity instances that have one."""
        return self.cost_total / self.cost_n if self.cost_total is not None and self.cost_n else None


@dataclass(frozen=True)
class MapFigures:
    """The figures of every activity and of every path."""

    activities: Mapping[str, Figures] = field(default_factory=dict)
    paths: Mapping[tuple[str, str], Figures] = field(default_factory=dict)


@dataclass(frozen=True)
class ActivityDetail:
    """Who did an activity, where, and how it went; None means that the log does not say."""

    activity: str
    performers: int  # different ones
    people: tuple[DoneBy, ...]  # the most frequent performers, at most MOST_DOERS
    systems: tuple[DoneBy, ...]
    failed_share: float | None
    handover_before_share: float | None  # of the instances with a performer here and before


def map_figures(connection: duckdb.DuckDBPyConnection) -> MapFigures:
    """The figures of every activity and path of what `connection` shows."""
    activities: dict[str, Figures] = {}
    paths: dict[tuple[str, str], Figures] = {}
    for source, target, *rest in connection.execute(load("mining.sql", "figures").sql).fetchall():
        if source is None:
            activities[target] = _figures(rest)
        else:
            paths[source, target] = _figures(rest)
    return MapFigures(activities, paths)


def activity_detail(connection: duckdb.DuckDBPyConnection, activity: str) -> ActivityDetail:
    """Performers, systems, errors and hand-overs of one activity of what `connection` shows."""
    bound = {"activity": activity}
    rows = connection.execute(load("mining.sql", "activity_doers").sql, {**bound, "most": MOST_DOERS}).fetchall()
    sides = connection.execute(load("mining.sql", "activity_sides").sql, bound).fetchone()
    assert sides is not None
    failed, told, handovers, both = sides
    return ActivityDetail(
        activity,
        next((different for what, *_, different in rows if what == "performer"), 0),
        tuple(DoneBy(name, kind, count) for what, name, kind, count, _ in rows if what == "performer"),
        tuple(DoneBy(name, kind, count) for what, name, kind, count, _ in rows if what == "system"),
        failed / told if told else None,
        handovers / both if both else None,
    )


def frequent_variants(connection: duckdb.DuckDBPyConnection, most: int | None = None) -> tuple[Variant, ...]:
    """The `most` most frequent variants of what `connection` shows (None: all), by falling number of cases."""
    rows = connection.execute(load("mining.sql", "frequent_variants").sql, {"most": most}).fetchall()
    return tuple(Variant(tuple(trace), cases) for trace, cases in rows)


def event_attributes(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The names, with `@`, of the attributes that events have."""
    return tuple(name for (name,) in connection.execute(load("mining.sql", "event_attributes").sql).fetchall())


def _figures(row: Sequence[Any]) -> Figures:
    count, *times, rework, cost_n, cost_total = row
    return Figures(count, _times(times[:5]), _times(times[5:]), rework, cost_n, cost_total)


def _times(row: Sequence[Any]) -> Times | None:
    n, median, mean, p95, total = row
    return Times(n, median, mean, p95, total) if n else None
