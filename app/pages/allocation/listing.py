"""The tasks of an allocation: in a table, and by their two scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from app.pages.allocation.words import in_short, thin
from app.pages.parts import score_column, table
from app.pages.state import parameter, set_parameter
from app.theme import NOTHING, Palette, charts, plural
from mining.allocation import Allocation, AllocationOutcome


def tasks(found: Sequence[Allocation]) -> str | None:
    """The activity that is chosen: in the table, else in the URL."""
    rows = [
        {
            "Task": a.activity,
            "Who": in_short(a),
            "Asks": len(a.questions) or None,
            "Suitability": None if thin(a) else a.suitability,
            "95 %": _interval(a),
            "Hours a month": None if a.worth is None else a.worth.net_hours,
            "Holds": _holds(a),
            "Evidence": a.coverage * 100,
        }
        for a in found
    ]
    columns = {
        "Who": st.column_config.TextColumn(width="medium"),
        "Suitability": score_column("0 to 100. How well the task fits automation."),
        "95 %": st.column_config.TextColumn(help="Interval of suitability over redrawn sets of cases."),
        "Asks": st.column_config.NumberColumn(help="Questions to a person whose answer would change the outcome."),
        "Hours a month": st.column_config.NumberColumn(
            help="Value: net hours a month that an agent would save people. Estimated; rates are assumed.",
            format="%.0f",
        ),
        "Holds": st.column_config.NumberColumn(
            help="Share of redrawn cases and moved weights with the same outcome, the smaller of the two.",
            format="%.0f %%",
        ),
        "Evidence": st.column_config.NumberColumn(
            help="Share of the weight of suitability for which the log had data.", format="%.0f %%"
        ),
    }
    chosen = table(rows, key="tasks", columns=columns, select=True, alt="Allocations")
    if chosen is not None:
        set_parameter("activity", found[chosen].activity)
    return parameter("activity")


def _interval(a: Allocation) -> str:
    if a.firmness is None or a.firmness.interval is None:
        return NOTHING
    return f"{a.firmness.interval.low:.0f} to {a.firmness.interval.high:.0f}"


def _holds(a: Allocation) -> float | None:
    firm = a.firmness
    if firm is None or firm.cases_hold is None or firm.weights_hold is None:
        return None
    return 100 * min(firm.cases_hold, firm.weights_hold)


def scores(colours: Palette, found: Sequence[Allocation]) -> Any:
    """The two scores of every task against each other; the title names the one that leads in both."""
    import plotly.graph_objects as go

    scored = [a for a in found if a.value is not None and a.no_task is None and not thin(a)]
    missing = sum(a.no_task is None for a in found) - len(scored)
    best = max((a for a in scored if a.value), key=lambda a: min(a.suitability or 0, a.value or 0), default=None)
    title = f"No task scores higher than {best.activity} in both" if best else "No task is known to be of value"
    if missing:
        title += f" ({plural(missing, 'task')} of which too little is known not shown)"
    chart = charts.figure(colours, charts.literal(title), height=300, x="Suitability, 0 to 100", y="Value, 0 to 100")
    low, high = _range(scored)
    places = _places(scored, low, high)
    for who, outcomes, colour, symbol in _who(colours):
        group = [a for a in scored if a.outcome in outcomes]
        chart.add_trace(
            go.Scatter(
                name=who,
                x=[a.suitability for a in group],
                y=[a.value for a in group],
                text=[charts.literal(a.activity) if a.activity in places else "" for a in group],
                hovertext=[charts.literal(a.activity) for a in group],
                customdata=[a.outcome.value for a in group],
                mode="markers+text",
                textposition=[places.get(a.activity, "top center") for a in group],
                textfont={"size": 11},
                cliponaxis=False,
                marker={"size": 9, "color": colour, "symbol": symbol},
                hovertemplate="%{hovertext}<br>suitability %{x:.0f}, value %{y:.0f}<br>%{customdata}<extra></extra>",
            )
        )
    chart.update_xaxes(range=[low, 103])
    chart.update_yaxes(range=[-0.06 * high, high])
    return charts.with_legend(chart)


_WIDE, _TALL = 620, 200  # pixels of the plot, about
_LETTER, _LINE, _MARK = 6.2, 13, 8  # pixels of a letter, a line, and from a point to its name
_SIDES = (("top center", -0.5, 1), ("bottom center", -0.5, -1), ("middle right", 0, 0), ("middle left", -1, 0))


def _range(scored: Sequence[Allocation]) -> tuple[float, float]:
    """Where the axes begin and end: as the points lie, so that they stand apart."""
    low = min((a.suitability or 0.0 for a in scored), default=0.0)
    high = max((a.value or 0.0 for a in scored), default=0.0)
    return max(0.0, 10 * (low // 10) - 10), min(112.0, max(10.0, 1.25 * high))


def _places(scored: Sequence[Allocation], low: float, high: float) -> dict[str, str]:
    """On which side the name of each point stands, the more valuable first; without room it is left to the hover."""
    points = [((a.suitability or 0) - low, a.value or 0) for a in scored]
    taken = [
        (x * _WIDE / (103 - low) - 5, y * _TALL / high - 5, x * _WIDE / (103 - low) + 5, y * _TALL / high + 5)
        for x, y in points
    ]
    found: dict[str, str] = {}
    for at, a in sorted(enumerate(scored), key=lambda pair: -(pair[1].value or 0)):
        x, y = points[at][0] * _WIDE / (103 - low), points[at][1] * _TALL / high
        width = _LETTER * len(a.activity)
        for name, left, up in _SIDES:
            begin = x + left * width + (0 if left == -0.5 else _MARK if left == 0 else -_MARK)
            middle = y + up * (_LINE / 2 + _MARK)
            box = (begin, middle - _LINE / 2, begin + width, middle + _LINE / 2)
            if box[0] < 0 or box[2] > _WIDE or any(n != at and _meet(box, other) for n, other in enumerate(taken)):
                continue
            found[a.activity] = name
            taken.append(box)
            break
    return found


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _who(colours: Palette) -> list[tuple[str, tuple[AllocationOutcome, ...], str, str]]:
    """Who would work under which outcomes, in the colour that they have everywhere and a shape of their own."""
    return [
        ("agents", (AllocationOutcome.AGENT, AllocationOutcome.AGENT_WITH_APPROVAL), colours.agent, "square"),
        ("people", (AllocationOutcome.HUMAN_ONLY, AllocationOutcome.HUMAN_WITH_AGENT), colours.human, "circle"),
        (
            "rules, or nobody",
            (AllocationOutcome.RULE_AUTOMATION, AllocationOutcome.ELIMINATE),
            colours.system,
            "diamond",
        ),
    ]
