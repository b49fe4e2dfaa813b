"""Drift: when did the work change? Drift points of one log, what changed at each, and before and after as two sides."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.pages.analysis import Chosen, put_selection
from app.pages.asking import ask
from app.pages.compare.sides import IN_URL
from app.pages.context.address import put
from app.pages.parts import badge_text, empty, palette, table
from app.pages.state import workspace
from app.pages.text import textual
from app.theme import Palette, charts, count, day, duration, plural, share
from core.selection.kept import fold as fold_selection
from mining.compare.drift import find_drift
from mining.compare.drift_values import ChangeKind, Drift, DriftChange, DriftPoint


def drift_view(chosen: Chosen) -> None:
    """The moments at which the work of the chosen cases changed."""
    found = ask(find_drift, chosen.view, "Looking for moments at which the work changed")
    if found.withheld:
        empty("Drift cannot be looked for", found.withheld)
        return
    left, right = st.columns([11, 6], gap="medium")
    with left:
        chart = _chart(palette(), found)
        st.plotly_chart(chart, theme=None, key="drift", config={"displayModeBar": False})
        st.caption(
            f"{count(found.window)} cases before and {count(found.window)} after were compared at "
            f"{count(found.places)} places, by the share of cases with each path, activity, start and end, by cycle "
            f"time and by the mix of attributes. Where nothing changed, the chance of any drift point is at most "
            f"{share(found.alpha)}. Changes below {share(found.least_change)} of the cases do not count."
        )
    with right:
        if not found.points:
            empty(
                "The work did not change beyond chance", f"{count(found.tests)} tests were corrected for all of them."
            )
        else:
            _point(chosen, found)


def _point(chosen: Chosen, found: Drift) -> None:
    """The chosen drift point: what changed, and the way to compare before and after."""
    days = [day(p.moment) for p in found.points]
    strongest = max(range(len(days)), key=lambda n: (not found.points[n].doubt, found.points[n].strength))
    picked = st.selectbox(
        "Drift point", range(len(days)), index=strongest, key=f"drift_point_{len(days)}",
        format_func=lambda n: f"{days[n]}: {_weight(found.points[n])}{' (in doubt)' if found.points[n].doubt else ''}",
    )  # fmt: skip
    point = found.points[picked]
    if point.doubt:
        st.markdown(f"{badge_text('in doubt')} {textual(point.doubt)}")
    st.button(
        "Compare before and after", key=f"before-after-{picked}", icon=":material/compare_arrows:", type="primary",
        on_click=_compare, args=(chosen, point),
    )  # fmt: skip
    rows = [_row(change) for change in point.changes]
    table(rows, key=f"changes-{picked}", alt="What changed")


def _weight(point: DriftPoint) -> str:
    return "the mix of cases" if point.only_mix else f"{share(point.strength)} of steps moved"


def _row(change: DriftChange) -> dict[str, str]:
    write = duration if change.kind is ChangeKind.CYCLE_TIME else share
    more = f" (and {plural(len(change.also), 'other')} alike)" if change.also else ""
    return {
        "Before": write(change.before),
        "After": write(change.after),
        "What": f"{change.kind.value.capitalize()}{': ' if change.what else ', median'}{change.what}{more}",
    }


def _compare(chosen: Chosen, point: DriftPoint) -> None:
    """Before as side A, after as side B."""
    before, after = (chosen.selection.add(side) for side in (point.before, point.after))
    put_selection(before)
    put(
        {IN_URL: fold_selection(workspace(), after), "log_b": chosen.log.log, "version_b": f"v{chosen.log.version}"}
    )  # fmt: skip
    st.session_state["view"] = "figures"


def _symbol(point: DriftPoint) -> str:
    return "diamond-open" if point.doubt else "diamond"


def _chart(colours: Palette, found: Drift) -> Any:
    import plotly.graph_objects as go

    sure = [p for p in found.points if not p.doubt]
    title = (
        f"The work changed at {plural(len(sure), 'moment')}" if sure else "No moment at which the work changed for sure"
    )
    doubted = len(found.points) - len(sure)
    title += f"; {plural(doubted, 'more is', 'more are')} in doubt" if doubted else ""
    chart = charts.figure(
        colours, title, height=380, x="Start of the cases", y="Steps that moved between the windows, per cent"
    )
    chart.add_trace(
        go.Scatter(
            x=list(found.curve.moments), y=[100 * d for d in found.curve.distances], mode="lines",
            line={"color": colours.ink, "width": 2}, hovertemplate="%{x|%Y-%m-%d}<br>%{y:.1f} %<extra></extra>",
        )
    )  # fmt: skip
    for point in found.points:
        line = {"color": colours.muted, "width": 1, "dash": "dot" if point.doubt else "solid"}
        chart.add_shape(type="line", x0=point.moment, x1=point.moment, y0=0, y1=1, yref="paper", line=line)
    chart.add_trace(
        go.Scatter(
            x=[p.moment for p in found.points], y=[100 * p.strength for p in found.points], mode="markers",
            marker={"size": 10, "color": colours.ink, "symbol": [_symbol(p) for p in found.points]},
            customdata=[_weight(p) for p in found.points],
            hovertemplate="%{x|%Y-%m-%d}<br>%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    return chart
