"""What is to be promoted, put together from the map, its allocations, the bindings and the principals of now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import BadInput
from core.selection.selection import Selection
from core.tree import ProcessTree
from core.view import View
from core.workspace import Workspace
from governance import Principal, PrincipalKind, check, policies, principals, roles
from kpi import Measurement, get_baseline, measure
from mining.allocation import AllocationOutcome, allocations
from mining.map.maps import WorkflowMap, get_map
from orchestrator.connectors.registry import Connectors
from orchestrator.machine.elimination import without
from orchestrator.machine.scenarios import default_decisions
from orchestrator.machine.task import TaskSpec
from orchestrator.machine.values import DecisionSpec, Workflow
from orchestrator.promotion.bindings import TaskBinding, bind, suggested
from orchestrator.promotion.gates import Candidate
from orchestrator.promotion.gates.sla import usable

_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,99}$")  # the workflow's name is that of its runs' event log too


@dataclass(frozen=True)
class Plan:
    """What is to be promoted, and how."""

    name: str  # of the workflow, and of the event log of its runs
    map_name: str
    tasks: Mapping[str, TaskBinding]  # by activity
    sla_seconds: float  # of a run
    map_version: int | None = None  # None: the newest
    decisions: Mapping[str, DecisionSpec] | None = None  # by node of `workflow_tree`; the others: by scenario
    owner_role: str = "process owner"  # may sign, and is asked when nobody else can decide
    max_loop: int = 20


def workflow_tree(tree: ProcessTree, outcomes: Mapping[str, AllocationOutcome]) -> ProcessTree:
    """The tree of the workflow that a map with this `tree` becomes: without the activities to be eliminated.

    The nodes of decisions are counted in this tree, not in the map's.
    """
    return without(tree, {label for label, outcome in outcomes.items() if outcome is AllocationOutcome.ELIMINATE})


def suggest_bindings(
    ws: Workspace,
    workflow: str,
    *,
    map_name: str,
    map_version: int | None = None,
    owner_role: str = "process owner",
) -> dict[str, TaskBinding]:
    """A complete binding of the map's activities for the workflow `workflow`; see `bindings.suggested`.

    Raises NotFound for a map that is not there.
    """
    found = get_map(ws, map_name, map_version)
    outcomes = outcomes_of(ws, found)
    allocated = {label: outcomes.get(label, AllocationOutcome.HUMAN_ONLY) for label in found.tree.labels()}
    return suggested(workflow, allocated, owner_role, systems_of(found))


def systems_of(found: WorkflowMap) -> dict[str, str]:
    """The system that each activity of the map was most often done in, where its log says."""
    return {profile.activity: profile.systems[0].name for profile in found.profiles if profile.systems}


def outcomes_of(ws: Workspace, found: WorkflowMap) -> dict[str, AllocationOutcome]:
    """The allocation of each activity of the map, as computed or as a person put in its place."""
    return {a.activity: a.outcome for a in allocations(ws, found.name, found.version)}


def find_map(ws: Workspace, plan: Plan) -> WorkflowMap:
    """The map that the plan names, once the plan itself can be used."""
    if not _NAME.match(plan.name):
        raise BadInput(f"`{plan.name}` cannot name a workflow. Use a to z, 0 to 9, `-` and `_`, at most 100 of them.")
    if plan.max_loop < 1:
        raise BadInput(f"`{plan.max_loop}` rounds are too few for a loop; allow at least 1.")
    return get_map(ws, plan.map_name, plan.map_version)


def view_of(found: WorkflowMap) -> View:
    """What the map was discovered in: its baseline is judged and frozen over the same cases."""
    return View(found.log, found.log_version, Selection.parse(found.selection))


def candidate(ws: Workspace, plan: Plan, found: WorkflowMap) -> Candidate:
    """What the gates look at before a version is proposed."""
    known = principals(ws)
    outcomes = outcomes_of(ws, found)
    tree = workflow_tree(found.tree, outcomes)
    counts = {activity.name: activity.count for activity in found.dfg.activities}
    workflow = Workflow(
        name=plan.name,
        version=0,
        tree=tree,
        tasks=_tasks(plan, tree, outcomes, known),
        decisions={**default_decisions(tree, counts), **(plan.decisions or {})},
        sla_seconds=plan.sla_seconds,
        map_name=found.name,
        map_version=found.version,
        policy_set=policies(ws).version,
        baseline="",
        max_loop=plan.max_loop,
        owner_role=plan.owner_role,
    )
    sla_seconds = plan.sla_seconds if usable(plan.sla_seconds) else None  # its gate says what is wrong with it
    measured = measure(ws, view_of(found), sla_seconds=sla_seconds)
    return _looked_at(ws, workflow, set(outcomes), set(plan.tasks) - set(found.tree.labels()), known, measured)


def standing(ws: Workspace, workflow: Workflow) -> Candidate:
    """What the gates look at when a proposed version is to be signed: principals, roles and policies of now."""
    allocated = {a.activity for a in allocations(ws, workflow.map_name, workflow.map_version)}
    frozen = get_baseline(ws, int(workflow.baseline)).measurements
    now = replace(workflow, policy_set=policies(ws).version)
    return _looked_at(ws, now, allocated, set(), principals(ws), frozen)


def _looked_at(
    ws: Workspace,
    workflow: Workflow,
    allocated: set[str],
    surplus: set[str],
    known: Sequence[Principal],
    measured: Sequence[Measurement],
) -> Candidate:
    names = {role.name for role in roles(ws)}
    systems = Connectors(ws)
    return Candidate(
        workflow, allocated, surplus, known, names, lambda request: check(ws, request), measured, systems.problems,
        systems.doubts,
    )  # fmt: skip


def _tasks(
    plan: Plan, tree: ProcessTree, outcomes: Mapping[str, AllocationOutcome], known: Sequence[Principal]
) -> dict[str, TaskSpec]:
    """The bound tasks by node. An activity without an allocation is bound to people: another gate stops it."""
    tasks = {}
    for node, found in tree.nodes():
        if found.label is not None and found.label in plan.tasks:
            binding = plan.tasks[found.label]
            outcome = outcomes.get(found.label, AllocationOutcome.HUMAN_ONLY)
            tasks[node] = bind(node, found.label, outcome, binding, _agent(binding, known))
    return tasks


def _agent(binding: TaskBinding, known: Sequence[Principal]) -> str | None:
    """The id of the agent that the binding names, or else of the one active agent of its role."""
    if binding.agent is not None:
        named = [p.id for p in known if binding.agent in (p.id, p.name)]
        return named[0] if named else binding.agent
    fitting = [p.id for p in known if p.kind is PrincipalKind.AGENT and p.active and binding.role in p.roles]
    return fitting[0] if len(fitting) == 1 else None
