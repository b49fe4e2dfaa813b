"""What a run may still come to, as its state tells: every other task that it has not done was left out. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from core.tree import Operator
from orchestrator.machine.values import RunState, Workflow


def ahead(workflow: Workflow, state: RunState) -> frozenset[str]:
    """The nodes of the tasks that the run may yet come to, for the first time or once more.

    An open decision may still go any way; one that was taken leaves its other ways out, unless a loop round it may come
    there once more.
    """
    if not state.visits:
        return frozenset(workflow.tasks)  # it has not begun
    return frozenset(node for found in _within(workflow, state, "0") for node in _tasks(workflow, found))


def _within(workflow: Workflow, state: RunState, node: str) -> Iterator[str]:
    """The subtrees of `node` that may yet be entered, where `node` was entered and perhaps left."""
    if node not in state.active:
        return  # a task, or left
    tree, progress = workflow.tree.at(node), state.active[node]
    children = [f"{node}.{number}" for number in range(len(tree.children))]
    asked = any(item.node == node for item in state.items.values())
    match tree.operator:
        case Operator.LOOP:
            yield from children
        case Operator.CHOICE if asked:
            yield from children
        case Operator.SEQUENCE:
            yield from children[progress:]
            yield from _within(workflow, state, children[progress - 1])
        case _:  # of a choice, the child that was taken is the only one that can be active
            for child in children:
                yield from _within(workflow, state, child)


def _tasks(workflow: Workflow, node: str) -> Iterator[str]:
    return (task for task in workflow.tasks if task == node or task.startswith(f"{node}."))
