"""Charts: one question each, the finding as its title, axes with units, labels beside the marks instead of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from app.theme.options import FONT
from app.theme.palette import Palette


def literal(text: str) -> str:
    """`text` as a chart shows it, letter by letter: plotly reads tags in it, but does not know `&quot;`."""
    return escape(text, quote=False)


def figure(palette: Palette, title: str, *, height: int = 260, x: str = "", y: str = "") -> Any:
    """An empty plotly figure in `palette`; `x` and `y` name the axes with their units."""
    import plotly.graph_objects as go

    axis = {"gridcolor": palette.line, "linecolor": palette.line, "zeroline": False, "tickfont": {"size": 12}}
    return go.Figure(
        layout={
            "title": {"text": title, "font": {"size": 14}, "x": 0, "xanchor": "left", "y": 0.97},
            "height": height,
            "margin": {"l": 8, "r": 16, "t": 40, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "color": palette.ink, "size": 13},
            "hoverlabel": {"bgcolor": palette.panel, "bordercolor": palette.line, "font": {"color": palette.ink}},
            "showlegend": False,
            "xaxis": {**axis, "showgrid": False, "title": {"text": x, "font": {"size": 12}}, "automargin": True},
            "yaxis": {**axis, "title": {"text": y, "font": {"size": 12}}, "automargin": True, "rangemode": "tozero"},
        }
    )


def with_legend(chart: Any) -> Any:
    """`chart` with its legend in a line of its own, between title and plot."""
    place = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom"}
    return chart.update_layout(showlegend=True, legend=place, margin={"l": 8, "r": 16, "t": 58, "b": 8})


def trend(
    palette: Palette,
    title: str,
    points: Sequence[tuple[datetime, float, int]],
    *,
    unit: str,
    every: str = "Month",
) -> Any:
    """A line over time; a point is (start of its period, value, n)."""
    import plotly.graph_objects as go

    chart = figure(palette, title, x=every, y=unit)
    chart.add_trace(
        go.Scatter(
            x=[p[0] for p in points],
            y=[p[1] for p in points],
            customdata=[p[2] for p in points],
            mode="lines+markers",
            line={"color": palette.ink, "width": 2},
            marker={"size": 6},
            hovertemplate="%{x|%Y-%m-%d}<br>%{y:,.3~g} " + unit + "<br>n = %{customdata:,}<extra></extra>",
        )
    )
    return chart
