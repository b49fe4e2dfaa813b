"""The choice of side B: another log or version, and filters of its own."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app.pages.analysis import Chosen
from app.pages.context.boxes import box
from app.pages.state import parameter, set_parameter
from app.pages.text import textual
from core.errors import BadInput
from core.selection.kept import saved_selections
from core.selection.kept import unfold as unfold_selection
from core.selection.selection import NO_SELECTION, Selection
from core.view import View
from core.workspace import Workspace

IN_URL = "fb"  # filters of side B, as `f` holds those of side A
_ALL, _OTHERS, _LINK = "all cases", "what the last filter leaves out", "as in the link"


@dataclass(frozen=True)
class Sides:
    """Both sides with their filters in words."""

    a: View
    b: View
    words_a: str
    words_b: str

    @property
    def same(self) -> bool:
        """Whether both sides are the same cases by what was asked."""
        return self.a == self.b


def choose_sides(ws: Workspace, chosen: Chosen) -> Sides | None:
    """Side A as the bar has it, and side B as it is chosen here."""
    versions = ws.logs.versions()
    names = sorted({v.log for v in versions})
    log = box(
        "Side B: event log", names, key="log_b", what="event log", default=chosen.log.log,
        drops={"version_b": None}, width=190,
    )  # fmt: skip
    numbers = [f"v{v.version}" for v in versions if v.log == log][::-1]
    version = box("Version of B", numbers, key="version_b", what=f"version of {log}", width=100)
    selection = _filters(ws, chosen, str(log))
    a = chosen.view
    b = View(str(log), int(str(version)[1:]), selection)
    return Sides(a, b, words(a.selection), words(b.selection))


def _filters(ws: Workspace, chosen: Chosen, log: str) -> Selection:
    """The filters of side B."""
    saved = {f"set {s.name}": s.selection for s in saved_selections(ws, log)}
    linked = parameter(IN_URL)
    options = [_LINK] if linked else []
    default = _LINK if linked else _ALL
    others = _others(chosen) if log == chosen.log.log else None
    if others is not None:
        options.append(_OTHERS)
        default = default if linked else _OTHERS
    options += [_ALL, *saved]
    picked = st.selectbox(
        "Cases of B",
        options,
        index=options.index(default),
        key=f"cases_b_{bool(linked)}_{others is not None}",
        width=210,
    )
    if picked != _LINK and linked:
        set_parameter(IN_URL, None)
    if picked == _LINK:
        try:
            return unfold_selection(ws, linked or "")
        except BadInput as error:
            st.warning(textual(error.message), icon=":material/link_off:")
            return NO_SELECTION
    if picked == _OTHERS and others is not None:
        return others
    return saved.get(str(picked), Selection((), chosen.selection.grouped_by))


def _others(chosen: Chosen) -> Selection | None:
    """The cases that the last filter of side A leaves out; None without a filter."""
    active = [n for n, f in enumerate(chosen.selection.filters) if not f.disabled]
    if not active:
        return None
    last = chosen.selection.filters[active[-1]]
    return chosen.selection.put(active[-1], last.model_copy(update={"inverted": not last.inverted}))


def words(selection: Selection) -> str:
    """A selection in words."""
    return " and ".join(f.in_words() for f in selection.active) or "all cases"
