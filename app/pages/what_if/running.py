"""Runs a what-if for the page, with a bar that tells how far it is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.theme import count
from core.workspace import Workspace
from mining.map.maps import MapSummary
from mining.whatif import Change, Fit, WhatIf, what_if


def simulated(ws: Workspace, chosen: MapSummary, changes: Sequence[Change], known: Fit | None) -> WhatIf:
    """The answer. Raises what `what_if` raises."""
    bar = st.progress(0.0, "Holding the simulated as-is against cases that were held out")

    def told(done: int, of: int) -> None:
        bar.progress(done / of, f"Simulated {count(done)} of {count(of)} times")

    try:
        return what_if(ws, chosen.name, chosen.version, changes, known=known, told=told)
    finally:
        bar.empty()
