"""Approvals: a person answers, and what waited for the answer is done, or given up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Connection

from core import Duplicate, Workspace
from governance import Approval, ApprovalStatus, Effect, answer_approval, get_approval, get_principal
from orchestrator.occurred import check_occurred
from orchestrator.requesting import Proposed
from orchestrator.rows import lock, read_item
from orchestrator.step import Runner
from orchestrator.submit import fail, refusal, submit
from orchestrator.values import ItemStatus, RunStatus


def answer(ws: Workspace, approval: str, *, grant: bool, reason: str, by: str, at: datetime | None = None) -> Approval:
    """The approval, answered by a person of its role; what waited for it goes on at once.

    `at` is when a simulated person answered, in the run's time. Raises NotFound, NotAllowed (another role, or who asked
    for it: four eyes), IllegalTransition (answered already) and, for `at`, what `occurred` raises.
    """
    asked = get_approval(ws, approval)
    run, item = str(asked.request.context["run"]), str(asked.request.context["item"])
    runner = Runner(ws)
    if at is not None:
        with ws.database.read() as connection:
            ready = read_item(connection, run, item).ready_at
        check_occurred((at, at), get_principal(ws, by), ready)
    answered = answer_approval(ws, approval, grant=grant, reason=reason, by=by)
    settle(runner, run, item, at=at)
    return answered


def settle(runner: Runner, run: str, item: str, *, at: datetime | None = None) -> bool:
    """Whether the item went on: the approval it waits for was granted, refused, or has expired.

    What was granted is put before the gate once more, with the approval; its performer is not asked again, unless the
    run has changed so that it would now be another request than the one that was approved.
    """
    try:
        with runner.begin() as connection:
            return _settle(runner, connection, run, item, at)
    except Duplicate as other:
        with runner.begin() as connection:
            row, found = lock(connection, run), read_item(connection, run, item)
            cause = f"the run has changed since the approval was asked for: {other.message}"
            return found.status is ItemStatus.WAITING and fail(runner, connection, row, found, cause, retry=True)


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
        done = submit(runner, connection, row, found, principal, proposed, key=key, approval=approval, moment=moment)
        if done.effect is not Effect.DENY:
            return done.moved
        cause = f"denied: {'; '.join(done.reasons)}"
    work = proposed.work(principal, runner.ws.clock.now())
    return fail(runner, connection, row, found, cause, retry=False, work=work, moment=moment)
