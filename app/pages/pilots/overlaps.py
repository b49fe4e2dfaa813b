"""Pilots that may do the same work."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import empty, table, wide_column
from app.pages.pilots.found import Found
from app.pages.text import quoted, textual
from app.theme import NOTHING, count, plural
from core.workspace import Workspace


def overlaps(_ws: Workspace, seen: Found) -> None:
    """The pairs that are proposed, likeliest first."""
    found = seen.overlaps
    if not found.pairs:
        empty("No two pilots seem to do the same work", "Overlaps are found by what pilots say that they do.")
        return
    shown = sum(o.shown for o in found.pairs)
    st.caption(
        f"{plural(len(found.pairs), 'pair is', 'pairs are')} proposed; {count(shown)} of them are shown as the same "
        f"work. {textual(found.note)}"
    )
    rows = [
        {
            "Pilots": f"{o.first_name} and {o.second_name}",
            "Departments": " and ".join(o.departments),
            "Probability": round(o.probability, 2),
            "Shown as the same work": "▲ yes" if o.shown else NOTHING,
            "Why": quoted(o.reason),
        }
        for o in found.pairs
    ]
    columns = {
        "Probability": st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f", color="gray"),
        "Why": wide_column(),
    }
    table(rows, key="overlaps", columns=columns, alt="Pilots that may do the same work")
