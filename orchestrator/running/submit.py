"""The gate for what a performer proposes: allowed, it is done; else it waits for an approval, or is refused.

What a task changes in the run lies in the same database as the audit log. So the decision, its record, the change and
its outcome are one transaction: no crash can leave one without the others. What it does in a system of record is a
second act, due in that transaction and done after it (see `effects`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.errors import BadInput
from governance import (
    Approval,
    ApprovalStatus,
    Outcome,
    Principal,
    Ruling,
    allowed_to,
    authorise,
    record_outcome,
    request_approval,
    withdraw_approval,
)
from orchestrator.machine.asked import approver_role, drafting
from orchestrator.machine.serial import state_from_dict
from orchestrator.machine.task import TaskSpec
from orchestrator.machine.values import ItemStatus, TaskAllowed, TaskCompleted, TaskFailed
from orchestrator.running.effects import make_due
from orchestrator.running.items import timeout_at
from orchestrator.running.records import ITSELF, Work, WorkItem
from orchestrator.running.requesting import Asking, Proposed, bars, request_for
from orchestrator.running.rows import change_item, written
from orchestrator.running.step import Happening, Runner, remark, step
from orchestrator.running.tables import work_item

DEEPEST = 60  # levels of what is kept as JSON


@dataclass(frozen=True)
class Submitted:
    """What became of a proposal."""

    effect: Ruling
    reasons: tuple[str, ...]
    approval: str | None = None  # what it now waits for
    moved: bool = False  # the run went on


def as_json(values: Mapping[str, Any], what: str, *, finite: bool = True) -> dict[str, Any]:
    """`values` as they will be read back. Raises BadInput where JSON cannot carry them.

    Without `finite`, NaN and infinite numbers pass: of a proposal they are for the gate to deny and to record.
    """
    try:
        text = json.dumps(dict(values), allow_nan=not finite, ensure_ascii=False).encode()
        plain: dict[str, Any] = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:  # half a character is a ValueError of `encode`
        raise BadInput(f"The {what} cannot be kept as JSON: {error}. Use text, numbers, lists and objects.") from None
    if nested_beyond(plain, DEEPEST):
        raise BadInput(f"The {what} cannot be kept: it is nested in more than {DEEPEST} levels.")
    return plain


def nested_beyond(value: Any, levels: int) -> bool:
    """Whether plain `value` has lists and objects within each other more than `levels` deep."""
    level = [value]
    for _ in range(levels + 1):
        parts = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        if not parts:
            return False
        level = [item for part in parts for item in part]
    return True


def storable(text: str) -> str:
    """`text` as every database can store it: without half characters and NUL, which foreign code may put there."""
    return text.encode(errors="replace").decode().replace("\0", "?")


def submit(
    runner: Runner, connection: Connection, run: Row[Any], item: WorkItem, principal: Principal, proposed: Proposed,
    *, key: str, actor: Actor, approval: Approval | None = None, moment: datetime | None = None,
) -> Submitted:  # fmt: skip
    """What became of what `principal` proposes for `item`, whose run the caller has locked and whose task is open.

    A refusal is recorded; whether the item fails is for the caller to say. `moment` is when it took effect in the run's
    time, where that is later than its work ended. `actor` says how it was proved that `principal` proposes it.
    """
    workflow = runner.workflow(run.workflow, run.version)
    task = workflow.tasks[item.node]
    drafted = drafters(connection, item.run, workflow.tasks, task)
    drafter = drafted[0] if drafted else None
    context = state_from_dict(run.state).context
    asking = Asking(workflow, item.run, item.item, item.attempt, task, context, drafter)
    request = request_for(asking, proposed)
    gate = authorise(
        runner.ws, request, key=key, approval=approval.id if approval else None,
        barred=bars(asking, principal, proposed), actor=actor, connection=connection,
    )  # fmt: skip
    decision = gate.decision
    if decision.effect is Ruling.NEEDS_APPROVAL:
        role = approver_role(workflow, task, decision)
        asked = request_approval(
            runner.ws, request, decision, role=role, by=actor, barred=(run.created_by, *drafted), connection=connection
        )
        _wait(runner, connection, run, item, asked, {"key": key, "proposed": proposed.to_dict()})
        return Submitted(decision.effect, decision.reasons, approval=asked.id)
    if decision.effect is Ruling.DENY:
        return Submitted(decision.effect, decision.reasons)
    now = runner.ws.clock.now()
    if task.effect is not None:
        facts = {"audit": str(gate.record), "approval": gate.approval}
        allowed = Happening(
            TaskAllowed(item.item, item.attempt), f"{attempt_key(item)}/allowed", principal.id, facts=facts
        )
        moved = step(runner, connection, run, allowed)
        if moved:
            due = make_due(connection, item, task.effect, gate, proposed, context, moment, now)
            runner.queue.put_effect(connection, item.run, item.item, due.queued)
        return Submitted(decision.effect, decision.reasons, moved=moved)
    record_outcome(connection, gate, outcome=Outcome.DONE, at=now)
    happening = Happening(
        TaskCompleted(item.item, item.attempt, answer=dict(proposed.answer), changes=dict(proposed.changes)),
        attempt_key(item), performer=principal.id, work=proposed.work(principal, now), moment=moment,
        facts={"audit": str(gate.record), "approval": approval.id if approval else None},
    )  # fmt: skip
    return Submitted(decision.effect, decision.reasons, moved=step(runner, connection, run, happening))


def fail(
    runner: Runner, connection: Connection, run: Row[Any], item: WorkItem, cause: str, *, retry: bool,
    work: Work | None = None, moment: datetime | None = None,
) -> bool:  # fmt: skip
    """Whether the run moved: the present attempt of `item` came to nothing. `work` is what was done in vain."""
    event = TaskFailed(item.item, item.attempt, cause, retry=retry)
    performer = work.performer if work else None
    return step(runner, connection, run, Happening(event, attempt_key(item), performer, work, moment))


def reopen(runner: Runner, connection: Connection, run: Row[Any], item: WorkItem, cause: str) -> None:
    """Give the item that waits in vain back to whoever took it: people are not passed over for what others changed."""
    now = runner.ws.clock.now()
    status = ItemStatus.CLAIMED if item.claimed_by else ItemStatus.OPEN
    limit = runner.workflow(run.workflow, run.version).tasks[item.node].limit_of(item.doer)
    change_item(
        connection,
        item.run,
        item.item,
        status=status.value,
        approval=None,
        proposal=None,
        timeout_at=timeout_at(limit, now),
        cause=cause,
    )
    reason = "What it was asked for has changed since."
    withdraw_approval(connection, str(item.approval), reason=reason, by=ITSELF, at=now)
    facts = {"approval": item.approval, "cause": cause}
    remark(connection, run, "approval void", item=item.item, attempt=item.attempt, performer=None, at=now, facts=facts)


def attempt_key(item: WorkItem) -> str:
    """The key of the end of the item's present attempt, which comes once."""
    return f"{item.id}/{item.attempt}"


def refusal(status: Approval) -> str:
    """Why what waited for the approval is not done, in words."""
    if status.status is ApprovalStatus.REFUSED:
        return f"approval refused: {status.answer_reason or 'no reason given'}"
    return f"approval {status.status.value}"


def _wait(
    runner: Runner, connection: Connection, run: Row[Any], item: WorkItem, approval: Approval, proposal: dict[str, Any]
) -> None:
    """Put the item aside until its approval is answered. No time-out ends the waiting."""
    if item.approval not in (None, approval.id):  # it was for the policies of before
        reason = "It was asked for again, under other policies."
        withdraw_approval(
            connection, str(item.approval), reason=reason, by=approval.created_by, at=runner.ws.clock.now()
        )
    change_item(
        connection, item.run, item.item, status=ItemStatus.WAITING.value, approval=approval.id, proposal=proposal,
        timeout_at=None, cause="; ".join(approval.reasons),
    )  # fmt: skip
    remark(
        connection, run, "approval requested", item=item.item, attempt=item.attempt, performer=approval.created_by,
        at=runner.ws.clock.now(), facts={"approval": approval.id, "role": approval.role},
    )  # fmt: skip


def drafters(connection: Connection, run: str, tasks: Mapping[str, TaskSpec], task: TaskSpec) -> tuple[str, ...]:
    """Ids of those who drafted, in this run, what the task acts on; who did it last first."""
    nodes = drafting(tasks, task)
    if not nodes:
        return ()
    found = (
        written(connection, run)
        .execute(
            sa.select(work_item.c.id, work_item.c.performer, work_item.c.attempt, work_item.c.begun)
            .where(
                work_item.c.run == run,
                work_item.c.node.in_(nodes),
                work_item.c.status == ItemStatus.COMPLETED.value,
            )
            .order_by(work_item.c.ended_at.desc())
        )
        .all()
    )
    told = [row.performer for row in found if row.performer is not None]
    return tuple(dict.fromkeys([*told, *allowed_to(connection, [key for row in found for key in _keys_of(row)])]))


def _keys_of(item: Row[Any, Any, Any, Any]) -> Iterator[str]:
    """The keys that attempts of a work item have had at the gate: of agents, and of people, who may try again."""
    for attempt in range(1, item.attempt + 1):
        yield f"{item.id}/{attempt}"
        yield from (f"{item.id}/{attempt}/{again}" for again in range(1, item.begun + 2))
