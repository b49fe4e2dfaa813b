"""Taking eliminated tasks out of a tree leaves the language without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tree import Operator, ProcessTree
from orchestrator.machine.advance import advance
from orchestrator.machine.elimination import without
from orchestrator.machine.values import Decided, RunState, Started, TaskCompleted
from tests.orchestrator.trees import TAU, accepts, node, task, trees, workflow

A, B, C = task("a"), task("b"), task("c")


@pytest.mark.parametrize(
    ("tree", "labels", "expected"),
    [
        (node(Operator.SEQUENCE, A, B, C), "b", node(Operator.SEQUENCE, A, C)),
        (node(Operator.SEQUENCE, A, B), "b", A),
        (node(Operator.CHOICE, A, B, C), "bc", node(Operator.CHOICE, A, TAU)),
        (node(Operator.PARALLEL, A, node(Operator.LOOP, B, C)), "bc", A),
        (node(Operator.LOOP, A, B), "b", node(Operator.LOOP, A, TAU)),
        (node(Operator.LOOP, A, B), "a", node(Operator.LOOP, TAU, B)),
        (node(Operator.SEQUENCE, A, TAU), "z", node(Operator.SEQUENCE, A, TAU)),
        (node(Operator.SEQUENCE, A, B), "ab", TAU),
    ],
)
def test_worked_examples(tree: ProcessTree, labels: str, expected: ProcessTree) -> None:
    assert without(tree, set(labels)) == expected


@given(trees(depth=3), st.data())
def test_what_is_left_of_a_trace_fits_what_is_left_of_the_tree(tree: ProcessTree, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(tree.labels()))) if tree.labels() else set()
    flow = workflow(tree, max_loop=2)
    state, trace = advance(flow, RunState(), Started({}))[0], []
    while state.items:
        item = data.draw(st.sampled_from(sorted(state.items.values(), key=lambda i: i.item)))
        if item.node in flow.tasks:
            trace.append(flow.tasks[item.node].label)
            state, _ = advance(flow, state, TaskCompleted(item.item, item.attempt))
        else:
            child = data.draw(st.integers(0, len(tree.at(item.node).children) - 1))
            state, _ = advance(flow, state, Decided(item.item, child))
    left = without(tree, gone)
    assert accepts(left, [label for label in trace if label not in gone])
    assert not set(left.labels()) & gone
