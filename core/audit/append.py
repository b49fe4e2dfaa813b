"""Appends to the audit log, at the very end of the caller's transaction.

The end of the chain is the one thing that all writers share. It is taken last, when everything else of the transaction
is done, so that nobody waits for it while others work; on PostgreSQL the server numbers, hashes and commits without
hearing from this process in between, so that a process that stops cannot keep it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.audit.canonical import canonical
from core.audit.chain import FIRST, FORM, body_digest, commitment, link
from core.audit.tables import STATES, audit_payload, audit_record
from core.audit.values import Entry, Ticket
from core.database import before_commit
from core.errors import BadInput, IntegrityError
from core.locks import on_postgresql

_STAGED = "tandem_audit"
_INSERT, _INSERT_PAYLOAD = sa.insert(audit_record), sa.insert(audit_payload)
_LAST = sa.select(audit_record.c.number, audit_record.c.hash).order_by(audit_record.c.number.desc()).limit(1)
_LENGTHS = {c.name: getattr(c.type, "length", None) for c in audit_record.columns}


@dataclass(frozen=True)
class _Staged:
    """An entry that waits for its number."""

    ticket: Ticket
    about: Ticket | str | None
    row: Mapping[str, Any]  # without number, about, previous and hash
    salt: str
    payload: str


def record(connection: Connection, entry: Entry, *, at: datetime) -> Ticket:
    """The ticket of the record that the end of the caller's transaction appends; its number is known after that.

    `connection` must come from `Database.begin`. Raises BadInput for a payload that cannot be written as exact JSON,
    and for text that not every database could store.
    """
    ticket = Ticket(secrets.token_hex(12))
    salt, payload = secrets.token_hex(16), canonical(entry.payload).decode()
    row: dict[str, Any] = {
        "form": FORM,
        "id": ticket.id,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": entry.kind.value,
        "principal": entry.principal,
        "proof": entry.actor.proof.value if entry.actor else None,
        "machine_user": entry.actor.machine_user[:100] if entry.actor else None,
        "on_behalf_of": entry.on_behalf_of or (entry.actor.on_behalf_of if entry.actor else None),
        "action": entry.action,
        "resource_type": entry.resource_type,
        "resource_id": entry.resource_id,
        "effect": entry.effect.value if entry.effect else None,
        "policies": canonical(entry.policies).decode(),
        "reasons": canonical(entry.reasons).decode(),
        "policy_set": entry.policy_set,
        "digest": entry.digest,
        "key": entry.key,
        "outcome": entry.outcome.value if entry.outcome else None,
        "state_of": entry.state.of if entry.state else None,
        "state": entry.state.digest if entry.state else None,
        "commitment": commitment(salt, payload),
    }
    _check_lengths(row)
    row["body"] = body_digest(row)
    staged: list[_Staged] | None = connection.info.get(_STAGED)
    if staged is None:
        staged = connection.info[_STAGED] = []
        before_commit(connection, _seal)
    staged.append(_Staged(ticket, entry.about, row, salt, payload))
    if entry.state is not None:
        connection.info.setdefault(STATES, {})[entry.state.of] = entry.state.digest
    return ticket


def recorded(connection: Connection, reference: str) -> Mapping[str, Any] | None:
    """What the record says that has this id or, of form 1, this number; also one that this transaction will append."""
    for each in connection.info.get(_STAGED, ()):
        if each.ticket.id == reference:
            found: Mapping[str, Any] = each.row
            return found
    log = audit_record.c
    which = log.number == int(reference) if reference.isdecimal() else log.id == reference
    row = connection.execute(sa.select(audit_record).where(which)).first()
    return None if row is None else row._asdict()


def _seal(connection: Connection) -> None:
    """Number, link and insert everything that the transaction staged."""
    staged: list[_Staged] = connection.info.pop(_STAGED)
    if on_postgresql(connection):
        first = _seal_on_the_server(connection, staged)
    else:
        first = _seal_here(connection, staged)
    for number, each in enumerate(staged, first):
        each.ticket.number = number


def _seal_here(connection: Connection, staged: list[_Staged]) -> int:
    last = connection.execute(_LAST).first()
    first, previous = (int(last.number) + 1, str(last.hash)) if last else (1, FIRST)
    records, payloads = [], []
    for number, (each, about) in enumerate(zip(staged, _about(connection, staged), strict=True), first):
        follows = first + about.offset if about.offset is not None else about.number
        own = link(number, follows, each.row["body"], previous)
        records.append({**each.row, "number": number, "about": follows, "previous": previous, "hash": own})
        payloads.append({"record": number, "salt": each.salt, "payload": each.payload})
        previous = own
    connection.execute(_INSERT, records)
    connection.execute(_INSERT_PAYLOAD, payloads)
    return first


def _seal_on_the_server(connection: Connection, staged: list[_Staged]) -> int:
    """The function `audit_seal` and the COMMIT go to the server in one message."""
    import psycopg

    entries = json.dumps(
        [
            {**each.row, "salt": each.salt, "payload": each.payload, "about": about.number, "offset": about.offset}
            for each, about in zip(staged, _about(connection, staged), strict=True)
        ],
        ensure_ascii=False,
    )
    raw: Any = connection.connection.driver_connection
    try:
        with raw.pipeline():
            sealed = raw.execute("SELECT audit_seal(%s::jsonb)", (entries,))
            raw.commit()
        return int(sealed.fetchone()[0])
    except psycopg.Error as error:
        raise IntegrityError(f"The audit log could not be appended to, so nothing was stored: {error}.") from error


@dataclass(frozen=True)
class _About:
    """The record that an entry follows up: a number, or a place among those that are appended together."""

    number: int | None = None
    offset: int | None = None


def _about(connection: Connection, staged: list[_Staged]) -> list[_About]:
    places = {each.ticket.id: place for place, each in enumerate(staged)}
    return [_found(connection, each.about, places) for each in staged]


def _found(connection: Connection, about: Ticket | str | None, places: Mapping[str, int]) -> _About:
    if about is None:
        return _About()
    if isinstance(about, Ticket) and about.number is not None:
        return _About(number=about.number)
    if str(about) in places:
        return _About(offset=places[str(about)])
    number = number_of(connection, str(about))
    if number is None:
        raise IntegrityError(f"There is no audit record `{about}` that could be followed up.")
    return _About(number=number)


def number_of(connection: Connection, reference: str) -> int | None:
    """The number of the record with this id or, for one of form 1, this number; None where there is none."""
    named = audit_record.c.number == int(reference) if reference.isdecimal() else audit_record.c.id == reference
    found = connection.execute(sa.select(audit_record.c.number).where(named)).scalar()
    return None if found is None else int(found)


def _check_lengths(row: Mapping[str, Any]) -> None:
    """Raises BadInput for text that not every database could store: too long, or with a NUL character."""
    for name, value in row.items():
        longest = _LENGTHS.get(name)
        if isinstance(value, str) and ("\0" in value or len(value) > (longest or len(value))):
            raise BadInput(f"`{value[:40]}` cannot be the {name} of an audit record: at most {longest} characters.")
