"""What the rubric says of the pilots, kept until something is done or the day changes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from app.pages.pilots.found import PilotFindings
from app.pages.state import home, parameter
from core.workspace import Workspace
from governance import audit_records
from inventory import (
    HourRate,
    Overlaps,
    PilotAnchor,
    PilotAssessment,
    ScoredEntry,
    WorkflowRuns,
    anchor,
    assess,
    hour_rate,
    scored,
)

RATE = "rate"  # in the URL: what an hour of people's work is worth, such as "45 EUR"


def assessments(ws: Workspace, seen: PilotFindings) -> tuple[PilotAssessment, ...]:
    """What the rubric says of every pilot, with the rate that the URL names. Raises BadInput for what is no rate."""
    rate = rate_of(parameter(RATE) or "")
    return _assessed(ws, seen.overlaps, home(), rate, *_moment(ws))


def anchored(ws: Workspace, pilot: int) -> PilotAnchor:
    """What hangs on a pilot."""
    return _anchored(ws, pilot, home(), *_moment(ws))


def scores(ws: Workspace) -> tuple[ScoredEntry, ...]:
    """The ledger with its scores."""
    return _scored(ws, home(), *_moment(ws))


def rate_of(text: str) -> HourRate | None:
    """The rate that a person wrote, such as "45 EUR"; None for nothing. Raises BadInput."""
    return hour_rate(text) if text.strip() else None


def runs_of(ws: Workspace) -> tuple[WorkflowRuns, ...]:
    """What runs of workflows there are."""
    from app.workflow_uses import workflow_runs

    return workflow_runs(ws)


def _moment(ws: Workspace) -> tuple[int, int, date]:
    """What changes with everything that answers depend on: every act is recorded, and event logs are counted."""
    newest = audit_records(ws, limit=1)
    return newest[0].number if newest else 0, len(ws.logs.versions()), ws.clock.now().date()


@st.cache_data(show_spinner="Asking the rubric of every pilot", max_entries=16)
def _assessed(
    _ws: Workspace, _found: Overlaps, home: str, rate: HourRate | None, record: int, logs: int, day: date
) -> tuple[PilotAssessment, ...]:
    del home, record, logs, day  # they tell answers apart
    return assess(_ws, rate=rate, found=_found)


@st.cache_data(show_spinner=False, max_entries=64)
def _anchored(_ws: Workspace, pilot: int, home: str, record: int, logs: int, day: date) -> PilotAnchor:
    del home, record, logs, day
    return anchor(_ws, pilot, runs_of(_ws))


@st.cache_data(show_spinner="Scoring the ledger", max_entries=16)
def _scored(_ws: Workspace, home: str, record: int, logs: int, day: date) -> tuple[ScoredEntry, ...]:
    del home, record, logs, day
    return scored(_ws)
