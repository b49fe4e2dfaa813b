"""Mined work for agents that no live pilot does, and pilots whose work was never mined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from app.pages.parts import FORM_WIDTH, badge_text, empty, fresh, link, say_in_words, section, table
from app.pages.pilots.found import PilotFindings
from app.pages.pilots.linking import link_words
from app.pages.pilots.naming import names, pilot_named
from app.pages.text import literal, quoted, textual
from app.simulation import left_out
from app.theme import NOTHING, money, plural
from core.errors import TandemError
from core.workspace import Workspace
from inventory import FOR_AGENTS, Gap, GapCandidate, GapReport, GapWorth, HourRate, demand_from_logs, hour_rate
from inventory import gaps as find_gaps

_BESIDE = 300  # pixels of the table beside the chosen gap, which is about as tall


def gaps(ws: Workspace, seen: PilotFindings) -> None:
    """The gaps, most worth first, with the chosen one beside them; what waits for an allocation; names to be linked."""
    top = st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute")
    with top:
        said = st.container()
        rate = _rate()
    found = seen.gaps if rate is None else find_gaps(ws, demand_from_logs(ws), rate)
    with said:
        _said(found)
    if found.gaps:
        _table_and_one(ws, found.gaps, "gaps")
    elif not found.unallocated:
        _none(found)
    if found.simulated:
        st.caption(f"{badge_text('simulated')} {textual(left_out(found.simulated))}")
    if found.unallocated or found.logs_unallocated:
        _unallocated(ws, found)
    names(ws, found)
    if found.orphans:
        section("Orphans: pilots whose activities and systems stand in no event log")
        orphans = [{"Pilot": o.pilot_name, "Department": o.department, "Why": quoted(o.reason)} for o in found.orphans]
        table(orphans, key="orphans", alt="Orphans")


def _rate() -> HourRate | None:
    """What an hour costs, as the person says; None while they say nothing, or nothing that can be read."""
    text = st.text_input(
        "Cost of an hour", key="rate", bind="query-params", width=150, placeholder="such as 45 EUR",
        help="Turns hours into money, which is then assumed. Without it the costs of the log are shown, where it has "
        "any.",
    )  # fmt: skip
    try:
        return hour_rate(text) if text else None
    except TandemError as error:
        say_in_words(error)
        return None


def _said(found: GapReport) -> None:
    if not found.gaps:
        st.caption("A gap is mined work of people that an agent should do and no live pilot does.")
        return
    sums = [f"{_hours_of(found.hours_a_month)} hours", *(money(a, c) for c, a in found.money_a_month.items())]
    st.caption(
        f"{plural(len(found.gaps), 'gap')}: work of people that is allocated to an agent and that no live pilot does, "
        f"most worth first. Where it is known, together {literal(' and '.join(sums))} a month."
    )


def _none(found: GapReport) -> None:
    if found.covered or found.not_for_agents:
        empty(
            "No gap is known",
            f"Of the mined work of people, {plural(len(found.covered), 'activity is', 'activities are')} done by live "
            f"pilots, and {plural(len(found.not_for_agents), 'activity is', 'activities are')} for no agent by the "
            "allocation.",
            to="allocation",
            step="See who should do each task",
        )
    else:
        empty(
            "No gap can be seen yet",
            "A gap is mined work of people that an agent should do and no live pilot does. It needs an event log of "
            "real work.",
            to="logs",
            step="Import an event log",
        )


def _unallocated(ws: Workspace, found: GapReport) -> None:
    """What no allocation tells about, apart from the gaps, with the step that would tell."""
    section("Not yet allocated, so nobody can say whether it is a gap")
    for one in found.logs_unallocated:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"{literal(one.log)} has no allocation.", width="content")
            if one.map_name is not None:
                link(
                    "allocation", f"Allocate {literal(one.map_name)}", icon=":material/balance:", map=one.map_name,
                    map_version=f"v{one.map_version}",
                )  # fmt: skip
            else:
                link("process_map", "Save a map of it first", icon=":material/account_tree:", log=one.log)
    if found.unallocated:
        _table_and_one(ws, found.unallocated, "unallocated")


def _table_and_one(ws: Workspace, found: Sequence[Gap], key: str) -> None:
    currencies = {g.worth.currency or "" for g in found if g.worth.money_a_month is not None}
    amounts, one_currency = bool(currencies), len(currencies) == 1
    amount = f"Money a month, {currencies.pop()}".removesuffix(", ") if one_currency else "Money a month"
    left, right = st.columns([8, 5], gap="small")
    with left:
        rows = [
            {
                "Activity": g.demand.activity,
                "Event log": g.demand.log,
                **({"Allocated to": g.allotment.outcome.value} if g.allotment else {}),
                "Hours a month": g.worth.hours_a_month,
                **({amount: g.worth.money_a_month if one_currency else _amount(g.worth)} if amounts else {}),
                "Done by people": round(g.human_count),
            }
            for g in found
        ]
        formats: dict[str, Callable[[Any], str]] = {"Hours a month": _hours_of}
        if one_currency:
            formats[amount] = money
        chosen = table(rows, key=key, formats=formats, select=True, alt=key.capitalize(), within=_BESIDE)
    with right, st.container(border=True, key=f"one-of-{key}", gap="small"):
        _one(ws, found[chosen or 0], key)


def _one(ws: Workspace, gap: Gap, key: str) -> None:
    """One gap: its worth, why it is one, whose words may mean it, and the allocation of its task."""
    worth, allotment = gap.worth, gap.allotment
    st.markdown(f"**{literal(gap.demand.activity)}** :gray[:small[{literal(gap.demand.log)}]]")
    lines = []
    if worth.hours_a_month is not None:
        hours = f"{_hours_of(worth.hours_a_month)} hours a month{_hours_between(worth)}"
        lines.append(f"**{literal(hours)}** :gray[:small[{worth.hours_evidence}]]")
    if worth.money_a_month is not None:
        amount = f"{_amount(worth)}{_money_between(worth)}"
        lines.append(f"**{literal(amount)}** :gray[:small[{worth.money_evidence}]]")
    st.markdown("  \n".join(lines) or f":gray[{NOTHING} Its hours are not known.]")
    if allotment is not None:
        overridden = ", by a person's override" if allotment.overridden else ""
        st.badge(literal(f"For {FOR_AGENTS[allotment.outcome]}{overridden}"), icon=":material/smart_toy:", color="gray")
    st.caption(textual(gap.reason))
    if gap.candidates:
        st.markdown(":small[Does one of these names mean it? A click links it, and it can be taken back.]")
    for number, candidate in enumerate(gap.candidates):
        _offer(ws, gap, candidate, f"{key}-{number}")
    if allotment is not None:
        link(
            "allocation", "Why it is allocated so", icon=":material/balance:", map=allotment.map_name,
            map_version=f"v{allotment.map_version}", activity=gap.demand.activity,
        )  # fmt: skip


def _offer(ws: Workspace, gap: Gap, said: GapCandidate, key: str) -> None:
    words = f"“{said.label}” of {pilot_named(said.pilot_name, live=said.live)}"
    if st.button(literal(words), key=fresh(f"means-{key}"), icon=":material/link:", width=FORM_WIDTH):
        link_words(ws, said, gap.demand.activity, gap.demand.log)


def _hours_of(hours: float) -> str:
    return f"{hours:,.1f}" if hours < 100 else f"{hours:,.0f}"


def _amount(worth: GapWorth) -> str:
    return NOTHING if worth.money_a_month is None else money(worth.money_a_month, worth.currency)


def _hours_between(worth: GapWorth) -> str:
    across = worth.hours_interval
    return f" ({_hours_of(across.low)} to {_hours_of(across.high)})" if across else ""


def _money_between(worth: GapWorth) -> str:
    across = worth.money_interval
    return f" ({money(across.low)} to {money(across.high)})" if across else ""
