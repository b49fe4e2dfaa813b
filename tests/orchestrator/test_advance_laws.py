"""Laws of the run state machine, over random trees, orders, failures and repetitions."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tree import Operator, ProcessTree
from orchestrator.machine.advance import advance, offers
from orchestrator.machine.ahead import ahead
from orchestrator.machine.serial import (
    event_from_dict,
    event_to_dict,
    state_from_dict,
    state_to_dict,
    workflow_from_dict,
    workflow_to_dict,
)
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import (
    AskDecision,
    Cancelled,
    Command,
    Decided,
    EndRun,
    OfferTask,
    OpenItem,
    Retried,
    RunEvent,
    RunState,
    RunStatus,
    Started,
    TaskCompleted,
    TaskFailed,
    TaskTimedOut,
    Withdraw,
    Workflow,
)
from tests.orchestrator.trees import TAU, accepts, node, task, trees, workflow


@dataclass
class Drive:
    """One run driven to its end, with everything that happened."""

    workflow: Workflow
    state: RunState = field(default_factory=RunState)
    events: list[RunEvent] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)

    def give(self, event: RunEvent) -> None:
        """Let `event` happen."""
        self.state, commands = advance(self.workflow, self.state, event)
        self.events.append(event)
        self.commands.extend(commands)
        if isinstance(event, TaskCompleted):
            self.trace.append(self.workflow.tasks[event.item.partition("#")[0]].label)

    def running(self) -> bool:
        """Whether the run goes on."""
        return self.state.status is RunStatus.RUNNING

    def open(self) -> list[OpenItem]:
        """The open items, in a fixed order."""
        return sorted(self.state.items.values(), key=lambda item: item.item)


def finish(drive: Drive, item: OpenItem, child: int) -> RunEvent:
    """The event that brings `item` to its end: completion, or the decision for `child` (modulo what there is)."""
    if item.node in drive.workflow.tasks:
        return TaskCompleted(item.item, item.attempt, {"done": item.item}, {item.item: item.attempt})
    tree = drive.workflow.tree.at(item.node)
    return Decided(item.item, child % len(tree.children))


def run(tree: ProcessTree, data: st.DataObject, upset: Callable[[Drive, OpenItem], bool] | None = None) -> Drive:
    """A run through `tree` in an order that `data` draws; `upset` may do something else to the item instead."""
    drive = Drive(workflow(tree))
    drive.give(Started({"scenario": {}}))
    while drive.running():
        item = data.draw(st.sampled_from(drive.open()))
        if upset is None or not upset(drive, item):
            drive.give(finish(drive, item, data.draw(st.integers(0, 5))))
    return drive


@given(trees(), st.data())
def test_any_order_ends_in_the_language_of_the_tree(tree: ProcessTree, data: st.DataObject) -> None:
    drive = run(tree, data)
    assert drive.state.status is RunStatus.COMPLETED
    assert not drive.state.items
    assert not drive.state.active
    assert accepts(tree, drive.trace)
    assert drive.commands[-1] == EndRun(RunStatus.COMPLETED)


@given(trees(), st.data())
def test_every_enabled_task_runs_once_per_activation(tree: ProcessTree, data: st.DataObject) -> None:
    drive = run(tree, data)
    offered = Counter(c.item for c in drive.commands if isinstance(c, OfferTask | AskDecision))
    completed = Counter(e.item for e in drive.events if isinstance(e, TaskCompleted | Decided))
    assert offered == completed
    assert set(offered.values()) <= {1}
    done = Counter(e.item.partition("#")[0] for e in drive.events if isinstance(e, TaskCompleted))
    assert done == Counter({n: v for n, v in drive.state.visits.items() if n in drive.workflow.tasks})


@given(trees(), st.data())
def test_open_items_commute(tree: ProcessTree, data: st.DataObject) -> None:
    """Whatever two items are open at once, finishing them in either order gives the same state."""

    def both_ways(drive: Drive, _item: OpenItem) -> bool:
        if len(drive.state.items) > 1:
            pair = data.draw(st.permutations(drive.open()))[:2]
            events = [finish(drive, item, data.draw(st.integers(0, 5))) for item in pair]
            ends = []
            for first, second in (events, events[::-1]):
                middle, _ = advance(drive.workflow, drive.state, first)
                end, _ = advance(drive.workflow, middle, second)
                ends.append(end)
            assert ends[0] == ends[1]
        return False

    run(tree, data, both_ways)


@given(trees(), st.data())
def test_events_twice_late_or_after_the_end_change_nothing(tree: ProcessTree, data: st.DataObject) -> None:
    def repeat(drive: Drive, _item: OpenItem) -> bool:
        event = data.draw(st.sampled_from(drive.events))
        assert advance(drive.workflow, drive.state, event) == (drive.state, ())
        return False

    drive = run(tree, data, repeat)
    for event in [*drive.events, Cancelled("too late"), Retried(), TaskCompleted("9#1", 1), Decided("0#9", 0)]:
        same, commands = advance(drive.workflow, drive.state, event)
        assert same is drive.state
        assert commands == ()


@given(trees(), st.data())
def test_replaying_the_stored_events_gives_the_state(tree: ProcessTree, data: st.DataObject) -> None:
    drive = run(tree, data, lambda drive, item: _upset(drive, item, data))
    stored = json.loads(json.dumps([event_to_dict(event) for event in drive.events]))
    stored_workflow = workflow_from_dict(json.loads(json.dumps(workflow_to_dict(drive.workflow))))
    assert stored_workflow == drive.workflow
    state = RunState()
    for event in map(event_from_dict, stored):
        before = copy.deepcopy(state)
        after, _ = advance(stored_workflow, state, event)
        assert state == before, "advance changed its input"
        state = state_from_dict(json.loads(json.dumps(state_to_dict(after))))
        assert state == after
    assert state == drive.state


@given(trees(), st.data())
def test_failures_end_in_completion_or_failure_and_attempts_only_rise(tree: ProcessTree, data: st.DataObject) -> None:
    drive = run(tree, data, lambda drive, item: _upset(drive, item, data))
    attempts: dict[str, list[int]] = {}
    for command in drive.commands:
        if isinstance(command, OfferTask):
            attempts.setdefault(command.item, []).append(command.attempt)
    assert all(seen == list(range(1, len(seen) + 1)) for seen in attempts.values())
    if drive.state.status is RunStatus.FAILED:
        assert drive.state.items
        drive.give(Retried())
        assert {i.item for i in drive.open()} == {o.item for o in offers(drive.workflow, drive.state)}
        while drive.running():
            drive.give(finish(drive, drive.open()[0], 0))
    assert drive.state.status is RunStatus.COMPLETED
    assert accepts(tree, drive.trace)


def _upset(drive: Drive, item: OpenItem, data: st.DataObject) -> bool:
    """Now and then let the attempt fail or time out, and check that it is stale afterwards."""
    kind = data.draw(st.sampled_from(["complete", "complete", "fail", "deny", "time out"]))
    if kind == "complete" or item.node not in drive.workflow.tasks:
        return False
    if kind == "time out":
        drive.give(TaskTimedOut(item.item, item.attempt))
    else:
        drive.give(TaskFailed(item.item, item.attempt, "it broke", retry=kind == "fail"))
    late = TaskCompleted(item.item, item.attempt, {}, {"late": True})
    assert advance(drive.workflow, drive.state, late) == (drive.state, ())
    return True


@settings(max_examples=50)
@given(trees(), st.data())
def test_cancelling_withdraws_what_is_open_and_ends(tree: ProcessTree, data: st.DataObject) -> None:
    def cancel(drive: Drive, _item: OpenItem) -> bool:
        if not data.draw(st.booleans()):
            return False
        before = set(drive.state.items)
        drive.commands.clear()
        drive.give(Cancelled("not needed"))
        assert {c.item for c in drive.commands if isinstance(c, Withdraw)} == before
        return True

    drive = run(tree, data, cancel)
    assert drive.state.status in {RunStatus.CANCELLED, RunStatus.COMPLETED}
    assert not drive.state.items
    assert not drive.state.active
    assert offers(drive.workflow, drive.state) == ()


A, B, C = task("a"), task("b"), task("c")


@pytest.mark.parametrize(
    ("tree", "accepted", "refused"),
    [
        (node(Operator.SEQUENCE, A, B), ["ab"], ["", "a", "ba", "abb"]),
        (node(Operator.SEQUENCE, A, node(Operator.CHOICE, B, TAU), C), ["abc", "ac"], ["ab", "abbc"]),
        (node(Operator.PARALLEL, A, node(Operator.SEQUENCE, B, C)), ["abc", "bac", "bca"], ["acb", "bc"]),
        (node(Operator.LOOP, A, B), ["a", "aba", "ababa"], ["", "ab", "aa", "b"]),
        (node(Operator.LOOP, A, TAU), ["a", "aaa"], [""]),
        (node(Operator.LOOP, TAU, A), ["", "aa"], ["b"]),
    ],
)
def test_the_acceptor_itself(tree: ProcessTree, accepted: list[str], refused: list[str]) -> None:
    assert [trace for trace in accepted if not accepts(tree, trace)] == []
    assert [trace for trace in refused if accepts(tree, trace)] == []


def test_a_workflow_of_the_first_form_is_read_and_its_tasks_can_what_they_could() -> None:
    """Release 0.2.0 knew fields as keys of the context, whatever characters they had, and named no answers."""
    stored = json.loads(json.dumps(workflow_to_dict(drive_of_one_task())))
    stored["form"] = 1
    for spec in stored["tasks"].values():
        del spec["answer_fields"], spec["currency"]
        spec |= {"fields": ["amount", "order.number", "a[]"], "amount_field": "order.amount"}
    (found,) = workflow_from_dict(stored).tasks.values()
    assert (found.fields, found.amount_field) == (("amount", '"order.number"', '"a[]"'), '"order.amount"')
    assert (found.answer_fields, found.currency) == (None, None)
    again = workflow_from_dict(json.loads(json.dumps(workflow_to_dict(workflow_from_dict(stored)))))
    assert again == workflow_from_dict(stored)


@pytest.mark.parametrize(("doer", "limit"), [(Doer.AGENT, None), (Doer.PERSON, 60.0)])
def test_the_one_time_out_of_a_task_stored_before_is_that_of_whom_it_was_bound_to(
    doer: Doer, limit: float | None
) -> None:
    stored = json.loads(json.dumps(workflow_to_dict(drive_of_one_task())))
    stored["tasks"]["0"] |= {"doer": doer.value, "timeout_seconds": 60.0}
    del stored["tasks"]["0"]["people_timeout_seconds"]
    (found,) = workflow_from_dict(stored).tasks.values()
    assert (found.limit_of(Doer.AGENT), found.limit_of(Doer.PERSON)) == (60.0, limit)


def drive_of_one_task() -> Workflow:
    """A workflow of one task."""
    spec = TaskSpec("0", "Draft", Doer.AGENT, "drafter", "order.draft", "Order", "agent", fields=("amount",))
    return Workflow("w", 1, ProcessTree(Operator.TASK, "Draft"), {"0": spec}, {}, 1.0, "m", 1, 1, "b")


@settings(max_examples=60, deadline=None)
@given(trees(), st.data())
def test_a_run_only_ever_comes_to_what_was_ahead_of_it(tree: ProcessTree, data: st.DataObject) -> None:
    drive = Drive(workflow(tree))
    drive.give(Started({}))
    while drive.running():
        before, to_come = drive.state, ahead(drive.workflow, drive.state)
        drive.give(finish(drive, data.draw(st.sampled_from(drive.open())), data.draw(st.integers(0, 5))))
        entered = {n for n in drive.workflow.tasks if drive.state.visits.get(n, 0) > before.visits.get(n, 0)}
        assert entered <= to_come
    assert ahead(drive.workflow, drive.state) == set()


def test_a_way_that_was_not_taken_is_no_longer_ahead() -> None:
    """Unless a loop round the choice may come there again."""
    choice = node(Operator.CHOICE, task("a"), node(Operator.SEQUENCE, task("b"), task("c")))
    drive = Drive(workflow(node(Operator.SEQUENCE, choice, task("d"))))
    assert ahead(drive.workflow, drive.state) == {"0.0.0", "0.0.1.0", "0.0.1.1", "0.1"}
    drive.give(Started({}))
    assert ahead(drive.workflow, drive.state) == {"0.0.0", "0.0.1.0", "0.0.1.1", "0.1"}
    drive.give(Decided(drive.open()[0].item, 1))
    assert ahead(drive.workflow, drive.state) == {"0.0.1.1", "0.1"}

    again = Drive(workflow(node(Operator.LOOP, choice, TAU)))
    again.give(Started({}))
    again.give(Decided(again.open()[0].item, 1))
    assert ahead(again.workflow, again.state) == {"0.0.0", "0.0.1.0", "0.0.1.1"}
