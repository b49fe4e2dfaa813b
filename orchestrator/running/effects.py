"""Effects: what an allowed task does in a system of record, from due to done. No lock is held while it is done.

There is one row for each work item, whatever becomes of its attempts, so that nothing is done twice for it: an attempt
that follows finds what an earlier one did, or must look it up first. Its key is the item's, and a fresh one only when
the system has said that it did nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor, Proof
from core.audit.append import record
from core.audit.borne import believe, read_back
from core.audit.canonical import plain
from core.audit.values import Entry, Outcome, RecordKind
from core.errors import IntegrityError
from core.workspace import Workspace
from governance import GateDecision, Request, decided_before, record_outcome
from governance.digest import request_as_json
from orchestrator.machine.task import EffectSpec
from orchestrator.running.queue import TaskQueue
from orchestrator.running.records import ITSELF, WorkItem
from orchestrator.running.requesting import Proposed, arguments_of
from orchestrator.running.tables import EFFECT_BESIDE, run_effect


class EffectStatus(StrEnum):
    """How far an effect is."""

    DUE = "due"  # allowed, not begun
    BEGUN = "begun"  # a worker asks the system, or did when it stopped: what came of it must be looked up
    UNKNOWN = "unknown"  # nobody could say what came of it; it is looked up again
    DONE = "done"
    REFUSED = "refused"  # the system did nothing, and says so
    WITHDRAWN = "withdrawn"  # not begun when it was no longer wanted


OPEN = (EffectStatus.DUE, EffectStatus.BEGUN, EffectStatus.UNKNOWN)
MAYBE_DONE = (EffectStatus.BEGUN, EffectStatus.UNKNOWN)


@dataclass(frozen=True)
class EffectRow:
    """One effect as it is stored."""

    id: str
    run: str
    item: str
    attempt: int
    generation: int
    status: EffectStatus
    connector: str
    action: str
    arguments: Mapping[str, Any]
    attempt_key: str
    request: Mapping[str, Any]
    proposed: Mapping[str, Any]
    queued: int
    begun: int
    unanswered: int
    result: Mapping[str, Any] | None
    cause: str | None
    created_at: datetime
    begun_at: datetime | None
    looked_at: datetime | None
    ended_at: datetime | None

    @property
    def key(self) -> str:
        """What the system knows it by: stable over attempts, fresh once the system refused."""
        return self.id if self.generation == 1 else f"{self.id}~{self.generation}"

    @property
    def same(self) -> bool:
        """Whether what was, or may have been, done for an earlier attempt is what this one wants."""
        return bool(self.arguments == self.proposed["arguments"])

    @property
    def asked(self) -> Request:
        """The request that was allowed."""
        return Request(**self.request)


def read_effect(connection: Connection, item_id: str) -> EffectRow | None:
    """The effect of the work item, if one was ever due. Raises IntegrityError where the chain does not bear it."""
    row = connection.execute(sa.select(run_effect).where(run_effect.c.id == item_id)).first()
    if row is None:
        return None
    believe(connection, run_effect, [row._asdict()])
    return effect_of(row._asdict())


def effects_of(ws: Workspace, run_id: str) -> tuple[EffectRow, ...]:
    """What the run does, or did, in systems of record, in the order in which it fell due."""
    query = sa.select(run_effect).where(run_effect.c.run == run_id).order_by(run_effect.c.created_at, run_effect.c.id)
    with ws.database.read() as connection:
        return tuple(effect_of(row._asdict()) for row in connection.execute(query))


def effect_of(data: Mapping[str, Any]) -> EffectRow:
    """The effect in a row of its table."""
    return EffectRow(**{**data, "status": EffectStatus(data["status"])})


def change_effect(connection: Connection, item_id: str, at: datetime, **values: Any) -> None:
    """Set columns of the effect. What decides something is recorded, so that a worker knows what was begun before."""
    connection.execute(sa.update(run_effect).where(run_effect.c.id == item_id).values(**values))
    if not values.keys() <= EFFECT_BESIDE:
        _record(connection, item_id, at)


def _record(connection: Connection, item_id: str, at: datetime) -> None:
    """Append to the audit log how far the effect is; the record bears its row."""
    state = read_back(connection, run_effect, run_effect.c.id == item_id)
    query = sa.select(run_effect.c.status, run_effect.c.generation).where(run_effect.c.id == item_id)
    status, generation = connection.execute(query).one()
    payload = {"generation": generation}
    entry = Entry(RecordKind.CHANGE, ITSELF, f"effect.{status}", "Effect", item_id, payload=payload, state=state)
    record(connection, entry, at=at)


def requeue_effect(queue: TaskQueue, connection: Connection, item_id: str, at: datetime) -> None:
    """Put the effect on the queue again: its earlier entry, if there is one, performs nothing any more."""
    effect = read_effect(connection, item_id)
    assert effect is not None
    change_effect(connection, item_id, at, queued=effect.queued + 1)
    queue.put_effect(connection, effect.run, effect.item, effect.queued + 1)


def as_allowed(effect: EffectRow) -> bool:
    """Whether what the row says is to be done now is what was allowed, which the gate holds against its record."""
    told = {"connector": effect.connector, "action": effect.action, "arguments": effect.proposed["arguments"]}
    fresh = effect.status is not EffectStatus.DUE or effect.same  # what was begun before is asked for with other values
    return fresh and (effect.request["payload"] or {}).get("effect") == plain(told)


def results_of(effect: EffectSpec, result: Mapping[str, Any]) -> dict[str, Any]:
    """The context fields that the effect's result fills."""
    return {field: result.get(part) for field, part in effect.results.items()}


def make_due(
    connection: Connection, item: WorkItem, effect: EffectSpec, gate: GateDecision, proposed: Proposed,
    context: Mapping[str, Any], moment: datetime | None, now: datetime,
) -> EffectRow:  # fmt: skip
    """The effect that is due now for what the gate allowed. Raises IntegrityError where one is due already.

    What an earlier attempt of the item left open is taken over, and said of it.
    """
    known = read_effect(connection, item.id)
    told = {
        "proposed": proposed.to_dict(),
        "actor": None if gate.actor is None else {**vars(gate.actor), "proof": gate.actor.proof.value},
        "moment": moment.isoformat() if moment else None,
        "audit": str(gate.record),
        "approval": gate.approval,
        "arguments": arguments_of(effect, context, proposed.changes),
    }
    values: dict[str, Any] = {
        "attempt": item.attempt,
        "connector": effect.connector,
        "action": effect.action,
        "arguments": told["arguments"],
        "attempt_key": gate.key,
        "request": request_as_json(gate.request),
        "proposed": told,
        "unanswered": 0,
        "cause": None,
        "ended_at": None,
    }
    if known is None:
        fresh = {"generation": 1, "status": EffectStatus.DUE.value, "queued": 1, "begun": 0, "created_at": now}
        row = {"id": item.id, "run": item.run, "item": item.item, **fresh, **values}
        connection.execute(sa.insert(run_effect).values(**row))
        _record(connection, item.id, now)
    else:
        if known.status in OPEN:
            if known.attempt_key == gate.key:
                raise IntegrityError(f"An effect of `{item.id}` is due already.")
            end_attempt(connection, known, Outcome.UNKNOWN if known.status in MAYBE_DONE else Outcome.FAILED, now)
        change_effect(connection, item.id, now, **{**values, **_again(known), "queued": known.queued + 1})
    found = read_effect(connection, item.id)
    assert found is not None
    return found


def end_attempt(
    connection: Connection, effect: EffectRow, outcome: Outcome, now: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    """Record how the attempt ended that the effect was allowed for; without a `detail`, another one took it over."""
    permission = decided_before(connection, effect.asked, effect.attempt_key, actor_of(effect.proposed))
    told = {"taken over": effect.key} if detail is None else detail
    record_outcome(connection, permission, outcome=outcome, at=now, detail=told)


def _again(known: EffectRow) -> dict[str, Any]:
    """What becomes of an earlier effect of the item: never done twice, looked up where nobody knows, else afresh."""
    begun = known.status in MAYBE_DONE or (known.status is EffectStatus.WITHDRAWN and known.begun > 0)
    if known.status is EffectStatus.DONE or begun:
        asked = {name: getattr(known, name) for name in ("connector", "action", "arguments")}
        return {"status": EffectStatus.UNKNOWN.value if begun else known.status.value, **asked}
    generation = known.generation + (known.status is EffectStatus.REFUSED)
    return {"status": EffectStatus.DUE.value, "begun": 0, "generation": generation}


def actor_of(told: Mapping[str, Any]) -> Actor | None:
    """Who acted when it was allowed, as it was stored."""
    said = told.get("actor")
    return None if said is None else Actor(**{**said, "proof": Proof(said["proof"])})
