"""From the row that a KPI's query returned to a measurement: what is withheld and why, evidence class, interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.coarse import Coarse
from core.figures import per_cent
from core.intervals import Interval, poisson_rate, wilson
from core.trust import NONE_COMPLETE, TRUSTED, Result, Trust
from kpi.intervals import effective_size, ratio
from kpi.values import NOBODY, Beside, Definition, EvidenceClass, LeftOut, Measurement

Row = Mapping[str, Any]

LEAST_CASES = 6  # in one period of a trend: no median of fewer has an interval
LEAST_COVERAGE = 0.8  # below this share of instances (or cases) with data, a value would speak for the unseen
DAY = 86_400


def judge(
    definition: Definition,
    row: Row | None,
    trust: Trust = TRUSTED,
    *,
    currency: str | None = None,
    whole: bool = True,
    left_out: LeftOut = NOBODY,
) -> Measurement:
    """The measurement that `row` supports in a log of this `trust`; withheld, with the reason, where it supports none.

    `row` is None where the query found no case; `whole` is false for one period of a trend; `left_out` are the cases
    that the view has and this KPI does not count.
    """
    key = definition.key
    reason = _untrusted(key, trust) or _unsupported(key, row, left_out, whole=whole)
    unit = definition.unit.replace("currency", currency) if currency else definition.unit
    doubts = (*([f"{left_out.words}."] if left_out.words else []), *trust.doubts_of(_RESULTS[key]))
    if row is None or reason is not None:
        n = 0 if row is None else int(row["n"])
        coverage, simulated = (None, 0.0) if row is None else (_coverage(row), _simulated(row))
        return Measurement(
            key, None, unit, n, EvidenceClass.MEASURED, simulated, reason, definition,
            coverage=coverage, left_out=left_out,
            doubts=doubts,
        )  # fmt: skip
    least = trust.tells_from if definition.unit == "seconds" else None
    interval = _INTERVAL[key](row)
    found = Measurement(
        key=key,
        value=float(row["value"]),
        unit=unit,
        n=int(row["n"]),
        evidence=_evidence(row, coarse=least is not None),
        simulated_share=_simulated(row),
        withheld=None,
        definition=definition,
        coverage=_coverage(row),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        mean=row.get("mean"),
        p95=row.get("p95"),
        left_out=left_out,
        doubts=doubts,
        beside=_beside(key, row),
    )
    return _with_width(found if least is None else _coarse(found, float(least)))


def _untrusted(key: str, trust: Trust) -> str | None:
    """Why the log cannot carry this KPI at all. An SLA may be asked for where the log has no due moments."""
    return None if key == "sla_adherence" else trust.why_not(_RESULTS[key])


def _unsupported(key: str, row: Row | None, left_out: LeftOut, *, whole: bool) -> str | None:
    """Why the cases that are there do not support a value; None where they do."""
    if row is None:
        return _no_case(key, left_out)
    return _WITHHELD[key](row, whole) or (None if whole else _few(key, row))


def _few(key: str, row: Row) -> str | None:
    """Why one period of a trend is too thin for a value. How many cases ended is a fact, however few."""
    cases = int(row.get("cases", row["n"]))
    if key == "throughput" or cases >= LEAST_CASES:
        return None
    return f"A period with fewer than {LEAST_CASES} cases has no value."


def _coarse(found: Measurement, least: float) -> Measurement:
    """`found` in whole multiples of what its log can tell."""
    named = {name: getattr(found, name) for name in ("value", "low", "high", "mean", "p95")}
    told: dict[str, Any] = {name: None if v is None else Coarse(float(v), least) for name, v in named.items()}
    return replace(found, **told)


def _with_width(found: Measurement) -> Measurement:
    """`found` without an interval of no width: many equal values say how coarse the data is, not how sure the value."""
    return replace(found, low=None, high=None) if found.low is not None and found.low == found.high else found


def _beside(key: str, row: Row) -> tuple[Beside, ...]:
    """The figures that stand beside the value."""
    named = _BESIDE.get(key, ())
    return tuple(Beside(title, float(row[name]), unit) for name, title, unit in named if row.get(name) is not None)


def _no_case(key: str, left_out: LeftOut) -> str:
    if key == "sla_adherence":
        return (
            "No case is due: the log gives no due moment that has passed and no case completed under an SLA. "
            "Give an SLA for the whole case."
        )
    return NONE_COMPLETE if left_out.unknown else "No case is complete here."


def _coverage(row: Row) -> float | None:
    return float(row["n"]) / float(row["total"]) if row.get("total") else None


def _simulated(row: Row) -> float:
    return float(row["simulated"] or 0) / float(row["instances"]) if row["instances"] else 0.0


def _evidence(row: Row, *, coarse: bool) -> EvidenceClass:
    if row.get("assumed"):
        return EvidenceClass.ASSUMED
    coverage = _coverage(row)
    return EvidenceClass.MEASURED if not coarse and (coverage is None or coverage == 1) else EvidenceClass.ESTIMATED


def _too_few(row: Row, what: str, have: str) -> str | None:
    """The reason, where fewer than LEAST_COVERAGE of `what` have a value."""
    coverage = _coverage(row) or 0.0
    if coverage >= LEAST_COVERAGE:
        return None
    known = "None" if row["n"] == 0 else f"Only {row['n']:,}"
    share = "" if row["n"] == 0 else f" ({per_cent(coverage)})"
    return f"{known} of the {row['total']:,} {what} {have}{share}; at least {per_cent(LEAST_COVERAGE)} are needed."


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
    if row["n"] and not row["tasks"]:
        return "No task with a cost was completed: every attempt failed."
    return _too_few(row, "activity instances of cases that are over", "have a cost")


def _errors_withheld(row: Row, _whole: bool) -> str | None:
    return _too_few(row, "activity instances of cases that are over", "have a known outcome")


def _sla_withheld(_row: Row, _whole: bool) -> str | None:
    return None  # a row exists only where a case is due


def _cycle_time_interval(row: Row) -> Interval | None:
    return None if row["low"] is None else Interval(row["low"], row["high"])


def _throughput_interval(row: Row) -> Interval | None:
    return poisson_rate(int(row["n"]), float(row["days"]))


def _cost_interval(row: Row) -> Interval | None:
    return ratio(float(row["value"]), int(row["tasks"]), int(row["cases"]), float(row["residual_squares"]))


def _errors_interval(row: Row) -> Interval | None:
    share, n = float(row["value"]), int(row["n"])
    return wilson(share, effective_size(share, n, int(row["cases"]), float(row["residual_squares"])))


def _sla_interval(row: Row) -> Interval | None:
    return wilson(float(row["value"]), int(row["n"]))


_RESULTS = {
    "cycle_time": Result.CYCLE_TIME,
    "throughput": Result.THROUGHPUT,
    "cost_per_task": Result.COST,
    "error_rate": Result.ERRORS,
    "sla_adherence": Result.SLA,
}
_BESIDE = {  # column of the KPI's query, what it is called, its unit
    "cost_per_task": (("a_case", "a case", "currency"), ("attempts", "attempts a task", "")),
    "error_rate": (("of_tasks", "of tasks failed for good", "share"), ("of_cases", "of cases had one", "share")),
}
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
