"""Short lists to tick: which of these pilots do the same work? Answers weigh and link nothing."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import act, empty, fresh
from app.pages.pilots.address import go
from app.pages.pilots.found import PilotFindings
from app.pages.pilots.kept import kept_lists, kept_overlaps
from app.pages.state import actor
from app.pages.text import literal, textual
from app.verbs import answer_tick_list
from core.workspace import Workspace
from inventory import TickAnswer, TickList

_ASKED, _SKIPPED = "tick-list", "tick-lists-skipped"  # in the session, so that nobody's answer changes a list under way
_AHEAD = 20  # lists of which some may be put aside


def tick_list(ws: Workspace, _found: PilotFindings) -> None:
    """The list that teaches most, with what can be said of it."""
    asked = _asked(ws)
    if asked is None:
        skipped = st.session_state.get(_SKIPPED)
        why = "You put the others aside." if skipped else "No two pilots are in doubt."
        empty("There is nothing to ask", why)
        if skipped:
            st.button("Ask them again", key="unskip", on_click=st.session_state.pop, args=(_SKIPPED,))
        return
    st.markdown(
        f"**Which of these {literal(_number(len(asked.pilots)))} do the same work?** Tick those that do, or none."
    )
    ticked = [one for one in range(len(asked.pilots)) if _tick(asked, one)]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chosen = [asked.pilots[one] for one in ticked]
        label = f"These {len(ticked)} do the same work" if len(ticked) > 1 else "No two of them do"
        if st.button(label, type="primary", key="answer", disabled=len(ticked) == 1):
            act(lambda: _answer(ws, asked, chosen), lambda done: _done(ws, done))
        st.button("Ask me another", key="skip", type="tertiary", on_click=_skip, args=(asked,))
        if len(ticked) == 1:
            st.caption("One alone does the same work as none: tick another, or take it out.", width="content")
    st.caption("An answer adds weight to its pairs and teaches the model a little; it links nothing.")


def _asked(ws: Workspace) -> TickList | None:
    """The list under way, else the next that was not put aside; None where there is none."""
    under_way = st.session_state.get(_ASKED)
    if isinstance(under_way, TickList):
        return under_way
    skipped = st.session_state.get(_SKIPPED, frozenset())
    number = 1 if not skipped else _AHEAD
    found = next((one for one in kept_lists(ws, number) if one.pilots not in skipped), None)
    st.session_state[_ASKED] = found
    return found


def _tick(asked: TickList, one: int) -> bool:
    """Whether a pilot of the list is ticked."""
    with st.container(key=f"tick-{one}", gap=None):
        who, what, way = st.columns([4, 6, 1], vertical_alignment="center", gap="small")
        with who:
            name = f"**{literal(asked.names[one])}** · {literal(asked.departments[one])}"
            said = st.checkbox(name, key=fresh(f"ticked-{asked.pilots[one]}"), persist_state="page")
        what.caption(textual(asked.purposes[one]) or "It states no purpose and no activity.")
        way.button(
            "Open", key=f"open-{one}", type="tertiary", on_click=go, kwargs={"pilot": asked.pilots[one]},
            help="Shows the pilot; the list waits.",
        )  # fmt: skip
    return said


def _answer(ws: Workspace, asked: TickList, chosen: list[int]) -> TickAnswer:
    done = answer_tick_list(ws, asked.pilots, chosen, by=actor())
    st.session_state.pop(_ASKED, None)
    return done


def _done(ws: Workspace, done: TickAnswer) -> str:
    said = f"{len(done.ticked)} of {len(done.asked)} do the same work" if done.ticked else "no two do the same work"
    return f"Answered: {said}. {kept_overlaps(ws).precision.in_words()}"


def _skip(asked: TickList) -> None:
    st.session_state[_SKIPPED] = st.session_state.get(_SKIPPED, frozenset()) | {asked.pilots}
    st.session_state.pop(_ASKED, None)


def _number(number: int) -> str:
    return ("none", "one", "two", "three", "four", "five", "six")[number] if number <= 6 else str(number)
