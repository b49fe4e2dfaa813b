"""Step 5: the map becomes a workflow: one process owner proposes it, another one signs."""

from __future__ import annotations

from app.demo.governing import Governed
from app.demo.scenario import OWNER_ROLE, Mapped, Scenario
from app.demo.story import Story
from core.actor.values import simulated
from core.workspace import Workspace
from orchestrator.machine.values import Workflow
from orchestrator.promotion.promote import promote, sign
from orchestrator.promotion.workflows import Proposal, WorkflowStatus, list_workflows


def promote_workflow(ws: Workspace, scenario: Scenario, mapped: Mapped, governed: Governed, story: Story) -> Workflow:
    """The promoted workflow of this very map: the one there is, or a new version."""
    there = _newest(ws, scenario.workflow, mapped)
    if there is not None and there.status is WorkflowStatus.PROMOTED:
        story.say(f"workflow `{there.name}` version {there.version} is promoted already")
        return there.workflow
    proposer, signer = governed.owners[:2]
    proposal = there or promote(
        ws,
        scenario.workflow,
        map_name=mapped.map.name,
        map_version=mapped.map.version,
        tasks=scenario.bindings,
        decisions=scenario.decisions,
        sla_seconds=scenario.sla_seconds,
        owner_role=OWNER_ROLE,
        by=simulated(proposer.id),
    )
    signed = sign(ws, proposal.name, proposal.version, by=simulated(signer.id))
    for gate in signed.gates:
        story.say(f"gate {gate.name}: {gate.reason}")
    story.say(f"workflow `{signed.name}` version {signed.version} promoted, baseline {signed.workflow.baseline} frozen")
    return signed.workflow


def _newest(ws: Workspace, name: str, mapped: Mapped) -> Proposal | None:
    """The newest version of the workflow that was made from this map."""
    made = (mapped.map.name, mapped.map.version)
    fitting = [
        p for p in list_workflows(ws) if p.name == name and (p.workflow.map_name, p.workflow.map_version) == made
    ]
    return fitting[-1] if fitting else None
