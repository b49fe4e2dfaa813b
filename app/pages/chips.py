"""Filter chips, the popover that makes a new one, and the sets of filters that are kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from app.pages.filter_forms import KINDS, form
from app.pages.parts import act, fresh
from app.pages.state import actor
from app.pages.text import textual
from app.verbs import forget_selection, save_selection
from core.eventlog import LogVersion
from core.selection.kept import saved_selections
from core.selection.selection import Selection
from core.workspace import Workspace

_LONGEST = 50  # a period with both its days fits
Put = Callable[[Selection], None]


def chip(selection: Selection, position: int, left: str, put: Put) -> None:
    """One filter: its words, and behind them what can be done with it."""
    found = selection.filters[position]
    said = found.in_words()
    short = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"
    icon = ":material/filter_alt_off:" if found.disabled else ":material/filter_alt:"
    label = f":gray[~~{textual(short)}~~]" if found.disabled else textual(short)
    with st.popover(label, icon=icon, key=f"chip-{position}-{_stamp(selection)}", help=textual(f"{said}: {left}")):
        st.markdown(f"**{textual(said)}**")
        st.caption(textual(left))

        def change(**updates: Any) -> None:
            put(selection.put(position, found.model_copy(update=updates)))

        key = f"{position}-{_stamp(selection)}"
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Turn round", key=f"invert-{key}", icon=":material/swap_horiz:", on_click=change,
                kwargs={"inverted": not found.inverted}, help="Keep exactly what it leaves out now.",
            )  # fmt: skip
            st.button(
                "Switch on" if found.disabled else "Switch off", key=f"switch-{key}",
                icon=":material/power_settings_new:", on_click=change, kwargs={"disabled": not found.disabled},
            )  # fmt: skip
            st.button(
                "Remove", key=f"remove-{key}", icon=":material/close:",
                on_click=lambda: put(selection.without(position)),
            )  # fmt: skip
        if position:
            st.button(
                "Apply it earlier", key=f"earlier-{key}", icon=":material/arrow_back:",
                on_click=lambda: put(_swapped(selection, position)),
                help="Filters are applied from left to right. The order matters where events are dropped.",
            )  # fmt: skip
        name = st.text_input("Name", found.name, key=f"rename-{key}", placeholder=said, max_chars=100)
        if name != found.name:
            change(name=name)
            st.rerun()


def grouping(selection: Selection, put: Put) -> None:
    """What stands in the place of activities, and the way back to them."""
    what = selection.grouped_by.removeprefix("@")
    with st.popover(
        textual(f"Grouped by {what}"), icon=":material/category:", key=f"chip-grouping-{_stamp(selection)}",
        help=textual(f"In the place of an activity stands the {what} of its activity instance."),
    ):  # fmt: skip
        st.markdown(textual(f"The {what} of an activity instance stands in the place of its activity."))
        st.button(
            "Back to activities", key="ungroup", icon=":material/close:", on_click=lambda: put(selection.group(""))
        )


def new_filter(ws: Workspace, log: LogVersion, add: Callable[..., None]) -> None:
    """The popover that makes a new filter. A form that was begun is kept until its filter is added."""
    seen = fresh("filter_runs")  # how often the form was shown: what is more than once has been touched
    with st.popover("Filter", icon=":material/add:", key=fresh("new-filter"), on_change="rerun") as opened:
        if not opened.open and st.session_state.get(seen, 0) < 2:
            st.session_state.pop(seen, None)
            return
        st.session_state[seen] = st.session_state.get(seen, 0) + 1
        with st.container(key="filter-form"):  # by this name `page.js` knows the form from its first line on
            _filter_form(ws, log, add, begun=st.session_state[seen] > 1)


def _filter_form(ws: Workspace, log: LogVersion, add: Callable[..., None], *, begun: bool) -> None:
    kind = st.selectbox("Keep cases or events by", list(KINDS), key="filter_kind", format_func=lambda k: KINDS[k])
    made = form(ws, log, kind)
    inverted = st.checkbox("Turn round: keep what it would leave out", key="filter_inverted")
    if made is not None:
        st.caption(textual(made.model_copy(update={"inverted": inverted}).in_words()))

    def added() -> None:
        assert made is not None
        add(made.model_copy(update={"inverted": inverted}))
        _end()

    with st.container(horizontal=True, key="begun" if begun else None):
        st.button("Add filter", key="add-filter", type="primary", on_click=added, disabled=made is None)
        if begun:
            st.button("Discard", key="discard-filter", type="tertiary", on_click=_end)


def _end() -> None:
    """Close the popover, with an empty form behind it."""
    st.session_state["acts"] = st.session_state.get("acts", 0) + 1


def saved_sets(ws: Workspace, log: LogVersion, selection: Selection, put: Put) -> None:
    """The popover with the sets of filters that were saved for this log."""
    with st.popover("Sets", icon=":material/bookmarks:", key=fresh("saved-sets"), on_change="rerun") as opened:
        if not opened.open:
            return
        saved = saved_selections(ws, log.log)
        if not saved:
            st.caption("Sets of filters that are saved under a name stand here, for everybody who uses this log.")
        for one in saved:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    textual(one.name), key=f"set-{one.name}", icon=":material/filter_alt:",
                    help=textual("; ".join(f.in_words() for f in one.selection.filters)) or "no filter",
                    on_click=put, args=(one.selection,), width="stretch",
                )  # fmt: skip
                if st.button("Delete", key=f"forget-{one.name}", type="tertiary", icon=":material/delete:"):
                    act(partial(forget_selection, ws, log.log, one.name, by=actor()), f"{one.name} is deleted")
        if selection.filters or selection.grouped_by:
            name = st.text_input("Save these filters as", key=fresh("set_name"), max_chars=100)
            if st.button("Save set", key="save-set", type="primary", disabled=not name.strip()):
                act(
                    lambda: save_selection(ws, log.log, name.strip(), selection, by=actor()),
                    f"{name.strip()} is saved",
                )
            st.caption("The address of this page shows the same to another person: copy it to share.")


def _swapped(selection: Selection, position: int) -> Selection:
    filters = list(selection.filters)
    filters[position - 1], filters[position] = filters[position], filters[position - 1]
    return Selection(tuple(filters), selection.grouped_by)


def _stamp(selection: Selection) -> str:
    return selection.digest[:6]
