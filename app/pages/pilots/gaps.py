"""Mined work of people that no pilot does, and pilots whose work was never mined."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import badge_text, empty, table, wide_column
from app.pages.pilots.found import Found
from app.pages.text import quoted, textual
from app.simulation import left_out
from app.theme import duration, share
from core.workspace import Workspace


def gaps(_ws: Workspace, seen: Found) -> None:
    """The gaps, most work first, and the orphans."""
    found = seen.gaps
    if not found.gaps:
        empty(
            "No gap is known",
            "A gap is mined work of people that no active pilot touches. It needs an event log.",
            to="logs",
            step="Import an event log",
        )
    else:
        st.caption("Mined work of people that no active pilot touches, most work first.")
        rows = [
            {
                "Activity": g.demand.activity,
                "Event log": g.demand.log,
                "Done by people": round(g.human_count),
                "Share of people": g.demand.human_share,
                "Their service time": g.work_seconds,
                "Why": quoted(g.reason),
            }
            for g in found.gaps
        ]
        columns = {"Why": wide_column()}
        formats = {"Share of people": share, "Their service time": duration}
        table(rows, key="gaps", columns=columns, formats=formats, alt="Gaps")
    if found.simulated:
        st.caption(f"{badge_text('simulated')} {textual(left_out(found.simulated))}")
    if found.orphans:
        st.markdown("**Orphans: pilots whose activities and systems stand in no event log**")
        orphans = [{"Pilot": o.pilot_name, "Department": o.department, "Why": quoted(o.reason)} for o in found.orphans]
        table(orphans, key="orphans", alt="Orphans")
