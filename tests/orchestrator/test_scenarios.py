"""Decisions by scenario: a trace becomes facts, and the facts lead a run through the same trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tree import Operator, ProcessTree
from orchestrator.machine.advance import advance
from orchestrator.machine.scenarios import default_decisions, scenario_of
from orchestrator.machine.values import Decided, RunState, RunStatus, Started, TaskCompleted, Workflow
from tests.orchestrator.trees import TAU, accepts, node, task, trees, workflow

A, B, C = task("a"), task("b"), task("c")
TREE = node(Operator.SEQUENCE, A, node(Operator.CHOICE, TAU, B, C), node(Operator.LOOP, task("d"), task("e")))


def follow(flow: Workflow, context: dict[str, object], trace: str | list[str]) -> RunState:
    """The state of a run that was led through `trace` by its rules, with nobody asked."""
    state, _ = advance(flow, RunState(), Started(context))
    for label in trace:
        item = next(i for i in state.items.values() if flow.tasks[i.node].label == label)
        state, _ = advance(flow, state, TaskCompleted(item.item, item.attempt))
    return state


@pytest.mark.parametrize(
    ("trace", "scenario"),
    [
        ("ad", {"0.1": [0], "0.2": [0]}),
        ("abd", {"0.1": [1], "0.2": [0]}),
        ("acdeded", {"0.1": [2], "0.2": [2]}),
        ("abcd", None),
        ("ade", None),
        ("", None),
    ],
)
def test_the_scenario_of_a_trace(trace: str, scenario: dict[str, list[int]] | None) -> None:
    assert scenario_of(TREE, trace) == scenario
    if scenario is not None:
        flow = workflow(TREE, default_decisions(TREE))
        assert follow(flow, {"scenario": scenario}, trace).status is RunStatus.COMPLETED


@pytest.mark.parametrize("context", [{}, {"scenario": {}}, {"scenario": {"0.1": []}}])
def test_without_a_scenario_the_usual_way_is_taken(context: dict[str, object]) -> None:
    flow = workflow(TREE, default_decisions(TREE))
    assert follow(flow, context, "abd").status is RunStatus.COMPLETED
    counted = workflow(TREE, default_decisions(TREE, {"b": 3, "c": 9}))
    assert follow(counted, context, "acd").status is RunStatus.COMPLETED


@pytest.mark.parametrize("scenario", [7, {"0.1": 3}, {"0.1": ["x"], "0.2": [None]}])
def test_a_scenario_that_cannot_be_read_asks_or_takes_the_usual_way_but_never_breaks(scenario: object) -> None:
    flow = workflow(TREE, default_decisions(TREE))
    state = follow(flow, {"scenario": scenario}, "a")
    assert state.status is RunStatus.RUNNING
    assert len(state.items) == 1


@given(trees(depth=3), st.data())
def test_every_way_through_a_tree_has_a_scenario_that_leads_there(tree: ProcessTree, data: st.DataObject) -> None:
    asked = workflow(tree, max_loop=2)
    state, trace = advance(asked, RunState(), Started({}))[0], []
    while state.items:
        item = data.draw(st.sampled_from(sorted(state.items.values(), key=lambda i: i.item)))
        if item.node in asked.tasks:
            trace.append(asked.tasks[item.node].label)
            state, _ = advance(asked, state, TaskCompleted(item.item, item.attempt))
        else:
            child = data.draw(st.integers(0, len(tree.at(item.node).children) - 1))
            state, _ = advance(asked, state, Decided(item.item, child))
    assert accepts(tree, trace)
    scenario = scenario_of(tree, trace)
    assert scenario is not None
    led = follow(workflow(tree, default_decisions(tree), max_loop=20), {"scenario": scenario}, trace)
    assert led.status is RunStatus.COMPLETED
