"""The same change to several pilots: to all of them, or with every problem named to none."""

from __future__ import annotations

import streamlit as st

from app.pages.fields import title
from app.pages.parts import FORM_WIDTH, act, fresh
from app.pages.pilots.fields import ask, names_known
from app.pages.pilots.found import PilotFindings
from app.pages.state import actor
from app.pages.text import literal
from app.theme import plural
from app.verbs import edit_pilots
from core.workspace import Workspace
from inventory import BY_NAME, COLUMNS, Pilot, PilotChange

_OF_ONE = ("reference", "name")  # that tell pilots apart


def change_marked(ws: Workspace, found: PilotFindings, marked: tuple[Pilot, ...]) -> None:
    """How many are marked, and the form that changes them."""
    many = plural(len(marked), "pilot")
    st.markdown(f"**{literal(many)}** marked", width="content")
    with (
        st.popover(f"Change {many}", icon=":material/edit:", key=fresh("change-marked"), on_change="rerun") as box,
        st.container(width=FORM_WIDTH),
    ):
        if not box.open:
            return
        columns = st.multiselect(
            "What is to be changed", [c.name for c in COLUMNS if c.name not in _OF_ONE], format_func=title,
            key=fresh("bulk-columns"), placeholder="choose one or more",
        )  # fmt: skip
        known = names_known(found)
        values = {name: ask(BY_NAME[name], None, key=fresh(f"bulk-{name}"), known=known) for name in columns}
        emptied = [title(name) for name, value in values.items() if value in (None, "", [])]
        if emptied:
            st.caption(literal(f"Left empty, so that it will be not known: {', '.join(emptied)}."))
        reason = st.text_input("Why", key=fresh("bulk-reason"), placeholder="kept with the change")
        if st.button(f"Change {many}", key="bulk-change", type="primary", disabled=not columns):
            ids = [pilot.id for pilot in marked]
            act(lambda: edit_pilots(ws, ids, values, reason=reason, by=actor()), _done)


def _done(changes: tuple[PilotChange, ...]) -> str:
    changed = sum(bool(one.changes) for one in changes)
    rest = len(changes) - changed
    return f"{plural(changed, 'pilot')} changed" + (f", {rest} were so already" if rest else "")
