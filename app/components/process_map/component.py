"""Mounts the built JavaScript in a page."""

from __future__ import annotations

from collections.abc import Callable

from app.components.bundles import renderer
from app.components.process_map.values import Picked, ProcessMap, TreeView
from app.theme import DARK, LIGHT


def process_map(
    shown: ProcessMap | TreeView,
    *,
    selected: Picked,
    on_pick: Callable[[Picked], None],
    key: str,
    height: int,
    above: int = 0,
    apart: bool = False,
) -> None:
    """Draw `shown`, marking `selected`.

    It is at least `height` pixels high and reaches down to the end of the window, of which `above` pixels lie over it.
    With `apart` the colour steps are those of a difference of two sides, not of a metric.
    `on_pick` is called with what the person clicks, before the page runs again.

    Raises TandemError where the component was never built.
    """
    import streamlit as st

    def picked() -> None:
        given = st.session_state[key].get("pick")
        on_pick(Picked.from_data(given or {}))

    data = {
        **shown.to_data(),
        "height": height,
        "above": above,
        "selected": selected.to_data(),
        "palette": {p.name: (p.set_apart() if apart else p).css() for p in (LIGHT, DARK)},
    }
    renderer("process_map", "The process map")(key=key, data=data, on_pick_change=picked)
