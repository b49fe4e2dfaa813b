"""The colours of who works, with their words."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from app.pages.parts import palette


def legend(kinds: Collection[str]) -> None:
    """The marks of the performer kinds that are shown."""
    colours = palette()
    hatched = f"repeating-linear-gradient(45deg,{colours.hatch} 0 2px,transparent 2px 6px)"
    marks = {
        "human": ("people", f"background:{colours.human};border-color:{colours.human}"),
        "agent": ("agents", f"background:{colours.agent};border-color:{colours.agent}"),
        "system": ("systems", f"background:{colours.system};border-color:{colours.system}"),
        "unknown": ("kind not known", f"background:{hatched}"),
    }
    items = "".join(f'<li><span style="{marks[k][1]}"></span>{marks[k][0]}</li>' for k in marks if k in kinds)
    st.html(f'<ul class="legend">{items}</ul>')
