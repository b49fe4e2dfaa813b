"""One attempt of one agent task: begin it, ask the agent, put what it proposes before the gate."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core.actor.values import worker
from core.errors import BadInput, NotFound, TandemError
from governance import Principal, Ruling
from governance.inputs import inputs
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import ItemStatus, RunStatus, TaskTimedOut
from orchestrator.running.items import Carry
from orchestrator.running.occurred import Occurred, check_occurred
from orchestrator.running.queue import entry
from orchestrator.running.records import Run, WorkItem, run_of
from orchestrator.running.requesting import Proposed
from orchestrator.running.rows import carried_by, change_item, item_id, lock, read_item
from orchestrator.running.step import Happening, Runner, step
from orchestrator.running.submit import as_json, attempt_key, fail, storable, submit
from orchestrator.runtimes.agents import Agents
from orchestrator.runtimes.protocol import Closed
from orchestrator.runtimes.values import AgentFailed, AgentPrincipal, AgentProposal, AgentTask
from orchestrator.worker.settling import About, Alone, Settling, Writer

MOST_BEGUN = 5  # an attempt that took the worker down with it this often is not begun again
MOST_CARRIED = 50  # tasks that one queue entry goes on with, so that other runs have their turn
LONGEST_CARRY_SECONDS = 30.0
ROOM_SECONDS = 1.0  # that what is begun waits for its agent to be asked


@dataclass(frozen=True)
class _Begun:
    run: Run
    item: WorkItem
    task: TaskSpec
    deadline: float  # of the attempt, in seconds of `time.monotonic`
    principal: Principal | TandemError  # who acts, or why that is not known


@dataclass(frozen=True)
class _Answered:
    """What came of asking: who proposes what (or did in vain), and why it failed, if it did; only who, if late."""

    principal: Principal | None = None
    proposed: Proposed | None = None
    failure: AgentFailed | None = None


def perform(runner: Runner, agents: Agents, run: str, item: str, attempt: int, number: int) -> None:
    """Do the attempt that queue entry `number` stands for; nothing where it is no longer wanted."""
    _Performing(runner, agents, Alone(runner), entry(run, item, attempt, number), lambda: False).first(
        run, item, attempt, number
    )


def perform_on(
    runner: Runner, agents: Agents, writer: Writer, run: str, item: str, attempt: int, number: int
) -> None:  # fmt: skip
    """Do the attempt, and with the same queue entry the agent tasks of the run that follow, within bounds.

    Returns without a deed where the worker is stopping: what has no living entry is queued again by the next.
    """
    until = time.monotonic() + LONGEST_CARRY_SECONDS
    done = count(1)

    def may_carry() -> bool:
        return not writer.stopping and next(done) < MOST_CARRIED and time.monotonic() < until

    _Performing(runner, agents, writer, entry(run, item, attempt, number), may_carry).first(run, item, attempt, number)


@dataclass(frozen=True)
class _Performing:
    """One queue entry being performed."""

    runner: Runner
    agents: Agents
    settling: Settling
    entry: str
    may_carry: Callable[[], bool]  # asked once after each task

    def first(self, run: str, item: str, attempt: int, number: int) -> None:
        """Do what the entry stands for, and then what it carries."""
        found = self._begin_and_ask(run, item, attempt, number)
        while found is not None:
            begun = self._end(*found, self.may_carry())
            found = self._go_on(begun) if begun is not None else None

    def _begin_and_ask(self, run: str, item: str, attempt: int, number: int) -> tuple[_Begun, _Answered] | None:
        """What was begun and what came of asking; None where it is not wanted, or the worker is stopping."""
        about = _about(run, item, attempt)
        with self.settling.room() as taken:
            if not taken:
                return None
            begun = self.settling.do(about, lambda connection: self._begin(connection, run, item, attempt, number))
            return (begun, _ask(self.runner, self.agents, begun)) if begun is not None else None

    def _go_on(self, begun: _Begun) -> tuple[_Begun, _Answered] | None:
        """Ask for what was begun already. If there is no room soon, it is put back: waiting counts for no time-out."""
        with self.settling.room(ROOM_SECONDS) as taken:
            if taken:
                return begun, _ask(self.runner, self.agents, begun)
        item = begun.item
        self.settling.do(_about(item.run, item.item, item.attempt), lambda connection: _put_back(connection, item))
        return self._begin_and_ask(item.run, item.item, item.attempt, item.queued)

    def _begin(self, connection: Connection, run: str, item: str, attempt: int, number: int) -> _Begun | None:
        """The first act: is it still wanted, by this entry, in a run that is neither paused nor over?

        An entry that is performed again after a crash says what it was put for; it may have gone on to another item.
        """
        runner = self.runner
        row = lock(connection, run)
        found: WorkItem | None = read_item(connection, run, item)
        assert found is not None
        if not (_is_open(found) and found.carried is None and found.attempt == attempt and found.queued == number):
            found = carried_by(connection, run, self.entry)
        if found is None:
            return None
        if row.status == RunStatus.PAUSED:
            change_item(connection, run, found.item, parked=True)
            return None
        if found.begun >= MOST_BEGUN:
            fail(runner, connection, row, found, f"the worker stopped in it {found.begun} times", retry=False)
            return None
        task = runner.workflow(row.workflow, row.version).tasks[found.node]
        now = runner.ws.clock.now()
        limit = now + timedelta(seconds=task.timeout_seconds)
        change_item(connection, run, found.item, begun=found.begun + 1, begun_at=now, timeout_at=limit)
        return _begun(connection, run_of(row._asdict()), found, task)

    def _end(self, begun: _Begun, answered: _Answered, going_on: bool) -> _Begun | None:
        """The second act: put the proposal before the gate. What the entry goes on with, begun in the same act."""
        about = _about(begun.item.run, begun.item.item, begun.item.attempt)
        try:
            return self.settling.do(about, lambda connection: self._settle(connection, begun, answered, going_on))
        except Closed:
            raise
        except TandemError as error:  # what cannot be put before the gate, such as a number that JSON cannot carry
            failed = replace(answered, failure=AgentFailed(error.message, retry=False))
            return self.settling.do(about, lambda connection: self._settle(connection, begun, failed, going_on))

    def _settle(self, connection: Connection, begun: _Begun, answered: _Answered, going_on: bool) -> _Begun | None:
        """Put the proposal before the gate, or note why there is none; nothing where it was given up meanwhile."""
        row = lock(connection, begun.item.run)
        now = read_item(connection, begun.item.run, begun.item.item)
        if now.attempt != begun.item.attempt or now.status is not ItemStatus.OPEN:
            return None
        carry = Carry(self.entry) if going_on else None
        _conclude(self.runner.carrying(carry), connection, row, now, answered)
        if carry is None or carry.item is None or carry.state is None:
            return None
        task = self.runner.workflow(row.workflow, row.version).tasks[carry.item.node]
        return _begun(connection, replace(begun.run, state=carry.state), carry.item, task)


def _is_open(item: WorkItem) -> bool:
    return item.status is ItemStatus.OPEN and item.doer is Doer.AGENT


def _put_back(connection: Connection, item: WorkItem) -> None:
    """Take back that the item was begun, if that still stands as it was: nobody was asked."""
    lock(connection, item.run)
    now = read_item(connection, item.run, item.item)
    if _is_open(now) and (now.attempt, now.carried, now.begun) == (item.attempt, item.carried, item.begun):
        change_item(connection, item.run, item.item, begun=item.begun - 1, begun_at=None, timeout_at=None)


def _conclude(runner: Runner, connection: Connection, row: Row[Any], now: WorkItem, answered: _Answered) -> None:
    principal, proposed, failure = answered.principal, answered.proposed, answered.failure
    if principal is not None and proposed is None and failure is None:  # no answer in time; its process is ended
        step(runner, connection, row, Happening(TaskTimedOut(now.item, now.attempt), attempt_key(now)))
        return
    if failure is None and principal is not None and proposed is not None:
        done = submit(
            runner, connection, row, now, principal, proposed, key=attempt_key(now), actor=worker(principal.id)
        )
        if done.effect is Ruling.DENY:
            failure = AgentFailed(f"denied: {'; '.join(done.reasons)}", retry=False)
    if failure is not None:
        work = proposed.work(principal, runner.ws.clock.now()) if principal and proposed else None
        fail(runner, connection, row, now, failure.message, retry=failure.retry, work=work)


def _begun(connection: Connection, run: Run, item: WorkItem, task: TaskSpec) -> _Begun:
    who: Principal | TandemError
    try:
        acting = inputs(connection).acting(connection, item.agent or "")
        who = acting.principal if acting else NotFound(f"There is no principal `{item.agent}` that could do the task.")
    except TandemError as error:
        who = error
    return _Begun(run, item, task, time.monotonic() + task.timeout_seconds, who)


def _about(run: str, item: str, attempt: int) -> About:
    return About(run, item_id(run, item), f"{item_id(run, item)}/{attempt}")


def _ask(runner: Runner, agents: Agents, begun: _Begun) -> _Answered:
    started = runner.ws.clock.now()
    principal = begun.principal
    try:
        if isinstance(principal, TandemError):
            raise principal
        if not principal.active:  # it is not asked; that it was to act goes before the gate, which denies and records
            return _Answered(principal, Proposed(principal.id))
        answer = agents.ask(principal.runtime, _task_of(begun, principal), begun.deadline)
    except BadInput as error:  # its address leads to no agent
        return _Answered(failure=AgentFailed(error.message, retry=False))
    if answer.late:
        return _Answered(principal)
    try:
        if answer.proposal is not None:
            return _Answered(principal, _proposed(answer.proposal, principal, begun, started))
        failure = answer.failure or AgentFailed("The agent said nothing.")
    except TandemError as error:
        failure = AgentFailed(error.message)
    said = AgentFailed(storable(failure.message), retry=failure.retry, cost=failure.cost, occurred=failure.occurred)
    return _Answered(principal, *_in_vain(said, principal, begun, started))


def _task_of(begun: _Begun, principal: Principal) -> AgentTask:
    run, item = begun.run, begun.item
    return AgentTask(
        key=item.id,
        run=run.id,
        item=item.item,
        attempt=item.attempt,
        workflow=run.workflow,
        version=run.version,
        task=begun.task,
        context=run.state.context,
        answers=run.state.answers,
        principal=AgentPrincipal(
            principal.id, principal.name, principal.roles, principal.autonomy_level, principal.simulated
        ),
        ready_at=item.ready_at,
        cause=item.cause,
    )


def _proposed(answer: AgentProposal, principal: Principal, begun: _Begun, started: datetime) -> Proposed:
    times = _times(answer.occurred, principal, begun, started)
    return Proposed(
        performer=principal.id,
        changes=as_json(answer.changes, "changes", finite=False),
        answer=as_json(answer.answer, "answer", finite=False),
        started=times[0],
        ended=times[1],
        cost=answer.cost,
        confidence=answer.confidence,
        note=answer.note,
    )


def _in_vain(
    failure: AgentFailed, principal: Principal, begun: _Begun, started: datetime
) -> tuple[Proposed, AgentFailed]:
    """The work done in vain, and why; times or a cost that the agent may not say, or says wrongly, add to the cause."""
    try:
        times = _times(failure.occurred, principal, begun, started)
        return Proposed(principal.id, started=times[0], ended=times[1], cost=failure.cost), failure
    except TandemError as wrong:
        times = _times(None, principal, begun, started)
        cause = f"{failure.message}; {wrong.message}"
        return Proposed(principal.id, started=times[0], ended=times[1]), AgentFailed(cause, retry=failure.retry)


def _times(
    occurred: Occurred | None, principal: Principal, begun: _Begun, started: datetime
) -> tuple[datetime, datetime | None]:
    """Start and end of the work: as said, else no time at all in a simulated run, else as measured."""
    said = check_occurred(occurred, principal, begun.item.ready_at)
    if said is None and begun.run.simulated and principal.simulated:
        return begun.item.ready_at, begun.item.ready_at
    return said or (started, None)
