"""Random process trees, workflows over them, and an acceptor of a tree's language, independent of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from core.tree import Operator, ProcessTree
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import DecidedBy, DecisionSpec, Workflow

TAU = ProcessTree(Operator.SILENT)
BRANCHING = (Operator.CHOICE, Operator.LOOP)


def task(label: str) -> ProcessTree:
    """A leaf."""
    return ProcessTree(Operator.TASK, label)


def node(operator: Operator, *children: ProcessTree) -> ProcessTree:
    """A composite node."""
    return ProcessTree(operator, None, children)


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> ProcessTree:
    """A tree of at most `depth` levels below the root; every label is its own."""
    return _shape(draw, depth, iter(range(10_000)))


def _shape(draw: st.DrawFn, depth: int, numbers: Iterable[int]) -> ProcessTree:
    kinds = [Operator.TASK, Operator.SEQUENCE, Operator.PARALLEL, *BRANCHING, Operator.SILENT]
    kind = draw(st.sampled_from(kinds if depth else [Operator.TASK, Operator.TASK, Operator.SILENT]))
    if kind is Operator.SILENT:
        return TAU
    if kind is Operator.TASK:
        return task(f"t{next(iter(numbers))}")
    width = 2 if kind is Operator.LOOP else draw(st.integers(1, 3))
    return node(kind, *[_shape(draw, depth - 1, numbers) for _ in range(width)])


def workflow(
    tree: ProcessTree, decisions: Mapping[str, DecisionSpec] | None = None, *, max_loop: int = 3, **task: object
) -> Workflow:
    """A workflow over `tree`: agents do the tasks, people take the decisions unless `decisions` says otherwise."""
    fields = {"doer": Doer.AGENT, "role": "clerk", "escalation": ("lead", "head"), **task}
    tasks = {
        n: TaskSpec(node=n, label=t.label, action="x.do", resource_type="Case", outcome="agent", **fields)  # type: ignore[arg-type]
        for n, t in tree.nodes()
        if t.label is not None
    }
    asked = {n: DecisionSpec(n, DecidedBy.PERSON, role="lead") for n, t in tree.nodes() if t.operator in BRANCHING}
    return Workflow("w", 1, tree, tasks, {**asked, **(decisions or {})}, 3600.0, "m", 1, 1, "b", max_loop=max_loop)


# The acceptor: what is left of a tree's language after a task was done (its derivative), as a set of expressions.


@dataclass(frozen=True)
class Rest:
    """An expression: a tree still to do, or what stands for a started one."""

    kind: str  # "tree", "then", "both", "again"
    tree: ProcessTree = TAU
    parts: tuple[Rest, ...] = ()


def _may_end(rest: Rest) -> bool:
    if rest.kind == "again":
        return True
    if rest.kind in {"then", "both"}:
        return all(map(_may_end, rest.parts))
    return any(map(_may_end, _unfold(rest.tree))) if rest.tree.children else rest.tree.operator is Operator.SILENT


def _unfold(tree: ProcessTree) -> tuple[Rest, ...]:
    children = tuple(Rest("tree", child) for child in tree.children)
    match tree.operator:
        case Operator.SEQUENCE:
            return (Rest("then", parts=children),)
        case Operator.PARALLEL:
            return (Rest("both", parts=children),)
        case Operator.CHOICE:
            return children
        case _:
            body, redo = children
            return (Rest("then", parts=(body, Rest("again", parts=(redo, body)))),)


def _after(rest: Rest, label: str) -> set[Rest]:
    if rest.kind == "tree":
        if not rest.tree.children:
            return {Rest("tree")} if rest.tree.label == label else set()
        return {after for option in _unfold(rest.tree) for after in _after(option, label)}
    if rest.kind == "again":
        return {Rest("then", parts=(after, rest)) for after in _after(Rest("then", parts=rest.parts), label)}
    found = set()
    for number, part in enumerate(rest.parts):
        others = rest.parts[number + 1 :] if rest.kind == "then" else rest.parts[:number] + rest.parts[number + 1 :]
        found |= {Rest(rest.kind, parts=(after, *others)) for after in _after(part, label)}
        if rest.kind == "then" and not _may_end(part):
            break
    return found


def accepts(tree: ProcessTree, trace: Iterable[str]) -> bool:
    """Whether doing the tasks of `trace` in this order is one complete way through `tree`."""
    rests = {Rest("tree", tree)}
    for label in trace:
        rests = {after for rest in rests for after in _after(rest, label)}
    return any(map(_may_end, rests))
