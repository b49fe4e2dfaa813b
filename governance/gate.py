"""The gate: decide, record the attempt, perform, record the outcome. Every effect passes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.audit.append import record, recorded
from core.audit.values import Entry, Outcome, RecordKind, Ruling, State, Ticket
from core.database import before_commit, padded
from core.errors import BadInput, Duplicate, IllegalTransition, IntegrityError
from core.locks import Lock, take_keys
from core.workspace import Workspace
from governance import tables
from governance.approvals import Use, mark_used, use_of
from governance.decision import decide
from governance.digest import request_as_json
from governance.inputs import inputs
from governance.values import Approval, Decision, Request

T = TypeVar("T")
_FORESEEN = "tandem_attempts"
_COLUMNS = [
    tables.attempt.c[n] for n in ("key", "digest", "decision", "approval", "record", "outcome", "outcome_record")
]
_KEY = sa.bindparam("key_", type_=sa.String)
_READ = sa.select(*_COLUMNS).where(tables.attempt.c.key == _KEY)
_READ_ALL = sa.select(*_COLUMNS).where(tables.attempt.c.key.in_(sa.bindparam("keys_", expanding=True)))
_INSERT = sa.insert(tables.attempt)
_UPDATE = sa.update(tables.attempt).where(tables.attempt.c.key == _KEY)


@dataclass
class _Known:
    """A row of the attempts."""

    digest: str
    decision: dict[str, Any]
    approval: str | None
    record: str
    outcome: str | None = None
    outcome_record: str | None = None


@dataclass
class _Foreseen:
    """Attempts that a transaction has locked and read; what it makes of them is written at its end."""

    known: dict[str, _Known | None]
    new: dict[str, None] = field(default_factory=dict)
    changed: dict[str, None] = field(default_factory=dict)

    def write(self, connection: Connection) -> None:
        rows = {key: vars(known) for key, known in self.known.items() if known is not None}
        if self.new:
            connection.execute(_INSERT, [{"key": key, **rows[key]} for key in self.new])
        changed = [{"key_": key, **rows[key]} for key in self.changed if key not in self.new]
        if changed:
            connection.execute(_UPDATE, changed)


@dataclass(frozen=True)
class GateDecision:
    """What the gate decided for the attempt `key`, and the audit record that says so."""

    key: str
    request: Request
    decision: Decision
    record: Ticket  # of the audit record of the attempt
    approval: str | None = None  # id of the approval that it rests on
    outcome: Outcome | None = None  # how the attempt ended, when that was recorded before: perform nothing again
    actor: Actor | None = None  # how it was proved who acts

    @property
    def may_perform(self) -> bool:
        """Whether the effect is allowed and not yet done."""
        return self.decision.effect is Ruling.ALLOW and self.outcome is None


@dataclass(frozen=True)
class GateResult(Generic[T]):
    """What came of an attempt."""

    decision: Decision
    performed: bool  # whether `perform` ran in this call
    value: T | None  # what it returned
    record: Ticket  # of the audit record of the attempt
    outcome: Outcome | None = None  # None: denied, or waits for approval


def gate(
    ws: Workspace, request: Request, perform: Callable[[], T], *, key: str, approval: str | None = None
) -> GateResult[T]:
    """What came of the attempt: decided, recorded, performed if allowed, its outcome recorded.

    `perform` must be idempotent under `key`: after a crash between effect and outcome it runs again. An exception of
    `perform` is recorded as a failed outcome and raised again. Raises Duplicate for a key of another request.
    """
    permission = authorise(ws, request, key=key, approval=approval)
    if not permission.may_perform:
        return _not_performed(permission)
    try:
        value = perform()
    except Exception as error:
        _record_failure(ws, permission, error)
        raise
    with ws.database.begin() as connection:
        record_outcome(connection, permission, outcome=Outcome.DONE, at=ws.clock.now())
    return GateResult(permission.decision, True, value, permission.record, Outcome.DONE)


def gate_within(
    ws: Workspace, request: Request, perform: Callable[[Connection], T], *, key: str, approval: str | None = None
) -> GateResult[T]:
    """Like `gate`, for effects in the operational database: `perform(connection)` and its outcome are one transaction.

    Both are stored or neither, so the effect happens once whatever crashes.
    """
    permission = authorise(ws, request, key=key, approval=approval)
    if not permission.may_perform:
        return _not_performed(permission)
    try:
        with ws.database.begin() as connection:
            if not is_open(connection, permission):
                return _not_performed(authorise(ws, request, key=key, connection=connection))
            value = perform(connection)
            record_outcome(connection, permission, outcome=Outcome.DONE, at=ws.clock.now())
    except Exception as error:
        _record_failure(ws, permission, error)
        raise
    return GateResult(permission.decision, True, value, permission.record, Outcome.DONE)


def foresee(connection: Connection, keys: Iterable[str]) -> None:
    """Say which attempts will be decided in this transaction, so that they are locked, read and written together.

    Must be said before the transaction records anything.
    """
    keys = list(keys)
    take_keys(connection, Lock.ATTEMPT, keys)
    known: dict[str, _Known | None] = dict.fromkeys(keys)
    for row in connection.execute(_READ_ALL, {"keys_": padded(keys)}):
        key, *values = row
        known[key] = _Known(*values)
    foreseen = connection.info[_FORESEEN] = _Foreseen(known)
    before_commit(connection, foreseen.write)


def authorise(
    ws: Workspace,
    request: Request,
    *,
    key: str,
    approval: str | None = None,
    barred: tuple[str, ...] = (),
    actor: Actor | None = None,
    connection: Connection | None = None,
) -> GateDecision:
    """The decision on the attempt `key`, recorded in a transaction of its own, or inside `connection`'s if given.

    Decided again with the same key, nothing new is recorded unless the decision has changed. An approval that the
    decision needs is used up here. `barred` are reasons of the caller's own why it is denied, whatever policies say.
    `actor` says how it was proved that the request's principal acts.
    Raises Duplicate for a key of another request, NotFound for an unknown approval.
    """
    if not key or len(key) > 200:
        raise BadInput(f"`{key}` cannot be the key of an attempt: give it 1 to 200 characters.")
    if connection is not None:
        return _authorise(ws, connection, request, key, approval, barred, actor)
    with ws.database.begin() as own:
        return _authorise(ws, own, request, key, approval, barred, actor)


def decided_before(connection: Connection, request: Request, key: str, actor: Actor | None = None) -> GateDecision:
    """What was decided for the attempt `key` of `request`, as it is recorded; it is held until the transaction ends.

    Raises IllegalTransition where nothing was decided for it.
    """
    known = _attempt(connection, key)
    if known is None:
        raise IllegalTransition(f"Nothing was decided for the attempt `{key}`.")
    outcome = Outcome(known.outcome) if known.outcome else None
    decision = _decision_of(known.decision)
    return GateDecision(key, request, decision, _ticket(known.record), known.approval, outcome, actor)


def allowed_to(connection: Connection, keys: Iterable[str]) -> tuple[str, ...]:
    """Ids of the principals whose attempts with these keys were allowed, as the audit log says."""
    table = tables.attempt
    attempts = connection.execute(sa.select(table.c.record).where(table.c.key.in_(list(keys))))
    told = (recorded(connection, str(row.record)) for row in attempts)
    return tuple(dict.fromkeys(r["principal"] for r in told if r is not None and r["effect"] == Ruling.ALLOW.value))


def is_open(connection: Connection, permission: GateDecision) -> bool:
    """Whether the attempt is still allowed and has no outcome; it is locked until the caller's transaction ends, so
    that of two workers only one performs."""
    known = _attempt(connection, permission.key)
    return known is not None and known.outcome is None and known.decision["effect"] == Ruling.ALLOW.value


def record_outcome(
    connection: Connection,
    permission: GateDecision,
    *,
    outcome: Outcome,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> Ticket:
    """The ticket of the audit record that says how the attempt ended, appended in the caller's transaction.

    The first outcome of a key counts: recording one again changes nothing and gives the first one's ticket. Only one
    that nobody knew is followed, by what was found out.
    Raises IllegalTransition when the attempt was not allowed.
    """
    known = _attempt(connection, permission.key)
    if known is None or known.decision["effect"] != Ruling.ALLOW.value:
        raise IllegalTransition(f"The attempt `{permission.key}` was not allowed and can have no outcome.")
    followed = known.outcome == Outcome.UNKNOWN.value and outcome is not Outcome.UNKNOWN
    if known.outcome_record is not None and not followed:
        return _ticket(known.outcome_record)
    entry = Entry(
        RecordKind.OUTCOME,
        permission.request.principal,
        permission.request.action,
        permission.request.resource_type,
        permission.request.resource_id,
        on_behalf_of=permission.request.on_behalf_of,
        digest=permission.decision.digest,
        key=permission.key,
        about=known.record,
        outcome=outcome,
        payload=detail or {},
        actor=permission.actor,
    )
    ticket = record(connection, entry, at=at)
    _change(connection, permission.key, {"outcome": outcome.value, "outcome_record": str(ticket)})
    return ticket


def _authorise(
    ws: Workspace, connection: Connection, request: Request, key: str, approval: str | None, barred: tuple[str, ...],
    actor: Actor | None,
) -> GateDecision:  # fmt: skip
    known = _attempt(connection, key)
    approval = approval or (known.approval if known is not None else None)
    fresh, used = _decide(ws, connection, request, key, approval, barred)
    if known is not None:
        if known.digest != fresh.digest:
            raise Duplicate(f"The key `{key}` names the attempt of another request. Give every attempt its own key.")
        _believe(connection, key, known)
        before = decided_before(connection, request, key, actor)
        if before.outcome is not None or (before.decision, before.approval) == (fresh, used.id if used else None):
            return before
    state = mark_used(connection, used, key) if used is not None else None
    approved_by = used.id if used is not None else None
    ticket = _record_attempt(connection, request, fresh, key, approved_by, ws.clock.now(), actor, state)
    _remember(connection, key, fresh, approved_by, ticket, known is None)
    return GateDecision(key, request, fresh, ticket, approved_by, actor=actor)


def _believe(connection: Connection, key: str, known: Any) -> None:
    """Raises IntegrityError where the row of an attempt says something else than the records that it names."""
    said = {"key": key, "effect": known.decision["effect"], "digest": known.digest}
    ended = {"key": key, "outcome": known.outcome, "digest": known.digest}
    for reference, expected in ((known.record, said), (known.outcome_record, ended)):
        if reference is None and expected is ended and known.outcome is None:
            continue
        found = recorded(connection, str(reference))
        if found is None or any(found[name] != value for name, value in expected.items()):
            raise IntegrityError(
                f"The attempt `{key}` was changed without a record: it is not what the audit log says. It is not "
                "believed. Run `tandem audit verify`."
            )


def _decide(
    ws: Workspace, connection: Connection, request: Request, key: str, approval: str | None, barred: tuple[str, ...]
) -> tuple[Decision, Approval | None]:
    """The decision as of now, and the approval that makes it an allow."""
    known = inputs(connection)
    policy_set, who = known.policy_set, known.acting(connection, request.principal)
    decision = decide(policy_set, who, request)
    if barred:
        also = decision if decision.effect is Ruling.DENY else replace(decision, policies=(), reasons=())
        return replace(also, effect=Ruling.DENY, reasons=(*barred, *also.reasons), approvers=()), None
    if approval is None or decision.effect is not Ruling.NEEDS_APPROVAL:
        return decision, None
    found, use = use_of(connection, approval, decision, key, now=ws.clock.now(), activation=known.activation)
    if not use.usable:
        return _without(decision, use), None
    approved = decide(policy_set, who, request, approved=True)
    return replace(approved, reasons=(*approved.reasons, use.reason)), found


def _without(decision: Decision, use: Use) -> Decision:
    return replace(decision, effect=use.effect, reasons=(*decision.reasons, use.reason))


def _record_attempt(
    connection: Connection, request: Request, decision: Decision, key: str, approval: str | None, now: datetime,
    actor: Actor | None, state: State | None,
) -> Ticket:  # fmt: skip
    asked = request_as_json(request)
    payload = {name: asked[name] for name in ("attributes", "context", "payload")} | {"approval": approval}
    entry = Entry(
        RecordKind.ATTEMPT,
        request.principal,
        request.action,
        request.resource_type,
        request.resource_id,
        on_behalf_of=request.on_behalf_of,
        effect=decision.effect,
        policies=decision.policies,
        reasons=decision.reasons,
        policy_set=decision.policy_set,
        digest=decision.digest,
        key=key,
        payload=payload,
        actor=actor,
        state=state,
    )
    return record(connection, entry, at=now)


def _remember(
    connection: Connection, key: str, decision: Decision, approval: str | None, ticket: Ticket, new: bool
) -> None:
    values: dict[str, Any] = {"decision": _as_json(decision), "approval": approval, "record": str(ticket)}
    foreseen: _Foreseen | None = connection.info.get(_FORESEEN)
    if not new:
        _change(connection, key, values)
    elif foreseen is not None and key in foreseen.known:
        foreseen.known[key] = _Known(decision.digest, **values)
        foreseen.new[key] = None
    else:
        connection.execute(_INSERT, {"key": key, "digest": decision.digest, **values})


def _change(connection: Connection, key: str, values: Mapping[str, Any]) -> None:
    foreseen: _Foreseen | None = connection.info.get(_FORESEEN)
    known = foreseen.known.get(key) if foreseen is not None else None
    if foreseen is None or known is None:
        connection.execute(_UPDATE, {"key_": key, **values})
    else:
        foreseen.known[key] = replace(known, **values)
        foreseen.changed[key] = None


def _ticket(reference: str) -> Ticket:
    """The ticket of a record that is there: by its id or, of form 1, by its number."""
    return Ticket(reference, int(reference) if reference.isdecimal() else None)


def _attempt(connection: Connection, key: str) -> Any:
    """What was decided for `key` before, if anything; the key is locked against other transactions.

    Always before the chain: in the opposite order two workers with one key would wait for each other. An advisory
    lock, because there may be no row to lock yet; on SQLite a write transaction is alone anyway.
    """
    foreseen: _Foreseen | None = connection.info.get(_FORESEEN)
    if foreseen is not None and key in foreseen.known:
        return foreseen.known[key]
    take_keys(connection, Lock.ATTEMPT, [key])
    return connection.execute(_READ, {"key_": key}).first()


def _record_failure(ws: Workspace, permission: GateDecision, error: Exception) -> None:
    detail = {"error": type(error).__name__, "message": str(error)}
    with ws.database.begin() as connection:
        record_outcome(connection, permission, outcome=Outcome.FAILED, at=ws.clock.now(), detail=detail)


def _not_performed(permission: GateDecision) -> GateResult[Any]:
    return GateResult(permission.decision, False, None, permission.record, permission.outcome)


def _as_json(decision: Decision) -> dict[str, Any]:
    return {
        "effect": decision.effect.value,
        "policies": list(decision.policies),
        "reasons": list(decision.reasons),
        "policy_set": decision.policy_set,
        "digest": decision.digest,
        "approvers": list(decision.approvers),
    }


def _decision_of(data: Mapping[str, Any]) -> Decision:
    lists = {name: tuple(data[name]) for name in ("policies", "reasons", "approvers")}
    return Decision(effect=Ruling(data["effect"]), policy_set=data["policy_set"], digest=data["digest"], **lists)
