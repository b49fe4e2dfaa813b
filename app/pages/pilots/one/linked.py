"""Which mined activities and systems a pilot's own words are: by name, by choice, or with suggestions to choose from.

Nothing is linked by a suggestion: a wrong link hides a gap.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.parts import FORM_WIDTH, badge_text, fresh, link, section
from app.pages.pilots.found import PilotFindings
from app.pages.pilots.linking import link_words, unlink_words
from app.pages.text import literal
from core.workspace import Workspace
from inventory import Link, Pilot, TouchedKind, mined_activities


def linked(ws: Workspace, found: PilotFindings, pilot: Pilot) -> None:
    """A line for each activity and system that the pilot names."""
    section("Mined work that it touches")
    mine = [one for one in found.links if one.pilot == pilot.id]
    if not mine:
        st.caption("It names no activity and no system, so nobody can tell what stops if it stops. Edit it to say so.")
        return
    with st.container(key="links", gap="xsmall"):
        for number, one in enumerate(mine):
            if one.logs or one.kind is TouchedKind.ACTIVITY:
                _one(ws, one, str(number))
        _unknown_systems([one for one in mine if one.kind is TouchedKind.SYSTEM and not one.logs])


def _unknown_systems(named: Sequence[Link]) -> None:
    """The systems that no event log has, and those that are written almost so."""
    if named:
        st.markdown(f"{badge_text('not mined')} {literal(', '.join(one.label for one in named))}")
    for one in named:
        alike = ", ".join(f"{s.label} ({s.log})" for s in one.suggestions)
        if alike:
            st.caption(literal(f"Written almost as {one.label}: {alike}"))


def _one(ws: Workspace, one: Link, key: str) -> None:
    """A name that is linked, or an activity that is not, with what it may stand for."""
    if one.logs:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            stands = f" stands for **{literal(one.chosen)}**" if one.chosen else ""
            st.markdown(f"{badge_text('mined')} {literal(one.label)}{stands}", width="content")
            for log in one.logs[:2]:
                link("process_map", literal(log), log=log, activity=one.chosen or one.label)
            if one.chosen and st.button(
                "Unlink", key=f"unlink-{key}", icon=":material/link_off:", type="tertiary"
            ):  # fmt: skip
                unlink_words(ws, one)
        return
    st.markdown(f"{badge_text('not mined')} {literal(one.label)}")
    _suggestions(ws, one, key)


def _suggestions(ws: Workspace, one: Link, key: str) -> None:
    """Up to three mined activities to click, and every other one to choose."""
    if one.suggestions:
        st.caption("In no event log under this name. Is it one of these? A click links it.")
    else:
        st.caption("In no event log, and nothing that was mined is like it.")
    with st.container(horizontal=True, gap="xsmall", key=f"suggested-{key}"):
        for number, found in enumerate(one.suggestions):
            label = literal(f"{found.label} ({found.log})")
            if st.button(label, key=f"link-{key}-{number}", icon=":material/add_link:"):
                link_words(ws, one, found.label, found.log)
        _another(ws, one, key)


def _another(ws: Workspace, one: Link, key: str) -> None:
    with (
        st.popover("Another", key=fresh(f"another-{key}"), on_change="rerun", type="tertiary") as box,
        st.container(width=FORM_WIDTH),
    ):
        if not box.open:
            return
        mined = mined_activities(ws)
        if not mined:
            st.caption("There is no event log yet.")
            link("import_log", "Import an event log", icon=":material/arrow_forward:")
            return
        chosen = st.selectbox(
            "Mined activity", mined, index=None, key=fresh(f"mined-{key}"), placeholder="choose or type",
            format_func=lambda each: f"{each[0]} ({each[1]})",
        )  # fmt: skip
        if st.button("Link it", key=f"link-{key}-other", type="primary", disabled=chosen is None) and chosen:
            link_words(ws, one, *chosen)
