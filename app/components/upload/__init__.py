"""A place to drop a file: it goes to the server piece by piece, straight to the disk, with a bar that shows how far."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from app.theme import DARK, LIGHT


def upload(*, hint: str, accept: str, on_sent: Callable[[dict[str, Any]], None], key: str) -> None:
    """Show the place; `on_sent` is called with `id`, `name` and `size` when a file is whole on the server's disk."""
    import streamlit as st

    def sent() -> None:
        given = st.session_state[key].get("sent")
        if given:
            on_sent(dict(given))

    data = {"hint": hint, "accept": accept, "palette": {"light": LIGHT.css(), "dark": DARK.css()}}
    _renderer()(key=key, data=data, on_sent_change=sent)


@cache
def _renderer() -> Any:
    import streamlit as st

    folder = files(__name__)
    return st.components.v2.component(
        "tandem_upload",
        html='<div class="drop"></div>',
        css=folder.joinpath("upload.css").read_text("utf-8"),
        js=folder.joinpath("upload.js").read_text("utf-8"),
    )
