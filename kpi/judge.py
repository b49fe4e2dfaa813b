"""From the row that a KPI's query returned to a measurement: what is withheld and why, evidence class, interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.intervals import Interval, poisson_rate, wilson
from kpi.intervals import effective_size, ratio
from kpi.values import Definition, Evidence, Measurement

Row = Mapping[str, Any]

LEAST_COVERAGE = 0.8  # below this share of instances (or cases) with data, a value would speak for the unseen
DAY = 86_400


def judge(definition: Definition, row: Row | None, *, currency: str | None = None, whole: bool = True) -> Measurement:
    """The measurement that `row` supports; withheld, with the reason, where it supports none.

    `row` is None where the query found no case; `whole` is false for one week or month of a trend.
    """
    reason = _no_case(definition.key) if row is None else _WITHHELD[definition.key](row, whole)
    unit = definition.unit.replace("currency", currency) if currency else definition.unit
    if row is None or reason is not None:
        n = 0 if row is None else int(row["n"])
        coverage, simulated = (None, 0.0) if row is None else (_coverage(row), _simulated(row))
        return Measurement(
            definition.key, None, unit, n, Evidence.MEASURED, simulated, reason, definition, coverage=coverage
        )
    interval = _INTERVAL[definition.key](row)
    return Measurement(
        key=definition.key,
        value=float(row["value"]),
        unit=unit,
        n=int(row["n"]),
        evidence=_evidence(row),
        simulated_share=_simulated(row),
        withheld=None,
        definition=definition,
        coverage=_coverage(row),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        mean=row.get("mean"),
        p95=row.get("p95"),
    )


def _no_case(key: str) -> str:
    if key == "sla_adherence":
        return (
            "No case is due: the log gives no due moment that has passed and no case completed under an SLA. "
            "Give an SLA for the whole case."
        )
    return "No case is complete in this period."


def _coverage(row: Row) -> float | None:
    return float(row["n"]) / float(row["total"]) if row.get("total") else None


def _simulated(row: Row) -> float:
    return float(row["simulated"] or 0) / float(row["instances"]) if row["instances"] else 0.0


def _evidence(row: Row) -> Evidence:
    if row.get("assumed"):
        return Evidence.ASSUMED
    coverage = _coverage(row)
    return Evidence.MEASURED if coverage is None or coverage == 1 else Evidence.ESTIMATED


def _too_few(row: Row, what: str, have: str) -> str | None:
    """The reason, where fewer than LEAST_COVERAGE of `what` have a value."""
    coverage = _coverage(row) or 0.0
    if coverage >= LEAST_COVERAGE:
        return None
    known = "None" if row["n"] == 0 else f"Only {row['n']:,}"
    share = "" if row["n"] == 0 else f" ({coverage:.1%})"
    return f"{known} of the {row['total']:,} {what} {have}{share}; at least {LEAST_COVERAGE:.0%} are needed."


def _cycle_time_withheld(row: Row, _whole: bool) -> str | None:
    return _too_few(row, "complete cases", "have a cycle time: the others are one activity instance without a start")


def _throughput_withheld(row: Row, whole: bool) -> str | None:
    if not whole:
        return None
    if row["n"] < 2:
        return "Only 1 case is complete; throughput needs at least 2."
    if row["span"] < DAY:
        return f"All {row['n']:,} complete cases ended within one day; throughput needs ends a day or more apart."
    return None


def _cost_withheld(row: Row, _whole: bool) -> str | None:
    return _too_few(row, "activity instances of complete cases", "have a cost")


def _errors_withheld(row: Row, _whole: bool) -> str | None:
    return _too_few(row, "activity instances of complete cases", "have a known outcome")


def _sla_withheld(_row: Row, _whole: bool) -> str | None:
    return None  # a row exists only where a case is due


def _cycle_time_interval(row: Row) -> Interval | None:
    return None if row["low"] is None else Interval(row["low"], row["high"])


def _throughput_interval(row: Row) -> Interval | None:
    return poisson_rate(int(row["n"]), float(row["days"]))


def _cost_interval(row: Row) -> Interval | None:
    return ratio(float(row["value"]), int(row["n"]), int(row["cases"]), float(row["residual_squares"]))


def _errors_interval(row: Row) -> Interval | None:
    share, n = float(row["value"]), int(row["n"])
    return wilson(share, effective_size(share, n, int(row["cases"]), float(row["residual_squares"])))


def _sla_interval(row: Row) -> Interval | None:
    return wilson(float(row["value"]), int(row["n"]))


_WITHHELD: Mapping[str, Callable[[Row, bool], str | None]] = {
    "cycle_time": _cycle_time_withheld,
    "throughput": _throughput_withheld,
    "cost_per_task": _cost_withheld,
    "error_rate": _errors_withheld,
    "sla_adherence": _sla_withheld,
}
_INTERVAL: Mapping[str, Callable[[Row], Interval | None]] = {
    "cycle_time": _cycle_time_interval,
    "throughput": _throughput_interval,
    "cost_per_task": _cost_interval,
    "error_rate": _errors_interval,
    "sla_adherence": _sla_interval,
}
