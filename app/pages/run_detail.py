"""One run in full: where it stands, who did what, and what a person may do with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

import streamlit as st

from app.pages.parts import act, badge, facts, section, simulated_mark, table, textual
from app.pages.state import acting
from app.theme import NOTHING, duration, moment, word
from core import Workspace
from governance import principals
from orchestrator import (
    Doer,
    Run,
    RunStatus,
    Workflow,
    WorkItem,
    cancel_run,
    pause_run,
    resume_run,
    retry_run,
)

_ACTS: Mapping[RunStatus, tuple[tuple[str, Callable[..., Run], str], ...]] = {
    RunStatus.RUNNING: (
        ("Pause", pause_run, "Nothing new is begun until it is resumed."),
        ("Cancel", cancel_run, "Its open work items are withdrawn; this cannot be undone."),
    ),
    RunStatus.PAUSED: (
        ("Resume", resume_run, "It goes on where it was paused."),
        ("Cancel", cancel_run, "Its open work items are withdrawn; this cannot be undone."),
    ),
    RunStatus.FAILED: (("Retry", retry_run, "What was open when it failed is offered afresh."),),
}


def run_detail(ws: Workspace, run: Run, workflow: Workflow) -> None:
    """The run's head, its acts, its tasks and its events."""
    names = {p.id: p.name for p in principals(ws)}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"##### Run {run.id}")
        badge(run.status)
        if run.simulated:
            simulated_mark("This run's times come from simulated performers.")
        for label, verb, effect in _ACTS.get(run.status, ()):
            _act(ws, run, label, verb, effect)
    late = (run.ended_at or ws.clock.now()) > run.due_at and not run.simulated
    facts(
        {
            "Workflow": f"{run.workflow}, version {run.version}",
            "Key": run.key or "",
            "Started": f"{moment(run.started_at)} by {names.get(run.created_by, run.created_by)}",
            "Due": f"{moment(run.due_at)}{' · overdue' if late else ''}",
            "Ended": f"{moment(run.ended_at)}, after {_between(run.started_at, run.ended_at)}" if run.ended_at else "",
            "Cause": textual(run.cause or ""),
        }
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        section("Tasks")
        table(_tasks(run, workflow, names), key="run-tasks", height=360, alt="Tasks of the run")
    with right:
        section("Context")
        context = json.dumps(dict(run.state.context), indent=2, ensure_ascii=False, default=str)
        st.code(context, language="json", height=360)
    section("Events")
    rows = [
        {
            "No.": e.sequence,
            "When": moment(e.at),
            "What": e.kind,
            "Item": e.item or NOTHING,
            "Try": e.attempt,
            "Who": names.get(e.performer or "", e.performer or NOTHING),
            "Detail": json.dumps(dict(e.payload), ensure_ascii=False, default=str),
        }
        for e in run.history
    ]
    table(rows, key="run-events", height=300, alt="Events of the run")


def _act(ws: Workspace, run: Run, label: str, verb: Callable[..., Run], effect: str) -> None:
    with st.popover(label), st.form(f"{label}-{run.id}", border=False):
        reason = st.text_input(f"Reason. {effect}", key=f"{label}-reason")
        if st.form_submit_button(f"{label} this run"):
            act(lambda: verb(ws, run.id, reason=reason, by=acting()), f"{label} of run {run.id} is recorded")


def _tasks(run: Run, workflow: Workflow, names: Mapping[str, str]) -> list[dict[str, object]]:
    """Every work item of the run in order, then the tasks that it has not come to."""
    rows = [_item(item, names) for item in run.items]
    visited = {item.node for item in run.items}
    rows += [
        {"Task": t.label, "State": str(word("not yet")), "Who": _doer(t.doer, t.agent, t.role, names)}
        for t in workflow.tasks.values()
        if t.node not in visited and run.ended_at is None
    ]
    return rows


def _item(item: WorkItem, names: Mapping[str, str]) -> dict[str, object]:
    who = item.performer or item.claimed_by
    return {
        "Task": item.label,
        "State": str(word(item.status)),
        "Who": names.get(who, who) if who else _doer(item.doer, item.agent, item.role, names),
        "Try": item.attempt,
        "Offered": moment(item.offered_at),
        "Ended": moment(item.ended_at),
        "Cause": item.cause or NOTHING,
    }


def _doer(doer: Doer, agent: str | None, role: str, names: Mapping[str, str]) -> str:
    return f"agent {names.get(agent or '', role)}" if doer is Doer.AGENT else f"people: {role}"


def _between(start: datetime, end: datetime) -> str:
    return duration((end - start).total_seconds())
