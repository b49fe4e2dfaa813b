"""A pilot that is added or changed by hand, in one form."""

from __future__ import annotations

import streamlit as st

from app.pages.context.missing import say_missing
from app.pages.parts import act, bullets, head
from app.pages.pilots.address import PILOT, back, go, named_in
from app.pages.pilots.fields import ask_all, changed, names_known
from app.pages.pilots.found import PilotFindings
from app.pages.state import actor
from app.verbs import add_pilot, edit_pilot
from core.workspace import Workspace
from inventory import Pilot, PilotChange, history

_OPENED = "pilot-as-opened"  # in the session: the pilot as it was when its form was opened


def add(ws: Workspace, found: PilotFindings | None) -> None:
    """The form of a new pilot."""
    back("All pilots")
    head("What is known of the new pilot?")
    with st.form("add-pilot-form", border=False, enter_to_submit=False):
        given = ask_all(None, names_known(found), key="new")
        reason = st.text_input("Why", key="new-reason", placeholder="kept with it")
        if st.form_submit_button("Add the pilot", type="primary", key="add-it"):
            act(lambda: _add(ws, changed(None, given), reason), lambda one: f"{one.facts.name} is in the inventory")


def edit(ws: Workspace, found: PilotFindings | None, number: str) -> None:
    """The form of the pilot with this number."""
    pilot = named_in(found, number)
    if pilot is None:
        say_missing("pilot", f"#{number}", PILOT, instead="All pilots")
        return
    opened = _opened(pilot)
    back(pilot.facts.name, pilot=pilot.id)
    head(f"What is known of {pilot.facts.name}?")
    if opened.revision != pilot.revision:
        _say_newer(ws, pilot, opened)
    with st.form("edit-pilot-form", border=False, enter_to_submit=False):
        given = ask_all(opened.facts, names_known(found), key=f"edit-{pilot.id}-{opened.revision}")
        reason = st.text_input("Why", key=f"edit-reason-{pilot.id}", placeholder="kept with the change")
        if st.form_submit_button("Save", type="primary", key="save-it"):
            said = changed(opened.facts, given)
            if said:
                act(lambda: _edit(ws, opened, said, reason), _done)
            else:
                st.info("Nothing was changed, so nothing is stored.", icon=":material/info:")


def _opened(pilot: Pilot) -> Pilot:
    """The pilot as it was when this form was opened, whatever others store meanwhile: changes are made upon that."""
    kept = st.session_state.get(_OPENED)
    if not isinstance(kept, Pilot) or kept.id != pilot.id:
        st.session_state[_OPENED] = kept = pilot
    return kept


def forget_opened() -> None:
    """Let the next form begin with what is stored then."""
    st.session_state.pop(_OPENED, None)


def _say_newer(ws: Workspace, pilot: Pilot, opened: Pilot) -> None:
    """Who changed the pilot since the form was opened, and the way to begin again."""
    said = "It was changed since you opened this form. What you save now is refused."
    st.warning(said, icon=":material/sync_problem:")
    later = [one for one in history(ws, pilot.id) if one.number > opened.revision]
    bullets(f"Revision {one.number} by {one.by_name}: {one.what}" for one in later)
    again = "Begin again with what is stored now"
    st.button(again, key="begin-again", icon=":material/refresh:", on_click=forget_opened)


def _add(ws: Workspace, values: dict[str, object], reason: str) -> Pilot:
    added = add_pilot(ws, {"name": "", "department": "", **values}, reason=reason, by=actor())
    go(pilot=added.id)
    return added


def _edit(ws: Workspace, opened: Pilot, values: dict[str, object], reason: str) -> PilotChange:
    done = edit_pilot(ws, opened.id, values, base=opened.revision, reason=reason, by=actor())
    forget_opened()
    go(pilot=opened.id)
    return done


def _done(change: PilotChange) -> str:
    return f"{change.name} is at revision {change.revision}" if change.changes else "Nothing had to be changed"
