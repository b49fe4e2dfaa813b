"""Allocation: who should do each task, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from app.pages.allocation.listing import scores, tasks
from app.pages.allocation.task import one_task
from app.pages.allocation.words import CAVEATS, GATED, ICONS, agreements
from app.pages.context.missing import say_missing
from app.pages.parts import act, badge_text, bullets, empty, head, link, palette
from app.pages.simulated import simulated_in
from app.pages.state import actor, choose_map, name_of, workspace
from app.pages.text import literal
from app.theme import count, moment, plural
from app.verbs import allocate
from core.workspace import Workspace
from mining.allocation import Allocation, AllocationOutcome, agreement, allocations
from mining.map.maps import MapSummary, list_maps


def page() -> None:
    """The allocations of one workflow map: outcomes, two scores, criteria, questions, overrides."""
    ws = workspace()
    head("Who should do each task, and why?")
    maps = list_maps(ws)
    if not maps:
        empty(
            "No workflow map to allocate yet",
            "An allocation says who should do each task of a saved workflow map, computed from its event log.",
            to="process_map",
            step="Save a process map",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choose_map(maps)
        link(
            "workflows", "Promote it into a workflow", icon=":material/publish:",
            workflows_part="Promote a map", map=chosen.name, map_version=f"v{chosen.version}",
        )  # fmt: skip
        link(
            "what_if", "What if it were done so?", icon=":material/query_stats:",
            map=chosen.name, map_version=f"v{chosen.version}",
        )  # fmt: skip
    found = allocations(ws, chosen.name, chosen.version)
    if not found:
        _not_yet(ws, chosen)
        return
    _summary(ws, chosen, found)
    if any(a.rules < GATED for a in found):
        _allocate_button(ws, chosen, "Allocate anew by the present rules")
    left, right = st.columns([8, 5], gap="small")
    with left:
        activity = tasks(found)
        st.plotly_chart(scores(palette(), found), theme=None, key="scores", config={"displayModeBar": False})
        _learned(ws)
    with right, st.container(border=True, key="allocation"):
        shown = next((a for a in found if a.activity == activity), None)
        if activity and shown is None:
            say_missing("task", activity, "activity")
            return
        one_task(ws, chosen, shown or found[0])


def _not_yet(ws: Workspace, chosen: MapSummary) -> None:
    empty(
        f"{chosen.name} version {chosen.version} is not allocated yet",
        f"Allocation computes suitability and value of its {plural(chosen.activities, 'task')} from the event log.",
    )
    _allocate_button(ws, chosen, "Allocate")


def _allocate_button(ws: Workspace, chosen: MapSummary, label: str) -> None:
    if st.button(literal(label), type="primary", icon=":material/balance:"):
        act(lambda: allocate(ws, chosen.name, chosen.version, by=actor()), f"{chosen.name} is allocated")


def _summary(ws: Workspace, chosen: MapSummary, found: Sequence[Allocation]) -> None:
    counts = Counter(a.outcome for a in found)
    simulated = simulated_in(ws.logs.get(chosen.log, chosen.log_version))
    mark = f" {badge_text('simulated')}" if simulated else ""
    asks = sum(bool(a.questions) for a in found)
    asked = f" · {plural(asks, 'task')} with an open question" if asks else ""
    overridden = sum(a.override is not None for a in found)
    st.caption(
        f"From event log {literal(chosen.log)} version {chosen.log_version} · map saved {moment(chosen.created_at)} by "
        f"{literal(name_of(chosen.created_by))} · {plural(overridden, 'override')}{asked}{mark}"
    )
    with st.container(horizontal=True, gap="small"):
        for outcome in AllocationOutcome:
            if counts[outcome]:
                st.badge(
                    f"{count(counts[outcome])} {literal(outcome.value)}",
                    icon=f":material/{ICONS[outcome]}:",
                    color="gray",
                )


def _learned(ws: Workspace) -> None:
    """What people changed, and what this advice does not say."""
    said = agreements(agreement(ws))
    with st.container(key="caveats"):
        st.markdown("**What this does not say**")
        bullets([*CAVEATS, *([said] if said else [])])
