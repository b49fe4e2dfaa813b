"""The gate for what a performer proposes: allowed, it is done; else it waits for an approval, or is refused.

The effect of a task is a change of the run, in the same database as the audit log. So the decision, its record, the
effect and its outcome are one transaction: no crash can leave one without the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core import BadInput
from governance import (
    Approval,
    ApprovalStatus,
    Decision,
    Effect,
    Outcome,
    Principal,
    Request,
    authorise,
    record_outcome,
    request_approval,
)
from orchestrator.records import WorkItem
from orchestrator.requesting import Asking, Proposed, outside, request_for
from orchestrator.rows import change_item
from orchestrator.serial import state_from_dict
from orchestrator.step import Happening, Runner, remark, step
from orchestrator.tables_runs import work_item
from orchestrator.values import ItemStatus, TaskCompleted, TaskFailed, TaskSpec

DRAFT = ".draft"  # an action with this ending drafts what later actions on the same type of resource act on


@dataclass(frozen=True)
class Submitted:
    """What became of a proposal."""

    effect: Effect
    reasons: tuple[str, ...]
    approval: str | None = None  # what it now waits for
    moved: bool = False  # the run went on


def as_json(values: Mapping[str, Any], what: str) -> dict[str, Any]:
    """`values` as they will be read back. Raises BadInput where JSON cannot carry them."""
    try:
        plain: dict[str, Any] = json.loads(json.dumps(dict(values), allow_nan=False))
    except (TypeError, ValueError) as error:
        raise BadInput(f"The {what} cannot be kept as JSON: {error}. Use text, numbers, lists and objects.") from None
    return plain


def submit(
    runner: Runner, connection: Connection, run: Row[Any], item: WorkItem, principal: Principal, proposed: Proposed,
    *, key: str, approval: Approval | None = None, moment: datetime | None = None,
) -> Submitted:  # fmt: skip
    """What became of what `principal` proposes for `item`, whose run the caller has locked and whose task is open.

    A refusal is recorded; whether the item fails is for the caller to say. `moment` is when it took effect in the run's
    time, where that is later than its work ended.
    """
    workflow = runner.workflow(run.workflow, run.version)
    task = workflow.tasks[item.node]
    state = state_from_dict(run.state)
    drafted_by = _drafted_by(connection, item.run, workflow.tasks, task)
    asking = Asking(workflow, item.run, item.item, item.attempt, task, state.context, drafted_by)
    request = request_for(asking, proposed)
    gate = authorise(runner.ws, request, key=key, approval=approval.id if approval else None, connection=connection)
    decision = gate.decision
    if decision.effect is Effect.NEEDS_APPROVAL:
        waiting = _wait(runner, connection, run, item, proposed, request, decision, task, key)
        return Submitted(decision.effect, decision.reasons, approval=waiting)
    if decision.effect is Effect.DENY:
        return Submitted(decision.effect, decision.reasons)
    now = runner.ws.clock.now()
    surplus = outside(task, proposed.changes)
    if surplus:
        reason = _surplus(task, surplus)
        record_outcome(connection, gate, outcome=Outcome.FAILED, detail={"reason": reason}, at=now)
        return Submitted(Effect.DENY, (reason,))
    record_outcome(connection, gate, outcome=Outcome.DONE, at=now)
    event = TaskCompleted(item.item, item.attempt, answer=dict(proposed.answer), changes=dict(proposed.changes))
    happening = Happening(
        event, attempt_key(item), performer=principal.id, work=proposed.work(principal, now), moment=moment,
        facts={"audit": gate.record, "approval": approval.id if approval else None},
    )  # fmt: skip
    return Submitted(decision.effect, decision.reasons, moved=step(runner, connection, run, happening))


def fail(
    runner: Runner, connection: Connection, run: Row[Any], item: WorkItem, cause: str, *,
    retry: bool, principal: Principal | None = None, proposed: Proposed | None = None,
) -> bool:  # fmt: skip
    """Whether the run moved: the present attempt of `item` came to nothing. `proposed` is the work done in vain."""
    happening = Happening(
        TaskFailed(item.item, item.attempt, cause, retry=retry),
        attempt_key(item),
        performer=principal.id if principal else None,
        work=proposed.work(principal, runner.ws.clock.now()) if principal and proposed else None,
    )
    return step(runner, connection, run, happening)


def attempt_key(item: WorkItem) -> str:
    """The key of the end of the item's present attempt, which comes once."""
    return f"{item.id}/{item.attempt}"


def refusal(status: Approval) -> str:
    """Why what waited for the approval is not done, in words."""
    if status.status is ApprovalStatus.REFUSED:
        return f"approval refused: {status.answer_reason or 'no reason given'}"
    return f"approval {status.status.value}"


def _wait(
    runner: Runner, connection: Connection, run: Row[Any], item: WorkItem, proposed: Proposed, request: Request,
    decision: Decision, task: TaskSpec, key: str,
) -> str:  # fmt: skip
    """Ask for the approval and put the item aside until it is answered. No time-out ends the waiting."""
    role = next(iter([*decision.approvers, *task.escalation, runner.workflow(run.workflow, run.version).owner_role]))
    approval = request_approval(runner.ws, request, decision, role=role, by=proposed.performer, connection=connection)
    change_item(
        connection, item.run, item.item,
            status=ItemStatus.WAITING.value, approval=approval.id, timeout_at=None,
            proposal={"key": key, "proposed": proposed.to_dict()}, cause="; ".join(decision.reasons),
    )  # fmt: skip
    remark(
        connection, run, "approval requested", item=item.item, attempt=item.attempt, performer=proposed.performer,
        at=runner.ws.clock.now(), facts={"approval": approval.id, "role": role, "reasons": list(decision.reasons)},
    )  # fmt: skip
    return approval.id


def _drafted_by(connection: Connection, run: str, tasks: Mapping[str, TaskSpec], task: TaskSpec) -> str | None:
    """Who last drafted, in this run, what the task acts on."""
    drafting = [n for n, t in tasks.items() if t.action.endswith(DRAFT) and t.resource_type == task.resource_type]
    if not drafting:
        return None
    found: str | None = connection.execute(
        sa.select(work_item.c.performer)
        .where(
            work_item.c.run == run,
            work_item.c.node.in_(drafting),
            work_item.c.status == ItemStatus.COMPLETED.value,
        )
        .order_by(work_item.c.ended_at.desc())
        .limit(1)
    ).scalar()
    return found


def _surplus(task: TaskSpec, surplus: tuple[str, ...]) -> str:
    named = ", ".join(f"`{name}`" for name in surplus)
    allowed = ", ".join(f"`{name}`" for name in task.fields) or "no field"
    return f"`{task.label}` may change {allowed}; the proposal changes {named}"
