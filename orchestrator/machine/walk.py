"""The walk through the process tree: which nodes are entered and left, and what that offers to whom.

A `Walk` is a working copy of one run's state that lives as long as one call of `advance` and is never seen outside.
Nodes to enter and to leave wait on an agenda instead of the call stack, so that loops of silent steps cannot exhaust
it. `active` holds the progress of each composite node entered and not left: of a sequence the children begun, of a
parallel node the children not yet left, of a choice 0, of a loop the steps begun (odd: the body, even: the redo child).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from core.tree import Operator
from orchestrator.machine.deciding import LEAVE, ONCE_MORE, Situation, decide, options
from orchestrator.machine.rules import RunFacts
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import (
    AskDecision,
    Command,
    DecisionSpec,
    EffectDue,
    EndRun,
    Note,
    OfferTask,
    OpenItem,
    RunState,
    RunStatus,
    Withdraw,
    Workflow,
)


def offer(task: TaskSpec, item: OpenItem, *, delay_seconds: float = 0.0, cause: str | None = None) -> OfferTask:
    """The offer of `item` at its present level: to the task's own doer, or to the people of an escalation role."""
    role = task.role if item.level == 0 else task.escalation[item.level - 1]
    doer = task.doer if item.level == 0 else Doer.PERSON
    return OfferTask(item.item, item.node, item.attempt, item.level, doer, role, delay_seconds, cause)


def ask(workflow: Workflow, item: OpenItem, cause: str | None = None) -> AskDecision:
    """The question that the open decision `item` puts to people."""
    role = workflow.decisions[item.node].role or workflow.owner_role
    return AskDecision(item.item, item.node, role, options(workflow.tree.at(item.node)), cause)


class Walk:
    """A working copy of one run's state, with the commands that follow so far."""

    def __init__(self, workflow: Workflow, state: RunState) -> None:
        self.workflow = workflow
        self.status = state.status
        self.context = dict(state.context)
        self.answers = dict(state.answers)
        self.visits = dict(state.visits)
        self.active = dict(state.active)
        self.items = dict(state.items)
        self.commands: list[Command] = []
        self._answer: Mapping[str, Any] = {}  # what the task completed by this event answered
        self._agenda: deque[tuple[str, bool]] = deque()  # nodes to enter (true) or to leave (false)

    def result(self) -> tuple[RunState, tuple[Command, ...]]:
        """The state after the walk, and the commands in the order in which they arose."""
        state = RunState(self.status, self.context, self.answers, self.visits, self.active, self.items)
        return state, tuple(self.commands)

    # What an event sets going

    def start(self, context: Mapping[str, Any]) -> None:
        """Enter the tree with this context."""
        self.context = dict(context)
        self._go("0", enter=True)

    def complete(self, item: OpenItem, answer: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
        """The task of `item` is done: keep its answer and changes, and go on."""
        self.answers[self.workflow.tasks[item.node].label] = dict(answer)
        self.context.update(changes)
        self._answer = answer
        del self.items[item.item]
        self._go(item.node, enter=False)

    def allowed(self, item: OpenItem) -> None:
        """What was proposed for `item` is allowed: its effect is due."""
        self.items[item.item] = replace(item, due=True)
        self.commands.append(EffectDue(item.item, item.node, item.attempt))

    def decided(self, item: OpenItem, child: int) -> None:
        """A person chose `child` at the choice or loop of `item`: go on there."""
        del self.items[item.item]
        self._follow(item.node, child)
        self._run()

    def fail(self, item: OpenItem, cause: str, *, retry: bool) -> None:
        """The attempt came to nothing: try again later, else ask the next role, else give the run up."""
        task = self.workflow.tasks[item.node]
        by_agent = item.level == 0 and task.doer is Doer.AGENT
        if retry and by_agent and item.tries < task.max_attempts:
            again = replace(item, attempt=item.attempt + 1, tries=item.tries + 1, due=False)
            self._offer(again, delay_seconds=task.retry_delay_seconds * 2.0 ** (item.tries - 1), cause=cause)
        elif item.level < len(task.escalation):
            self._offer(OpenItem(item.item, item.node, item.attempt + 1, item.level + 1), cause=cause)
        else:
            self._give_up(item, cause)

    def cancel(self, cause: str) -> None:
        """Withdraw everything and end the run."""
        self._withdraw(self.items, cause)
        self.items, self.active = {}, {}
        self._end(RunStatus.CANCELLED, cause)

    def retry(self) -> None:
        """Offer every item that was open when the run failed afresh, as its task says."""
        self.status = RunStatus.RUNNING
        for item in tuple(self.items.values()):
            again = OpenItem(item.item, item.node, item.attempt + 1)
            if item.node in self.workflow.tasks:
                self._offer(again, cause="the run was retried")
            else:
                self.items[item.item] = again
                self.commands.append(ask(self.workflow, again, "the run was retried"))

    # The walk itself

    def _go(self, node: str, *, enter: bool) -> None:
        self._agenda.append((node, enter))
        self._run()

    def _run(self) -> None:
        while self._agenda:
            node, enter = self._agenda.popleft()
            if enter:
                self._enter(node)
            else:
                self._leave(node)

    def _enter(self, node: str) -> None:
        self.visits[node] = self.visits.get(node, 0) + 1
        tree = self.workflow.tree.at(node)
        match tree.operator:
            case Operator.TASK:
                self._offer(OpenItem(f"{node}#{self.visits[node]}", node))
            case Operator.SILENT:
                self._agenda.append((node, False))
            case Operator.SEQUENCE | Operator.LOOP:
                self._begin(node, 1, (0,))
            case Operator.PARALLEL:
                self._begin(node, len(tree.children), range(len(tree.children)))
            case Operator.CHOICE:
                self.active[node] = 0
                self._decide(node, rounds=0)

    def _begin(self, node: str, progress: int, children: range | tuple[int, ...]) -> None:
        self.active[node] = progress
        self._agenda.extend((f"{node}.{child}", True) for child in children)

    def _leave(self, node: str) -> None:
        """`node` is done: go on in its parent, or end the run at the root."""
        parent, _, number = node.rpartition(".")
        if not parent:
            self._end(RunStatus.COMPLETED)
            return
        tree, progress = self.workflow.tree.at(parent), self.active[parent]
        match tree.operator:
            case Operator.SEQUENCE if int(number) + 1 < len(tree.children):
                self._begin(parent, progress + 1, (int(number) + 1,))
            case Operator.PARALLEL if progress > 1:
                self.active[parent] = progress - 1
            case Operator.LOOP if int(number) == 0:
                self._after_body(parent)
            case Operator.LOOP:
                self._begin(parent, progress + 1, (0,))
            case _:
                self._close(parent)

    def _close(self, node: str) -> None:
        del self.active[node]
        self._agenda.append((node, False))

    def _after_body(self, node: str) -> None:
        rounds = (self.active[node] + 1) // 2
        if rounds >= self.workflow.max_loop:
            self.commands.append(Note(node, LEAVE, f"left after {rounds} rounds, the most this workflow allows"))
            self._close(node)
        else:
            self._decide(node, rounds=rounds)

    # Decisions

    @cached_property
    def _facts(self) -> RunFacts:
        """What rules see. Context and answers change before the walk begins, and never during it."""
        return RunFacts(self.context, self.answers)

    def _decide(self, node: str, *, rounds: int) -> None:
        spec: DecisionSpec = self.workflow.decisions[node]
        situation = Situation(self._facts, self.visits[node], rounds, self._answer)
        verdict = decide(spec, self.workflow.tree.at(node), situation)
        if verdict.child is None:
            name = f"{node}#{self.visits[node]}" + (f".{rounds}" if rounds else "")
            self.items[name] = OpenItem(name, node)
            self.commands.append(ask(self.workflow, self.items[name], verdict.reason))
        else:
            self.commands.append(Note(node, verdict.child, verdict.reason or ""))
            self._follow(node, verdict.child)

    def _follow(self, node: str, child: int) -> None:
        if self.workflow.tree.at(node).operator is Operator.CHOICE:
            self._agenda.append((f"{node}.{child}", True))
        elif child == ONCE_MORE:
            self._begin(node, self.active[node] + 1, (1,))
        else:
            self._close(node)

    # Items and ends

    def _offer(self, item: OpenItem, *, delay_seconds: float = 0.0, cause: str | None = None) -> None:
        self.items[item.item] = item
        task = self.workflow.tasks[item.node]
        self.commands.append(offer(task, item, delay_seconds=delay_seconds, cause=cause))

    def _give_up(self, item: OpenItem, cause: str) -> None:
        """Fail the run. Its items stay in the state, so that a retry knows what to offer again."""
        label = self.workflow.tasks[item.node].label
        others = {name: other for name, other in self.items.items() if name != item.item}
        self._withdraw(others, f"the run failed at `{label}`")
        self._end(RunStatus.FAILED, f"`{label}` failed and nobody is left to ask: {cause}")

    def _withdraw(self, items: Mapping[str, OpenItem], cause: str) -> None:
        self.commands.extend(Withdraw(item, cause) for item in items)

    def _end(self, status: RunStatus, cause: str | None = None) -> None:
        self.status = status
        self.commands.append(EndRun(status, cause))
