"""What effects read from the context of a run that was started without it, and that no task before may fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from core.tree import Operator, ProcessTree
from orchestrator.machine.named import values_at
from orchestrator.machine.task import TaskSpec
from orchestrator.machine.values import Workflow

_READ = re.compile(r"\bcontext\.([A-Za-z_]\w*)\b(?!\s*\()")  # a method of the context is no field of it

_SCENARIO = "scenario"  # what runs of a model are told beforehand, see scenarios.py


def unfilled(workflow: Workflow, context: Mapping[str, Any]) -> tuple[str, ...]:
    """A sentence for every argument of an effect that nothing will be there for. A pure function."""
    said = []
    for task in workflow.tasks.values():
        if task.effect is None:
            continue
        for name, path in sorted(task.effect.arguments.items()):
            if (values_at(context, path) or [None])[0] is None and not _filled(workflow, task, path):
                said.append(
                    f"`{task.label}` would be denied: `{task.effect.connector}.{task.effect.action}` needs `{path}` as "
                    f"its argument `{name}`; the run was started without it, and no task that comes before may fill it."
                )
    return tuple(dict.fromkeys(said))


def wanted_at_start(workflow: Workflow) -> tuple[str, ...]:
    """The names of what a run of `workflow` may be started with, as its definition declares it: amounts, arguments of
    effects that no task before fills, and what rules read of the context. A pure function."""
    amounts = [task.amount_field for task in workflow.tasks.values() if task.amount_field]
    arguments = [
        path
        for task in workflow.tasks.values()
        if task.effect is not None
        for _, path in sorted(task.effect.arguments.items())
        if not _filled(workflow, task, path)
    ]
    read = [name for spec in workflow.decisions.values() for rule in spec.rules for name in _READ.findall(rule)]
    return tuple(dict.fromkeys([*amounts, *arguments, *(name for name in read if name != _SCENARIO)]))


def _filled(workflow: Workflow, task: TaskSpec, path: str) -> bool:
    """Whether the task itself, or one that may come before it, may fill what stands under `path`."""
    if _covers(task.fields, path):
        return True
    before = (t for t in workflow.tasks.values() if t.node != task.node and _before(workflow.tree, t.node, task.node))
    return any(_covers((*t.fields, *(t.effect.results if t.effect else ())), path) for t in before)


def _covers(fields: Iterable[str], path: str) -> bool:
    return any(field == path or field.startswith((f"{path}.", f"{path}[]")) for field in fields)


def _before(tree: ProcessTree, node: str, other: str) -> bool:
    """Whether `node` may be done before `other`: in an earlier round of a loop, beside it, or earlier in a sequence."""
    one, two = node.split("."), other.split(".")
    shared = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    above = [tree.at(".".join(one[: n + 1])).operator for n in range(shared)]
    if Operator.LOOP in above:
        return True
    if above[-1] is Operator.PARALLEL:
        return True
    return above[-1] is Operator.SEQUENCE and int(one[shared]) < int(two[shared])
