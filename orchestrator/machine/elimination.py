"""Takes tasks out of a process tree whose allocation is `eliminate`: work that is not to be done any more."""

from __future__ import annotations

from collections.abc import Collection

from core.tree import Operator, ProcessTree

_NOTHING = ProcessTree(Operator.SILENT)


def without(tree: ProcessTree, labels: Collection[str]) -> ProcessTree:
    """`tree` without the tasks named in `labels`, and without nodes that no longer do anything.

    Its language is that of `tree` with these labels left out of every trace. With no label to take out it is `tree`.
    """
    if not set(labels) & set(tree.labels()):
        return tree
    if tree.operator is Operator.TASK:
        return _NOTHING
    children = tuple(without(child, labels) for child in tree.children)
    if all(child.operator is Operator.SILENT for child in children):
        return _NOTHING
    if tree.operator is not Operator.LOOP:  # a loop keeps both children: a silent one still lets the other repeat
        children = _needed(tree.operator, children)
        if len(children) == 1:
            return children[0]
    return ProcessTree(tree.operator, None, children)


def _needed(operator: Operator, children: tuple[ProcessTree, ...]) -> tuple[ProcessTree, ...]:
    """A sequence or parallel node needs no silent child; a choice needs one where it may be skipped."""
    if operator is Operator.CHOICE:
        return tuple(dict.fromkeys(children))
    return tuple(child for child in children if child.operator is not Operator.SILENT)
