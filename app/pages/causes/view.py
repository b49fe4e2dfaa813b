"""From factors to a chart and the rows of a table: pure functions over values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.theme import Palette, charts, count, share
from mining.causes.values import Factor

_LONGEST = 46  # characters of a factor beside its mark
_WIDEST = 10_000.0  # intervals beyond are cut in the chart and told in full on hover
_TICKS = (0.001, 0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1_000, 10_000)


def number(value: float) -> str:
    """A ratio with two significant digits, whole from 100 on."""
    if value >= 99.5:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 0.95 else f"{value:.2g}"


def short(factor: Factor) -> str:
    """A factor in a few words, such as `vendor V3` or `A → B`."""
    name = factor.name.split(":", 1)[-1].removeprefix("@")
    text = f"{name}: {factor.value}" if name else f"{factor.kind.value}: {factor.value}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def rows(factors: Sequence[Factor]) -> list[dict[str, Any]]:
    """The rows of the table of factors."""
    return [
        {
            "What": f.kind.value[:1].upper() + f.kind.value[1:],
            "Factor": f"{f.name.split(':', 1)[-1].removeprefix('@')}: {f.value}" if f.name else f.value,
            "Cases": f.cases,
            "Marked": f.marked,
            "With it": f.share,
            "Without it": f.other_share,
            "Odds ratio": f.odds_ratio,
            "95 % interval": f"{number(f.low)} to {number(f.high)}",
            "Marked beyond expected": f.attributable,
            "Cycle time, median": f.effect.difference if f.effect else None,
        }
        for f in factors
    ]


def columns() -> Mapping[str, Any]:
    """What the columns of the table mean."""
    import streamlit as st

    column = st.column_config.Column
    return {
        "Factor": column(width="large"),
        "Cases": column(help="Cases with the factor."),
        "Marked": column(help="Marked cases with the factor."),
        "With it": column(help="Of the cases with it, the share that is marked."),
        "Without it": column(help="Of the cases without it, the share that is marked."),
        "Odds ratio": column(help="Odds of being marked with it, divided by those without it."),
        "95 % interval": column(help="Of the odds ratio (Woolf). Not corrected for the number of factors."),
        "Marked beyond expected": column(
            help="Marked cases beyond those expected had they been marked as often as the cases without it."
        ),
        "Cycle time, median": column(help="Median of the complete cases with it, minus that of those without it."),
    }


def forest(palette: Palette, factors: Sequence[Factor], mark: str, *, height: int) -> Any:
    """The odds ratio of each factor with its interval on a logarithmic axis; the surest on top."""
    import plotly.graph_objects as go

    shown = list(reversed(factors))
    places = list(range(len(shown)))
    ratio = [_cut(f.odds_ratio) for f in shown]
    high, low = [_cut(f.high) for f in shown], [_cut(f.low) for f in shown]
    chart = charts.figure(
        palette, charts.literal(_finding(factors[0], mark)), height=height, x="Odds ratio, 95 % interval"
    )
    chart.add_trace(
        go.Scatter(
            x=ratio, y=places, mode="markers",
            marker={"size": 9, "color": palette.ink, "symbol": "square"},
            error_x={
                "type": "data", "symmetric": False, "color": palette.ink, "thickness": 1.5, "width": 0,
                "array": [h - r for h, r in zip(high, ratio, strict=True)],
                "arrayminus": [r - x for r, x in zip(ratio, low, strict=True)],
            },
            customdata=[[charts.literal(f.sentence)] for f in shown],
            hovertemplate="%{customdata[0]}<extra></extra>", cliponaxis=False,
        )
    )  # fmt: skip
    chart.add_trace(
        go.Scatter(
            x=high, y=places, mode="text", text=[_beside(f) for f in shown], textposition="middle right",
            textfont={"size": 12, "color": palette.muted}, hoverinfo="skip", cliponaxis=False,
        )
    )  # fmt: skip
    chart.add_vline(x=1, line={"color": palette.muted, "dash": "dash", "width": 1})
    left, right = math.log10(min([*low, 1.0])), math.log10(max([*high, 1.0]))
    room = (right - left) * 0.32  # for the words beside the last mark
    chart.update_xaxes(
        type="log", range=[left - 0.04 * (right - left), right + room], tickvals=_TICKS,
        ticktext=[f"{t:,g}" for t in _TICKS], showgrid=True,
    )  # fmt: skip
    chart.update_yaxes(
        tickvals=places,
        ticktext=[charts.literal(short(f)) for f in shown],
        showgrid=False,
        range=[-0.6, len(shown) - 0.4],
    )
    return chart


def _cut(value: float) -> float:
    return min(_WIDEST, max(1 / _WIDEST, value))


def _beside(factor: Factor) -> str:
    return f"  {share(factor.share)} against {share(factor.other_share)}"


def _finding(factor: Factor, mark: str) -> str:
    """The title: what the surest factor says."""
    how = "more" if factor.more else "less"
    times = factor.share / factor.other_share if factor.other_marked else 0.0
    if factor.more and times:
        said = f"{number(times)} times as likely to {mark}"
    else:
        said = f"{how} likely to {mark}: {count(factor.marked)} of {count(factor.cases)}"
    phrase = factor.phrase.replace("`", "")
    text = f"Cases {phrase} are {said}"
    return text if len(text) <= 88 else f"{text[:87].rstrip()}…"
