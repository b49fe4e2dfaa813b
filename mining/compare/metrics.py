"""Both sides in numbers, each with its interval and with that of the difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.queries import load as load_query
from mining.compare.values import Side, SideMetric, SideUnit
from mining.estimates import Estimate, difference, quantile, rate, wilson

if TYPE_CHECKING:
    import duckdb

_WEEK = 604_800.0


@dataclass(frozen=True)
class Cases:
    """The cases of one side as arrays, one entry a case."""

    side: Side
    columns: Mapping[str, Any]  # case_no, seconds, waiting, service, cost, rework, failed, complete

    def known(self, column: str) -> Any:
        """The values of `column` that the log gives, sorted."""
        import numpy as np

        values = self.columns[column]
        return np.sort(np.ma.compressed(values)).astype(float)


def read_cases(connection: duckdb.DuckDBPyConnection, side: Side) -> Cases:
    """The cases of the log that `connection` has open."""
    return Cases(side, connection.execute(load_query("mining.compare.sql", "cases").sql).fetchnumpy())


def metrics(a: Cases, b: Cases) -> tuple[SideMetric, ...]:
    """Every metric of both sides. What a log does not say is None on that side, with the reason."""
    return (
        SideMetric("cases", "Cases", SideUnit.COUNT, Estimate(a.side.cases), Estimate(b.side.cases), a.side.cases,
               b.side.cases, Estimate(b.side.cases - a.side.cases)),
        _quantile(a, b, "seconds", 0.5, "cycle_time", "Cycle time, median", "no complete case has one"),
        _quantile(a, b, "seconds", 0.95, "cycle_time_p95", "Cycle time, 95th percentile", "no complete case has one"),
        _quantile(a, b, "waiting", 0.5, "waiting", "Waiting time of a case, median", "no case has two steps"),
        _quantile(a, b, "service", 0.5, "service", "Service time of a case, median", "the log has no start times"),
        _metric(a, b, "throughput", "Throughput", SideUnit.PER_WEEK, _throughput, lambda s: s.side.complete,
                "no case is complete"),
        _share(a, b, "rework", "Cases with rework", "no case"),
        _share(a, b, "failed", "Cases with an error", "the log does not say what failed"),
        _quantile(a, b, "cost", 0.5, "cost", "Cost of a case, median", "the log has no costs", SideUnit.MONEY),
        SideMetric("variants", "Variants", SideUnit.COUNT, Estimate(a.side.variants), Estimate(b.side.variants),
               a.side.cases, b.side.cases, Estimate(b.side.variants - a.side.variants)),
    )  # fmt: skip


def overlap(a: Cases, b: Cases) -> int:
    """How many cases stand on both sides."""
    import numpy as np

    if (a.side.log, a.side.version) != (b.side.log, b.side.version):
        return 0
    return len(np.intersect1d(a.columns["case_no"], b.columns["case_no"], assume_unique=True))


def _metric(
    a: Cases, b: Cases, key: str, title: str, unit: SideUnit, of: Callable[[Cases], Estimate | None],
    n: Callable[[Cases], int], why_not: str,
) -> SideMetric:  # fmt: skip
    first, second = of(a), of(b)
    reason = why_not if first is None or second is None else ""
    return SideMetric(key, title, unit, first, second, n(a), n(b), difference(first, second), reason)


def _quantile(
    a: Cases, b: Cases, column: str, q: float, key: str, title: str, why_not: str, unit: SideUnit = SideUnit.SECONDS
) -> SideMetric:
    return _metric(
        a, b, key, title, unit, lambda s: quantile(s.known(column), q), lambda s: len(s.known(column)), why_not
    )


def _share(a: Cases, b: Cases, column: str, title: str, why_not: str) -> SideMetric:
    def of(side: Cases) -> Estimate | None:
        values = side.known(column)
        return wilson(float(values.sum()), len(values))

    return _metric(a, b, column, title, SideUnit.SHARE, of, lambda s: len(s.known(column)), why_not)


def _throughput(side: Cases) -> Estimate | None:
    if side.side.started is None or side.side.ended is None or not side.side.complete:
        return None
    return rate(side.side.complete, (side.side.ended - side.side.started).total_seconds() / _WEEK)
