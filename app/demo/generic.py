"""The scenario of any other log: the suggested bindings, one note a task may write, policies for its actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.demo.observed import FINAL
from app.demo.scenario import OWNER_ROLE, OWNERS, Mapped, Scenario, SimulatedAgent, Trespass
from governance import Action
from orchestrator.promotion.bindings import TaskBinding
from orchestrator.promotion.drafting import agent_role, draft_policies, draft_roles, staff_role, with_note

STAND_INS = ("First clerk", "Second clerk", "Third clerk")  # where the log names nobody


def scenario(workflow: str, mapped: Mapped, suggested: Mapping[str, TaskBinding], sla_seconds: float) -> Scenario:
    """The scenario for a log that nothing further is known about."""
    bindings = {label: _narrowed(binding, mapped.by_agent(label)) for label, binding in suggested.items()}
    agent, staff = agent_role(workflow), staff_role(workflow)
    by_agent = [label for label in bindings if mapped.by_agent(label)]
    actions = tuple(Action(b.action, b.resource_type) for b in bindings.values())
    by_people = next((a for label, a in zip(bindings, actions, strict=True) if label not in by_agent), None)
    return Scenario(
        workflow=workflow,
        roles=draft_roles(workflow, bindings, OWNER_ROLE),
        people={staff: mapped.people or STAND_INS, OWNER_ROLE: OWNERS},
        agents=(SimulatedAgent(f"Agent of {workflow}", agent, 3),) if by_agent else (),
        bindings=bindings,
        decisions={},
        actions=actions,
        policies=draft_policies(workflow, bindings, OWNER_ROLE),
        sla_seconds=sla_seconds,
        trespass=Trespass(by_agent[0], {"approved_by": agent}) if by_agent else None,
        forbidden_action=by_people if by_agent else None,
        forbidden_agent=f"Agent of {workflow}",
    )


def _narrowed(binding: TaskBinding, by_agent: bool) -> TaskBinding:
    """The binding with the one field that the task may change, and no delay between attempts."""
    limit = None if by_agent else 30 * 86_400.0
    return replace(with_note(binding), answer_fields=(FINAL,), retry_delay_seconds=0.1, people_timeout_seconds=limit)
