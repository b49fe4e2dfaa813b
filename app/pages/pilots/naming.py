"""Pilots' own words for activities: what they may stand for, to be clicked, and what people linked them to."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import fresh, section
from app.pages.pilots.linking import link_words, unlink_words
from app.pages.text import literal
from app.theme import plural
from core.workspace import Workspace
from inventory import GapReport, Link, Suggestion

_FIRST = 8  # names that are shown unasked, each with three buttons


def pilot_named(name: str, *, live: bool) -> str:
    """A pilot's name, and that it is not live where it is not."""
    return name if live else f"{name} (not live)"


def names(ws: Workspace, found: GapReport) -> None:
    """The names that no event log has, each with the mined activities that it may stand for; then those linked."""
    asked = [one for one in found.unlinked if one.suggestions]
    if asked:
        section("Names in other words")
        st.caption(
            f"{plural(len(asked), 'activity', 'activities')} that pilots name and no event log has. Which mined "
            "activity is meant? Nothing is linked unless you click it: a wrong link hides a gap."
        )
        every = len(asked) <= _FIRST or st.toggle(f"Show all {len(asked)}", key="every_name")
        for number, one in enumerate(asked if every else asked[:_FIRST]):
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"name-{number}"):
                st.markdown(f"“{literal(one.label)}” :gray[:small[{literal(one.pilot_name)}]]", width=300)
                for place, said in enumerate(one.suggestions):
                    _offer(ws, one, said, f"{number}-{place}")
    if found.chosen:
        section("Linked by a person")
        for number, one in enumerate(found.chosen):
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"linked-{number}"):
                words = f"“{literal(one.label)}” :gray[:small[{literal(one.pilot_name)}]] → {literal(one.chosen or '')}"
                st.markdown(words, width="content")
                if st.button("Take back", key=fresh(f"unlink-{number}"), icon=":material/link_off:", type="tertiary"):
                    unlink_words(ws, one)


def _offer(ws: Workspace, one: Link, said: Suggestion, key: str) -> None:
    if st.button(
        literal(said.label), key=fresh(f"suggestion-{key}"), icon=":material/link:", help=literal(f"In {said.log}")
    ):
        link_words(ws, one, said.label, said.log)
