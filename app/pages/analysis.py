"""The bar above every analysis: which event log, which filters as chips, and how much of the log they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app import simulation, told
from app.pages.chips import chip, grouping, new_filter, saved_sets
from app.pages.context.address import FILTERS, parameter, set_parameter
from app.pages.context.boxes import choose_log
from app.pages.parts import badge_text, empty, head, link
from app.pages.state import home, workspace
from app.pages.text import textual
from app.theme import count, plural, share
from core.errors import BadInput
from core.eventlog import LogVersion
from core.selection.engine import Remaining
from core.selection.kept import fold as fold_selection
from core.selection.kept import unfold as unfold_selection
from core.selection.selection import NO_SELECTION, Selection
from core.trust import TRUSTED, Result, Trust, Withheld
from core.view import View
from core.workspace import Workspace


@dataclass(frozen=True)
class Chosen:
    """What an analysis is about."""

    log: LogVersion
    selection: Selection
    cases: int  # selected
    events: int  # activity instances selected
    trust: Trust = TRUSTED  # what the log can carry

    @property
    def view(self) -> View:
        """What is asked about."""
        return View(self.log.log, self.log.version, self.selection)


def analysis_bar(
    question: str,
    why: str = "An analysis is drawn from the events of real cases.",
    *,
    shows: Sequence[Result] = (),
) -> Chosen | None:
    """The title and the bar; what was chosen, or None where there is nothing to analyse, which is said already.

    Of the results that the page `shows`, those that the log cannot carry are told with their reason, and no duration
    of the page is told finer than the log allows.
    """
    ws = workspace()
    head(question)
    if not ws.logs.versions():
        empty("No event log yet", why, to="import_log", step="Import an event log")
        return None
    say_damaged(ws)
    selection = current_selection(ws)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="analysis-bar"):
        log = choose_log()
        left = _left(ws, log, selection)
        _chips(log, selection, left)
        new_filter(ws, log, _add)
        saved_sets(ws, log, selection, put_selection)
        cases, events = (left[-1].cases, left[-1].events) if left else (log.cases, log.events)
        if selection.active:
            st.caption(
                f"**{share(cases / log.cases)}** of cases · {count(cases)} of {plural(log.cases, 'case')}",
                width="content",
                help=f"{count(events)} of {plural(log.events, 'activity instance')} are left.",
            )
    if not cases:
        empty("No case is left", "The filters above exclude every case. Switch one off, turn it round or remove it.")
        return None
    tell_simulated(log)
    trust = trusted_in(ws, home(), log)
    tell_withheld(log, trust.of(*shows), trust.doubts_of(*shows))
    return Chosen(log, selection, cases, events, trust)


def tell_simulated(log: LogVersion) -> None:
    """What simulated performers did in the log, where they did anything: it stands above whatever a page shows."""
    if said := simulation.in_words(trusted_in(workspace(), home(), log), log):
        st.caption(f"{badge_text('simulated')} {textual(said)}")


def tell_withheld(log: LogVersion, withheld: Mapping[Result, Withheld], doubts: Sequence[str] = ()) -> None:
    """What the log cannot carry and why, and what must be known of the rest: a line for each."""
    if not withheld and not doubts:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"withheld-{log.log}"):
        said = [f"{badge_text('withheld')} {textual(line)}" for line in told.lines(withheld)]
        said += [f":material/info: {textual(words)}" for words in doubts]
        st.caption("  \n".join(said), width="stretch")
        link("quality", "Quality report", log=log.log, version=f"v{log.version}")


def current_selection(ws: Workspace) -> Selection:
    """The selection in the URL; none where that is damaged."""
    try:
        return unfold_selection(ws, parameter(FILTERS) or "")
    except BadInput:
        return NO_SELECTION


def say_damaged(ws: Workspace) -> None:
    """Say what is wrong with filters in the URL that cannot be read, with the way out."""
    try:
        unfold_selection(ws, parameter(FILTERS) or "")
    except BadInput as error:
        with st.container(horizontal=True, vertical_alignment="center", key="missing-filters"):
            st.warning(textual(error.message), icon=":material/link_off:", width="stretch")
            st.button("Go on without them", key="without-filters", on_click=put_selection, args=(NO_SELECTION,))


def put_selection(selection: Selection) -> None:
    """Write `selection` into the URL; the page shows it on its next run."""
    set_parameter(FILTERS, fold_selection(workspace(), selection) or None)


def offer(found: Any | Sequence[Any], label: str, key: str, *, icon: str = ":material/filter_alt:") -> None:
    """A button that adds a filter, or several, to the selection."""
    more = tuple(found) if isinstance(found, list | tuple) else (found,)
    said = textual("; ".join(f.in_words() for f in more))  # names in it may look like Markdown, even an image
    st.button(
        textual(label), key=key, icon=icon, on_click=_add, args=more, help=f"Adds the filter: {said}", type="tertiary"
    )


def _add(*more: Any) -> None:
    put_selection(current_selection(workspace()).add(*more))


def _left(ws: Workspace, log: LogVersion, selection: Selection) -> tuple[Remaining, ...]:
    if not selection.active:
        return ()
    try:
        return _counted(ws, home(), log, selection)
    except BadInput as error:
        st.error(textual(error.message), icon=":material/filter_alt_off:")
        st.button(
            "Remove all filters", key="clear-filters", on_click=put_selection, args=(NO_SELECTION,), type="primary"
        )
        st.stop()


@st.cache_data(show_spinner=False, max_entries=256)
def _counted(_ws: Workspace, _home: str, log: LogVersion, selection: Selection) -> tuple[Remaining, ...]:
    return _ws.logs.remaining(log, selection)


@st.cache_data(show_spinner=False, max_entries=64)
def trusted_in(_ws: Workspace, _home: str, log: LogVersion) -> Trust:
    """What `log` can carry."""
    return _ws.logs.trust(log)


def _chips(log: LogVersion, selection: Selection, left: Sequence[Remaining]) -> None:
    """One chip a filter, in order, each with what it and those before it leave."""
    counted = iter(left)
    for position, found in enumerate(selection.filters):
        remains = None if found.disabled else next(counted, None)
        said = f"{share(remains.cases / log.cases)} of cases left" if remains else "switched off"
        chip(selection, position, said, put_selection)
    if selection.grouped_by:
        grouping(selection, put_selection)
