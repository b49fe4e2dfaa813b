"""The charts of the portfolio: pure functions from values to figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.theme import Palette, charts, money, plural, share
from inventory import DepartmentShare, PortfolioPoint, Rubric

_NAMED = 8  # points that carry their names
_LONGEST = 26  # signs of a name in a chart
_SMALL, _LARGE = 9.0, 30.0  # pixels of a point: of the cheapest, of the dearest


def scatter(points: Sequence[PortfolioPoint], rules: Rubric, palette: Palette, *, height: int) -> Any:
    """Value against readiness; size is cost where all have one currency, sign and colour how many rules are broken."""
    import plotly.graph_objects as go

    known = [p for p in points if p.value is not None and p.readiness is not None]
    enough, least = rules.rules.enough, rules.rules.least_coverage
    good = [p for p in known if (p.value or 0) >= enough and (p.readiness or 0) >= enough and p.coverage >= least]
    title = f"{plural(len(good), 'pilot has', 'pilots have')} value and readiness from {100 * enough:.0f} on"
    chart = charts.figure(palette, title, height=height, x="Readiness, 0 to 100", y="Value, 0 to 100")
    for line in ({"x0": 0, "x1": 103, "y0": 100 * enough, "y1": 100 * enough},
                 {"x0": 100 * enough, "x1": 100 * enough, "y0": 0, "y1": 103}):  # fmt: skip
        chart.add_shape(type="line", line={"color": palette.line, "dash": "dot", "width": 1}, layer="below", **line)
    named = _named(known)
    one_currency = len({p.currency for p in known if p.monthly_cost is not None}) <= 1
    dearest = max((p.monthly_cost or 0 for p in known), default=0) if one_currency else 0
    for name, symbol, colour, from_, to in _GROUPS:
        group = [p for p in known if from_ <= p.risks <= to]
        if group:
            chart.add_trace(
                go.Scatter(
                    name=name,
                    x=[100 * (p.readiness or 0) for p in group],
                    y=[100 * (p.value or 0) for p in group],
                    text=[_short(p.name) if p.pilot in named else "" for p in group],
                    customdata=[[p.pilot, charts.literal(p.name), _told(p, least)] for p in group],
                    mode="markers+text",
                    textposition="top center",
                    textfont={"size": 11},
                    cliponaxis=False,
                    marker={
                        "size": [_size(p, dearest) for p in group],
                        "symbol": [symbol if p.coverage >= least else f"{symbol}-open" for p in group],
                        "color": getattr(palette, colour),
                        "opacity": 0.85,
                        "line": {"width": 1.5, "color": getattr(palette, colour)},
                    },
                    hovertemplate="%{customdata[1]}<br>readiness %{x:.0f}, value %{y:.0f}<br>%{customdata[2]}"
                    "<extra></extra>",
                )
            )
    chart.update_xaxes(range=[-14, 114], showgrid=True)
    chart.update_yaxes(range=[-6, 110])
    return charts.with_legend(chart)


_GROUPS = (
    ("breaks no rule", "circle", "good", 0, 0),
    ("breaks 1 or 2 rules", "diamond", "attention", 1, 2),
    ("breaks 3 rules or more", "square", "bad", 3, 10**6),
)


def _named(points: Sequence[PortfolioPoint]) -> set[int]:
    """The dearest points whose name, which stands above them, lies on no other point and no other name."""
    named: list[PortfolioPoint] = []
    for one in sorted(points, key=lambda p: -(p.monthly_cost or 0)):
        free = not any(_covers(one, p, 7, 12) for p in points if p is not one)
        if free and not any(_covers(one, p, 26, 8) or _covers(p, one, 26, 8) for p in named) and len(named) < _NAMED:
            named.append(one)
    return {p.pilot for p in named}


def _covers(one: PortfolioPoint, other: PortfolioPoint, wide: float, high: float) -> bool:
    """Whether `other` is so near above `one`, in points of the scores, that a name would lie on it."""
    across = abs(100 * (one.readiness or 0) - 100 * (other.readiness or 0))
    above = 100 * (other.value or 0) - 100 * (one.value or 0)
    return across < wide and 0 <= above < high


def _size(point: PortfolioPoint, dearest: float) -> float:
    """The area of a point is its cost."""
    if not dearest or point.monthly_cost is None:
        return _SMALL
    return _SMALL + (_LARGE - _SMALL) * float((point.monthly_cost / dearest) ** 0.5)


def _told(point: PortfolioPoint, least: float) -> str:
    """What stands on a point."""
    cost = "cost not known" if point.monthly_cost is None else f"{money(point.monthly_cost, point.currency)} a month"
    little = f", only {share(point.coverage)} of its value is known" if point.coverage < least else ""
    decided = f"<br>decided: {point.decided.value}" if point.decided else ""
    return f"{charts.literal(point.department)} · {cost}{little}{decided}"


def spend_bars(departments: Sequence[DepartmentShare], currency: str, palette: Palette, *, height: int) -> Any:
    """Spend a month of each department in one currency, the greatest on top."""
    import plotly.graph_objects as go

    rows = sorted(
        ((sum(c.amount for c in d.spend if c.currency == currency), d.department) for d in departments),
        key=lambda row: (-row[0], row[1]),
    )
    rows = [row for row in rows if row[0] > 0]
    whole, (most, name) = sum(amount for amount, _ in rows), rows[0]
    title = f"{share(most / whole)} of {money(whole, currency)} a month is spent in {_short(name, 40)}"
    chart = charts.figure(palette, title, height=height, x=f"Spend a month, {charts.literal(currency)}")
    chart.add_trace(
        go.Bar(
            x=[amount for amount, _ in rows], y=list(range(len(rows))), orientation="h",
            marker={"color": palette.heat[3]}, text=[money(amount) for amount, _ in rows], textposition="outside",
            cliponaxis=False, customdata=[charts.literal(name) for _, name in rows],
            hovertemplate="%{customdata}<br>%{x:,.0f} " + charts.literal(currency) + "<extra></extra>",
        )
    )  # fmt: skip
    names = [_short(name, 30) for _, name in rows]
    chart.update_yaxes(tickvals=list(range(len(rows))), ticktext=names, autorange="reversed", showgrid=False)
    chart.update_xaxes(rangemode="tozero", showgrid=True)
    return chart.update_layout(bargap=0.3, margin={"l": 8, "r": 56, "t": 40, "b": 8})


def _short(name: str, most: int = _LONGEST) -> str:
    return charts.literal(name if len(name) <= most else name[: most - 1] + "…")
