"""The boxes in which the context is chosen: what the URL names stands in them, what is chosen goes into the URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app.pages.context.address import LOG, VERSION, parameter, put
from app.pages.context.missing import in_words
from app.pages.state import workspace
from app.pages.text import literal, textual
from core.eventlog import LogVersion
from mining.map.maps import MapSummary


def box(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    what: str,
    default: str | None = None,
    said: Callable[[str], str] = str,
    drops: Mapping[str, None] | None = None,
    **how: Any,
) -> str:
    """The option that the URL names under `key`, the `default` or first where it names none, with a box to choose.

    Where it names none of `options`, that is said in words with the box as the way out, and the page ends there. What
    is chosen goes into the URL under `key`, and the parameters that it `drops` go out of it.
    """
    named = parameter(key)
    missing = named is not None and named not in options
    widget = f"{key}-instead" if missing else f"{key}-box"

    def chosen() -> None:
        put({key: st.session_state[widget], **(drops or {})})

    if missing and named is not None:
        st.warning(textual(f"{in_words(what, named)} Choose another."), icon=":material/link_off:", width="stretch")
    st.session_state[widget] = None if missing else (named or default or options[0])
    st.selectbox(
        literal(label), options, key=widget, index=None if missing else 0, on_change=chosen, format_func=said,
        placeholder=f"Choose a {what}", **how,
    )  # fmt: skip
    if missing:
        st.stop()
    return str(st.session_state[widget])


def choose_log() -> LogVersion:
    """The event log version that the URL names, with boxes to choose another.

    The caller has made sure that there is one. The page ends where the URL names what is not there, which is said.
    """
    ws = workspace()
    versions = ws.logs.versions()
    names = sorted({v.log for v in versions})
    log = box(
        "Event log", names, key=LOG, what="event log", drops={VERSION: None}, label_visibility="collapsed", width=190
    )
    numbers = [f"v{v.version}" for v in versions if v.log == log][::-1]
    version = box("Version", numbers, key=VERSION, what=f"version of {log}", label_visibility="collapsed", width=90)
    return ws.logs.get(log, int(version[1:]))


def choose_map(maps: Sequence[MapSummary]) -> MapSummary:
    """The version of a workflow map that the URL names, with boxes to choose another; the newest of the first by
    default.

    The caller has made sure that there is one. The page ends where the URL names what is not there, which is said.
    """
    names = list(dict.fromkeys(m.name for m in maps))
    name = box("Workflow map", names, key="map", what="workflow map", drops={"map_version": None}, width=220)
    versions = {f"v{m.version}": m for m in maps if m.name == name}
    number = box("Its version", list(versions)[::-1], key="map_version", what=f"version of the map {name}", width=90)
    return versions[number]
