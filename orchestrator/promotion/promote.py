"""Promotion: a workflow map and its allocations become a workflow, through gates and a second person's signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Verb
from core.audit.values import State
from core.errors import BadInput, IllegalTransition, NotAllowed
from core.workspace import Workspace
from governance import (
    ADMINISTRATOR,
    Entry,
    Principal,
    PrincipalKind,
    RecordKind,
    Ruling,
    ensure_acting,
    get_principal,
    record,
)
from kpi import freeze_baseline
from orchestrator.machine.values import DecisionSpec, Workflow
from orchestrator.promotion.bindings import TaskBinding
from orchestrator.promotion.gates import Gate, evaluate, second_person
from orchestrator.promotion.planning import Plan, candidate, find_map, standing, view_of
from orchestrator.promotion.workflows import (
    Proposal,
    WorkflowStatus,
    get_proposal,
    insert_proposal,
    mark_signed,
    next_version,
)
from orchestrator.running.refusing import refusals

PROPOSE, SIGN = Verb("workflow.propose", "Workflow"), Verb("workflow.sign", "Workflow")


def gates(ws: Workspace, plan: Plan) -> tuple[Gate, ...]:
    """The gates as they stand for `plan`, the second person's left out. Nothing is stored.

    Raises NotFound for a map that is not there, BadInput for a name or a limit that cannot be used.
    """
    return evaluate(candidate(ws, plan, find_map(ws, plan)))


def promote(
    ws: Workspace,
    name: str,
    *,
    map_name: str,
    map_version: int | None = None,
    tasks: Mapping[str, TaskBinding],
    decisions: Mapping[str, DecisionSpec] | None = None,
    sla_seconds: float,
    owner_role: str = "process owner",
    max_loop: int = 20,
    by: Actor,
) -> Proposal:
    """The proposed next version of the workflow `name`, with its baseline frozen; a second person signs it.

    `tasks` binds the map's activities by their name. `decisions` says how nodes of `workflow_tree` are
    decided; the others are decided by the context's scenario (see `default_decisions`).
    Raises NotFound for a map that is not there, BadInput that lists every gate that does not pass; nothing is stored.
    """
    plan = Plan(name, map_name, tasks, sla_seconds, map_version, decisions, owner_role, max_loop)
    found = find_map(ws, plan)
    with refusals(ws, PROPOSE, name, by=by):
        proposer = _person(ensure_acting(ws, by))
    proposed = candidate(ws, plan, found)
    passed = evaluate(proposed)
    _demand(passed, f"`{name}` cannot be proposed: it does not pass every gate. Nothing was stored.")
    waiting = second_person(proposer, None, _may_sign(proposed.workflow))
    with ws.database.begin() as connection:
        version = next_version(connection, name)
        frozen = freeze_baseline(
            ws,
            view_of(found),
            sla_seconds=sla_seconds,
            by=by,
            connection=connection,
        )
        workflow = replace(proposed.workflow, version=version, baseline=str(frozen.id))
        status = WorkflowStatus.PROPOSED
        proposal = Proposal(workflow, status, (*passed, waiting), ws.clock.now(), proposer.id)
        state = insert_proposal(connection, proposal)
        _record(ws, connection, by, proposer, PROPOSE, proposal, Ruling.ALLOW, state)
    return proposal


def sign(ws: Workspace, name: str, version: int | None = None, *, by: Actor) -> Proposal:
    """The workflow version, promoted: `by` is the second person, and every gate still passes.

    Raises NotFound, IllegalTransition for a version that is signed already, NotAllowed that lists what does not pass.
    """
    proposal = get_proposal(ws, name, version)
    if proposal.status is WorkflowStatus.PROMOTED:
        raise IllegalTransition(f"Version {proposal.version} of the workflow `{name}` is signed already.")
    with refusals(ws, SIGN, name, by=by):
        signer = ensure_acting(ws, by)
    proposer = get_principal(ws, proposal.proposed_by)
    now = standing(ws, proposal.workflow)
    found = (*evaluate(now), second_person(proposer, signer, _may_sign(proposal.workflow)))
    signed = replace(
        proposal,
        workflow=now.workflow,
        status=WorkflowStatus.PROMOTED,
        gates=found,
        signed_at=ws.clock.now(),
        signed_by=signer.id,
    )
    if not all(gate.passed for gate in found):
        with ws.database.begin() as connection:
            _record(ws, connection, by, signer, SIGN, signed, Ruling.DENY)
    _demand(found, f"Version {proposal.version} of `{name}` cannot be signed.", NotAllowed)
    with ws.database.begin() as connection:
        state = mark_signed(connection, signed)
        _record(ws, connection, by, signer, SIGN, signed, Ruling.ALLOW, state)
    return signed


def _person(principal: Principal) -> Principal:
    if principal.kind is not PrincipalKind.PERSON or not principal.active:
        raise NotAllowed(f"`{principal.name}` cannot propose a workflow: only an active person can.")
    return principal


def _may_sign(workflow: Workflow) -> tuple[str, ...]:
    return tuple(dict.fromkeys((workflow.owner_role, ADMINISTRATOR)))


def _demand(found: Sequence[Gate], message: str, error: type[BadInput] | type[NotAllowed] = BadInput) -> None:
    """Raise `error` with every reason of every gate that does not pass."""
    problems = [f"{gate.name}: {reason.rstrip('.')}." for gate in found if not gate.passed for reason in gate.reasons]
    if problems:
        raise error(message, problems=problems)


def _record(
    ws: Workspace, connection: Connection, by: Actor, who: Principal, verb: Verb, proposal: Proposal, effect: Ruling,
    state: State | None = None,
) -> None:  # fmt: skip
    """Append to the audit log what was done or refused; what was done bears the version's state."""
    workflow = proposal.workflow
    about = {"map": f"{workflow.map_name} {workflow.map_version}", "baseline": workflow.baseline}
    failed = tuple(f"{gate.name}: {gate.reason}" for gate in proposal.gates if not gate.passed)
    entry = Entry(
        RecordKind.CHANGE,
        who.id,
        verb.name,
        verb.resource_type,
        f"{workflow.name} {workflow.version}",
        effect=effect,
        reasons=failed or ("Every gate passes.",),
        policy_set=workflow.policy_set,
        payload=about,
        actor=by,
        state=state,
    )
    record(connection, entry, at=ws.clock.now())
