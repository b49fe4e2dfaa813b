"""The part of Workflows and runs that promotes a map: its tasks, the gates as they stand, the proposal to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.pages.parts import act, empty, gate_lines, link, say_in_words, section, table
from app.pages.preparation import preparation
from app.pages.state import acting, actor, choose_map, names, set_parameter, workspace
from app.pages.task_parts import effects_and_limits
from app.pages.text import literal
from app.pages.uploads import uploaded
from app.theme import NOTHING, plural
from app.verbs import promote
from core.errors import TandemError
from core.workspace import Workspace
from mining.allocation import Allocation, AllocationOutcome, allocations
from mining.map.maps import MapSummary, get_map, list_maps
from orchestrator.machine.task import Doer
from orchestrator.machine.values import DecisionSpec, Workflow
from orchestrator.promotion.binding_file import read_bindings
from orchestrator.promotion.bindings import TaskBinding, as_before, doer_of
from orchestrator.promotion.gates import Gate
from orchestrator.promotion.planning import Plan, suggest_bindings, workflow_tree
from orchestrator.promotion.promote import gates
from orchestrator.promotion.workflows import Proposal

VERSIONS = "Versions and gates"  # the tab where a proposal is signed
OPEN = "open_workflow"  # what the page shows on its next run, instead of what was chosen
_SUGGESTED, _BEFORE, _FILE = "as suggested", "as in the newest version", "from a bindings file"
_HOUR = 3600.0

Bound = tuple[Mapping[str, TaskBinding], Mapping[str, DecisionSpec]]


def promotion(workflows: Sequence[Proposal]) -> None:
    """Promote a saved map: choose it, see who does each task and how the gates stand, then propose the version."""
    ws = workspace()
    maps = list_maps(ws)
    if not maps:
        empty(
            "No workflow map to promote yet",
            "A process map is saved as a workflow map and its tasks are allocated; then it is promoted here.",
            to="process_map",
            step="Save a process map",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        drawn = choose_map(maps)
        name = str(st.text_input("Name of the workflow", drawn.name, key=f"name_of_{drawn.name}", width=220))
        before = next((p.workflow for p in reversed(workflows) if p.name == name), None)
        hours = _hours(name, before)
        source = _source(name, before)
    found = allocations(ws, drawn.name, drawn.version)
    if not found:
        _not_allocated(drawn)
        return
    try:
        tasks, decisions = _bound(ws, drawn, found, name, source, before)
        plan = Plan(name, drawn.name, tasks, hours * _HOUR, drawn.version, decisions)
        with st.spinner("Looking at the gates"):
            standing = gates(ws, plan)
    except TandemError as error:
        say_in_words(error)
        return
    _shown(ws, plan, found, standing, before)


def _hours(name: str, before: Workflow | None) -> float:
    """The SLA of a run; nothing is assumed for a workflow that never had one."""
    hours = st.number_input(
        "SLA of a run, hours", min_value=0.0, value=before.sla_seconds / _HOUR if before else None, step=1.0,
        key=f"sla_of_{name}", bind="query-params", width=150, placeholder="such as 48",
    )  # fmt: skip
    return float(hours or 0.0)


def _source(name: str, before: Workflow | None) -> str:
    """Where the bindings come from."""
    options = [_BEFORE, _SUGGESTED, _FILE] if before else [_SUGGESTED, _FILE]
    return str(
        st.selectbox(
            "Tasks are bound", options, key=f"bound_for_{name}", width=220,
            help="Which role or agent does each task, by which action, on which fields. A file says what differs "
            "from the suggestion; docs/orchestration.md describes it.",
        )
    )  # fmt: skip


def _not_allocated(drawn: MapSummary) -> None:
    empty(
        f"{drawn.name} version {drawn.version} is not allocated yet",
        "Who does each task follows from its allocation.",
    )
    link("allocation", "Allocate its tasks", icon=":material/balance:", map=drawn.name)


def _bound(
    ws: Workspace, drawn: MapSummary, found: Sequence[Allocation], name: str, source: str, before: Workflow | None
) -> Bound:
    """The bindings of the tasks, and the decisions that are not left to the scenario of a run."""
    suggested = suggest_bindings(ws, name, map_name=drawn.name, map_version=drawn.version)
    if source == _BEFORE and before is not None:
        tree = workflow_tree(get_map(ws, drawn.name, drawn.version).tree, {a.activity: a.outcome for a in found})
        return as_before(before, suggested, tree)
    if source == _FILE:
        sent = st.file_uploader("Bindings (TOML)", type=["toml"], key="bindings_file")
        if sent is not None:
            with uploaded(sent.name, sent.getvalue()) as path:
                return read_bindings(path, suggested)
    return suggested, {}


def _shown(
    ws: Workspace, plan: Plan, found: Sequence[Allocation], standing: Sequence[Gate], before: Workflow | None
) -> None:
    """Who does each task on the left; on the right the gates and the way on."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        section("Who does each task")
        known = names()
        order = {activity: place for place, activity in enumerate(plan.tasks)}
        rows = [
            _row(a, plan.tasks.get(a.activity), known)
            for a in sorted(found, key=lambda a: order.get(a.activity, len(order)))
        ]
        table(rows, key="plan-tasks", alt=f"Tasks of {plan.name}")
        by_agent = {a.activity: doer_of(a.outcome) is Doer.AGENT for a in found}
        kept = [a.activity for a in found if a.outcome is not AllocationOutcome.ELIMINATE]
        bound = [(label, task, by_agent[label]) for label, task in plan.tasks.items() if label in kept]
        effects_and_limits(bound, of=plan.name, key="plan")
    with right, st.container(border=True, key="gates"):
        section("How the gates stand")
        st.caption("A dry run: nothing is stored.")
        gate_lines(standing, key="plan")
        _propose(ws, plan, standing, before)
    if not all(gate.passed for gate in standing):
        preparation(ws, plan)


def _row(allocation: Allocation, binding: TaskBinding | None, known: Mapping[str, str]) -> dict[str, object]:
    if binding is None:
        nobody = "nobody" if allocation.outcome is AllocationOutcome.ELIMINATE else NOTHING
        return {"Task": allocation.activity, "Who": nobody, "Action": NOTHING, "Allocation": allocation.outcome.value}
    return {
        "Task": allocation.activity,
        "Who": _who(allocation, binding, known),
        "Action": binding.action,
        "Allocation": allocation.outcome.value,
        "May change": ", ".join(binding.fields) or NOTHING,
        "Escalates to": ", ".join(binding.escalation) or NOTHING,
    }


def _who(allocation: Allocation, binding: TaskBinding, known: Mapping[str, str]) -> str:
    if doer_of(allocation.outcome) is not Doer.AGENT:
        return f"people: {binding.role}"
    if binding.agent is None:
        return f"agents: {binding.role}"
    return f"agent {known.get(binding.agent, binding.agent)}"


def _propose(ws: Workspace, plan: Plan, standing: Sequence[Gate], before: Workflow | None) -> None:
    version = before.version + 1 if before else 1
    missing = sum(not gate.passed for gate in standing)
    pressed = st.button("Promote", type="primary", icon=":material/publish:", disabled=bool(missing), key="promote")
    if missing:
        st.caption(f"{plural(missing, 'gate is', 'gates are')} not passed yet.")
    else:
        st.caption(
            f"{literal(acting())} proposes version {version} of {literal(plan.name)}, and its baseline is frozen. "
            f"It runs once a second person, with the role {literal(plan.owner_role)} or administrator, has signed it."
        )
    if pressed:
        act(lambda: _promote(ws, plan), f"Version {version} of {plan.name} is proposed; a second person signs it")


def _promote(ws: Workspace, plan: Plan) -> None:
    """Propose the version, and open the tab where it is signed."""
    promote(
        ws, plan.name, map_name=plan.map_name, map_version=plan.map_version, tasks=plan.tasks,
        decisions=plan.decisions, sla_seconds=plan.sla_seconds, owner_role=plan.owner_role, by=actor(),
    )  # fmt: skip
    set_parameter("workflow", plan.name)
    st.session_state[OPEN] = {"workflows_part": VERSIONS}
