"""Work items: what the commands of the state machine make of them, inside the transaction of a step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from governance import withdraw_approval
from orchestrator.machine.serial import event_name
from orchestrator.machine.task import Doer
from orchestrator.machine.timing import ready
from orchestrator.machine.values import (
    AskDecision,
    Command,
    Decided,
    EffectDue,
    ItemStatus,
    OfferTask,
    Paused,
    Resumed,
    RunEvent,
    RunState,
    RunStatus,
    TaskCompleted,
    TaskFailed,
    TaskTimedOut,
    Withdraw,
    Workflow,
)
from orchestrator.running.effects import requeue_effect
from orchestrator.running.queue import TaskQueue
from orchestrator.running.records import ITSELF, ItemKind, WorkItem, work_item_of
from orchestrator.running.rows import change_item, enqueue, insert_item, item_id, read_item, written
from orchestrator.running.tables import run_event, work_item

if TYPE_CHECKING:
    from orchestrator.running.step import Happening


@dataclass
class Carry:
    """Room for one agent task with which the queue entry `entry` goes on, instead of a new entry being put.

    What is taken is begun in the very step that offers it, for whoever has the room does it at once.
    """

    entry: str
    item: WorkItem | None = None
    state: RunState | None = None  # of the run, after the step


@dataclass(frozen=True)
class Offering:
    """What obeying the commands of one event needs to know."""

    queue: TaskQueue
    connection: Connection
    run: Row[Any]
    workflow: Workflow
    event: RunEvent
    performer: str | None  # of the event
    moment: datetime  # of the event, in the run's time
    now: datetime  # on our clock
    carry: Carry | None = None


def close(connection: Connection, run_id: str, happening: Happening, moment: datetime, now: datetime) -> None:
    """Note on the item of the event that its attempt is over: completed, or failed until it is offered again."""
    match happening.event:
        case TaskCompleted(item=item) | Decided(item=item):
            status = ItemStatus.COMPLETED
        case TaskFailed(item=item) | TaskTimedOut(item=item):
            status = ItemStatus.FAILED
            _ask_no_more(connection, run_id, item, happening.performer, now)
        case _:
            return
    change_item(
        connection, run_id, item,
        status=status.value, performer=happening.performer, ended_at=moment, timeout_at=None,
    )  # fmt: skip


def obey(offering: Offering, after: RunState, commands: Iterable[Command]) -> None:
    """Do to the work items what `commands` say."""
    for command in commands:
        match command:
            case OfferTask():
                _offer(offering, after, command)
            case EffectDue():
                _due(offering, command)
            case AskDecision():
                _ask(offering, after, command)
            case Withdraw():
                _withdraw(offering, command)
    if isinstance(offering.event, Resumed):
        _postpone(offering)
        _unpark(offering)


def _offer(offering: Offering, after: RunState, command: OfferTask) -> None:
    task = offering.workflow.tasks[command.node]
    by_agent = command.doer is Doer.AGENT
    parked = by_agent and after.status is RunStatus.PAUSED
    carry = offering.carry if by_agent and not parked and not command.delay_seconds else None
    carried = carry is not None and carry.item is None
    put = by_agent and not parked and not carried
    ready_at = _ready(offering, command.node)
    values: dict[str, Any] = {
        "kind": ItemKind.TASK.value,
        "label": task.label,
        "doer": command.doer.value,
        "role": command.role,
        "agent": task.agent if by_agent else None,
        "attempt": command.attempt,
        "level": command.level,
        "options": [],
        "cause": command.cause,
        "ready_at": ready_at,
        "due_at": ready_at + timedelta(seconds=task.sla_seconds) if task.sla_seconds else None,
        "timeout_at": None if by_agent and not carried else timeout_at(task.limit_of(command.doer), offering.now),
        "queued": 1 if put else 0,
        "carried": carry.entry if carry is not None and carried else None,
        "parked": parked,
        "begun": 1 if carried else 0,
        "begun_at": offering.now if carried else None,
    }
    row = _write(offering, command.item, command.node, values)
    if carry is not None and carried:
        carry.item, carry.state = work_item_of(row), after
    if put:
        enqueue(
            offering.queue, offering.connection, offering.run.id, command.item, command.attempt, 1,
            command.delay_seconds,
        )  # fmt: skip


def timeout_at(limit_seconds: float | None, now: datetime) -> datetime | None:
    """When an attempt that begins now is given up; None: never."""
    return None if limit_seconds is None else now + timedelta(seconds=limit_seconds)


def _due(offering: Offering, command: EffectDue) -> None:
    """The item is being performed: no time-out ends that, for what was asked of a system cannot be given up."""
    change_item(offering.connection, offering.run.id, command.item, status=ItemStatus.PERFORMING.value, timeout_at=None)


def _ask(offering: Offering, after: RunState, command: AskDecision) -> None:
    values = {
        "kind": ItemKind.DECISION.value,
        "label": f"Decide: {', '.join(command.options)}",
        "doer": Doer.PERSON.value,
        "role": command.role,
        "agent": None,
        "attempt": after.items[command.item].attempt,
        "level": 0,
        "options": list(command.options),
        "cause": command.cause,
        "ready_at": _ready(offering, command.node),
        "due_at": None,
        "timeout_at": None,
        "queued": 0,
        "carried": None,
        "parked": False,
        "begun": 0,
        "begun_at": None,
    }
    _write(offering, command.item, command.node, values)


def _write(offering: Offering, item: str, node: str, values: dict[str, Any]) -> dict[str, Any]:
    """The whole row of the item: it is inserted, or the one that is there is offered afresh."""
    fresh = {
        **values,
        "status": ItemStatus.OPEN.value,
        "offered_at": offering.now,
        **dict.fromkeys(("claimed_by", "claimed_at", "approval", "proposal", "performer", "ended_at")),
    }
    if values["attempt"] > 1:
        change_item(offering.connection, offering.run.id, item, **fresh)
    else:
        insert_item(offering.connection, offering.run.id, item, node=node, **fresh)
    run_id = offering.run.id
    return {"id": item_id(run_id, item), "run": run_id, "item": item, "node": node, **fresh}


def _withdraw(offering: Offering, command: Withdraw) -> None:
    _ask_no_more(offering.connection, offering.run.id, command.item, offering.performer, offering.now)
    change_item(
        offering.connection, offering.run.id, command.item,
        status=ItemStatus.WITHDRAWN.value, cause=command.cause, timeout_at=None, parked=False,
    )  # fmt: skip


def _ask_no_more(connection: Connection, run_id: str, item: str, performer: str | None, now: datetime) -> None:
    """Withdraw the approval that the item waits for, so that nobody is asked in vain and none is left to be used."""
    found = read_item(connection, run_id, item)
    if found.status is ItemStatus.WAITING and found.approval is not None:
        reason = "The work item that waited for it is not to be done any more, or not like this."
        withdraw_approval(connection, found.approval, reason=reason, by=performer or ITSELF, at=now)


def _postpone(offering: Offering) -> None:
    """The time for which the run was paused counts for no time-out."""
    connection = written(offering.connection, offering.run.id)
    paused_at = connection.execute(
        sa.select(sa.func.max(run_event.c.at)).where(
            run_event.c.run == offering.run.id, run_event.c.kind == event_name(Paused())
        )
    ).scalar_one()
    rows = offering.connection.execute(
        sa.select(work_item.c.item, work_item.c.offered_at, work_item.c.timeout_at).where(
            work_item.c.run == offering.run.id, work_item.c.timeout_at.is_not(None)
        )
    ).all()
    for row in rows:
        later = row.timeout_at + (offering.now - max(paused_at, row.offered_at))
        change_item(offering.connection, offering.run.id, row.item, timeout_at=later)


def _unpark(offering: Offering) -> None:
    """Put back on the queue what was put aside while the run was paused."""
    parked = (work_item.c.run == offering.run.id, work_item.c.parked)
    rows = offering.connection.execute(
        sa.update(work_item)
        .where(*parked)
        .values(parked=False, carried=None, queued=work_item.c.queued + 1)
        .returning(work_item.c.id, work_item.c.item, work_item.c.attempt, work_item.c.queued, work_item.c.status)
    ).all()
    for row in rows:
        if row.status == ItemStatus.PERFORMING.value:  # its effect is due
            requeue_effect(offering.queue, offering.connection, row.id, offering.now)
            continue
        enqueue(offering.queue, offering.connection, offering.run.id, row.item, row.attempt, row.queued)


def _ready(offering: Offering, node: str) -> datetime:
    """When the task or decision at `node` is ready, in the run's time."""
    done = getattr(offering.event, "item", None)
    if done is None or not offering.run.simulated:
        return offering.moment
    connection = written(offering.connection, offering.run.id)
    rows = connection.execute(
        sa.select(work_item.c.node, work_item.c.ended_at).where(
            work_item.c.run == offering.run.id, work_item.c.ended_at.is_not(None)
        )
    ).all()
    return ready(((row.node, row.ended_at) for row in rows), done.partition("#")[0], node, offering.moment)
