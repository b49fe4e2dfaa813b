"""One run in full: where it stands, who did what, and what a person may do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import streamlit as st

from app.pages.fields import show_context
from app.pages.parts import FORM_WIDTH, act, badge_text, facts, fresh, section, table
from app.pages.run_events import run_events
from app.pages.state import actor, names
from app.pages.text import literal, quoted
from app.spelled import named
from app.theme import NOTHING, duration, minute, moment, word
from app.verbs import cancel_run, pause_run, resume_run, retry_run
from core.workspace import Workspace
from orchestrator.machine.ahead import ahead
from orchestrator.machine.task import Doer
from orchestrator.machine.values import RunStatus, Workflow
from orchestrator.running.effects import EffectRow, effects_of
from orchestrator.running.records import Run, WorkItem

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

_KNOWN = 10  # values of the context that are shown beside the tasks, the others folded away
_TIMES = ("Offered (UTC)", "Ended (UTC)")
_OPEN = dict.fromkeys(("Try", *_TIMES, "Cause"), NOTHING)  # of a task that the run has not come to


def run_detail(ws: Workspace, run: Run, workflow: Workflow) -> None:
    """The run's head, its acts, its tasks and its events."""
    known = names()
    with st.container(horizontal=True, vertical_alignment="center", key="run-head"):
        simulated = f" {badge_text('simulated')}" if run.simulated else ""
        st.markdown(f"##### Run {literal(run.id)} {badge_text(run.status)}{simulated}", width="content")
        for label, verb, effect in _ACTS.get(run.status, ()):
            _act(ws, run, label, verb, effect)
    _head(ws, run, known)
    left, right = st.columns([5, 2], gap="medium")
    with left:
        section("Tasks")
        tasks = _tasks(run, workflow, known)
        widths = {name: st.column_config.TextColumn(width=125) for name in _TIMES}
        widths |= {"Try": st.column_config.TextColumn(width=45), "Cause": st.column_config.TextColumn(width=300)}
        table(tasks, key="run-tasks", columns=widths, alt="Tasks of the run")
    with right:
        section("Context")
        with st.container(border=True):
            show_context(run.state.context, _KNOWN, cut=True)
    effects = effects_of(ws, run.id)
    if effects:
        section("In systems of record")
        labels = {item.item: item.label for item in run.items}
        table([_effect(e, labels) for e in effects], key="run-effects", alt="What the run does in systems of record")
    run_events(ws, run, effects)


def _head(ws: Workspace, run: Run, known: Mapping[str, str]) -> None:
    late = (run.ended_at or ws.clock.now()) > run.due_at and not run.simulated
    facts(
        {
            "Workflow": f"{run.workflow}, version {run.version}",
            "Key": run.key or "",
            "Started": f"{moment(run.started_at)} by {known.get(run.created_by, run.created_by)}",
            "Due": f"{moment(run.due_at)}{' · overdue' if late else ''}",
            "Ended": f"{moment(run.ended_at)}, after {_between(run.started_at, run.ended_at)}" if run.ended_at else "",
            "Cause": run.cause or "",
        },
        inline=True,
    )


def _effect(effect: EffectRow, labels: Mapping[str, str]) -> dict[str, object]:
    return {
        "Task": labels.get(effect.item, effect.item),
        "State": str(word(effect.status)),
        "What": f"{effect.action} in {effect.connector}",
        "Known there as": effect.key,
        "With": named(effect.arguments) or NOTHING,
        "Answer": named(effect.result or {}) or NOTHING,
        "Cause": quoted(effect.cause or NOTHING),
    }


def _act(ws: Workspace, run: Run, label: str, verb: Callable[..., Run], effect: str) -> None:
    with (
        st.popover(literal(label), key=fresh(label), on_change="rerun"),
        st.form(f"{label}-{run.id}", border=False, width=FORM_WIDTH),
    ):
        reason = st.text_input(literal(f"Reason. {effect}"), key=fresh(f"{label}-reason"))
        if st.form_submit_button(literal(f"{label} this run")):
            act(lambda: verb(ws, run.id, reason=reason, by=actor()), f"{label} of run {run.id} is recorded")


def _tasks(run: Run, workflow: Workflow, known: Mapping[str, str]) -> list[dict[str, object]]:
    """Every work item of the run in order, then the tasks that it has not come to: not yet, or never."""
    rows = [_item(item, known, simulated=run.simulated) for item in run.items]
    if run.status is RunStatus.CANCELLED:
        return rows  # whether it would have come to the others nobody knows
    visited, to_come = {item.node for item in run.items}, ahead(workflow, run.state)
    left_out = "not needed" if run.status is RunStatus.COMPLETED else "skipped"
    others = sorted((t for t in workflow.tasks.values() if t.node not in visited), key=lambda t: t.node not in to_come)
    return rows + [
        {
            "Task": t.label,
            "State": str(word("not yet" if t.node in to_come else left_out)),
            "Who": _doer(t.doer, t.agent, t.role, known),
            **_OPEN,
        }
        for t in others
    ]


def _item(item: WorkItem, known: Mapping[str, str], *, simulated: bool) -> dict[str, object]:
    """A work item; in a simulated run it was offered when it was ready, in the run's time."""
    who = item.performer or item.claimed_by
    return {
        "Task": item.label,
        "State": str(word(item.status)),
        "Who": known.get(who, who) if who else _doer(item.doer, item.agent, item.role, known),
        "Try": str(item.attempt),
        "Offered (UTC)": minute(item.ready_at if simulated else item.offered_at),
        "Ended (UTC)": minute(item.ended_at),
        "Cause": quoted(item.cause or NOTHING),
    }


def _doer(doer: Doer, agent: str | None, role: str, known: Mapping[str, str]) -> str:
    return f"agent {known.get(agent or '', role)}" if doer is Doer.AGENT else f"people: {role}"


def _between(start: datetime, end: datetime) -> str:
    return duration((end - start).total_seconds())
