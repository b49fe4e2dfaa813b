"""The choice of a mark: which cases are set against which others."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app.pages.analysis import Chosen
from app.pages.context.boxes import box
from app.pages.parts import empty, say_in_words
from app.pages.state import home
from core.errors import BadInput
from core.eventlog import LogVersion
from core.selection.kept import saved_selections
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.causes.named_marks import mark_of_map, mark_of_saved
from mining.causes.values import Mark, Quick
from mining.map.maps import list_maps

_UNITS = {"minutes": 60, "hours": 3_600, "days": 86_400}
_WORDS = {
    Quick.SLOWEST: "are the slowest",
    Quick.SLOWER: "take longer than",
    Quick.REWORK: "have rework",
    Quick.FAILED: "have an error",
    Quick.OPEN: "are not complete",
    Quick.OVERDUE: "missed their due date",
    Quick.DEVIATING: "deviate from a map",
}
_FILTERS, _SAVED = "filters", "saved"


@dataclass(frozen=True)
class Marked:
    """What was chosen."""

    base: Selection  # all cases that are looked at
    mark: Mark


def choose_mark(ws: Workspace, chosen: Chosen) -> Marked | None:
    """The mark in the URL, with what it needs to be told; None where that is missing, which is said already."""
    filtered = bool(chosen.selection.active)
    options = [*(q.value for q in Quick), *([_FILTERS] if filtered else []), _SAVED]
    words = {
        **{q.value: text for q, text in _WORDS.items()},
        _FILTERS: "match the filters above", _SAVED: "match a saved set of filters",
    }  # fmt: skip
    kind = st.selectbox(
        "Marked are cases that", options, key="mark", bind="query-params", format_func=words.__getitem__, width=230
    )
    base = chosen.selection
    if kind == Quick.SLOWEST:
        per_cent = st.number_input("Per cent", 1, 50, 10, key="slowest", bind="query-params", width=110)
        return Marked(base, Mark(quick=Quick.SLOWEST, share=per_cent / 100))
    if kind == Quick.SLOWER:
        size = st.number_input("Longer than", 0.0, None, 1.0, key="longer", bind="query-params", width=120)
        unit = st.selectbox("Unit", list(_UNITS), index=2, key="unit", bind="query-params", width=110)
        return Marked(base, Mark(quick=Quick.SLOWER, seconds=size * _UNITS[unit]))
    if kind == Quick.DEVIATING:
        return _deviating(ws, chosen)
    if kind == _FILTERS:
        return Marked(Selection((), base.grouped_by), Mark(selection=base))
    if kind == _SAVED:
        return _saved(ws, chosen)
    return Marked(base, Mark(quick=Quick(kind)))


def _saved(ws: Workspace, chosen: Chosen) -> Marked | None:
    saved = [s.name for s in saved_selections(ws, chosen.log.log)]
    if not saved:
        empty("No set of filters is saved for this event log", "Set filters above and save them under a name in Sets.")
        return None
    name = box("Saved set", saved, key="marked_set", what="saved set", width=220)
    return Marked(chosen.selection, mark_of_saved(ws, chosen.view, name))


def _deviating(ws: Workspace, chosen: Chosen) -> Marked | None:
    maps = list(dict.fromkeys(m.name for m in list_maps(ws)))
    if not maps:
        empty(
            "No workflow map to deviate from",
            "Save a map of how the work should run; the cases that depart from it are then marked.",
            to="process_map", step="Save a map",
        )  # fmt: skip
        return None
    name = box("Workflow map", maps, key="marked_map", what="workflow map", width=220)
    try:
        return Marked(chosen.selection, _mark_of_map(ws, home(), chosen.log, chosen.selection, name))
    except BadInput as error:
        say_in_words(error)
        return None


@st.cache_data(show_spinner="Aligning the cases with the map", max_entries=16)
def _mark_of_map(_ws: Workspace, _home: str, log: LogVersion, selection: Selection, name: str) -> Mark:
    return mark_of_map(_ws, View(log.log, log.version, selection), name)
