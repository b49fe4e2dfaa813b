"""Appends to the audit log, and reads it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core import BadInput, IntegrityError, Workspace
from governance import tables
from governance.chain import FIRST, commitment, record_hash
from governance.digest import canonical
from governance.values import Effect, Outcome, RecordKind

_CHAIN_LOCK = 7413062  # PostgreSQL advisory lock: one appends at a time; on SQLite the write lock does that


@dataclass(frozen=True)
class Entry:
    """What an audit record says. `payload` stays outside the hash chain and can be erased."""

    kind: RecordKind
    principal: str  # id of who acted
    action: str
    resource_type: str
    resource_id: str  # of the object acted on; put no personal data into it
    on_behalf_of: str | None = None
    effect: Effect | None = None
    policies: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    policy_set: int | None = None
    digest: str | None = None  # of the request
    key: str | None = None
    about: int | None = None  # number of the record that this one follows up
    outcome: Outcome | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditRecord:
    """One record of the audit log, as it is read. For an attempt, `outcome` is how it ended, if it has."""

    number: int
    at: datetime
    kind: RecordKind
    principal: str
    principal_name: str | None
    simulated: bool  # whether the principal is a simulated one
    on_behalf_of: str | None
    action: str
    resource_type: str
    resource_id: str
    effect: Effect | None
    policies: tuple[str, ...]
    reasons: tuple[str, ...]
    policy_set: int | None
    digest: str | None
    key: str | None
    about: int | None
    outcome: Outcome | None
    payload: Mapping[str, Any] | None  # None: erased
    hash: str


def lock_chain(connection: Connection) -> None:
    """Make this transaction the only one that appends until it ends.

    Take it before other row locks that two transactions might take in different order.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CHAIN_LOCK)))


def record(connection: Connection, entry: Entry, *, at: datetime) -> int:
    """The number of the record that was appended inside the caller's transaction. Raises BadInput for a payload
    that cannot be written as exact JSON."""
    lock_chain(connection)
    log = tables.audit_record
    last = connection.execute(sa.select(log.c.number, log.c.hash).order_by(log.c.number.desc()).limit(1)).first()
    number = int(last.number) + 1 if last else 1
    salt, payload = secrets.token_hex(16), canonical(entry.payload).decode()
    row = {
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": entry.kind.value,
        "principal": entry.principal,
        "on_behalf_of": entry.on_behalf_of,
        "action": entry.action,
        "resource_type": entry.resource_type,
        "resource_id": entry.resource_id,
        "effect": entry.effect.value if entry.effect else None,
        "policies": canonical(entry.policies).decode(),
        "reasons": canonical(entry.reasons).decode(),
        "policy_set": entry.policy_set,
        "digest": entry.digest,
        "key": entry.key,
        "about": entry.about,
        "outcome": entry.outcome.value if entry.outcome else None,
        "commitment": commitment(salt, payload),
        "previous": last.hash if last else FIRST,
    }
    _check_lengths(row)
    connection.execute(log.insert().values(**row, hash=record_hash(row)))
    connection.execute(tables.audit_payload.insert().values(record=number, salt=salt, payload=payload))
    return number


def _check_lengths(row: Mapping[str, Any]) -> None:
    """Raises BadInput for text that not every database could store: too long, or with a NUL character."""
    for column in tables.audit_record.columns:
        value, longest = row.get(column.name), getattr(column.type, "length", None)
        if isinstance(value, str) and ("\0" in value or len(value) > (longest or len(value))):
            raise BadInput(
                f"`{value[:40]}` cannot be the {column.name} of an audit record: at most {longest} characters."
            )


def audit_records(
    ws: Workspace,
    *,
    principal: str | None = None,
    effect: Effect | str | None = None,
    kind: RecordKind | str | None = None,
    about: int | None = None,
    limit: int = 100,
    after: int | None = None,
) -> tuple[AuditRecord, ...]:
    """The newest records first, at most `limit`; `after` goes on below that record number.

    `principal` is an id or a name, `about` the number of the record that was followed up.
    """
    log = tables.audit_record
    query = _records().order_by(log.c.number.desc()).limit(limit)
    if principal is not None:
        query = query.where(sa.or_(log.c.principal == principal, tables.principal.c.name == principal))
    if effect is not None:
        query = query.where(log.c.effect == _word(Effect, effect))
    if kind is not None:
        query = query.where(log.c.kind == _word(RecordKind, kind))
    if about is not None:
        query = query.where(log.c.about == about)
    if after is not None:
        query = query.where(log.c.number < after)
    with ws.database.read() as connection:
        return tuple(_read(row._asdict()) for row in connection.execute(query))


def _records() -> sa.Select[Any]:
    log, person, ended = tables.audit_record, tables.principal, tables.audit_record.alias("ended")
    return (
        sa.select(
            log,
            person.c.name.label("principal_name"),
            person.c.simulated,
            tables.audit_payload.c.payload,
            ended.c.outcome.label("ended_as"),
        )
        .outerjoin(person, person.c.id == log.c.principal)
        .outerjoin(tables.audit_payload, tables.audit_payload.c.record == log.c.number)
        .outerjoin(ended, sa.and_(ended.c.about == log.c.number, ended.c.kind == RecordKind.OUTCOME.value))
    )


def _read(row: Mapping[str, Any]) -> AuditRecord:
    try:
        outcome = row["ended_as"] if row["kind"] == RecordKind.ATTEMPT.value else row["outcome"]
        return AuditRecord(
            at=datetime.fromisoformat(row["at"]),
            kind=RecordKind(row["kind"]),
            simulated=bool(row["simulated"]),
            effect=Effect(row["effect"]) if row["effect"] else None,
            policies=tuple(json.loads(row["policies"])),
            reasons=tuple(json.loads(row["reasons"])),
            outcome=Outcome(outcome) if outcome else None,
            payload=None if row["payload"] is None else json.loads(row["payload"]),
            **{name: row[name] for name in _AS_STORED},
        )
    except ValueError:
        raise IntegrityError(f"Audit record {row['number']} is damaged. Run `tandem audit verify`.") from None


_AS_STORED = (
    "number", "principal", "principal_name", "on_behalf_of", "action", "resource_type", "resource_id", "policy_set",
    "digest", "key", "about", "hash",
)  # fmt: skip


def _word(kind: type[Effect] | type[RecordKind], word: str) -> str:
    """`word` as the enum knows it. Raises BadInput that names the words that would have worked."""
    try:
        return kind(word).value
    except ValueError:
        known = ", ".join(f"`{member.value}`" for member in kind)
        raise BadInput(f"There is no audit record with `{word}`. Known: {known}.") from None
