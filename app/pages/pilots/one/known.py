"""All fields of a pilot, in their groups."""

from __future__ import annotations

from html import escape

import streamlit as st

from app.pages.fields import title
from app.pages.parts import section
from app.pages.pilots.found import PilotFindings
from app.pages.text import literal
from core.workspace import Workspace
from inventory import GROUPED, ColumnKind, Pilot, SheetColumn, cell_text

_HEADED = ("name", "department")  # stand above already


def known(_ws: Workspace, _found: PilotFindings, pilot: Pilot) -> None:
    """What is known; below it what is not."""
    missing = []
    for group, columns in GROUPED.items():
        said = {c: text for c in columns if c.name not in _HEADED and (text := in_words(pilot, c))}
        missing += [title(c.name) for c in columns if c.name not in _HEADED and c not in said]
        if said:
            section(group.value)
            rows = "".join(f"<dt>{escape(title(c.name))}</dt><dd>{escape(text)}</dd>" for c, text in said.items())
            st.html(f'<dl class="known">{rows}</dl>')
    if missing:
        st.caption(f"**Not known:** {literal(', '.join(missing))}")


def in_words(pilot: Pilot, column: SheetColumn) -> str:
    """One field for people; empty where it is not known."""
    facts, value = pilot.facts, getattr(pilot.facts, column.name)
    if value is None or value == ():
        return ""
    if column.kind is ColumnKind.MONEY:
        return f"{value:,.2f} {facts.currency or ''}".strip()
    if column.kind is ColumnKind.WHOLE:
        return f"{value:,}"
    if isinstance(value, tuple):
        return "\n".join(value)
    return cell_text(facts, column.name)
