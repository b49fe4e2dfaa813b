"""Pilots that may do the same work: in groups, pair by pair, and asked in short lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from app.pages.parts import empty
from app.pages.pilots.found import PilotFindings
from app.pages.pilots.overlaps.asking import tick_list
from app.pages.pilots.overlaps.groups import groups
from app.pages.pilots.overlaps.pairs import pairs
from app.pages.text import textual
from core.workspace import Workspace

VIEWS: Mapping[str, Callable[[Workspace, PilotFindings], None]] = {
    "Groups": groups,
    "Pairs": pairs,
    "Settle by answering": tick_list,
}


def overlaps(ws: Workspace, found: PilotFindings) -> None:
    """One of the views, with how far they can be trusted."""
    if not found.overlaps.pairs:
        empty("No two pilots seem to do the same work", "Overlaps are found by what pilots say that they do.")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="overlaps-bar"):
        view = st.segmented_control(
            "View", list(VIEWS), default="Groups", key="overlaps_view", bind="query-params", required=True,
            label_visibility="collapsed", width="content",
        )  # fmt: skip
        st.caption(textual(found.overlaps.precision.in_words()), width="content")
    VIEWS[str(view)](ws, found)
    st.caption(textual(found.overlaps.note))
