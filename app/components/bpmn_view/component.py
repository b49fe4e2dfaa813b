"""Mounts the built JavaScript in a page; it is sent to the browser only where the view is shown."""

from __future__ import annotations

from collections.abc import Callable

from app.components.bundles import renderer
from app.theme import DARK, LIGHT


def bpmn_view(
    xml: str,
    *,
    name: str,
    key: str,
    height: int,
    above: int = 0,
    file: str = "process",
    activity: str | None = None,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """Draw the BPMN 2.0 in `xml`; a diagram that it does not bring along is laid out.

    It is at least `height` pixels high and reaches down to the end of the window, of which `above` pixels lie over it.
    `name` is its accessible name, `file` that of a saved picture, `activity` is marked; `on_pick` is called with the
    name of a task that the person clicks. Raises TandemError where the component was never built.
    """
    import streamlit as st

    def picked() -> None:
        given = st.session_state[key].get("pick")
        if given and on_pick is not None:
            on_pick(str(given["activity"]))

    data = {
        "xml": xml,
        "name": name,
        "file": file,
        "height": height,
        "above": above,
        "selected": None if activity is None else {"activity": activity},
        "palette": {"light": LIGHT.css(), "dark": DARK.css()},
    }
    renderer("bpmn_view", "The BPMN view")(key=key, data=data, on_pick_change=picked)
