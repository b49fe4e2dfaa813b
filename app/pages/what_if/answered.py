"""How a what-if reads on its page: the fit first, then what is expected."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.pages.parts import badge, palette, section, table, wide_column
from app.pages.text import literal
from app.theme import NOTHING, charts, count, plural
from app.told_expected import TITLES, reads
from mining.whatif import ExpectedKpi, Fit, WhatIf

_DAY = 86_400.0


def fit(found: Fit) -> None:
    """How well the simulated as-is resembles cases that it was not made from."""
    section("Does the simulation play the process as it was?")
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(_STATE[found.verdict])
        st.caption(
            f"Made from the {count(found.trained)} earlier cases, held against {plural(found.held_out, 'later one')}"
            + (f", over {count(found.replications)} replications." if found.replications else ".")
        )
    rows = [
        {
            "Distance in": m.name[:1].upper() + m.name[1:],
            "Simulated": _number(m.simulated),
            "Chance alone": _number(m.chance),
            "Earlier part": _number(m.earlier),
            "Unit": m.unit,
            "Fit": m.verdict,
            "In words": m.text.partition(": ")[2],
        }
        for m in found.measures
    ]
    if rows:
        columns = {
            "Chance alone": st.column_config.Column(
                help="Between random halves of the later cases: the least there is."
            ),
            "Earlier part": st.column_config.Column(help="Between the earlier cases as they were and the later ones."),
            "In words": wide_column(),
        }
        table(rows, key="fit", alt="Fit", columns=columns)


_STATE = {"good": "good fit", "fair": "fair fit", "bad": "bad fit"}


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"


def expected(answer: WhatIf, *, key: str = "expected") -> None:
    """What is expected of each KPI, as difference to the simulated as-is."""
    section(_finding(answer))
    rows = [_row(one) for one in answer.expected]
    columns = {
        "95 %": st.column_config.Column(help="Where a period of this length would lie, over replications."),
        "Change, 95 %": st.column_config.Column(help="Of paired replications: the same cases, the same chance."),
        "Evidence": st.column_config.Column(help="Simulated and assumed: never measured."),
    }
    table(rows, key=key, alt="Expected KPIs", columns=columns)
    for one in answer.expected:
        if one.withheld:
            st.caption(f"{literal(TITLES[one.metric])} is withheld. {literal(one.withheld)}")
    st.caption(
        f"{plural(answer.replications, 'replication')} of {plural(answer.weeks, 'week')}, about "
        f"{plural(answer.cases, 'case')} each; as-is and scenario see the same cases and the same chance "
        f"(seed {int(answer.seed)})."
    )
    if answer.cycle_times.get("as-is"):
        chart = _cycle_times(answer)
        st.plotly_chart(chart, theme=None, key=f"{key}-chart", config={"displayModeBar": False})


def _row(one: ExpectedKpi) -> dict[str, Any]:
    return {
        "KPI": TITLES[one.metric],
        "As it is": reads(one.before, one.unit),
        "Scenario": reads(one.value, one.unit),
        "95 %": _between(one.low, one.high, one.unit),
        "Change": reads(one.change, one.unit, signed=True),
        "Change, 95 %": _between(one.change_low, one.change_high, one.unit, signed=True),
        "Evidence": one.evidence if one.value is not None else "withheld",
    }


def _between(low: float | None, high: float | None, unit: str, *, signed: bool = False) -> str:
    if low is None or high is None:
        return NOTHING
    return f"{reads(low, unit, signed=signed)} to {reads(high, unit, signed=signed)}"


def _finding(answer: WhatIf) -> str:
    """The title: what changes of hours and cycle time, or that nothing clear does."""
    known = {one.metric: one for one in answer.expected}
    parts = []
    for metric, less, more in (
        ("people_hours", "fewer hours of people a month", "more hours of people a month"),
        ("cycle_time", "shorter cycle time", "longer cycle time"),
    ):
        one = known.get(metric)
        if one is None or one.change is None or one.change_low is None or one.change_high is None:
            continue
        if one.change_low <= 0 <= one.change_high:
            continue
        parts.append(f"{reads(abs(one.change), one.unit)} {less if one.change < 0 else more}")
    return f"Expected: {', '.join(parts)} (estimated)" if parts else "Expected: no clear change (estimated)"


def _cycle_times(answer: WhatIf) -> Any:
    """The share of cases that are over after so many days, as-is and scenario."""
    import plotly.graph_objects as go

    colours = palette()
    chart = charts.figure(
        colours, "Share of cases that are over after so many days (estimated)", height=250, x="Days",
        y="Share of cases, %",
    )  # fmt: skip
    for name, colour, dash in (("as-is", colours.human, "dot"), ("scenario", colours.agent, "solid")):
        values = sorted(answer.cycle_times.get(name, ()))
        if not values:
            continue
        shares = [100 * (at + 1) / len(values) for at in range(len(values))]
        chart.add_trace(
            go.Scatter(
                name=name, x=[v / _DAY for v in values], y=shares, mode="lines",
                line={"color": colour, "dash": dash, "width": 2, "shape": "hv"},
                hovertemplate=f"{name}<br>%{{y:.0f}} % over after %{{x:.1f}} days<extra></extra>",
            )
        )  # fmt: skip
    longest = sorted(answer.cycle_times["as-is"])
    chart.update_xaxes(range=[0, 1.1 * longest[int(0.98 * (len(longest) - 1))] / _DAY])
    return charts.with_legend(chart)
