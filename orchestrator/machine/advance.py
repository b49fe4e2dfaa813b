"""The run state machine: `advance(workflow, state, event)` is a pure function. Same input, same output, nothing else.

What does not fit the present state changes nothing, so that an event may be delivered twice, late, or after the end:
the very same state comes back, with no commands.
"""

from __future__ import annotations

from core.errors import BadInput
from orchestrator.machine.deciding import options
from orchestrator.machine.values import (
    AskDecision,
    Cancelled,
    Command,
    Decided,
    OfferTask,
    OpenItem,
    Paused,
    Resumed,
    Retried,
    RunEvent,
    RunState,
    RunStatus,
    Started,
    TaskAllowed,
    TaskCompleted,
    TaskFailed,
    TaskTimedOut,
    Workflow,
)
from orchestrator.machine.walk import Walk, ask, offer

_LIVE = frozenset({RunStatus.RUNNING, RunStatus.PAUSED})


def advance(workflow: Workflow, state: RunState, event: RunEvent) -> tuple[RunState, tuple[Command, ...]]:
    """The state after `event`, and the commands that follow, to be obeyed in order.

    An event that does not fit (an item that is not open, an earlier attempt, a run that has ended) returns `state`
    itself and no commands. Raises BadInput for a decision for a child that does not exist.
    """
    walk = Walk(workflow, state)
    happened = _control(walk, state, event) or (state.status in _LIVE and _work(walk, state, event))
    return walk.result() if happened else (state, ())


def offers(workflow: Workflow, state: RunState) -> tuple[OfferTask | AskDecision, ...]:
    """What is on offer in `state`: for every open item of a live run, the command that offered it, without delay."""
    if state.status not in _LIVE:
        return ()
    return tuple(
        offer(workflow.tasks[item.node], item) if item.node in workflow.tasks else ask(workflow, item)
        for item in state.items.values()
    )


def _control(walk: Walk, state: RunState, event: RunEvent) -> bool:
    """Do what `event` says about the run as a whole; false where it says nothing that fits."""
    live, started = state.status in _LIVE, bool(state.visits)
    match event:
        case Started() if live and not started:
            walk.start(event.context)
        case Cancelled() if live:
            walk.cancel(event.cause)
        case Paused() if state.status is RunStatus.RUNNING:
            walk.status = RunStatus.PAUSED
        case Resumed() if state.status is RunStatus.PAUSED:
            walk.status = RunStatus.RUNNING
        case Retried() if state.status is RunStatus.FAILED:
            walk.retry()
        case _:
            return False
    return True


def _work(walk: Walk, state: RunState, event: RunEvent) -> bool:
    """Do what `event` says about one open item; false where the item is not open or the attempt is stale."""
    if not isinstance(event, TaskAllowed | TaskCompleted | TaskFailed | TaskTimedOut | Decided):
        return False
    item = state.items.get(event.item)
    if item is None:
        return False
    if isinstance(event, Decided):
        return _decision(walk, item, event.child)
    if item.node not in walk.workflow.tasks or item.attempt != event.attempt:
        return False
    match event:
        case TaskAllowed() | TaskTimedOut() if item.due:
            return False
        case TaskAllowed():
            walk.allowed(item)
        case TaskCompleted():
            walk.complete(item, event.answer, event.changes)
        case TaskFailed():
            walk.fail(item, event.cause, retry=event.retry)
        case TaskTimedOut():
            limit = _limit(walk.workflow, item)
            said = "no answer in time" if limit is None else f"no answer within {limit:g} seconds"
            walk.fail(item, said, retry=True)
    return True


def _limit(workflow: Workflow, item: OpenItem) -> float | None:
    task = workflow.tasks[item.node]
    return task.limit_of(offer(task, item).doer)


def _decision(walk: Walk, item: OpenItem, child: int) -> bool:
    if item.node in walk.workflow.tasks:
        return False
    choices = options(walk.workflow.tree.at(item.node))
    if not 0 <= child < len(choices):
        listed = ", ".join(f"{number}: {option}" for number, option in enumerate(choices))
        raise BadInput(f"There is no child {child} to decide for at `{item.node}`. Known: {listed}.")
    walk.decided(item, child)
    return True
