"""A figure period by period: its line, the band of its interval, and what is not finished drawn hollow and dotted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from app.theme.charts import figure
from app.theme.palette import Palette


@dataclass(frozen=True)
class Period:
    """One period of a chart."""

    start: datetime
    value: float | None  # None: it has none, and the line breaks there
    n: int
    low: float | None = None
    high: float | None = None
    finished: bool = True


def over_time(
    palette: Palette,
    title: str,
    periods: Sequence[Period],
    *,
    unit: str,
    every: str,
    baseline: float | None = None,
) -> Any:
    """The periods as a line with its band; the baseline is a dashed line with its name."""
    chart = figure(palette, title, x=every, y=unit)
    for run in _unbroken(periods, banded=True):
        _band(chart, palette, run)
    pairs = [pair for run in _unbroken(periods, banded=False) for pair in pairwise(run)]
    _line(chart, palette, [p for p in pairs if p[0].finished and p[1].finished], "solid")
    _line(chart, palette, [p for p in pairs if not (p[0].finished and p[1].finished)], "dot")
    _points(chart, palette, [p for p in periods if p.value is not None], unit)
    if baseline is not None:
        _baseline(chart, palette, baseline)
    return chart


def _unbroken(periods: Sequence[Period], *, banded: bool) -> Iterator[list[Period]]:
    """The stretches of periods that all have a value, or `banded` an interval."""
    run: list[Period] = []
    for period in periods:
        if (period.low if banded else period.value) is not None:
            run.append(period)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _band(chart: Any, palette: Palette, run: Sequence[Period]) -> None:
    """The area between the limits; of a single period, which has no area, a line from one to the other."""
    chart.add_scatter(
        x=[p.start for p in run] + [p.start for p in reversed(run)],
        y=[p.low for p in run] + [p.high for p in reversed(run)],
        mode="lines", fill="toself" if len(run) > 1 else None, fillcolor=palette.line,
        line={"color": palette.line, "width": 0 if len(run) > 1 else 6}, opacity=0.6, hoverinfo="skip",
    )  # fmt: skip


def _line(chart: Any, palette: Palette, pairs: Sequence[tuple[Period, Period]], dash: str) -> None:
    ends = [end for pair in pairs for end in (*pair, None)]  # None lifts the pen
    chart.add_scatter(
        x=[p.start if p else None for p in ends], y=[p.value if p else None for p in ends], mode="lines",
        line={"color": palette.ink, "width": 2, "dash": dash}, hoverinfo="skip",
    )  # fmt: skip


def _points(chart: Any, palette: Palette, periods: Sequence[Period], unit: str) -> None:
    chart.add_scatter(
        x=[p.start for p in periods],
        y=[p.value for p in periods],
        customdata=[[p.n, _limits(p), "" if p.finished else "<br>not finished"] for p in periods],
        mode="markers",
        marker={
            "size": 7, "color": [palette.ink if p.finished else palette.ground for p in periods],
            "line": {"color": palette.ink, "width": 1.5},
        },
        hovertemplate="%{x|%Y-%m-%d}<br>%{y:,.3~g} " + unit
        + "<br>n = %{customdata[0]:,}%{customdata[1]}%{customdata[2]}<extra></extra>",
    )  # fmt: skip


def _limits(period: Period) -> str:
    return "" if period.low is None else f"<br>95 %: {period.low:,.3g} to {period.high:,.3g}"


def _baseline(chart: Any, palette: Palette, value: float) -> None:
    chart.update_layout(margin={"r": 64})  # its name stands beside the plot, where no point can lie under it
    chart.add_hline(y=value, line={"color": palette.muted, "dash": "dash", "width": 1.5})
    chart.add_annotation(
        x=1, xref="paper", y=value, text="baseline", showarrow=False, xanchor="left", yanchor="middle",
        font={"color": palette.muted, "size": 12},
    )  # fmt: skip
