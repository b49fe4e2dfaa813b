"""What each heading was taken for, how surely and why: to be changed in a box for each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.fields import title
from app.pages.pilots.sheet.said import Said
from app.pages.text import literal, textual
from app.theme import plural
from core.figures import per_cent
from inventory import COLUMNS, ImportPlan, MappedColumn

_NOT = "not stored"
_WIDE = (4, 3, 5)
_TALL, _FEW = 430, 8  # pixels of the list, and how many headings it takes to be that tall


def chosen_of(said: Said, found: ImportPlan) -> dict[int, str | None]:
    """What the boxes say, by place of the heading; a box that was never shown says nothing."""
    names = {one.place: _name(said, one) for one in found.mapping}
    return {place: _column(value) for place, name in names.items() if (value := said.get(name)) is not None}


def choose_columns(said: Said, found: ImportPlan, plan: ImportPlan) -> None:
    """A line for each heading. `found` is what they were taken for by themselves, `plan` what they mean as answered."""
    now = {one.place: one for one in plan.mapping}
    lost = [one for one in plan.mapping if one.column is None]
    stored = len(plan.mapping) - len(lost)
    left_out = f" Not stored: {', '.join(one.heading or f'column {one.place}' for one in lost)}." if lost else ""
    where = f"row {plan.header_row}" if plan.header_row else "the keys"
    st.caption(
        literal(f"{plan.form}, header in {where}. {stored} of {plural(len(now), 'heading')} are understood.{left_out}")
    )
    doubtful = [one for one in found.mapping if one.confidence < 1]
    only = bool(doubtful) and len(found.mapping) > _FEW and st.checkbox(
        f"Only the {len(doubtful)} in doubt", key=said.key("doubtful")
    )  # fmt: skip
    shown = doubtful if only else found.mapping
    with st.container(height=_TALL if len(shown) > _FEW else "content", border=True, gap="small", key="sheet-headings"):
        for one in shown:
            _line(said, one, now[one.place], found.mapping)


def _line(said: Said, one: MappedColumn, now: MappedColumn, every: Sequence[MappedColumn]) -> None:
    heading, box, why = st.columns(_WIDE, gap="small", vertical_alignment="center")
    name = _name(said, one)
    shown = one.heading or f"column {one.place}"
    with heading, st.container(gap=None):
        st.markdown(f"**{literal(shown)}**")
        st.caption(literal(" · ".join(one.examples)) or "empty")
    with box:
        key = said.key(name)
        st.session_state.setdefault(key, one.column or _NOT)
        said.put(name, st.selectbox(
            literal(f"Column of {shown}"), [_NOT, *(c.name for c in COLUMNS)], key=key, format_func=_said_column,
            label_visibility="collapsed", on_change=_taken, args=(said, one, every),
        ))  # fmt: skip
    with why:
        sure = f"{per_cent(now.confidence)} sure: " if now.confidence else ""
        guess = f" Is it {title(now.proposed)}?" if now.proposed and now.column is None else ""
        st.caption(textual(f"{sure}{now.reason}.{guess}"))


def _said_column(name: str) -> str:
    return name if name == _NOT else title(name)


def _taken(said: Said, chosen: MappedColumn, every: Sequence[MappedColumn]) -> None:
    """A column comes from one heading: whoever chooses it here takes it from the others."""
    column = said.get(_name(said, chosen))
    for other in every:
        name = _name(said, other)
        if other is not chosen and column != _NOT and (said.get(name) or other.column) == column:
            said.change(name, _NOT)


def _name(said: Said, one: MappedColumn) -> str:
    return f"heading:{said.frame()}:{one.place}"


def _column(value: str) -> str | None:
    return None if value == _NOT else value
