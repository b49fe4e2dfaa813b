"""What was found about one pilot: the rules it breaks, and those that may do the same work."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import badge_text, link, section
from app.pages.pilots.found import PilotFindings
from app.pages.text import literal, textual
from app.theme import plural
from core.figures import per_cent
from core.workspace import Workspace
from inventory import Overlap, Pilot

_SHOWN = 5


def risky(_ws: Workspace, found: PilotFindings, pilot: Pilot) -> None:
    """The rules that it breaks."""
    section("Risks")
    if found.no_risks is not None:
        st.caption("The rules cannot be read: see the part Risks of all pilots.")
        return
    broken = [r for r in found.open_risks if r.pilot == pilot.id]
    for risk in broken:
        st.markdown(f"{badge_text(risk.severity)} {textual(risk.finding)} {textual(risk.todo)}")
    muted = sum(r.pilot == pilot.id for r in found.risks) - len(broken)
    if muted:
        st.caption(f"{plural(muted, 'finding is', 'findings are')} muted: see the part Risks of all pilots.")
    if not broken and not muted:
        st.caption("It breaks no rule." if pilot.active else "It is stopped; rules are for pilots that are not.")


def overlapping(_ws: Workspace, found: PilotFindings, pilot: Pilot) -> None:
    """The pilots that may do the same work, those shown as the same first."""
    section("May do the same work")
    near = sorted((o for o in found.overlaps.pairs if pilot.id in (o.first, o.second)), key=lambda o: not o.shown)
    if not near:
        st.caption("No other pilot seems to." if pilot.active else "It is stopped, so it overlaps with nothing.")
        return
    for one in near[:_SHOWN]:
        _pair(one, pilot)
    if len(near) > _SHOWN:
        with st.expander(f"{len(near) - _SHOWN} less likely"):
            for one in near[_SHOWN:]:
                _pair(one, pilot)
    st.caption(textual(found.overlaps.note))


def _pair(one: Overlap, pilot: Pilot) -> None:
    other, name = (one.second, one.second_name) if one.first == pilot.id else (one.first, one.first_name)
    with st.container(gap=None, key=f"near-{other}"):
        link("pilots", literal(name), pilot=str(other))
        if one.shown:
            st.markdown(badge_text("same work"))
        st.caption(f"{per_cent(one.probability)}: {textual(one.reason)}")
