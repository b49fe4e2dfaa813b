"""Workflows and runs: which workflows are promoted, and how do their runs stand?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app.pages.context.boxes import box
from app.pages.fields import parse, title
from app.pages.parts import FORM_WIDTH, TALL, act, empty, facts, fresh, gate_lines, head, section, table
from app.pages.promotion import OPEN, VERSIONS, promotion
from app.pages.run_detail import run_detail
from app.pages.state import acting, actor, names, parameter, set_parameter, workspace
from app.pages.task_parts import effects_and_limits
from app.pages.text import literal, quoted, textual
from app.theme import NOTHING, count, duration, minute, moment, plural, word
from app.values import within
from app.verbs import sign, start_run
from core.workspace import Workspace
from orchestrator.machine.named import way_of, written
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.unfilled import wanted_at_start
from orchestrator.machine.values import RunStatus, Workflow
from orchestrator.promotion.workflows import Proposal, WorkflowStatus, list_workflows
from orchestrator.running.records import Run
from orchestrator.running.runs import count_runs, get_run, list_runs

_RUNS_SHOWN = 300
_EARLIER = 20  # runs of which it is looked at what they were started with
_MOST_FIELDS = 40  # of the form that starts a run
_LIVE_EVERY = "3s"


def page() -> None:
    """One workflow's runs and versions, or one run in full when the URL names it."""
    ws = workspace()
    head("Which workflows run, and how do their runs stand?")
    st.session_state.update(st.session_state.pop(OPEN, {}))
    found = list_workflows(ws)
    if not found:
        st.caption("No workflow yet. A workflow map is promoted into one, through gates and a second person.")
        promotion(found)
        return
    known = list(dict.fromkeys(p.name for p in found))
    run = parameter("run")
    with st.container(horizontal=True, vertical_alignment="center"):
        if run is not None:
            _back()
        name = box("Workflow", known, key="workflow", what="workflow", label_visibility="collapsed", width=300)
        versions = [p for p in found if p.name == name]
        _start(ws, versions)
    if run is not None:
        _one_run(ws, run)
        return
    tabs: dict[str, Callable[[], None]] = {
        "Runs": lambda: st.fragment(_runs, run_every=_LIVE_EVERY)(ws, name),
        VERSIONS: lambda: _versions(ws, versions),
        "Promote a map": lambda: promotion(found),
    }
    shown = st.tabs(list(tabs), key="workflows_part", bind="query-params", on_change="rerun")
    for place, show in zip(shown, tabs.values(), strict=True):
        with place:
            if place.open:
                show()


def _versions(ws: Workspace, versions: Sequence[Proposal]) -> None:
    """Every version, newest first."""
    for version in reversed(versions):
        _version(ws, version, opened=version is versions[-1])


def _back() -> None:
    """The way from one run to all of them."""
    if st.button("All runs", icon=":material/arrow_back:", type="tertiary"):
        set_parameter("run", None)
        st.rerun()


def _one_run(ws: Workspace, run: str) -> None:
    found = get_run(ws, run)
    workflow = next(p.workflow for p in list_workflows(ws) if (p.name, p.version) == (found.workflow, found.version))
    run_detail(ws, found, workflow)


def _runs(ws: Workspace, name: str) -> None:
    """The runs as they stand now; looked at again every few seconds."""
    counts = count_runs(ws, name)
    if not counts:
        empty("No run yet", "Start one with the button above; the worker and the people of its roles do the rest.")
        return
    said = {f"{word(s).text} {count(counts[s])}": s for s in RunStatus if counts.get(s)}
    chosen_state = st.segmented_control(
        "State", list(said), format_func=literal, key="state", label_visibility="collapsed"
    )
    status = said.get(str(chosen_state))
    found = list_runs(ws, workflow=name, status=status, limit=_RUNS_SHOWN)
    total = counts[status] if status else sum(counts.values())
    newest = f"{count(len(found))} newest of " if len(found) < total else ""
    st.caption(f"{newest}{plural(total, 'run')}. Choose a row to see the run.")
    known = names()
    chosen = table(
        [_row(r, known) for r in found], key="runs", formats={"Took": duration}, select=True, alt="Runs", within=TALL
    )
    if chosen is not None:
        set_parameter("run", found[chosen].id)
        st.rerun(scope="app")


def _row(run: Run, names: dict[str, str]) -> dict[str, object]:
    return {
        "State": str(word(run.status)),
        "Run": run.id,
        "Key": run.key or NOTHING,
        "Version": run.version,
        "Open": len(run.state.items),
        "Started (UTC)": minute(run.started_at),
        "Due (UTC)": minute(run.due_at),
        "Took": (run.ended_at - run.started_at).total_seconds() if run.ended_at else None,
        "Simulated": "simulated" if run.simulated else NOTHING,
        "Started by": names.get(run.created_by, run.created_by),
        "Cause": quoted(run.cause or NOTHING),
    }


def _start(ws: Workspace, versions: Sequence[Proposal]) -> None:
    """Start a run of the newest promoted version."""
    promoted = [p.workflow for p in versions if p.status is WorkflowStatus.PROMOTED]
    if not promoted:
        return
    workflow = promoted[-1]
    with (
        st.popover(
            "Start a run", icon=":material/play_arrow:", type="primary", key=fresh("start-run"), on_change="rerun"
        ),
        st.form("start", border=False, width=FORM_WIDTH),
    ):
        st.markdown(f"**{textual(workflow.name)}, version {workflow.version}**")
        key = st.text_input(
            "Key", key=fresh("start_key"), help="Such as the order's number. The same key starts only once."
        )
        st.caption("What is known from the beginning. Leave empty what is not.")
        values = {n: st.text_input(literal(title(n)), key=fresh(f"start-{n}")) for n in _known_from_start(ws, workflow)}
        if st.form_submit_button("Start the run", type="primary"):
            act(
                lambda: start_run(ws, workflow.name, context=_context(values), key=key or None, by=actor()),
                _said_of_start,
            )


def _context(values: Mapping[str, str | None]) -> dict[str, Any]:
    """What was filled in, each where its name says. Raises BadInput."""
    return within({}, {name: parse(value, name) for name, value in values.items() if value and value.strip()})


def _said_of_start(run: Run) -> str:
    if run.started_before:
        return f"Run {run.id} of {run.workflow} was started before with the key {run.key}; nothing was started now"
    return " ".join((f"A run of {run.workflow} is started{'.' if run.warnings else ''}", *run.warnings))


def _known_from_start(ws: Workspace, workflow: Workflow) -> list[str]:
    """The fields that a run can be started with: those that the workflow declares, and what its last runs had; without
    what its tasks write."""
    tasks = workflow.tasks.values()
    filled = {field for task in tasks for field in (*task.fields, *(task.effect.results if task.effect else ()))}
    earlier = list_runs(ws, workflow=workflow.name, limit=_EARLIER)
    had = [
        written(n) for run in earlier for n, value in run.state.context.items() if isinstance(value, str | int | float)
    ]
    names = dict.fromkeys([*wanted_at_start(workflow), *had])
    return [name for name in names if name not in filled and way_of(name)][:_MOST_FIELDS]


def _version(ws: Workspace, proposal: Proposal, *, opened: bool) -> None:
    workflow, known = proposal.workflow, names()
    passed = sum(g.passed for g in proposal.gates)
    of = f"{count(passed)} of {len(proposal.gates)} gates passed"
    heading = f"Version {workflow.version} · {literal(proposal.status.value)} · {of}"
    with st.expander(heading, expanded=opened):
        _origin(proposal, known)
        gate_lines(proposal.gates, key=str(workflow.version))
        section("Tasks")
        tasks, key = workflow.tasks.values(), str(workflow.version)
        table([_task_row(task, known) for task in tasks], key=f"tasks-{key}", alt=f"Tasks of version {key}")
        listed = [(task.label, task, task.doer is Doer.AGENT) for task in tasks]
        effects_and_limits(listed, of=f"version {key}", key=key)
        if proposal.status is WorkflowStatus.PROPOSED and st.button(
            f"Sign version {workflow.version} as {literal(acting())}", key=f"sign-{workflow.version}", type="primary"
        ):
            act(
                lambda: sign(ws, workflow.name, workflow.version, by=actor()),
                f"{workflow.name} version {workflow.version} is promoted",
            )


def _origin(proposal: Proposal, known: Mapping[str, str]) -> None:
    workflow = proposal.workflow
    by, signer = known.get(proposal.proposed_by, proposal.proposed_by), known.get(proposal.signed_by or "", "")
    facts(
        {
            "Proposed": f"{moment(proposal.proposed_at)} by {by}",
            "Signed": f"{moment(proposal.signed_at)} by {signer}" if proposal.signed_at else "",
            "From": f"workflow map {workflow.map_name}, version {workflow.map_version}",
            "SLA of a run": duration(workflow.sla_seconds),
            "Policy set": str(workflow.policy_set),
            "Baseline": workflow.baseline,
        },
        inline=True,
    )


def _task_row(task: TaskSpec, known: Mapping[str, str]) -> dict[str, object]:
    by_agent = task.doer is Doer.AGENT
    return {
        "Task": task.label,
        "Who": f"agent {known.get(task.agent or '', task.role)}" if by_agent else f"people: {task.role}",
        "Allocation": task.outcome,
        "Action": task.action,
        "May change": ", ".join(task.fields) or NOTHING,
        "Escalates to": ", ".join(task.escalation) or NOTHING,
    }
