"""Random process trees and logs, and the traces a tree allows."""

from __future__ import annotations

from itertools import count
from typing import Any

from hypothesis import strategies as st

from core.tree import Operator, ProcessTree

SILENT = ProcessTree(Operator.SILENT)

TRACES = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=7).map(tuple), min_size=1, max_size=15)


def shapes() -> st.SearchStrategy[ProcessTree]:
    """Trees with up to about eight leaves; every task has a label of its own."""
    task = st.builds(ProcessTree, st.just(Operator.TASK), st.just("?"))
    leaf = st.one_of(task, task, task, st.just(SILENT))
    several = st.sampled_from([Operator.SEQUENCE, Operator.CHOICE, Operator.PARALLEL])

    def extend(inner: st.SearchStrategy[ProcessTree]) -> st.SearchStrategy[ProcessTree]:
        children = st.lists(inner, min_size=2, max_size=3).map(tuple)
        loop = st.tuples(inner, inner)
        return st.one_of(
            st.builds(lambda o, c: ProcessTree(o, None, c), several, children),
            st.builds(lambda c: ProcessTree(Operator.LOOP, None, c), loop),
        )

    return st.recursive(leaf, extend, max_leaves=8).map(lambda tree: labelled(tree, count()))


def labelled(tree: ProcessTree, numbers: Any) -> ProcessTree:
    """`tree` with its tasks named t0, t1, ..."""
    if tree.operator is Operator.TASK:
        return ProcessTree(Operator.TASK, f"t{next(numbers)}")
    return ProcessTree(tree.operator, None, tuple(labelled(child, numbers) for child in tree.children))


def language(tree: ProcessTree, longest: int) -> frozenset[tuple[str, ...]]:
    """Every trace of at most `longest` activities that `tree` allows, by definition of its operators."""
    if tree.operator is Operator.SILENT:
        return frozenset({()})
    if tree.operator is Operator.TASK:
        return frozenset({(tree.label or "",)})
    inner = [language(child, longest) for child in tree.children]
    match tree.operator:
        case Operator.CHOICE:
            return frozenset().union(*inner)
        case Operator.SEQUENCE:
            return _fold(inner, lambda x, y: {x + y}, longest)
        case Operator.PARALLEL:
            return _fold(inner, _shuffles, longest)
    do, redo = inner
    traces, grown = do, do
    while grown:
        more = _fold([grown, redo, do], lambda x, y: {x + y}, longest) - traces
        traces, grown = traces | more, more
    return traces


def _fold(parts: list[frozenset[tuple[str, ...]]], join: Any, longest: int) -> frozenset[tuple[str, ...]]:
    traces = parts[0]
    for part in parts[1:]:
        traces = frozenset(t for x in traces for y in part if len(x) + len(y) <= longest for t in join(x, y))
    return traces


def _shuffles(x: tuple[str, ...], y: tuple[str, ...]) -> set[tuple[str, ...]]:
    if not x or not y:
        return {x + y}
    return {(x[0], *rest) for rest in _shuffles(x[1:], y)} | {(y[0], *rest) for rest in _shuffles(x, y[1:])}
