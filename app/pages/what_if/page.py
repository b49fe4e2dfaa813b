"""What-if: what would change if the tasks of a workflow were done as allocated?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.parts import FORM_WIDTH, act, bullets, empty, fresh, head, link, section, table
from app.pages.state import actor, choose_map, name_of, workspace
from app.pages.text import literal, quoted, textual
from app.pages.what_if.answered import expected, fit
from app.pages.what_if.assumed import assumed
from app.pages.what_if.running import simulated
from app.scenario_ledger import expected_of_log
from app.theme import moment, plural
from app.verbs import expect, keep_scenario
from core.errors import BadInput
from core.workspace import Workspace
from mining.allocation import allocations
from mining.map.maps import MapSummary, list_maps
from mining.whatif import Change, KeptScenario, WhatIf, kept_scenarios

_RESULT, _KEPT, _FIT = "what_if_answer", "what_if_kept", "what_if_fit"


def page() -> None:
    """The scenario of one workflow map: what is assumed, the fit, what is expected, what was kept."""
    ws = workspace()
    head("What if the tasks were done as allocated?")
    maps = list_maps(ws)
    if not maps:
        empty(
            "No workflow map to ask about yet",
            "A what-if simulates the log of a saved workflow map whose tasks are allocated.",
            to="process_map",
            step="Save a process map",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choose_map(maps)
        link(
            "allocation", "Its allocation", icon=":material/balance:",
            map=chosen.name, map_version=f"v{chosen.version}",
        )  # fmt: skip
    found = allocations(ws, chosen.name, chosen.version)
    if not found:
        empty(
            f"{chosen.name} version {chosen.version} is not allocated yet",
            "The scenario follows from the allocation: who would do each task.",
            to="allocation",
            step="Allocate its tasks",
        )
        return
    st.caption(
        f"Simulated from event log {literal(chosen.log)} version {chosen.log_version}, with agents as performers. "
        "Everything below is estimated, and rests on what is assumed."
    )
    changes = assumed(chosen, found)
    if not changes:
        empty(
            "Nothing would change",
            "No task of this map is allocated to an agent, to help by one, or to nobody. Override one to ask about it.",
            to="allocation",
            step="Look at the allocation",
        )
        return
    _asked(ws, chosen, changes)
    _kept(ws, chosen)


def _asked(ws: Workspace, chosen: MapSummary, changes: Sequence[Change]) -> None:
    """The button, and what came of it: kept for this map and these assumptions, so that it stays while they do."""
    key = f"{chosen.name}@{chosen.version}:{changes}"
    if st.button("Simulate", type="primary", icon=":material/query_stats:"):
        try:
            known = st.session_state.get(_FIT, (None, None))
            answer = simulated(ws, chosen, changes, known[1] if known[0] == (chosen.name, chosen.version) else None)
        except BadInput as error:
            st.error(textual(error.message), icon=":material/error:")
            bullets(error.problems)
            return
        st.session_state[_RESULT] = (key, answer)
        st.session_state[_FIT] = ((chosen.name, chosen.version), answer.fit)
    made = st.session_state.get(_RESULT)
    if made is None or made[0] != key:
        st.caption(
            f"It plays {plural(len(changes), 'changed task')} over the cases of the log, first as they were. It takes "
            "some seconds, and stores nothing."
        )
        return
    _shown(ws, chosen, changes, made[1])


def _shown(ws: Workspace, chosen: MapSummary, changes: Sequence[Change], answer: WhatIf) -> None:
    fit(answer.fit)
    if answer.withheld:
        with st.container(border=True, key="withheld"):
            st.markdown("**The scenario is withheld**")
            bullets(answer.fit.reasons)
            st.caption(
                "What cannot play the process as it was says nothing about a changed one. A narrower selection of the "
                "log, such as its newest year, may be steadier: save a map of it."
            )
        bullets(answer.notes)
        return
    expected(answer)
    with st.container(horizontal=True, vertical_alignment="center"):
        _keep(ws, chosen, changes)
    bullets(answer.notes)


def _keep(ws: Workspace, chosen: MapSummary, changes: Sequence[Change]) -> None:
    with (
        st.popover("Keep this scenario", icon=":material/bookmark_add:", key=fresh("keep"), on_change="rerun"),
        st.form("keep", border=False, width=FORM_WIDTH),
    ):
        name = st.text_input("Name", key=fresh("scenario-name"))
        st.caption("Kept with its assumptions and what is expected, under your name.")
        if st.form_submit_button("Keep", type="primary"):
            with st.spinner("Simulated once more, and kept"):
                act(
                    lambda: keep_scenario(ws, name, chosen.name, chosen.version, changes, by=actor()),
                    f"The scenario {name} is kept",
                )


def _kept(ws: Workspace, chosen: MapSummary) -> None:
    kept = kept_scenarios(ws, chosen.name, chosen.version)
    if not kept:
        return
    section("Kept scenarios")
    rows = [
        {
            "Scenario": quoted(k.name),
            "Kept (UTC)": moment(k.at),
            "By": name_of(k.by),
            "Tasks changed": len(k.answer.changes),
            "Fit": k.answer.fit.verdict,
        }
        for k in kept
    ]
    picked = table(rows, key="kept-scenarios", alt="Kept scenarios", select=True)
    if picked is not None:
        st.markdown(f"**{textual(kept[picked].name)}**")
        expected(kept[picked].answer, key=f"kept-{picked}")
        if not kept[picked].answer.withheld and st.button(
            "Put into the ledger", key=f"ledger-{picked}", icon=":material/balance:",
            help="Freezes what is expected of the log. After 30 and 90 days its KPIs say what came of it.",
        ):  # fmt: skip
            _expect(ws, kept[picked])


def _expect(ws: Workspace, kept: KeptScenario) -> None:
    told = expected_of_log(kept)
    act(
        lambda: expect(ws, told.subject, told.expectations, note=told.note, by=actor()),
        lambda made: f"{plural(len(made), 'figure')} of {kept.name} in the ledger: Pilots, Decisions",
    )
