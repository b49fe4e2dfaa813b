"""What the worker looks after beside the queue: time-outs, answered approvals, work that has no queue entry."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Row

from governance import ApprovalStatus, statuses_of
from orchestrator.machine.task import Doer
from orchestrator.machine.values import ItemStatus, RunStatus, TaskTimedOut
from orchestrator.running.approving import settle
from orchestrator.running.effects import OPEN, EffectRow, change_effect, effect_of, read_effect
from orchestrator.running.queue import effect_entry, entry
from orchestrator.running.rows import change_item, lock, read_item
from orchestrator.running.step import Happening, Runner, step
from orchestrator.running.submit import attempt_key
from orchestrator.running.tables import run, run_effect, work_item
from orchestrator.worker.effects import MOST_UNANSWERED

_MOST = 500  # rows dealt with in one go, where dealing with them makes room for the others


def give_up_late(runner: Runner) -> int:
    """How many attempts were given up because they took longer than their task allows."""
    late = _items(runner, work_item.c.timeout_at <= runner.ws.clock.now())
    return sum(_time_out(runner, row) for row in late)


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


def settle_answered(runner: Runner) -> int:
    """How many items went on because the approval they waited for was answered."""
    waiting = _items(runner, work_item.c.status == ItemStatus.WAITING.value, most=None)
    statuses = statuses_of(runner.ws, (row.approval for row in waiting))
    answered = (row for row in waiting if statuses[row.approval] is not ApprovalStatus.PENDING)
    return sum(settle(runner, row.run, row.item) for row in answered)


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
    return sum(_requeue(runner, row) for row in found if _entry(row) not in live)


def requeue_lost_effects(runner: Runner) -> int:
    """How many open effects were put on the queue again because no entry stands for them any more."""
    open_ = sa.select(run_effect).where(run_effect.c.status.in_([s.value for s in OPEN])).limit(_MOST)
    with runner.ws.database.read() as connection:
        found = [effect_of(row._asdict()) for row in connection.execute(open_)]
    wanted = [e for e in found if e.unanswered < MOST_UNANSWERED]
    live = runner.queue.live(effect_entry(e.run, e.item, e.queued) for e in wanted)
    lost = [e for e in wanted if effect_entry(e.run, e.item, e.queued) not in live]
    return sum(_requeue_effect(runner, effect) for effect in lost)


def _requeue_effect(runner: Runner, lost: EffectRow) -> bool:
    with runner.begin() as connection:
        lock(connection, lost.run)
        now = read_effect(connection, lost.id)
        if now is None or now.status not in OPEN or now.queued != lost.queued:
            return False
        change_effect(connection, now.id, queued=now.queued + 1)
        runner.queue.put_effect(connection, now.run, now.item, now.queued + 1)
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
