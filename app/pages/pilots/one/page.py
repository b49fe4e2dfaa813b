"""One pilot in full. Each section is a function; what is to be told of a pilot besides is added to them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.pages.context.missing import say_missing
from app.pages.parts import head
from app.pages.pilots.address import EDIT, PILOT, back, go, named_in
from app.pages.pilots.found import PilotFindings
from app.pages.pilots.one.decided import decided
from app.pages.pilots.one.findings import overlapping, risky
from app.pages.pilots.one.known import known
from app.pages.pilots.one.linked import linked
from app.pages.pilots.one.revisions import revisions
from app.pages.text import literal
from app.theme import count, minute
from core.workspace import Workspace
from inventory import Pilot

Section = Callable[[Workspace, PilotFindings, Pilot], None]
LEFT: tuple[Section, ...] = (known, revisions)
RIGHT: tuple[Section, ...] = (decided, linked, risky, overlapping)  # what is found about it, and what is to be done


def one_pilot(ws: Workspace, found: PilotFindings | None, number: str) -> None:
    """The pilot with this number: what is known at the left, what is found at the right."""
    pilot = named_in(found, number)
    if found is None or pilot is None:
        say_missing("pilot", f"#{number}", PILOT, instead="All pilots")
        return
    back("All pilots")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="head"):
        head(pilot.facts.name)
        st.button("Edit", icon=":material/edit:", key="edit-pilot", on_click=go, kwargs={"pilot": pilot.id, "do": EDIT})
    st.caption(
        f"{literal(pilot.facts.department)} · #{count(pilot.id)} · revision {count(pilot.revision)}, "
        f"{minute(pilot.updated_at)} UTC"
    )  # fmt: skip
    for place, sections in zip(st.columns([3, 2], gap="medium"), (LEFT, RIGHT), strict=True):
        with place:
            for section in sections:
                section(ws, found, pilot)
