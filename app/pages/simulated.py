"""Which figures of an event log stand on simulated work, so that every page can say so."""

from __future__ import annotations

import streamlit as st

from app.pages.state import home
from core import LogVersion, View, Workspace
from kpi import by_activity


def simulated_in(ws: Workspace, version: LogVersion) -> frozenset[str]:
    """The activities of a log version that simulated performers did any instance of."""
    return _simulated(ws, home(), version.log, version.version)


@st.cache_data(show_spinner=False, max_entries=64)
def _simulated(_ws: Workspace, _home: str, log: str, version: int) -> frozenset[str]:
    return frozenset(v.activity for v in by_activity(_ws, View(log, version)) if v.simulated)
