"""What was decided about the pilot, and the way to decide."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import badge_text, link, section
from app.pages.pilots.found import PilotFindings
from app.pages.text import textual
from core.workspace import Workspace
from inventory import Pilot, decisions, standing


def decided(ws: Workspace, _found: PilotFindings, pilot: Pilot) -> None:
    """The decision that stands, if any, and a link to the rubric with its form."""
    section("Decision")
    made = standing(decisions(ws)).get(pilot.id)
    if made is None:
        st.caption("Nothing is decided about it.")
    else:
        into = f" into {made.into_name}" if made.into_name else ""
        said = textual(f"decided by {made.by_name} until {made.until}: {made.rationale}")
        st.markdown(f"{badge_text(made.outcome.value, more=into)} {said}")
    link(
        "pilots", "Decide about it" if made is None else "Decide again", icon=":material/gavel:",
        pilots_part="Decisions", deciding=str(pilot.id),
    )  # fmt: skip
