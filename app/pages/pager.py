"""Long lists in pages: which one the URL names, and the way to the others."""

from __future__ import annotations

import streamlit as st

from app.pages.state import parameter, set_parameter
from app.pages.text import literal
from app.theme import count


def page_number(total: int, key: str, rows: int) -> int:
    """The page, from 0, that the URL names under `key`, of a list of `total` with so many `rows` a page."""
    last = max(0, (total - 1) // rows)
    text = parameter(key) or "1"
    return min(last, max(0, int(text) - 1)) if text.isdigit() else 0


def pager(total: int, number: int, key: str, what: str, rows: int) -> None:
    """Which rows are shown, and the way to the others; nothing where all are shown."""
    last = max(0, (total - 1) // rows)
    if not last:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
        st.button(
            "", icon=":material/chevron_left:", key=f"{key}-back", help=literal(f"Earlier {what}"), disabled=not number,
            on_click=set_parameter, args=(key, str(number)), type="tertiary",
        )  # fmt: skip
        st.caption(
            f"{count(number * rows + 1)} to {count(min(total, (number + 1) * rows))} of {count(total)}",
            width="content",
        )
        st.button(
            "", icon=":material/chevron_right:", key=f"{key}-on", help=literal(f"Later {what}"),
            disabled=number >= last, on_click=set_parameter, args=(key, str(number + 2)), type="tertiary",
        )  # fmt: skip
