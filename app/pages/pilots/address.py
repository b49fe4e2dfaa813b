"""What the address of the page says: one pilot, or what is being done."""

from __future__ import annotations

import streamlit as st

from app.pages.context.address import put
from app.pages.pilots.found import PilotFindings
from app.pages.text import textual
from inventory import Pilot

PILOT, DO, SHEET = "pilot", "do", "sheet"
ADD, EDIT, IMPORT = "add", "edit", "import"


def go(*, pilot: int | None = None, do: str | None = None) -> None:
    """Write into the address that one pilot is shown, and what is done; nothing of both shows all pilots."""
    put({PILOT: None if pilot is None else str(pilot), DO: do, SHEET: None})


def back(label: str, *, pilot: int | None = None) -> None:
    """The way back from one pilot or from a form."""
    if st.button(textual(label), icon=":material/arrow_back:", type="tertiary", key="back"):
        go(pilot=pilot)
        st.rerun()


def named_in(found: PilotFindings | None, number: str) -> Pilot | None:
    """The pilot whose number the address says; None where there is none."""
    return next((p for p in (found.pilots if found else ()) if str(p.id) == number), None)
