"""What is found about pilots, kept for the next run of a page: made anew when a pilot, an answer, a link or an event
log has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from app.pages.state import home
from core.workspace import Workspace
from inventory import (
    ImportPlan,
    Link,
    Overlaps,
    SheetReading,
    TickList,
    links,
    list_layouts,
    overlaps,
    plan_import,
    registry_stamp,
    tick_lists,
)

T = TypeVar("T")


def kept_overlaps(ws: Workspace) -> Overlaps:
    """What `overlaps` finds."""
    return _same(ws, "overlaps", overlaps)


def kept_links(ws: Workspace) -> tuple[Link, ...]:
    """What `links` finds."""
    return _same(ws, "links", links)


def kept_lists(ws: Workspace, number: int) -> tuple[TickList, ...]:
    """What `tick_lists` asks, up to `number` lists."""
    return _same(ws, f"lists-{number}", lambda opened: tick_lists(opened, number))


def kept_plan(ws: Workspace, path: Path, reading: SheetReading) -> ImportPlan:
    """What `plan_import` would do with the sheet at `path`. Raises as it does.

    Kept as long as the file, the answers, the registry and the layouts are the same.
    """
    facts = path.stat()
    layouts = [(layout.name, layout.created_at) for layout in list_layouts(ws)]
    asked = repr((path, facts.st_size, facts.st_mtime_ns, reading, layouts))
    return _planned(ws, path, reading, home(), registry_stamp(ws), asked)


def _same(ws: Workspace, what: str, make: Callable[[Workspace], T]) -> T:
    found: T = _found(ws, make, home(), what, registry_stamp(ws))
    return found


@st.cache_resource(show_spinner="Comparing the pilots", max_entries=24)
def _found(_ws: Workspace, _make: Callable[[Workspace], Any], home: str, what: str, stamp: str) -> Any:
    """What `_make` finds: frozen values, of which thousands need not be copied for every run."""
    del home, what, stamp  # they tell what is kept apart
    return _make(_ws)


@st.cache_resource(show_spinner="Reading the sheet", max_entries=8)
def _planned(_ws: Workspace, _path: Path, _reading: SheetReading, home: str, stamp: str, asked: str) -> ImportPlan:
    del home, stamp, asked
    return plan_import(_ws, _path, _reading)
