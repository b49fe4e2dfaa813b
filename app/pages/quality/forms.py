"""The form for a cleaning step that no finding offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from app.pages.asking import ask
from app.pages.state import home
from core.errors import TandemError
from core.eventlog import LogVersion
from core.view import View
from core.workspace import Workspace
from ingest import (
    CaseCondition,
    DropCases,
    DropEvents,
    EventCondition,
    LetterCase,
    MaskColumn,
    MergeLabels,
    RemoveColumn,
    Step,
    TidyLabels,
    step_from_json,
    step_to_json,
)
from mining.map.facts import activities_of

_KINDS = (
    "Drop cases outside a period",
    "Drop an activity",
    "Merge or rename activities",
    "Trim labels",
    "Mask a column",
    "Remove a column",
)


def step_form(ws: Workspace, log: LogVersion, add: Callable[[Step], None]) -> None:
    """Inputs for one step, and the button that collects it."""
    st.markdown("**Another step**")
    kind = st.selectbox("Step", _KINDS, key="step_kind", label_visibility="collapsed")
    names, columns = _named(ws, home(), log)
    step = _filled(kind, log, names, columns)
    st.button(
        "Add it to the steps", key="step_add", icon=":material/add:", disabled=step is None,
        on_click=add if step is None else lambda: add(_checked(step)),
    )  # fmt: skip


def _filled(kind: str, log: LogVersion, names: tuple[str, ...], columns: tuple[str, ...]) -> Step | None:
    """The step as the person has written it; None while something is missing."""
    if kind == "Drop cases outside a period":
        picked = st.date_input(
            "Keep cases wholly within (UTC, both days included)",
            (log.started.date(), log.ended.date()),
            key="step_period",
        )
        return _outside(picked) if len(picked) == 2 else None
    if kind == "Drop an activity":
        chosen = st.multiselect("Activities", names, key="step_activities")
        return DropEvents(EventCondition.ACTIVITY, tuple(chosen)) if chosen else None
    if kind == "Merge or rename activities":
        merged = st.multiselect("Activities", names, key="step_merged")
        into = st.text_input("Become", key="step_into", placeholder="the name they get").strip()
        mapping = tuple((name, into) for name in merged if name != into)
        return MergeLabels(mapping) if into and mapping else None
    if kind == "Trim labels":
        column = st.selectbox("Column", ("activity", "performer", "system", *columns), key="step_trimmed")
        letters = st.selectbox("Capitals", list(LetterCase), format_func=lambda c: c.value, key="step_letters")
        return TidyLabels(column, LetterCase(str(letters)))
    column = st.selectbox("Column", ("performer", "system", *columns), key="step_column")
    return MaskColumn(column) if kind == "Mask a column" else RemoveColumn(column)


def _outside(picked: tuple[date, ...]) -> Step:
    since, until = (datetime.combine(day, time(), UTC) for day in picked)
    return DropCases(CaseCondition.OUTSIDE_PERIOD, since, until + timedelta(days=1))


def _checked(step: Step) -> Step:
    return step_from_json(step_to_json(step))


@st.cache_data(show_spinner=False, max_entries=32)
def _named(_ws: Workspace, _home: str, log: LogVersion) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The activities of the log, and its attributes."""
    try:
        names = list(ask(activities_of, View(log.log, log.version)))
        return tuple(names), tuple(sorted(_ws.logs.meta(log).attributes))
    except TandemError:
        return (), ()
