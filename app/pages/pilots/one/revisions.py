"""The history of a pilot: who changed it, when, how, from what to what."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.fields import title
from app.pages.parts import section
from app.pages.pilots.found import PilotFindings
from app.pages.text import literal
from app.theme import minute
from core.workspace import Workspace
from inventory import Pilot, PilotRevision, history, value_in_words

_SHOWN = 5  # newest; the others are folded away


def revisions(ws: Workspace, _found: PilotFindings, pilot: Pilot) -> None:
    """Every revision, the newest first."""
    found = history(ws, pilot.id)
    section("History")
    with st.container(key="pilot-history", gap="small"):
        _list(found[:_SHOWN])
        if len(found) > _SHOWN:
            with st.expander(f"{len(found) - _SHOWN} earlier"):
                _list(found[_SHOWN:])


def _list(found: Sequence[PilotRevision]) -> None:
    for one in found:
        st.markdown(
            f"**Revision {one.number}** · {minute(one.at)} UTC · {literal(one.by_name)} · {literal(one.how)}"
            + (f" “{literal(one.reason)}”" if one.reason else "")
        )
        st.caption("  \n".join(_lines(one)))


def _lines(one: PilotRevision) -> list[str]:
    """What it changed, a line for each field; of a first one, what was known then."""
    if one.number == 1 and all(change.before is None for change in one.changes):
        return [f"{len(one.changes)} fields were known: {literal(', '.join(title(c.column) for c in one.changes))}"]
    return [
        f"{literal(title(c.column))}: {literal(value_in_words(c.before))} → {literal(value_in_words(c.after))}"
        for c in one.changes
    ]
