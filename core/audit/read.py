"""Reads the audit log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from core.actor.tables import principal as principal_table
from core.audit.tables import audit_payload, audit_record
from core.audit.values import AuditRecord, Outcome, RecordKind, Ruling
from core.errors import BadInput, IntegrityError

if TYPE_CHECKING:
    from core.workspace import Workspace


def audit_records(
    ws: Workspace,
    *,
    principal: str | None = None,
    effect: Ruling | str | None = None,
    kind: RecordKind | str | None = None,
    about: int | None = None,
    limit: int = 100,
    after: int | None = None,
) -> tuple[AuditRecord, ...]:
    """The newest records first, at most `limit`; `after` goes on below that record number.

    `principal` is an id or a name, `about` the number of the record that was followed up.
    """
    log = audit_record
    query = _records().order_by(log.c.number.desc()).limit(limit)
    if principal is not None:
        query = query.where(sa.or_(log.c.principal == principal, principal_table.c.name == principal))
    if effect is not None:
        query = query.where(log.c.effect == _word(Ruling, effect))
    if kind is not None:
        query = query.where(log.c.kind == _word(RecordKind, kind))
    if about is not None:
        query = query.where(log.c.about == about)
    if after is not None:
        query = query.where(log.c.number < after)
    with ws.database.read() as connection:
        return tuple(_read(row._asdict()) for row in connection.execute(query))


def _records() -> sa.Select[Any]:
    log, person, ended = audit_record, principal_table, audit_record.alias("ended")
    newest = (
        sa.select(ended.c.outcome)
        .where(ended.c.about == log.c.number, ended.c.kind == RecordKind.OUTCOME.value)
        .order_by(ended.c.number.desc())
        .limit(1)
        .correlate(log)
        .scalar_subquery()
    )
    return (
        sa.select(
            log,
            person.c.name.label("principal_name"),
            person.c.simulated,
            audit_payload.c.payload,
            newest.label("ended_as"),
        )
        .outerjoin(person, person.c.id == log.c.principal)
        .outerjoin(audit_payload, audit_payload.c.record == log.c.number)
    )


def _read(row: Mapping[str, Any]) -> AuditRecord:
    try:
        outcome = row["ended_as"] if row["kind"] == RecordKind.ATTEMPT.value else row["outcome"]
        return AuditRecord(
            at=datetime.fromisoformat(row["at"]),
            kind=RecordKind(row["kind"]),
            simulated=bool(row["simulated"]),
            effect=Ruling(row["effect"]) if row["effect"] else None,
            policies=tuple(json.loads(row["policies"])),
            reasons=tuple(json.loads(row["reasons"])),
            outcome=Outcome(outcome) if outcome else None,
            payload=None if row["payload"] is None else json.loads(row["payload"]),
            **{name: row[name] for name in _AS_STORED},
        )
    except ValueError:
        raise IntegrityError(f"Audit record {row['number']} is damaged. Run `tandem audit verify`.") from None


_AS_STORED = (
    "number", "id", "principal", "principal_name", "proof", "machine_user", "on_behalf_of", "action", "resource_type",
    "resource_id", "policy_set", "digest", "key", "about", "hash",
)  # fmt: skip


def _word(kind: type[Ruling] | type[RecordKind], word: str) -> str:
    """`word` as the enum knows it. Raises BadInput that names the words that would have worked."""
    try:
        return kind(word).value
    except ValueError:
        known = ", ".join(f"`{member.value}`" for member in kind)
        raise BadInput(f"There is no audit record with `{word}`. Known: {known}.") from None
