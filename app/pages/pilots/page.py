"""The page: its figures, and a part for each question about the pilots."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from app.pages.parts import empty, head, section
from app.pages.pilots.bringing_in import bring_in
from app.pages.pilots.discovery import discovery
from app.pages.pilots.figures import figures
from app.pages.pilots.found import Found, find
from app.pages.pilots.gaps import gaps
from app.pages.pilots.listing import listing
from app.pages.pilots.overlaps import overlaps
from app.pages.pilots.risks import risks
from app.pages.state import workspace
from core.workspace import Workspace

PARTS: Mapping[str, Callable[[Workspace, Found], None]] = {
    "All pilots": listing,
    "Overlaps": overlaps,
    "Gaps": gaps,
    "Discovery": discovery,
    "Risks": risks,
}


def page() -> None:
    """The pilots, what they share, what no pilot touches, and which rules they break."""
    ws = workspace()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="head"):
        head("Which AI pilots are there, and what do they miss?")
        bring_in(ws)
    found = find(ws)
    if found is None:
        empty(
            "No pilots yet",
            "The inventory lists every AI pilot with what it touches, costs and earns. Import a sheet with the button "
            "above; its columns are described in docs/pilots.md.",
        )
        section("Discovery")
        discovery(ws)
        return
    figures(found)
    shown = st.tabs(list(PARTS), key="pilots_part", bind="query-params", on_change="rerun")
    for place, show in zip(shown, PARTS.values(), strict=True):
        with place:
            if place.open:
                show(ws, found)
