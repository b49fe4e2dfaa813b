"""Process trees as frozen values: sound by construction. Operators and semantics after Leemans' inductive mining."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Operator(StrEnum):
    """What a node of a process tree does with its children."""

    TASK = "task"  # a leaf: the activity `label`
    SILENT = "silent"  # a leaf: nothing
    SEQUENCE = "sequence"  # all, one after the other
    CHOICE = "choice"  # exactly one
    PARALLEL = "parallel"  # all, in any order or at once
    LOOP = "loop"  # the first; then, as often as wanted, the second and the first again


@dataclass(frozen=True)
class ProcessTree:
    """A node of a process tree with everything below it."""

    operator: Operator
    label: str | None = None  # of a task
    children: tuple[ProcessTree, ...] = ()

    def nodes(self, node: str = "0") -> Iterator[tuple[str, ProcessTree]]:
        """Every node with its id, parents first. The root is "0", its second child "0.1"."""
        yield node, self
        for number, child in enumerate(self.children):
            yield from child.nodes(f"{node}.{number}")

    def at(self, node: str) -> ProcessTree:
        """The node with this id. Raises IndexError where there is none."""
        found = self
        for number in node.split(".")[1:]:
            found = found.children[int(number)]
        return found

    def labels(self) -> tuple[str, ...]:
        """The labels of its tasks, from left to right."""
        return tuple(n.label for _, n in self.nodes() if n.operator is Operator.TASK and n.label is not None)

    def to_dict(self) -> dict[str, Any]:
        """It as JSON: `operator`, and `label` or `children`."""
        if self.operator is Operator.TASK:
            return {"operator": self.operator.value, "label": self.label}
        if self.operator is Operator.SILENT:
            return {"operator": self.operator.value}
        return {"operator": self.operator.value, "children": [c.to_dict() for c in self.children]}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> ProcessTree:
        """The tree that `to_dict` wrote. Raises KeyError or ValueError for anything else."""
        children = tuple(ProcessTree.from_dict(c) for c in data.get("children", ()))
        return ProcessTree(Operator(data["operator"]), data.get("label"), children)

    def __str__(self) -> str:
        """In the notation of the literature: `->( 'a', X( 'b', tau ) )`."""
        if self.operator is Operator.TASK:
            return f"'{self.label}'"
        if self.operator is Operator.SILENT:
            return "tau"
        sign = {"sequence": "->", "choice": "X", "parallel": "+", "loop": "*"}[self.operator.value]
        return f"{sign}( {', '.join(map(str, self.children))} )"
