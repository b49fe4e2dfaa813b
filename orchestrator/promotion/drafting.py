"""Drafts for whoever promotes a map: bindings in TOML, roles, and policies in Cedar. Pure: nothing is stored here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.visible import visible_line
from governance import Role
from orchestrator.promotion.bindings import TaskBinding

RESOURCE = "Case"


def agent_role(workflow: str) -> str:
    """The role of a workflow's agents, as `suggest_bindings` names it."""
    return f"{workflow}_agent"


def staff_role(workflow: str) -> str:
    """The role of a workflow's people, as `suggest_bindings` names it."""
    return f"{workflow}_staff"


def with_note(binding: TaskBinding) -> TaskBinding:
    """The binding with one field that the task may change: a note of its own."""
    return replace(binding, resource_type=RESOURCE, fields=(f"{_word(binding)}_note",))


def draft_roles(workflow: str, bindings: Mapping[str, TaskBinding], owner_role: str) -> tuple[Role, ...]:
    """The roles that the suggested bindings name: of agents, of people, and of those who answer for the process."""
    by_agent = _by_agent(workflow, bindings)
    everything = tuple(b.action for b in bindings.values())
    return (
        Role(
            agent_role(workflow), "Does the tasks allocated to agents.", by_agent,
            tuple(bindings[label].action for label in by_agent),
        ),
        Role(
            staff_role(workflow), "Does what stays with people, and what agents hand on.", tuple(bindings), everything
        ),
        Role(owner_role, "Answers for the process and signs its workflows."),
    )  # fmt: skip


def draft_policies(workflow: str, bindings: Mapping[str, TaskBinding], owner_role: str) -> str:
    """Policies in Cedar for the suggested bindings: agents on named fields of their tasks, people on all tasks."""
    lines = [f"// {workflow}: made from its tasks. What nothing permits is denied."]
    for label in _by_agent(workflow, bindings):
        binding = bindings[label]
        lines.append(
            f'@id("{workflow}.agent.{_word(binding)}")\n'
            f'@reason("The agent of {workflow} does this task and changes only the fields named for it.")\n'
            f'permit (principal in Role::"{binding.role}", action == Action::"{binding.action}", resource)\n'
            f"when {{ [{_listed(binding.fields)}].containsAll(resource.fields) }};"
        )
    actions = ", ".join(f'Action::"{b.action}"' for b in bindings.values())
    for name, role in (("staff", staff_role(workflow)), ("owner", owner_role)):
        lines.append(
            f'@id("{workflow}.{name}")\n'
            f'@reason("People of this role may do every task of {workflow}.")\n'
            f'permit (principal in Role::"{role}", action in [{actions}], resource);'
        )
    return "\n\n".join(lines) + "\n"


def draft_bindings(workflow: str, bindings: Mapping[str, TaskBinding], decisions: Mapping[str, str]) -> str:
    """The bindings as a TOML file to edit; `decisions` says what stands at each node where a run is decided."""
    lines = [
        f"# How the tasks of {workflow} are done. docs/orchestration.md says what can stand here.",
        "# `fields`: the context fields that the task may change; the policies name them too.",
    ]
    for label, binding in bindings.items():
        lines += ["", f"[tasks.{_text(label)}]"]
        lines += [f"{name} = {_value(value)}" for name, value in _shown(binding)]
    if decisions:
        lines += ["", "# Decided by the context's `scenario`, else the most frequent way, unless you say otherwise:"]
    for node, tree in decisions.items():
        lines += [
            f"#   {visible_line(tree)}",
            f"# [decisions.{_text(node)}]",
            '# by = "person"',
            '# role = "process owner"',
        ]
    return "\n".join(lines) + "\n"


def _by_agent(workflow: str, bindings: Mapping[str, TaskBinding]) -> tuple[str, ...]:
    return tuple(label for label, binding in bindings.items() if binding.role == agent_role(workflow))


def _shown(binding: TaskBinding) -> Iterable[tuple[str, object]]:
    limit = "timeout_seconds" if binding.people_timeout_seconds is None else "people_timeout_seconds"
    names = ("role", "action", "resource_type", "fields", "system", limit, "escalation")
    return ((name, value) for name in names if (value := getattr(binding, name)) is not None)


def _word(binding: TaskBinding) -> str:
    return binding.action.removeprefix("task.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    """`text` as a TOML basic string: JSON's escapes are a part of TOML's, which wants DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
