"""Approvals: a person's answer to one exact request, used once. A time-out never approves."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import acting, acting_by_id, find, get
from core.actor.values import Acting, Actor, Principal
from core.actor.verb import known, refuse
from core.audit.append import record
from core.audit.borne import believe, read_back
from core.audit.values import Entry, RecordKind, Ruling, State
from core.errors import BadInput, IllegalTransition, NotAllowed, NotFound, not_found
from core.locks import Lock, take_keys
from core.workspace import Workspace
from governance import tables
from governance.digest import digest, request_as_json
from governance.inputs import inputs
from governance.own import decide_answer
from governance.people import require_role
from governance.values import Approval, ApprovalStatus, Decision, Request
from governance.verbs import GRANT, REFUSE

OPEN = (ApprovalStatus.PENDING, ApprovalStatus.GRANTED)  # what a time-out or a withdrawal ends
_OVER = {
    ApprovalStatus.REFUSED: "was refused",
    ApprovalStatus.EXPIRED: "has expired",
    ApprovalStatus.WITHDRAWN: "was withdrawn",
}
_CHUNK = 500
LASTS = timedelta(days=7)  # an approval that nobody used by then has expired


def request_approval(
    ws: Workspace,
    request: Request,
    decision: Decision,
    *,
    role: str,
    by: Actor,
    barred: Iterable[str] = (),
    expires_in: timedelta = LASTS,
    connection: Connection | None = None,
) -> Approval:
    """The approval that people of `role` are now asked for; an open one for the same request is returned as it is.

    `barred` are the ids of people who may not answer it, beside whoever asked, for whom it is done, and who owns the
    agent: who started the run or drafted what it is about, say.

    Raises IllegalTransition when the decision did not need approval, BadInput when it is about another request,
    NotFound for an unknown role or `by`.
    """
    if decision.effect is not Ruling.NEEDS_APPROVAL:
        raise IllegalTransition(
            f"Only what needs approval can be approved; the decision was `{decision.effect.value}`."
        )
    if digest(request) != decision.digest:
        raise BadInput("The decision is about another request than the one to be approved.")
    if connection is None:
        with ws.database.begin() as own:
            return _request(ws, own, request, decision, role, by, tuple(barred), expires_in)
    return _request(ws, connection, request, decision, role, by, tuple(barred), expires_in)


def _request(
    ws: Workspace,
    connection: Connection,
    request: Request,
    decision: Decision,
    role: str,
    by: Actor,
    barred: tuple[str, ...],
    expires_in: timedelta,
) -> Approval:
    require_role(connection, role)
    asker, now, table = get(connection, by.who).id, ws.clock.now(), tables.approval
    activation = inputs(connection).activation
    take_keys(connection, Lock.APPROVAL, [decision.digest])
    same = (table.c.digest == decision.digest, table.c.activation == activation, table.c.role == role)
    open_ = sa.and_(table.c.status.in_([status.value for status in OPEN]), table.c.expires_at > now)
    known = connection.execute(sa.select(table).where(*same, open_)).first()
    if known is not None:
        return approval_of(known._asdict())
    row = {
        "id": f"approval-{secrets.token_hex(8)}",
        "digest": decision.digest,
        "policy_set": decision.policy_set,
        "status": ApprovalStatus.PENDING.value,
        "role": role,
        "request": request_as_json(request),
        "reasons": list(decision.reasons),
        "expires_at": now + expires_in,
        "activation": activation,
        "barred": sorted(set(barred)),
        "created_at": now,
        "created_by": asker,
    }
    connection.execute(table.insert().values(**row))
    asked = read_approval(connection, str(row["id"]))
    _record(
        connection, asked, asker, "approval.request", now, actor=by, reasons=decision.reasons,
        policies=decision.policies,
    )  # fmt: skip
    return asked


def answer_approval(
    ws: Workspace, approval_id: str, *, grant: bool, reason: str = "", barred: Iterable[str] = (), by: Actor
) -> Approval:
    """The approval, now granted or refused by `by`, a person of its role who has no part in what was asked for.

    `barred` are the ids of people who may not answer, beside those that were named when it was asked for.

    Raises NotFound, NotAllowed (after the refused attempt was recorded), BadInput for a refusal without a reason,
    IllegalTransition when it is not pending any more.
    """
    verb = GRANT if grant else REFUSE
    try:
        with ws.database.begin() as connection:
            now = ws.clock.now()
            asked = _hold(connection, approval_id, now)
            who = acting(connection, ws, by)
            decision = _may_answer(connection, who, asked, barred)
            allowed = decision.effect is Ruling.ALLOW
            if allowed and not grant and not reason.strip():
                raise BadInput("A refusal needs a reason that whoever asked can read.")
            if allowed:
                asked = _answer(connection, asked, grant=grant, reason=reason, by=who.principal.id, now=now)
            _record(
                connection, asked, who.principal.id, verb.name, now, actor=by,
                effect=decision.effect, reasons=decision.reasons, policies=decision.policies, reason=reason,
            )  # fmt: skip
    except NotFound as error:
        if not known(ws, by):
            refuse(ws, by, verb, approval_id, error.message)
        raise
    if not allowed:
        raise NotAllowed(
            f"`{by.who}` may not answer this approval, which is for people of the role `{asked.role}`: "
            f"{' '.join(decision.reasons)}"
        )
    return asked


def _hold(connection: Connection, approval_id: str, now: datetime) -> Approval:
    """The approval as it counts now, believed, and locked until the transaction ends. Raises NotFound."""
    table = tables.approval
    row = connection.execute(sa.select(table).where(table.c.id == approval_id).with_for_update()).first()
    if row is None:
        return read_approval(connection, approval_id)  # says what there is
    believe(connection, table, [row._asdict()])
    return approval_of(row._asdict(), now)


def _may_answer(connection: Connection, who: Acting, asked: Approval, barred: Iterable[str] = ()) -> Decision:
    """Whether `who` may answer: of the role, and with no part in what was asked for."""
    return decide_answer(who, asked.id, asked.role, {*no_answer_from(connection, asked), *barred})


def answerable(ws: Workspace, who: Principal) -> tuple[Approval, ...]:
    """The pending approvals that `who` may answer, newest first: of their roles, and with no part in what was asked."""
    waiting = [a for a in approvals(ws, ApprovalStatus.PENDING) if a.role in who.roles]
    with ws.database.read() as connection:
        return tuple(a for a in waiting if who.id not in no_answer_from(connection, a))


def no_answer_from(connection: Connection, asked: Approval) -> set[str]:
    """Ids of those who may never answer: who asked, for whom, who owns or pays for the agent, who was named."""
    people = {asked.created_by, asked.request.principal, *asked.barred}
    if asked.request.on_behalf_of is not None:
        people.add(asked.request.on_behalf_of)
    agent = find(connection, asked.request.principal)
    if agent is not None:
        people |= {who for who in (agent.owner, agent.sponsor) if who is not None}
    return people


def withdraw_approval(
    connection: Connection, approval_id: str, *, reason: str, by: str, at: datetime, actor: Actor | None = None
) -> None:
    """Close an approval that is no longer needed, in the caller's transaction; one that is not open stays as it is.

    `by` is the id of who made it superfluous. Raises NotFound.
    """
    asked = _hold(connection, approval_id, at)
    if asked.status not in OPEN:
        return
    table = tables.approval
    closed = {"status": ApprovalStatus.WITHDRAWN.value}
    connection.execute(table.update().where(table.c.id == approval_id).values(**closed))
    gone = replace(asked, status=ApprovalStatus.WITHDRAWN)
    _record(connection, gone, by, "approval.withdraw", at, actor=actor, reasons=(reason,), policies=())


def approvals(ws: Workspace, status: ApprovalStatus | str | None = None) -> tuple[Approval, ...]:
    """The approvals, newest first, of `status` if given; what has run out of time counts as expired."""
    table, now = tables.approval, ws.clock.now()
    query = sa.select(table).order_by(table.c.created_at.desc(), table.c.id)
    if status == ApprovalStatus.EXPIRED:
        query = query.where(table.c.status.in_([s.value for s in (ApprovalStatus.EXPIRED, *OPEN)]))
    elif status is not None:
        query = query.where(table.c.status == ApprovalStatus(status).value)
    with ws.database.read() as connection:
        found = [approval_of(row._asdict(), now) for row in connection.execute(query)]
    return tuple(approval for approval in found if status is None or approval.status == status)


def statuses_of(ws: Workspace, ids: Iterable[str]) -> dict[str, ApprovalStatus]:
    """The status of each of the approvals `ids` that exist, without reading what they are about."""
    table, now, found = tables.approval, ws.clock.now(), {}
    with ws.database.read() as connection:
        for chunk in _chunks(list(ids)):
            query = sa.select(table.c.id, table.c.status, table.c.expires_at).where(table.c.id.in_(chunk))
            for row in connection.execute(query):
                found[row.id] = _status(ApprovalStatus(row.status), row.expires_at, now)
    return found


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def get_approval(ws: Workspace, approval_id: str) -> Approval:
    """The approval with this id. Raises NotFound."""
    with ws.database.read() as connection:
        return read_approval(connection, approval_id, ws.clock.now())


def read_approval(connection: Connection, approval_id: str, now: datetime | None = None) -> Approval:
    """The approval with this id, as it is stored or, with `now`, as it counts. Raises NotFound."""
    table = tables.approval
    row = connection.execute(sa.select(table).where(table.c.id == approval_id)).first()
    if row is None:
        pending = sa.select(table.c.id).where(table.c.status == ApprovalStatus.PENDING.value)
        raise not_found("approval", approval_id, connection.execute(pending).scalars())
    return approval_of(row._asdict(), now)


@dataclass(frozen=True)
class Use:
    """Whether an approval may be used for a decision."""

    usable: bool
    effect: Ruling  # of the decision when it may not
    reason: str


def use_of(
    connection: Connection, approval_id: str, decision: Decision, key: str, *, now: datetime, activation: int
) -> tuple[Approval, Use]:
    """The approval, held until the transaction ends, and whether it lets the attempt `key` do what needs approval.

    Everything is checked again at use: the request, the policies, the time, and that whoever granted it still may.
    """
    approval = _hold(connection, approval_id, now)
    use = _usable(approval, decision, key, activation)
    if use.usable and approval.answered_by is not None:
        who = acting_by_id(connection, approval.answered_by)
        if who is None or _may_answer(connection, who, approval).effect is not Ruling.ALLOW:
            return approval, Use(False, Ruling.DENY, f"Whoever granted the approval `{approval.id}` may not any more.")
    return approval, use


def _usable(approval: Approval, decision: Decision, key: str, activation: int) -> Use:
    status = approval.status
    if status in _OVER:
        return Use(False, Ruling.DENY, f"The approval `{approval.id}` {_OVER[status]}.")
    if approval.digest != decision.digest:
        return _not_usable(approval, "is for another request")
    if approval.activation != activation:
        return _not_usable(approval, "was asked for before the policies were activated that are in force")
    if status is ApprovalStatus.USED and approval.used_by != key:
        return _not_usable(approval, "was used already")
    if status is ApprovalStatus.PENDING:
        return _not_usable(approval, "is not answered yet")
    return Use(True, Ruling.ALLOW, f"Approved by `{approval.answered_by}` (`{approval.id}`).")


def mark_used(connection: Connection, approval: Approval, key: str) -> State:
    """The state of the approval, now used by the attempt `key`. The caller holds it, so nobody else can use it."""
    table = tables.approval
    used = {"status": ApprovalStatus.USED.value, "used_by": key}
    connection.execute(table.update().where(table.c.id == approval.id).values(**used))
    return read_back(connection, table, table.c.id == approval.id)


def _not_usable(approval: Approval, why: str) -> Use:
    return Use(False, Ruling.NEEDS_APPROVAL, f"The approval `{approval.id}` {why}.")


def _answer(connection: Connection, asked: Approval, *, grant: bool, reason: str, by: str, now: datetime) -> Approval:
    if asked.status is not ApprovalStatus.PENDING:
        raise IllegalTransition(f"The approval `{asked.id}` is {asked.status.value} and cannot be answered any more.")
    status = ApprovalStatus.GRANTED if grant else ApprovalStatus.REFUSED
    table = tables.approval
    answer = {"status": status.value, "answered_at": now, "answered_by": by, "answer_reason": reason}
    connection.execute(table.update().where(table.c.id == asked.id).values(**answer))
    return read_approval(connection, asked.id)


def _record(
    connection: Connection,
    approval: Approval,
    principal: str,
    action: str,
    now: datetime,
    *,
    actor: Actor | None,
    effect: Ruling | None = None,
    reasons: tuple[str, ...],
    policies: tuple[str, ...],
    reason: str = "",
) -> None:
    entry = Entry(
        RecordKind.APPROVAL,
        principal,
        action,
        "Approval",
        approval.id,
        on_behalf_of=approval.request.on_behalf_of,
        effect=effect,
        policies=policies,
        reasons=reasons,
        policy_set=approval.policy_set,
        digest=approval.digest,
        payload={"role": approval.role, "status": approval.status.value, "reason": reason},
        actor=actor,
        state=read_back(connection, tables.approval, tables.approval.c.id == approval.id),
    )
    record(connection, entry, at=now)


def approval_of(row: Mapping[str, Any], now: datetime | None = None) -> Approval:
    """The approval that a stored row describes; with `now`, expired when its time is over."""
    values = dict(row)
    status = _status(ApprovalStatus(values.pop("status")), values["expires_at"], now)
    values["reasons"] = tuple(values["reasons"])
    values["barred"] = tuple(values["barred"] or ())
    values["request"] = Request(**values["request"])
    return Approval(status=status, **values)


def _status(stored: ApprovalStatus, expires_at: datetime | None, now: datetime | None) -> ApprovalStatus:
    """The status as it counts at `now`."""
    over = now is not None and expires_at is not None and expires_at <= now
    return ApprovalStatus.EXPIRED if over and stored in OPEN else stored
