"""The portfolio: which pilots bring something and may grow, who spends what, and what comes when."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import empty, link, palette, section, table, wide_column
from app.pages.pilots.assessed import assessments
from app.pages.pilots.found import PilotFindings
from app.pages.pilots.portfolio_charts import scatter, spend_bars
from app.pages.text import literal
from app.theme import NOTHING, money, plural, share
from core.workspace import Workspace
from inventory import PilotPortfolio, rubric
from inventory import portfolio as the_portfolio

_PLAIN = {"displayModeBar": False}
_BARS = 10  # departments that are drawn


def portfolio(ws: Workspace, seen: PilotFindings) -> None:
    """The scatter with what is chosen in it, departments and spend, the roadmap."""
    found = the_portfolio(ws, assessed=assessments(ws, seen))
    left, right = st.columns([5, 4], gap="medium")
    with left:
        _scatter(found)
    with right:
        _departments(found)
    for cost in found.spend:
        shown = [d for d in found.departments if any(c.currency == cost.currency and c.amount for c in d.spend)]
        if shown and len(found.spend) <= 3:
            chart = spend_bars(shown[:_BARS], cost.currency, palette(), height=90 + 30 * min(len(shown), _BARS))
            st.plotly_chart(chart, theme=None, key=f"spend-{cost.currency}", config=_PLAIN)
    _roadmap(found)


def _scatter(found: PilotPortfolio) -> None:
    known = [p for p in found.points if p.value is not None and p.readiness is not None]
    if not known:
        empty("No value is known", "Value needs cost and benefit, runs, success rate or users in the registry, or an "
              "event log with a pilot's tasks.")  # fmt: skip
        return
    chart = scatter(found.points, rubric(), palette(), height=430)
    st.plotly_chart(chart, theme=None, key="portfolio", config=_PLAIN, on_select="rerun", selection_mode="points")
    unseen = len(found.points) - len(known)
    currencies = {p.currency for p in known if p.monthly_cost is not None}
    size = "Size is cost a month." if len(currencies) == 1 else "Costs are in several currencies, so size says nothing."
    more = (
        f" {plural(unseen, 'pilot is', 'pilots are')} not drawn: nothing is known of value or readiness."
        if unseen
        else ""
    )
    st.caption(literal(f"{size} A hollow sign: too little is known of its value to suggest anything.{more}"))
    points = st.session_state.get("portfolio", {}).get("selection", {}).get("points", [])
    for point in points[:1]:
        number, name = point["customdata"][0], point["customdata"][1]
        link(
            "pilots", f"Decide about {literal(str(name))}", icon=":material/gavel:", pilots_part="Decisions",
            deciding=str(number),
        )  # fmt: skip


def _departments(found: PilotPortfolio) -> None:
    section("Departments")
    outcomes = ", ".join(f"{number} {name}" for name, number in found.outcomes.items())
    st.caption(
        literal(
            f"A decision stands about {found.decided} of {found.active} pilots that are not stopped"
            f"{f': {outcomes}' if outcomes else ''}. Amounts of two currencies are never added."
        )
    )
    rows = [
        {
            "Department": d.department,
            "Pilots": d.pilots,
            "Spend a month": " + ".join(money(c.amount, c.currency) for c in d.spend) or NOTHING,
            "Known": f"{d.spend_known}/{d.active}",
            "Decided": d.decided_share,
        }
        for d in found.departments
    ]
    columns = {"Known": st.column_config.TextColumn(help="Pilots whose cost is known, of those that are not stopped.")}
    table(rows, key="departments", formats={"Decided": share}, columns=columns, alt="Departments", within=360)


def _roadmap(found: PilotPortfolio) -> None:
    section("What comes when")
    if not found.roadmap:
        st.caption("Nothing is planned: follow-ups, decisions to be made again, reviews and ends would stand here.")
        return
    rows = [
        {
            "Month": step.month,
            "Day": step.day,
            "What": step.kind.value.capitalize(),
            "Pilots": ", ".join(step.pilots),
            "Detail": step.what,
            "": "▲ overdue" if step.overdue else "",
        }
        for step in found.roadmap
    ]
    table(rows, key="roadmap", columns={"Detail": wide_column()}, alt="Roadmap")
