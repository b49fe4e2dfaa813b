"""Approvals: a person answers, and what waited for the answer is done, or given up."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor, tandem
from core.errors import Duplicate, TandemError
from core.workspace import Workspace
from governance import Approval, ApprovalStatus, Ruling, answer_approval, get_approval, get_principal
from orchestrator.machine.task import Doer
from orchestrator.machine.values import ItemStatus, RunStatus
from orchestrator.promotion.workflows import get_workflow
from orchestrator.running.occurred import check_occurred
from orchestrator.running.records import WorkItem, work_item_of
from orchestrator.running.requesting import Proposed
from orchestrator.running.rows import lock, read_item
from orchestrator.running.step import Runner
from orchestrator.running.submit import drafters, fail, refusal, reopen, submit
from orchestrator.running.tables import run, work_item


def answer(
    ws: Workspace, approval: str, *, grant: bool, reason: str, by: Actor, at: datetime | None = None
) -> Approval:
    """The approval, answered by a person of its role; what waited for it goes on at once.

    `at` is when a simulated person answered, in the run's time. Raises NotFound, NotAllowed (another role, or who asked
    for it: four eyes), IllegalTransition (answered already) and, for `at`, what `occurred` raises.
    """
    waiting = _waiting(ws, approval)
    if at is not None and waiting is not None:
        check_occurred((at, at), get_principal(ws, by.who), waiting.ready_at)
    barred = involved(ws, waiting) if waiting is not None else ()
    answered = answer_approval(ws, approval, grant=grant, reason=reason, barred=barred, by=by)
    if waiting is not None:
        settle(Runner(ws), waiting.run, waiting.item, at=at)
    return answered


def involved(ws: Workspace, item: WorkItem) -> set[str]:
    """Ids of the principals who started the run of `item` or drafted what its task acts on: none of them approves."""
    with ws.database.read() as connection:
        row = connection.execute(sa.select(run).where(run.c.id == item.run)).one()
        workflow = get_workflow(ws, row.workflow, row.version)
        return {row.created_by, *drafters(connection, item.run, workflow.tasks, workflow.tasks[item.node])}


def _waiting(ws: Workspace, approval: str) -> WorkItem | None:
    """The item that waits for the approval; None where something else asked for it, or nothing waits any more."""
    query = sa.select(work_item).where(work_item.c.approval == approval, work_item.c.status == ItemStatus.WAITING.value)
    with ws.database.read() as connection:
        row = connection.execute(query).first()
    return None if row is None else work_item_of(row._asdict())


def settle(runner: Runner, run: str, item: str, *, at: datetime | None = None) -> bool:
    """Whether the item went on: the approval it waits for was granted, refused, or has expired.

    What was granted is put before the gate once more, with the approval; its performer is not asked again, unless the
    run has changed so that it would now be another request than the one that was approved. What cannot be put before
    the gate any more, because the role that policies name as approver does not exist, say, goes to its escalation.
    """
    try:
        with runner.begin() as connection:
            return _settle(runner, connection, run, item, at)
    except Duplicate as other:
        cause = f"the run has changed since the approval was asked for: {other.message}"
        return _void(runner, run, item, cause, retry=True)
    except TandemError as error:
        return _void(runner, run, item, error.message, retry=False)


def _void(runner: Runner, run: str, item: str, cause: str, *, retry: bool) -> bool:
    with runner.begin() as connection:
        row, found = lock(connection, run), read_item(connection, run, item)
        if found.status is not ItemStatus.WAITING:
            return False
        if retry and found.doer is Doer.PERSON:
            reopen(runner, connection, row, found, cause)
            return True
        return fail(runner, connection, row, found, cause, retry=retry)


def _settle(runner: Runner, connection: Connection, run: str, item: str, at: datetime | None) -> bool:
    row, found = lock(connection, run), read_item(connection, run, item)
    if found.status is not ItemStatus.WAITING or row.status != RunStatus.RUNNING:
        return False
    assert found.approval is not None
    assert found.proposal is not None
    approval = get_approval(runner.ws, found.approval)
    if approval.status is ApprovalStatus.PENDING:
        return False
    proposed = Proposed.from_dict(found.proposal["proposed"])
    principal = get_principal(runner.ws, proposed.performer)
    moment = max(at, proposed.ended or at) if at else None
    cause = refusal(approval)
    if approval.status is ApprovalStatus.GRANTED:
        key = str(found.proposal["key"])
        done = submit(
            runner, connection, row, found, principal, proposed, key=key, actor=tandem(principal.id), approval=approval,
            moment=moment,
        )  # fmt: skip
        if done.effect is not Ruling.DENY:
            return done.moved
        cause = f"denied: {'; '.join(done.reasons)}"
    work = proposed.work(principal, runner.ws.clock.now())
    return fail(runner, connection, row, found, cause, retry=False, work=work, moment=moment)
