"""What the worker looks after beside the queue: time-outs, answered approvals, work that has no queue entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Row
from sqlalchemy.engine import Connection

from core.errors import IntegrityError
from governance import ApprovalStatus, statuses_of
from governance.inputs import inputs
from orchestrator.machine.task import Doer
from orchestrator.machine.values import ItemStatus, RunStatus, TaskTimedOut
from orchestrator.running.approving import settle
from orchestrator.running.effects import OPEN, EffectRow, effect_of, read_effect, requeue_effect
from orchestrator.running.queue import effect_entry, entry
from orchestrator.running.rows import change_item, lock, read_item
from orchestrator.running.step import Happening, Runner, step
from orchestrator.running.submit import attempt_key
from orchestrator.running.tables import run, run_effect, work_item
from orchestrator.runtimes.agents import Agents
from orchestrator.worker.effects import MOST_UNANSWERED
from orchestrator.worker.telling import suppress_and_tell

_RARELY_SECONDS = 3600.0  # between look-ups of an effect that nobody could say anything about for long
_MOST = 500  # rows dealt with in one go, where dealing with them makes room for the others


def give_up_late(runner: Runner) -> int:
    """How many attempts were given up because they took longer than their task allows."""
    late = _items(runner, work_item.c.timeout_at <= runner.ws.clock.now())
    return sum(_each(late, lambda row: _time_out(runner, row)))


def _each(rows: Iterable[Row[Any]], act: Callable[[Row[Any]], bool]) -> Iterator[bool]:
    """What `act` makes of each of the rows; one with which it cannot be done is told of, and left."""
    for row in rows:
        with suppress_and_tell(f"The work item `{row.item}` of run `{row.run}`"):
            yield act(row)


def _time_out(runner: Runner, row: Row[Any]) -> bool:
    with runner.begin() as connection:
        locked = lock(connection, row.run)
        item = read_item(connection, row.run, row.item)
        if item.attempt != row.attempt or item.timeout_at is None or item.timeout_at > runner.ws.clock.now():
            return False
        task = runner.workflow(locked.workflow, locked.version).tasks[item.node]
        if task.limit_of(item.doer) is None:  # an earlier release held people to the time-out of their agent
            change_item(connection, item.run, item.item, timeout_at=None)
            return False
        return step(runner, connection, locked, Happening(TaskTimedOut(item.item, item.attempt), attempt_key(item)))


def stop_unwanted(runner: Runner, agents: Agents) -> int:
    """How many questions to agents were ended: nobody wants the answer any more, or the agent was suspended."""
    asked = agents.asked
    if not asked:
        return 0
    query = sa.select(work_item.c.id, work_item.c.agent).where(
        work_item.c.id.in_(asked), work_item.c.status == ItemStatus.OPEN.value
    )
    with runner.ws.database.read() as connection:
        wanted = {row.id: row.agent for row in connection.execute(query)}
        suspended = {agent for agent in set(wanted.values()) if not _acts(connection, agent)}
    return sum(agents.cancel(key) for key in asked if key not in wanted or wanted[key] in suspended)


def _acts(connection: Connection, agent: str) -> bool:
    try:
        found = inputs(connection).acting(connection, agent)
    except IntegrityError:  # the gate refuses whatever it proposes, and says why
        return True
    return found is not None and found.principal.active


def settle_answered(runner: Runner) -> int:
    """How many items went on because the approval they waited for was answered."""
    waiting = _items(runner, work_item.c.status == ItemStatus.WAITING.value, most=None)
    try:
        statuses = statuses_of(runner.ws, (row.approval for row in waiting))
    except IntegrityError:  # one of them is not believed: each is looked at by itself
        return sum(_each(waiting, lambda row: _settle_if_answered(runner, row)))
    answered = [row for row in waiting if statuses[row.approval] is not ApprovalStatus.PENDING]
    return sum(_each(answered, lambda row: settle(runner, row.run, row.item)))


def _settle_if_answered(runner: Runner, row: Row[Any]) -> bool:
    pending = statuses_of(runner.ws, [row.approval])[row.approval] is ApprovalStatus.PENDING
    return not pending and settle(runner, row.run, row.item)


def requeue_lost(runner: Runner) -> int:
    """How many open agent tasks were put on the queue again because no entry stands for them any more.

    An entry is written with its item, so that none can be lost; but one can end in an error of the database, say.
    """
    found = _items(
        runner,
        work_item.c.status == ItemStatus.OPEN.value,
        work_item.c.doer == Doer.AGENT.value,
        sa.not_(work_item.c.parked),
    )
    live = runner.queue.live(_entry(row) for row in found)
    return sum(_each((row for row in found if _entry(row) not in live), lambda row: _requeue(runner, row)))


def requeue_lost_effects(runner: Runner) -> int:
    """How many open effects were put on the queue again: no entry stands for them, or not any more."""
    with runner.ws.database.read() as connection:
        found = [effect_of(row._asdict()) for row in connection.execute(_open_effects())]
    live = runner.queue.live(effect_entry(e.run, e.item, e.queued) for e in found)
    lost = [e for e in found if effect_entry(e.run, e.item, e.queued) not in live]
    requeued = 0
    for effect in lost:
        with suppress_and_tell(f"The effect of `{effect.id}`"):
            requeued += _requeue_effect(runner, effect)
    return requeued


def _open_effects() -> sa.Select[Any]:
    """Those that are not put aside; of those that nobody answered for so long, the ones not looked up in an hour."""
    aside = sa.exists().where(work_item.c.id == run_effect.c.id, work_item.c.parked)
    long_ago = datetime.now(UTC) - timedelta(seconds=_RARELY_SECONDS)
    return (
        sa.select(run_effect)
        .where(
            run_effect.c.status.in_([status.value for status in OPEN]),
            sa.or_(run_effect.c.unanswered < MOST_UNANSWERED, run_effect.c.looked_at < long_ago),
            sa.not_(aside),
        )
        .limit(_MOST)
    )


def _requeue_effect(runner: Runner, lost: EffectRow) -> bool:
    with runner.begin() as connection:
        lock(connection, lost.run)
        now = read_effect(connection, lost.id)
        if now is None or now.status not in OPEN or now.queued != lost.queued:
            return False
        requeue_effect(runner.queue, connection, now.id, runner.ws.clock.now())
    return True


def _requeue(runner: Runner, row: Row[Any]) -> bool:
    with runner.begin() as connection:
        locked = lock(connection, row.run)
        item = read_item(connection, row.run, row.item)
        known = (row.attempt, row.queued, row.carried, ItemStatus.OPEN)
        unchanged = (item.attempt, item.queued, item.carried, item.status) == known
        if not unchanged or item.parked or locked.status != RunStatus.RUNNING:
            return False
        number = item.queued + 1
        change_item(connection, item.run, item.item, queued=number, carried=None)
        runner.queue.put(connection, item.run, item.item, item.attempt, number)
    return True


def idle(runner: Runner) -> bool:
    """Whether nothing is left that only a worker can do: people's items and approvals are not its to do."""
    waiting = sa.exists().where(
        work_item.c.run == run.c.id,
        work_item.c.status == ItemStatus.OPEN.value,
        work_item.c.doer == Doer.AGENT.value,
        run.c.status == RunStatus.RUNNING.value,
    )
    with runner.ws.database.read() as connection:
        if connection.execute(sa.select(sa.literal(1)).where(waiting)).first():
            return False
    return not runner.queue.busy()


def _items(runner: Runner, *conditions: ColumnElement[bool], most: int | None = _MOST) -> list[Row[Any]]:
    """Open items, of running runs, for which `conditions` hold: the oldest offers first, at most `most`."""
    query = (
        sa.select(
            work_item.c.run,
            work_item.c.item,
            work_item.c.attempt,
            work_item.c.queued,
            work_item.c.carried,
            work_item.c.approval,
        )
        .join(run, run.c.id == work_item.c.run)
        .where(
            run.c.status == RunStatus.RUNNING.value,
            work_item.c.status.in_([ItemStatus.OPEN.value, ItemStatus.CLAIMED.value, ItemStatus.WAITING.value]),
            *conditions,
        )
        .order_by(work_item.c.offered_at)
        .limit(most)
    )
    with runner.ws.database.read() as connection:
        return list(connection.execute(query))


def _entry(row: Row[Any]) -> str:
    """The id of the queue entry that stands for the item: its own, or the one that goes on with it."""
    return row.carried or entry(row.run, row.item, row.attempt, row.queued)
