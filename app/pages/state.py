"""What pages share between two runs: the workspace, who acts, what is chosen. The choices live in the URL."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core import LogVersion, Workspace, open_workspace
from mining import MapSummary


@st.cache_resource(show_spinner="Opening the workspace")
def workspace() -> Workspace:
    """The workspace that the environment names, opened once for the whole server."""
    return open_workspace()


def acting() -> str:
    """Name of the person who acts."""
    return str(st.session_state.get("acting_as") or workspace().settings.user)


def names() -> dict[str, str]:
    """The name of every principal by id."""
    from governance import principals

    return {p.id: p.name for p in principals(workspace())}


def parameter(name: str) -> str | None:
    """What the URL says under `name`; None where it says nothing."""
    return st.query_params.get(name)


def set_parameter(name: str, value: str | None) -> None:
    """Write `value` into the URL under `name`, or take the name out."""
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def home() -> str:
    """The workspace's address, for the keys of caches: two workspaces never share a cached value."""
    settings = workspace().settings
    return f"{settings.home}|{settings.database}"


def choose_log() -> LogVersion:
    """The event log version that the URL names, with boxes to choose another; the newest of the first by default.

    The caller has made sure that there is one.
    """
    ws = workspace()
    versions = ws.logs.versions()
    names = sorted({v.log for v in versions})
    log = st.selectbox("Event log", names, key="log", bind="query-params", label_visibility="collapsed", width=190)
    numbers = [f"v{v.version}" for v in versions if v.log == log][::-1]
    version = st.selectbox(
        "Version", numbers, key="version", bind="query-params", label_visibility="collapsed", width=90
    )
    return ws.logs.get(log, int(version[1:]))


def choose_map(maps: Sequence[MapSummary]) -> MapSummary:
    """The version of a workflow map that the URL names, with boxes to choose another; the newest of the first by
    default.

    The caller has made sure that there is one.
    """
    names = list(dict.fromkeys(m.name for m in maps))
    name = st.selectbox("Workflow map", names, key="map", bind="query-params", width=220)
    versions = [m for m in maps if m.name == name][::-1]
    number = st.selectbox(
        "Its version", [f"v{m.version}" for m in versions], key="map_version", bind="query-params", width=90
    )
    return next(m for m in versions if f"v{m.version}" == number)
