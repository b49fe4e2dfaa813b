"""What stands round every page: navigation, who acts, errors in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import streamlit as st

from app.pages.context.arrival import arrive
from app.pages.context.kept import keep, send
from app.pages.parts import link, palette, say_in_words, show_flash
from app.pages.state import acting, home, may_act, user_of_machine, workspace
from app.pages.text import literal
from app.theme import mark
from core.errors import TandemError


@dataclass(frozen=True)
class NavigationEntry:
    """One page in the navigation."""

    path: str  # in the URL, and the name of its module in app.pages
    title: str
    icon: str
    section: str
    at_the_side: bool = True  # listed in the navigation; else reached by links


ENTRIES = (
    NavigationEntry("overview", "Overview", "route", ""),
    NavigationEntry("pilots", "Pilots", "inventory_2", "Discover"),
    NavigationEntry("logs", "Event logs", "table_rows", "Discover"),
    NavigationEntry("import_log", "Import an event log", "upload_file", "Discover", at_the_side=False),
    NavigationEntry("quality", "Quality of an event log", "fact_check", "Discover", at_the_side=False),
    NavigationEntry("process_map", "Process map", "account_tree", "Analyse"),
    NavigationEntry("cases", "Variants and cases", "format_list_numbered", "Analyse"),
    NavigationEntry("performance", "Performance", "timer", "Analyse"),
    NavigationEntry("people", "People and systems", "groups", "Analyse"),
    NavigationEntry("hidden", "Hidden steps", "visibility_off", "Analyse"),
    NavigationEntry("conformance", "Conformance", "rule", "Analyse"),
    NavigationEntry("causes", "Causes", "troubleshoot", "Analyse"),
    NavigationEntry("compare", "Compare", "compare_arrows", "Analyse"),
    NavigationEntry("allocation", "Allocation", "balance", "Decide"),
    NavigationEntry("what_if", "What-if", "query_stats", "Decide"),
    NavigationEntry("governance", "Governance", "policy", "Decide"),
    NavigationEntry("workflows", "Workflows and runs", "play_circle", "Run"),
    NavigationEntry("inbox", "Inbox", "inbox", "Run"),
    NavigationEntry("kpis", "KPIs", "monitoring", "Run"),
)


def run(path: str | None = None) -> None:
    """Show the page at `path`, by default the one that the URL names, with what stands round it."""
    named = _frame()
    if path is None:
        named.run()
    else:
        _told_in_words(path)()


def _frame() -> st.Page:
    """The page that the URL names, with everything that stands round it already shown."""
    st.set_page_config(page_title="Tandem", page_icon=mark(), layout="wide")
    st.logo(mark(), size="large")
    _style()
    chosen = st.navigation([_page(entry) for entry in ENTRIES], position="hidden")
    arrive(workspace().logs.versions(), home())
    with st.sidebar:
        _navigation()
        _acting_as()
        _imprint()
        send(home())
    show_flash()
    return chosen


def _style() -> None:
    """The stylesheet of the pages, with the colours of the theme that the browser shows."""
    sheet = files("app.theme").joinpath("page.css").read_text("utf-8")
    colours = "".join(f"--tandem-{name}:{value};" for name, value in palette().css().items())
    st.html(f"<style>:root{{{colours}}}{sheet}</style>")


def page_of(path: str) -> st.Page:
    """The page at `path`, for links."""
    return _page(next(entry for entry in ENTRIES if entry.path == path))


def _page(entry: NavigationEntry) -> st.Page:
    return st.Page(
        _told_in_words(entry.path),
        title=entry.title,
        icon=f":material/{entry.icon}:",
        url_path=entry.path,
        default=entry.path == "overview",
        visibility="visible" if entry.at_the_side else "hidden",
    )


def _told_in_words(path: str) -> Callable[[], None]:
    """The page's function; an error that Tandem raises on purpose is shown as words with the way out."""

    def show() -> None:
        try:
            _module(path).page()
        except TandemError as error:
            say_in_words(error)

    show.__name__ = path
    return show


def _module(path: str) -> Any:
    """The module of the page at `path`: a file, or `page` in the folder of a large one."""
    found = import_module(f"app.pages.{path}")
    return import_module(f"{found.__name__}.page") if hasattr(found, "__path__") else found


def _imprint() -> None:
    """Version and licence: who uses Tandem over a network is told both, as section 13 of the AGPL asks."""
    st.caption(f"Tandem {literal(version('tandem'))} · AGPL-3.0-or-later")


def _acting_as() -> None:
    """Local mode trusts whoever sits at this machine: they say who they are, and a reload does not forget it."""
    found, now = may_act(), acting()
    st.session_state["acting_as"] = now if now in found else None
    st.selectbox(
        "Acting as",
        found,
        index=0 if now in found else None,
        key="acting_as",
        placeholder="Choose who you are",
        on_change=_act_as,
        help="What you do on these pages is recorded under this name.",
    )
    st.caption(local_mode(now, user_of_machine()))


def local_mode(name: str, user: str) -> str:
    """What every page says while nobody signs in: who acts, and that nobody proved it. In Markdown."""
    return f"Local mode: you act as {literal(name)}, as the user {literal(user)} of this machine. Nobody proved it."


def _act_as() -> None:
    keep(home(), {"acting_as": st.session_state["acting_as"]})


def _navigation() -> None:
    """The pages at the side, each with the context of this page in its link."""
    with st.container(key="navigation", gap=None):
        title = ""
        for entry in ENTRIES:
            if not entry.at_the_side:
                continue
            if entry.section != title:
                title = entry.section
                st.caption(title)
            link(entry.path, entry.title, icon=f":material/{entry.icon}:")
