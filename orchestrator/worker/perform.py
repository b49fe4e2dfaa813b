"""One attempt of one agent task: begin it, ask the agent, put what it proposes before the gate."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import BadInput, TandemError
from core.actor.values import worker
from governance import Effect, Principal, get_principal
from orchestrator.machine.values import Doer, ItemStatus, RunStatus, TaskSpec, TaskTimedOut
from orchestrator.running.occurred import Occurred, check_occurred
from orchestrator.running.records import Run, WorkItem, run_of
from orchestrator.running.requesting import Proposed
from orchestrator.running.rows import change_item, lock, read_item
from orchestrator.running.step import Happening, Runner, step
from orchestrator.running.submit import as_json, attempt_key, fail, submit
from orchestrator.runtimes.agents import Agents
from orchestrator.runtimes.values import AgentFailed, AgentPrincipal, AgentProposal, AgentTask

MOST_BEGUN = 5  # an attempt that took the worker down with it this often is not begun again


@dataclass(frozen=True)
class _Begun:
    run: Run
    item: WorkItem
    task: TaskSpec
    deadline: float  # of the attempt, in seconds of `time.monotonic`


def perform(runner: Runner, agents: Agents, run: str, item: str, attempt: int, number: int) -> None:
    """Do the attempt that queue entry `number` stands for; nothing where it is no longer wanted."""
    begun = _begin(runner, run, item, attempt, number)
    if begun is None:
        return
    principal, proposed, failure = _ask(runner, agents, begun)
    try:
        _settle(runner, begun.item, principal, proposed, failure)
    except TandemError as error:  # what cannot be put before the gate, such as a number that JSON cannot carry exactly
        _settle(runner, begun.item, principal, proposed, AgentFailed(error.message, retry=False))


def _settle(
    runner: Runner, item: WorkItem, principal: Principal | None, proposed: Proposed | None, failure: AgentFailed | None
) -> None:
    """Put the proposal before the gate, or note that the attempt failed; nothing where it was given up meanwhile."""
    with runner.begin() as connection:
        row = lock(connection, item.run)
        now = read_item(connection, item.run, item.item)
        if now.attempt != item.attempt or now.status is not ItemStatus.OPEN:
            return
        if principal is not None and proposed is None and failure is None:  # no answer in time; its process is ended
            step(runner, connection, row, Happening(TaskTimedOut(now.item, now.attempt), attempt_key(now)))
            return
        if failure is None and principal is not None and proposed is not None:
            done = submit(
                runner, connection, row, now, principal, proposed, key=attempt_key(now), actor=worker(principal.id)
            )
            if done.effect is Effect.DENY:
                failure = AgentFailed(f"denied: {'; '.join(done.reasons)}", retry=False)
        if failure is not None:
            work = proposed.work(principal, runner.ws.clock.now()) if principal and proposed else None
            fail(runner, connection, row, now, failure.message, retry=failure.retry, work=work)


def _begin(runner: Runner, run: str, item: str, attempt: int, number: int) -> _Begun | None:
    """The first act: is the attempt still wanted, by this entry, in a run that is neither paused nor over?"""
    with runner.begin() as connection:
        row = lock(connection, run)
        found = read_item(connection, run, item)
        task = runner.workflow(row.workflow, row.version).tasks[found.node]
        wanted = found.status is ItemStatus.OPEN and found.doer is Doer.AGENT
        if not wanted or found.attempt != attempt or found.queued != number:
            return None
        if row.status == RunStatus.PAUSED:
            change_item(connection, run, item, parked=True)
            return None
        if found.begun >= MOST_BEGUN:
            fail(runner, connection, row, found, f"the worker stopped in it {found.begun} times", retry=False)
            return None
        now = runner.ws.clock.now()
        limit = now + timedelta(seconds=task.timeout_seconds)
        change_item(connection, run, item, begun=found.begun + 1, begun_at=now, timeout_at=limit)
        return _Begun(run_of(row._asdict()), found, task, time.monotonic() + task.timeout_seconds)


def _ask(runner: Runner, agents: Agents, begun: _Begun) -> tuple[Principal | None, Proposed | None, AgentFailed | None]:
    """Who acts, what it proposes (or did in vain), and why it failed, if it did; only who, if it was late."""
    started = runner.ws.clock.now()
    try:
        principal = get_principal(runner.ws, begun.item.agent or "")
        if not principal.active:  # it is not asked; that it was to act goes before the gate, which denies and records
            return principal, Proposed(principal.id), None
        answer = agents.ask(principal.runtime, _task_of(begun, principal), begun.deadline)
    except BadInput as error:  # its address leads to no agent
        return None, None, AgentFailed(error.message, retry=False)
    if answer.late:
        return principal, None, None
    try:
        if answer.proposal is not None:
            return principal, _proposed(answer.proposal, principal, begun, started), None
        failure = answer.failure or AgentFailed("The agent said nothing.")
    except TandemError as error:
        failure = AgentFailed(error.message)
    said = AgentFailed(_storable(failure.message), retry=failure.retry, cost=failure.cost, occurred=failure.occurred)
    return principal, *_in_vain(said, principal, begun, started)


def _task_of(begun: _Begun, principal: Principal) -> AgentTask:
    run, item = begun.run, begun.item
    return AgentTask(
        key=attempt_key(item),
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


def _storable(text: str) -> str:
    """`text` as every database can store it: without half characters and NUL, which foreign code may put there."""
    return text.encode(errors="replace").decode().replace("\0", "?")


def _times(
    occurred: Occurred | None, principal: Principal, begun: _Begun, started: datetime
) -> tuple[datetime, datetime | None]:
    """Start and end of the work: as said, else no time at all in a simulated run, else as measured."""
    said = check_occurred(occurred, principal, begun.item.ready_at)
    if said is None and begun.run.simulated and principal.simulated:
        return begun.item.ready_at, begun.item.ready_at
    return said or (started, None)
