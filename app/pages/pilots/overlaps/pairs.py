"""Pairs of pilots that may do the same work."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import marking_table, wide_column
from app.pages.pilots.address import go
from app.pages.pilots.found import PilotFindings
from app.pages.text import quoted
from app.theme import NOTHING, count, plural
from core.workspace import Workspace
from inventory import Overlap

_MOST = 2000  # pairs in a grid: beyond them nobody reads


def pairs(_ws: Workspace, seen: PilotFindings) -> None:
    """The pairs that are proposed, same mined task first, then the likeliest."""
    found = seen.overlaps.pairs[:_MOST]
    shown = sum(o.shown for o in seen.overlaps.pairs)
    some = "" if len(found) == len(seen.overlaps.pairs) else f" The first {count(_MOST)} are listed."
    st.caption(
        f"{plural(len(seen.overlaps.pairs), 'pair is', 'pairs are')} proposed; {count(shown)} of them are shown as the "
        f"same work.{some} A click on a pilot's name opens it."
    )
    columns = {
        "Probability": st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f", color="gray"),
        "Why": wide_column(),
    }
    picked = marking_table(
        map(_row, found), key="overlaps", columns=columns, alt="Pilots that may do the same work", mark=False
    )
    if picked.cell is not None:
        row, column = picked.cell
        go(pilot=found[row].second if column == "And" else found[row].first)
        st.rerun()


def _row(one: Overlap) -> dict[str, object]:
    return {
        "Pilot": one.first_name,
        "And": one.second_name,
        "Departments": " and ".join(one.departments),
        "Probability": round(one.probability, 2),
        "Shown as the same work": "▲ yes" if one.shown else NOTHING,
        "Answers": f"{one.same} yes, {one.different} no" if one.same + one.different else NOTHING,
        "Why": quoted(one.reason),
    }
