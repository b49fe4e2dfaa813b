"""Pieces that every page is made of: its head, empty states, errors, actions with a reason, states, tables."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

import streamlit as st

from app.theme import Palette, Word, palette_for, word
from core import TandemError

_FLASH = "flash"
_ROWS_IN_FULL = 8  # a table with no more rows is as high as they are
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#$|~:])")


def palette() -> Palette:
    """The palette of the theme that the browser shows."""
    return palette_for(st.context.theme.type)


def head(question: str) -> None:
    """The page's title: the question that it answers, in the user's words."""
    st.title(question, anchor=False)


def section(title: str) -> None:
    """The title of a part of a page."""
    st.subheader(title, anchor=False)


def empty(what: str, why: str, *, to: str | None = None, step: str | None = None) -> None:
    """An empty state: what this is, why there is nothing, and the next step as a link to the page `to`."""
    with st.container(border=True, horizontal_alignment="center", key=f"empty-{abs(hash(what))}"):
        st.markdown(f"**{what}**")
        st.caption(why)
        if to and step:
            link(to, step, primary=True)


def link(to: str, label: str, *, primary: bool = False, **parameters: str) -> None:
    """A link to the page `to` with `parameters` in its URL."""
    from app.pages.shell import page_of

    icon = ":material/arrow_forward:" if primary else None
    st.page_link(page_of(to), label=label, icon=icon, query_params=parameters or None)


def say_in_words(error: TandemError) -> None:
    """An error as its message with the way out; the technical detail is folded away."""
    st.error(error.message, icon=":material/error:")
    for problem in error.problems:
        st.markdown(f"- {problem}")
    with st.expander("Technical detail"):
        st.code("".join(traceback.format_exception(error)), language="text")


def act(verb: Callable[[], object], done: str) -> None:
    """Call a service verb for a button; what it did is said at the top of the page, why it could not right here."""
    try:
        verb()
    except TandemError as error:
        say_in_words(error)
    else:
        st.session_state[_FLASH] = done
        st.rerun()


def show_flash() -> None:
    """Say what the last action did."""
    done = st.session_state.pop(_FLASH, None)
    if done:
        st.toast(done, icon=":material/check:")


def badge(state: str | Enum, *, more: str = "") -> None:
    """A state with its icon, its word and its colour."""
    shown = word(state)
    st.badge(f"{shown.text}{' ' + more if more else ''}", icon=shown.material, color=_colour(shown))


def _colour(shown: Word) -> Any:
    return shown.colour


def simulated_mark(help: str = "This figure comes from simulated performers.") -> None:
    """The mark of every figure that simulated performers produced."""
    st.badge("Simulated", icon=word("simulated").material, color="orange", help=help)


def facts(named: Mapping[str, str]) -> None:
    """Small facts under each other, "name: text"; a name without text is left out."""
    st.caption("  \n".join(f"**{name}:** {text}" for name, text in named.items() if text))


def textual(text: str) -> str:
    """`text` as Markdown shows it literally."""
    return _MARKDOWN.sub(r"\\\1", text)


def table(
    rows: Iterable[Mapping[str, Any]],
    *,
    key: str,
    columns: Mapping[str, Any] | None = None,
    select: bool = False,
    height: int | None = None,
    alt: str,
) -> int | None:
    """A grid of `rows` that sorts, searches and exports; the number of the selected row when `select` is on."""
    import pandas as pd

    frame = pd.DataFrame(list(rows))
    options: dict[str, Any] = {
        "hide_index": True,
        "column_config": dict(columns or {}),
        "key": key,
        "alt": alt,
        "height": height
        if len(frame) > _ROWS_IN_FULL and height
        else "content"
        if len(frame) <= 2 * _ROWS_IN_FULL
        else 400,
    }
    if not select:
        st.dataframe(frame, **options)
        return None
    chosen: Sequence[int] = st.dataframe(
        frame, on_select="rerun", selection_mode="single-row", **options
    ).selection.rows
    return chosen[0] if chosen and chosen[0] < len(frame) else None
