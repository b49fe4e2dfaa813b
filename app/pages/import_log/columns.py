"""Which column plays which role: guesses with their reasons, to be corrected, and kept for the next file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from app.pages.parts import act, fresh
from app.pages.state import actor, workspace
from app.pages.text import literal, textual
from app.verbs import forget_mapping, save_mapping
from core.workspace import Workspace
from ingest import ColumnMapping, ColumnRole, Preview, list_mappings

_NONE = "not in the file"
_MISSING = "missing: choose a column"
_NEEDED = (ColumnRole.CASE, ColumnRole.ACTIVITY, ColumnRole.END)
_CHOSEN = "import_mapping"
_TIMES = (ColumnRole.START, ColumnRole.END, ColumnRole.DUE)


def offer_mappings(ws: Workspace) -> None:
    """A box with the mappings that were kept, if there are any."""
    names = [m.name for m in list_mappings(ws)]
    if names:
        st.selectbox(
            "Mapping", names, index=None, key=_CHOSEN, placeholder="guess the columns", width=220,
            help="Answers that were kept from an earlier file of this kind.",
        )  # fmt: skip


def chosen_mapping(ws: Workspace) -> ColumnMapping | None:
    """The mapping that was chosen, if any."""
    name = st.session_state.get(_CHOSEN)
    return next((m for m in list_mappings(ws) if m.name == name), None)


def choose_roles(preview: Preview) -> dict[str, str]:
    """The column of every role as the person leaves it; a role without a column is left out."""
    kept = chosen_mapping(workspace())
    guessed = {guess.role: guess for guess in preview.roles}
    for hint in preview.hints:
        st.caption(textual(hint))
    chosen: dict[str, str] = {}
    places = [place for _ in range(0, len(ColumnRole), 4) for place in st.columns(4, gap="small")]
    for place, role in zip(places, ColumnRole, strict=True):
        guess = guessed.get(role)
        proposed = guess.column if guess else None
        reason = f"Guessed: {guess.reason}" if guess else ""
        if kept is not None:
            proposed, reason = kept.roles.get(role.value), f"From the mapping {kept.name}"
            if proposed is not None and proposed not in (*preview.columns, *_joins(preview, proposed)):
                reason, proposed = f"The mapping names {proposed}, which this file does not have", None
        options = [None, *preview.columns, *(_joins(preview, proposed) if role in _TIMES else ())]
        with place:
            column = st.selectbox(
                literal(role.value.replace("_", " ").capitalize()),
                options,
                index=options.index(proposed) if proposed in options else 0,
                format_func=partial(_option, role),
                key=f"role-{role.value}-{kept.name if kept else ''}-{len(preview.columns)}",
            )
            st.caption(_below(role, column, reason if column == proposed else ""))
        if column is not None:
            chosen[role.value] = column
    return chosen


def _option(role: ColumnRole, column: str | None) -> str:
    """How an answer reads: a role that every event needs is missing as long as it has no column."""
    if column is None:
        return _MISSING if role in _NEEDED else _NONE
    return column


def _below(role: ColumnRole, column: str | None, reason: str) -> str:
    """What stands below an answer: why it was proposed, or that one is needed."""
    return ":red[Needed: choose its column]" if column is None and role in _NEEDED else textual(reason)


def _joins(preview: Preview, proposed: str | None) -> list[str]:
    """The times of two columns that may be chosen: those of the preview, and the one that a mapping names."""
    found = list(preview.joins)
    day, mark, clock = (proposed or "").partition("+")
    if mark and proposed not in found and {day, clock} <= set(preview.columns):
        found.append(str(proposed))
    return found


def keep_mapping(ws: Workspace, answers: ColumnMapping) -> None:
    """Keep these answers under a name."""
    with st.popover(
        "Keep these answers", icon=":material/bookmark_add:", key=fresh("keep-mapping"), on_change="rerun"
    ) as box:
        if not box.open:
            return
        name = st.text_input("Name of the mapping", key=fresh("mapping_name"), max_chars=100)
        if st.button("Keep mapping", key="save-mapping", type="primary", disabled=not name.strip()):
            kept = replace(answers, name=name.strip())
            act(lambda: save_mapping(ws, kept, by=actor()), f"Mapping {name.strip()} is kept")
        known = [m.name for m in list_mappings(ws)]
        gone = st.selectbox("Delete one", known, index=None, key="mapping_gone") if known else None
        if gone and st.button("Delete mapping", key="delete-mapping"):
            act(lambda: forget_mapping(ws, gone, by=actor()), f"Mapping {gone} is deleted")
