"""The scenario of any other log: the suggested bindings, one note a task may write, policies for its actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.demo.scenario import OWNER_ROLE, OWNERS, Mapped, Scenario, SimulatedAgent, Trespass
from governance import Action, Role
from orchestrator import TaskBinding

RESOURCE = "Case"
STAND_INS = ("First clerk", "Second clerk", "Third clerk")  # where the log names nobody


def scenario(workflow: str, mapped: Mapped, suggested: Mapping[str, TaskBinding], sla_seconds: float) -> Scenario:
    """The scenario for a log that nothing further is known about."""
    bindings = {label: _narrowed(binding, mapped.by_agent(label)) for label, binding in suggested.items()}
    agent, staff = f"{workflow}_agent", f"{workflow}_staff"
    by_agent = [label for label in bindings if mapped.by_agent(label)]
    actions = tuple(Action(b.action, b.resource_type) for b in bindings.values())
    by_people = next((a for label, a in zip(bindings, actions, strict=True) if label not in by_agent), None)
    return Scenario(
        workflow=workflow,
        roles=tuple(_roles(agent, staff, bindings, by_agent)),
        people={staff: mapped.people or STAND_INS, OWNER_ROLE: OWNERS},
        agents=(SimulatedAgent(f"Agent of {workflow}", agent, 3),) if by_agent else (),
        bindings=bindings,
        decisions={},
        actions=actions,
        policies=policies(workflow, bindings, by_agent),
        sla_seconds=sla_seconds,
        trespass=Trespass(by_agent[0], {"approved_by": agent}) if by_agent else None,
        forbidden_action=by_people if by_agent else None,
        forbidden_agent=f"Agent of {workflow}",
    )


def _narrowed(binding: TaskBinding, by_agent: bool) -> TaskBinding:
    """The binding with the one field that the task may change, and no delay between attempts."""
    note = f"{binding.action.removeprefix('task.')}_note"
    timeout = binding.timeout_seconds if by_agent else 30 * 86_400.0
    return replace(binding, resource_type=RESOURCE, fields=(note,), retry_delay_seconds=0.1, timeout_seconds=timeout)


def _roles(agent: str, staff: str, bindings: Mapping[str, TaskBinding], by_agent: Iterable[str]) -> Iterable[Role]:
    everything = tuple(b.action for b in bindings.values())
    allocated = tuple(by_agent)
    yield Role(agent, "Does the tasks allocated to agents.", allocated, tuple(bindings[a].action for a in allocated))
    yield Role(staff, "Does what stays with people, and what agents hand on.", tuple(bindings), everything)
    yield Role(OWNER_ROLE, "Answers for the process and signs its workflows.")


def policies(workflow: str, bindings: Mapping[str, TaskBinding], by_agent: Iterable[str]) -> str:
    """Policies in Cedar, shaped like those of procurement: agents on named fields of their tasks, people on all."""
    lines = [
        f"// {workflow}, as the demo governs it. Made for the actions of its tasks; what nothing permits is denied."
    ]
    for label in by_agent:
        binding = bindings[label]
        lines.append(
            f'@id("{workflow}.agent.{binding.action.removeprefix("task.")}")\n'
            f'@reason("The agent of {workflow} does this task and changes only the field named for it.")\n'
            f'permit (principal in Role::"{binding.role}", action == Action::"{binding.action}", resource)\n'
            f"when {{ [{_listed(binding.fields)}].containsAll(resource.fields) }};"
        )
    actions = ", ".join(f'Action::"{b.action}"' for b in bindings.values())
    for name, role in (("staff", f"{workflow}_staff"), ("owner", OWNER_ROLE)):
        lines.append(
            f'@id("{workflow}.{name}")\n'
            f'@reason("People of this role may do every task of {workflow}.")\n'
            f'permit (principal in Role::"{role}", action in [{actions}], resource);'
        )
    return "\n\n".join(lines) + "\n"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
