"""The inbox: the open work items a person may take, the approvals they may answer, and what they can do with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core.actor.acting import believed
from core.actor.values import Actor
from core.actor.verb import Verb
from core.audit.append import record
from core.audit.values import Entry, RecordKind
from core.errors import BadInput, IllegalTransition, NotAllowed
from core.workspace import Workspace
from governance import Approval, Principal, PrincipalKind, Ruling, get_principal
from governance import answerable as answerable_by
from orchestrator.machine.named import values_at
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import Decided, ItemStatus, RunStatus
from orchestrator.running.occurred import Occurred, check_occurred
from orchestrator.running.records import ItemKind, WorkItem, run_of, work_item_of
from orchestrator.running.refusing import refusals
from orchestrator.running.requesting import Proposed
from orchestrator.running.rows import change_item, lock, read_item
from orchestrator.running.step import Happening, Runner, remark, step
from orchestrator.running.submit import as_json, attempt_key, fail, submit
from orchestrator.running.tables import run, work_item

CLAIM, RELEASE, COMPLETE, REJECT, DECIDE = (
    Verb(f"item.{name}", "WorkItem") for name in ("claim", "release", "complete", "reject", "decide")
)
_TAKEABLE = (ItemStatus.OPEN, ItemStatus.CLAIMED)


class EntryKind(StrEnum):
    """What an entry of the inbox asks for."""

    TASK = "task"
    DECISION = "decision"
    APPROVAL = "approval"


@dataclass(frozen=True)
class InboxEntry:
    """One thing that waits for a person."""

    kind: EntryKind
    id: str  # of the work item, or of the approval
    run: str
    workflow: str
    label: str
    role: str  # whose people it is for
    cause: str | None  # why it is here, where it is not simply their task
    offered_at: datetime
    due_at: datetime | None
    claimed_by: str | None  # principal id
    options: tuple[str, ...]  # of a decision, to be answered with the position from 0
    fields: tuple[str, ...]  # of a task: the context fields it may change
    context: Mapping[str, Any]  # of the run
    changes: Mapping[str, Any] = field(default_factory=dict)  # of an approval: the fields that would change
    answers: Mapping[str, Any] = field(default_factory=dict)  # of an approval: what would be answered
    effect: Mapping[str, Any] | None = None  # of an approval: what would be done in a system of record
    approval: Approval | None = None  # with the exact request that it would allow
    key: str | None = None  # of the run, such as the order's number
    amount: Any = None  # that the run is about, as its context holds it; None where it holds none
    currency: str | None = None


def inbox(ws: Workspace, person: str) -> tuple[InboxEntry, ...]:
    """What waits for `person` (name or id), oldest first: items of their roles that nobody else took, and approvals."""
    who = get_principal(ws, person)
    mine = sa.or_(work_item.c.claimed_by.is_(None), work_item.c.claimed_by == who.id)
    takeable = sa.and_(
        work_item.c.doer == Doer.PERSON.value,
        work_item.c.role.in_(who.roles),
        work_item.c.status.in_([s.value for s in _TAKEABLE]),
        mine,
    )
    answerable = {a.id: a for a in answerable_by(ws, who)}
    asked = work_item.c.status == ItemStatus.WAITING.value
    query = (
        sa.select(work_item, run)
        .join(run, run.c.id == work_item.c.run)
        .where(run.c.status == RunStatus.RUNNING.value, sa.or_(takeable, asked))
        .order_by(work_item.c.offered_at, work_item.c.id)
    )
    runner = Runner(ws)
    with ws.database.read() as connection:
        rows = connection.execute(query.set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL)).all()
    theirs = (r for r in rows if r.work_item_status != ItemStatus.WAITING or r.work_item_approval in answerable)
    return tuple(_entry(runner, row, answerable) for row in theirs)


def claim(ws: Workspace, item: str, by: Actor) -> WorkItem:
    """The item, now taken by the person `by`. Raises NotFound, NotAllowed, IllegalTransition."""
    with refusals(ws, CLAIM, item, by=by), ws.database.begin() as connection:
        row, found, person = _take(ws, connection, item, by)
        now = ws.clock.now()
        if found.claimed_by is None:  # claimed again it stays as it is: their work began with the first claim
            taken = {"status": ItemStatus.CLAIMED.value, "claimed_by": person.id, "claimed_at": now}
            change_item(connection, found.run, found.item, **taken)
            _note(ws, connection, by, person, CLAIM, found)
            remark(connection, row, "claimed", item=found.item, attempt=found.attempt, performer=person.id, at=now)
        return read_item(connection, found.run, found.item)


def release(ws: Workspace, item: str, by: Actor) -> WorkItem:
    """The item, on offer again. Raises NotAllowed where `by` did not take it."""
    with refusals(ws, RELEASE, item, by=by), ws.database.begin() as connection:
        row, found, person = _take(ws, connection, item, by)
        if found.claimed_by != person.id:
            raise NotAllowed(f"`{person.name}` did not take `{item}`, so cannot release it.")
        change_item(connection, found.run, found.item, status=ItemStatus.OPEN.value, claimed_by=None, claimed_at=None)
        now = ws.clock.now()
        _note(ws, connection, by, person, RELEASE, found)
        remark(connection, row, "released", item=found.item, attempt=found.attempt, performer=person.id, at=now)
        return read_item(connection, found.run, found.item)


def complete(
    ws: Workspace, item: str, *, answer: Mapping[str, Any] | None = None, changes: Mapping[str, Any] | None = None,
    by: Actor, note: str | None = None, cost: float | None = None, occurred: Occurred | None = None,
) -> WorkItem:  # fmt: skip
    """The item, completed by the person `by`, or waiting for an approval where the policies want one.

    `occurred` (start, end) is for simulated people. Raises NotFound, NotAllowed with the reasons (recorded in the audit
    log; the item stays open), IllegalTransition, BadInput.
    """
    runner = Runner(ws)
    with refusals(ws, COMPLETE, item, by=by), ws.database.begin() as connection:
        row, found, person = _take(ws, connection, item, by)
        _must_be(found, ItemKind.TASK, "tandem inbox decide")
        times = check_occurred(occurred, person, found.ready_at) or _measured(found, row, person)
        proposed = Proposed(
            performer=person.id,
            changes=as_json(changes or {}, "changes", finite=False),
            answer=as_json(answer or {}, "answer", finite=False),
            started=times[0],
            ended=times[1],
            cost=cost,
            note=note,
        )
        change_item(
            connection, found.run, found.item, begun=found.begun + 1
        )  # a refused try may be followed by another
        key = f"{attempt_key(found)}/{found.begun + 1}"
        done = submit(runner, connection, row, found, person, proposed, key=key, actor=by)
        now = read_item(connection, found.run, found.item)
    if done.effect is Ruling.DENY:
        raise NotAllowed(f"`{person.name}` may not complete `{found.label}` so.", problems=done.reasons)
    return now


def reject(ws: Workspace, item: str, *, reason: str, by: Actor, occurred: Occurred | None = None) -> WorkItem:
    """The item, rejected by the person `by`: it goes to the next role of its escalation, else the run fails."""
    runner = Runner(ws)
    with refusals(ws, REJECT, item, by=by), ws.database.begin() as connection:
        row, found, person = _take(ws, connection, item, by)
        if not reason.strip():
            raise BadInput("A rejection needs a reason.")
        _must_be(found, ItemKind.TASK, "tandem inbox decide")
        times = check_occurred(occurred, person, found.ready_at) or _measured(found, row, person)
        proposed = Proposed(person.id, started=times[0], ended=times[1], note=reason)
        cause = f"rejected by {person.name}: {reason}"
        work = proposed.work(person, ws.clock.now())
        _note(ws, connection, by, person, REJECT, found)
        fail(runner, connection, row, found, cause, retry=False, work=work)
        return read_item(connection, found.run, found.item)


def decide_item(ws: Workspace, item: str, child: int, by: Actor, *, at: datetime | None = None) -> WorkItem:
    """The decision item, decided by the person `by` for option `child` (from 0). Raises BadInput for any other."""
    runner = Runner(ws)
    with refusals(ws, DECIDE, item, by=by), ws.database.begin() as connection:
        row, found, person = _take(ws, connection, item, by)
        _must_be(found, ItemKind.DECISION, "tandem inbox complete")
        said = check_occurred((at, at) if at else None, person, found.ready_at)
        event = Decided(found.item, child)
        _note(ws, connection, by, person, DECIDE, found)
        moment = said[1] if said else None
        step(
            runner, connection, row,
            Happening(event, attempt_key(found), performer=person.id, moment=moment),
        )  # fmt: skip
        return read_item(connection, found.run, found.item)


def _take(ws: Workspace, connection: Connection, item: str, by: Actor) -> tuple[Row[Any], WorkItem, Principal]:
    """The locked run, the item and the person, who may act on it now."""
    person = believed(connection, get_principal(ws, by.who))
    run_id, _, name = item.partition("/")
    row = lock(connection, run_id)
    found = read_item(connection, run_id, name)
    if person.kind is not PrincipalKind.PERSON or not person.active:
        raise NotAllowed(f"`{person.name}` is no active person, so cannot act on work items.")
    if found.doer is not Doer.PERSON or found.role not in person.roles:
        asked = f"people of the role `{found.role}`" if found.doer is Doer.PERSON else f"the agent `{found.agent}`"
        raise NotAllowed(f"`{found.label}` is for {asked}; `{person.name}` is not among them.")
    if row.status != RunStatus.RUNNING:
        raise IllegalTransition(f"The run `{run_id}` is {row.status}, so nothing in it can be done now.")
    if found.status not in _TAKEABLE:
        raise IllegalTransition(f"The work item `{item}` is {found.status}, so nothing can be done with it now.")
    if found.claimed_by not in (None, person.id):
        raise NotAllowed(f"`{item}` was taken by another person. Ask them to release it.")
    return row, found, person


def _note(ws: Workspace, connection: Connection, by: Actor, person: Principal, verb: Verb, item: WorkItem) -> None:
    """Record in the audit log that `person` did `verb` to the item."""
    entry = Entry(RecordKind.CHANGE, person.id, verb.name, verb.resource_type, item.id, effect=Ruling.ALLOW, actor=by)
    record(connection, entry, at=ws.clock.now())


def _measured(item: WorkItem, row: Row[Any], person: Principal) -> tuple[datetime | None, datetime | None]:
    """Start and end of a person's work: from the claim, where there was one, until now.

    A simulated person who says no times, in a simulated run, took no time.
    """
    if row.simulated and person.simulated:
        return item.ready_at, item.ready_at
    return item.claimed_at, None


def _must_be(item: WorkItem, kind: ItemKind, instead: str) -> None:
    if item.kind is not kind:
        raise BadInput(f"`{item.id}` is a {item.kind}. Use `{instead}`.")


def _entry(runner: Runner, row: Row[Any], answerable: Mapping[str, Approval]) -> InboxEntry:
    item = work_item_of({c.name: row._mapping[f"work_item_{c.name}"] for c in work_item.c})
    of = run_of({c.name: row._mapping[f"run_{c.name}"] for c in run.c})
    approval = answerable.get(item.approval or "") if item.status is ItemStatus.WAITING else None
    tasks = runner.workflow(of.workflow, of.version).tasks
    task = tasks.get(item.node)
    amount, currency = _amount([*([task] if task else []), *tasks.values()], of.state.context)
    wanted: Mapping[str, Any] = approval.request.payload if approval else {}
    return InboxEntry(
        kind=EntryKind.APPROVAL if approval else EntryKind(item.kind.value),
        id=approval.id if approval else item.id,
        run=item.run,
        workflow=of.workflow,
        label=item.label,
        role=approval.role if approval else item.role,
        cause=item.cause,
        offered_at=item.offered_at,
        due_at=item.due_at,
        claimed_by=item.claimed_by,
        options=item.options,
        fields=task.fields if task else (),
        context=of.state.context,
        changes=wanted.get("changes") or {},
        answers=wanted.get("answer") or {},
        effect=wanted.get("effect"),
        approval=approval,
        key=of.key,
        amount=amount,
        currency=currency,
    )


def _amount(tasks: Iterable[TaskSpec], context: Mapping[str, Any]) -> tuple[Any, str | None]:
    """The first single amount that the context holds for one of `tasks`, with its currency; else what it calls so."""
    for task in tasks:
        found = values_at(context, task.amount_field) if task.amount_field else []
        if len(found) == 1 and found[0] is not None:
            return found[0], task.currency
    named = context.get("amount")
    return (named if isinstance(named, int | float) else None), None
