"""What pages share between two runs: the workspace, who acts, what is chosen. The choices live in the URL."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence

import streamlit as st

from app.pages.context.address import parameter, set_parameter
from app.pages.context.kept import kept
from core.actor.values import Actor, local
from core.eventlog import LogVersion
from core.names import name_key
from core.workspace import Workspace, open_workspace
from mining.map.maps import MapSummary

__all__ = [
    "acting",
    "actor",
    "choose_log",
    "choose_map",
    "home",
    "name_of",
    "names",
    "parameter",
    "set_parameter",
    "workspace",
]


@st.cache_resource(show_spinner="Opening the workspace")
def workspace() -> Workspace:
    """The workspace that the environment names, opened once for the whole server."""
    return open_workspace()


def acting() -> str:
    """Name of the person who acts: as chosen here or in this browser before; by default whom the settings name.

    Where that is nobody's name, every act is refused in words until somebody is chosen.
    """
    found, user = may_act(), workspace().settings.user
    chosen = str(st.session_state.get("acting_as") or kept(home()).get("acting_as", ""))
    return chosen if chosen in found else next((name for name in found if _same(name, user)), user)


def user_of_machine() -> str:
    """The account that the server runs under, whatever its environment says; its number where it has no name."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except ImportError:  # no such accounts on Windows
        return getpass.getuser()
    except KeyError:
        return str(os.getuid())


def actor() -> Actor:
    """Who acts, as verbs take it. In local mode nobody proves it."""
    return local(acting())


def may_act() -> tuple[str, ...]:
    """The names of the people who may act on these pages, whom the settings name first.

    While there is no person at all it is whom the settings name: their first act makes them one.
    """
    from governance import PrincipalKind, principals

    user = workspace().settings.user
    people = [p for p in principals(workspace()) if p.kind is PrincipalKind.PERSON]
    if not people:
        return (user,)
    return tuple(sorted((p.name for p in people if p.active), key=lambda name: not _same(name, user)))


def _same(one: str, other: str) -> bool:
    """Whether two names are one, as principals are told apart."""
    return name_key(one) == name_key(other)


def names() -> dict[str, str]:
    """The name of every principal by id; one that is simulated says so."""
    from app.simulation import marked_names

    return marked_names(workspace())


def name_of(said: str | None) -> str:
    """Who `said` is: the name of the principal with that id; what an earlier release stored is the name itself."""
    from app.simulation import name_of as named

    return named(names(), said)


def home() -> str:
    """The workspace's address, for the keys of caches: two workspaces never share a cached value."""
    settings = workspace().settings
    return f"{settings.home}|{settings.database}"


def choose_log() -> LogVersion:
    """The event log version that the URL names, with boxes to choose another; see the context."""
    from app.pages.context.boxes import choose_log as choose

    return choose()


def choose_map(maps: Sequence[MapSummary]) -> MapSummary:
    """The version of a workflow map that the URL names, with boxes to choose another; see the context."""
    from app.pages.context.boxes import choose_map as choose

    return choose(maps)
