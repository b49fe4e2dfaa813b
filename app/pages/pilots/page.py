"""The page: all pilots with a part for each question, one pilot, or a form, as the address says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from app.pages.parts import empty, head, section
from app.pages.pilots.actions import actions
from app.pages.pilots.address import ADD, DO, EDIT, IMPORT, PILOT
from app.pages.pilots.decisions import decisions
from app.pages.pilots.discovery import discovery
from app.pages.pilots.figures import figures
from app.pages.pilots.found import PilotFindings, find
from app.pages.pilots.gaps import gaps
from app.pages.pilots.listing import listing
from app.pages.pilots.one.page import one_pilot
from app.pages.pilots.overlaps.part import overlaps
from app.pages.pilots.portfolio import portfolio
from app.pages.pilots.risks import risks
from app.pages.pilots.sheet.page import bring_in, forget_done
from app.pages.pilots.writing import add, edit, forget_opened
from app.pages.state import parameter, workspace
from core.workspace import Workspace

PARTS: Mapping[str, Callable[[Workspace, PilotFindings], None]] = {
    "All pilots": listing,
    "Overlaps": overlaps,
    "Gaps": gaps,
    "Discovery": discovery,
    "Risks": risks,
    "Decisions": decisions,
    "Portfolio": portfolio,
}


def page() -> None:
    """The pilots, what they share, what no pilot touches, and which rules they break."""
    ws = workspace()
    found, doing, named = find(ws), parameter(DO), parameter(PILOT)
    if doing != EDIT:
        forget_opened()
    if doing != IMPORT:
        forget_done()
    if doing == IMPORT:
        bring_in(ws)
    elif doing == ADD:
        add(ws, found)
    elif named is not None:
        edit(ws, found, named) if doing == EDIT else one_pilot(ws, found, named)
    else:
        _all(ws, found)


def _all(ws: Workspace, found: PilotFindings | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="head"):
        head("Which AI pilots are there, and what do they miss?")
        actions(found)
    if found is None:
        empty(
            "No pilots yet",
            "The inventory lists every AI pilot with what it touches, costs and earns. Import a sheet with the button "
            "above, of any layout, or add the first one by hand. Its columns are described in docs/pilots.md.",
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
