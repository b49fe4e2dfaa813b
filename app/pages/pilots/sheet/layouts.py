"""How sheets are read, kept under names: used, kept and forgotten."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import FORM_WIDTH, act, fresh
from app.pages.pilots.sheet.said import Said
from app.pages.state import actor
from app.pages.text import literal
from app.verbs import forget_layout
from core.workspace import Workspace
from inventory import ImportPlan, list_layouts

_NONE = ""


def choose_layout(ws: Workspace, said: Said) -> None:
    """Which kept layout it is read by, if there are any."""
    names = [layout.name for layout in list_layouts(ws)]
    if names:
        said.put("layout", st.selectbox(
            "Read as", [_NONE, *names], index=None, key=said.key("layout"), width=300,
            placeholder="kept for these headings, if any", format_func=lambda name: name or "no kept layout",
        ))  # fmt: skip


def keep_as(plan: ImportPlan) -> str:
    """The name under which the way the sheet is read is to be kept; empty for none."""
    return st.text_input(
        "Keep how it was read, as", key=fresh("keep-layout"), max_chars=100, width=300,
        placeholder=plan.layout or "a name",
        help="The next sheet with the same headings is read so, and that is said.",
    ).strip()  # fmt: skip


def kept_layouts(ws: Workspace) -> None:
    """The layouts that are kept, each with the button that forgets it."""
    found = list_layouts(ws)
    if not found:
        return
    with (
        st.popover(f"{len(found)} kept layouts", icon=":material/bookmark:", key=fresh("layouts")),
        st.container(width=FORM_WIDTH),
    ):
        for layout in found:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"**{literal(layout.name)}**", width="content")
                if st.button("Forget", key=f"forget-{layout.name}", type="tertiary", icon=":material/delete:"):
                    _forget(ws, layout.name)
            st.caption(f"{len(layout.headings)} headings: {literal(', '.join(layout.headings))}")


def _forget(ws: Workspace, name: str) -> None:
    act(lambda: forget_layout(ws, name, by=actor()), f"Forgot the layout {name}")
