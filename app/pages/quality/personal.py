"""Personal data on the quality page: columns that look personal, with the reason and what can be done."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import act, badge_text, fresh
from app.pages.quality.steps import Basket
from app.pages.state import actor, home
from app.pages.text import literal, textual
from app.verbs import forget_pseudonyms
from core.eventlog import LogVersion
from core.workspace import Workspace
from ingest import MaskColumn, Personal, Pseudonymise, RemoveColumn, Step, has_key, personal_columns


def show_personal(ws: Workspace, log: LogVersion, basket: Basket) -> None:
    """Each personal column with its reason and the steps that hide it, and the state of the log's key."""
    found = _found(ws, home(), log)
    if not found:
        st.caption("No column looks like data of persons: names, addresses, numbers, dates of birth, user names.")
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            sure = badge_text("measured" if one.certain else "likely")
            st.markdown(
                f"**{textual(one.column)}** · {literal(one.kind.value)} {sure}  \n:small[{textual(one.reason)}]",
                width="stretch",
            )
            _hide(one, basket)
    _key(ws, log)


def _hide(one: Personal, basket: Basket) -> None:
    steps: dict[str, Step] = {"Pseudonymise": Pseudonymise(one.column)}
    if one.column != "case":
        steps |= {"Mask": MaskColumn(one.column), "Remove": RemoveColumn(one.column)}
    for label, step in steps.items():
        st.button(
            literal(label), key=f"hide-{label}-{one.column}", on_click=basket.add, args=(step,),
            disabled=step in basket.steps, help=textual(f"Adds to the cleaning steps: {step.words}."),
        )  # fmt: skip


def _key(ws: Workspace, log: LogVersion) -> None:
    if not has_key(ws, log.log):
        st.caption(
            "Pseudonyms are made with a key of this log, in a file of its own outside the log and the database. It has "
            "none yet. Versions stored before keep the names; to keep them out altogether, pseudonymise on import."
        )
        return
    st.caption(
        "This log has a key: the same name has the same pseudonym in every version. Who has the key and a name can "
        "tell its pseudonym."
    )
    with st.popover("Forget the key", icon=":material/key_off:", key=fresh("forget-key")):
        st.markdown(
            "Nobody can then tell the pseudonym of a name, and later versions get others. This cannot be undone."
        )
        st.caption("Versions that were stored with the names still hold them.")
        if st.button("Forget the key of this log", type="primary", key="forget-key-do"):
            act(lambda: forget_pseudonyms(ws, log.log, by=actor()), "The key is forgotten")


@st.cache_data(show_spinner=False, max_entries=32)
def _found(_ws: Workspace, _home: str, log: LogVersion) -> tuple[Personal, ...]:
    return personal_columns(_ws, log.log, log.version)
