"""What a link names and is not there: said in words, with the way out; never replaced by something else."""

from __future__ import annotations

import streamlit as st

from app.pages.context.address import put
from app.pages.text import literal, textual


def say_missing(what: str, named: str, *keys: str, instead: str = "Go on without it") -> None:
    """Say that the `what` that the URL names under `keys` is not there, with the button that takes it out."""
    name = "-".join(keys)
    with st.container(horizontal=True, vertical_alignment="center", key=f"missing-{name}"):
        st.warning(textual(in_words(what, named)), icon=":material/link_off:", width="stretch")
        st.button(
            literal(instead),
            key=f"without-{name}",
            icon=":material/arrow_forward:",
            on_click=put,
            args=(dict.fromkeys(keys),),
        )


def in_words(what: str, named: str) -> str:
    """The sentence that says it."""
    name = named.replace("`", "'")
    return f"This link names the {what} `{name}`, which is not here."
