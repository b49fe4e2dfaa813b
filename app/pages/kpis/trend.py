"""One KPI over time on its page: the chart, and in words what it cannot show."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.parts import empty, palette
from app.pages.text import textual
from app.theme import plural
from app.theme.over_time import Period, over_time
from kpi import Baseline, Measurement, TrendPoint

_SHARE = "per cent"


def show_trend(points: Sequence[TrendPoint], chosen: Measurement, baseline: Baseline | None) -> None:
    """The KPI `chosen` by the period in which cases started, its baseline beside it."""
    known = [p for p in points if p.measurement.value is not None]
    if len(known) < 2:
        empty(f"No trend of {chosen.definition.title.lower()}", _too_short(points, chosen))
        return
    unit, scale = axis(chosen, [p.measurement.value or 0 for p in known])
    before = baseline.measurement(chosen.key).value if baseline else None
    chart = over_time(
        palette(),
        title(chosen, points),
        [_period(p, scale) for p in points],
        unit=unit,
        every=f"{points[0].bucket.value.capitalize()} of the cases' {_moment(chosen)}",
        baseline=before / scale if before is not None else None,
    )
    st.plotly_chart(chart, theme=None, key="trend", config={"displayModeBar": False})
    st.caption(textual(" ".join(notes(points, chosen))))


def title(chosen: Measurement, points: Sequence[TrendPoint]) -> str:
    """What the chart shows. It claims no direction: whether there is one is for a verdict to say."""
    simulated = ", simulated" if any(p.measurement.simulated for p in points) else ""
    started = "ended" if _moment(chosen) == "end" else "started"
    return f"{chosen.definition.title} by the {points[0].bucket.value} in which cases {started}{simulated}"


def notes(points: Sequence[TrendPoint], chosen: Measurement) -> list[str]:
    """What must be known of the chart, in sentences."""
    period = points[0].bucket.value
    thin = sum(p.measurement.withheld is not None and p.measurement.n > 0 for p in points)
    found = ["Band: 95 % interval."] if any(p.measurement.low is not None for p in points) else []
    if not all(p.finished for p in points):
        why = f"the log ends within that {period}" if _moment(chosen) == "end" else "cases that started then are open"
        found.append(f"Hollow and dotted: {why}, so the value may still change.")
    if thin:
        found.append(f"{plural(thin, period)} with too few cases or data {'has' if thin == 1 else 'have'} no value.")
    return found


def axis(chosen: Measurement, values: Sequence[float]) -> tuple[str, float]:
    """Unit of the axis and what a value is divided by: durations in the unit that fits the largest."""
    if chosen.unit == "share":
        return _SHARE, 0.01
    if chosen.unit.startswith("currency"):
        return f"{chosen.unit.removeprefix('currency ')}, no currency named", 1.0
    if chosen.unit != "seconds":
        return chosen.unit, 1.0
    for unit, size in (("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0)):
        if max(values) >= 2 * size:
            return unit, size
    return "seconds", 1.0


def _moment(chosen: Measurement) -> str:
    return "end" if chosen.key == "throughput" else "start"


def _period(found: TrendPoint, scale: float) -> Period:
    of = found.measurement
    value, low, high = (None if v is None else float(v) / scale for v in (of.value, of.low, of.high))
    return Period(found.start, value, of.n, low, high, found.finished)


def _too_short(points: Sequence[TrendPoint], chosen: Measurement) -> str:
    if chosen.withheld is not None:
        return chosen.withheld
    period = points[0].bucket.value if points else "period"
    return f"A trend needs at least two {period}s with a value, and a {period} at least 6 cases."
