"""Record the state of rows as they are found when a home is upgraded: from then on the audit chain bears them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from core.audit.canonical import canonical, exactly_told, plain
from core.audit.chain import FIRST, body_digest, commitment, link

Adopted = tuple[sa.TableClause, tuple[str, ...]]  # a table, and the names of its primary key's columns


def adopt(connection: sa.Connection, tables: Sequence[Adopted]) -> None:
    """Append one record of form 2 for each row of `tables`, which bears its state. A row whose state is borne already,
    as it is or otherwise, stays as it is believed or not."""
    log, payloads = _log()
    last = connection.execute(sa.select(log.c.number, log.c.hash).order_by(log.c.number.desc()).limit(1)).first()
    number, previous = (int(last.number), str(last.hash)) if last else (0, FIRST)
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    known = set(connection.execute(sa.select(log.c.state_of).where(log.c.state_of.is_not(None)).distinct()).scalars())
    for table, keys in tables:
        for row in connection.execute(sa.select(table)).all():
            record = _record(table, keys, row._mapping, at)
            if record["state_of"] in known:
                continue
            number += 1
            record |= {"number": number, "about": None, "previous": previous}
            previous = record["hash"] = link(number, None, record["body"], previous)
            salt, payload = record.pop("salt"), record.pop("payload")
            connection.execute(log.insert().values(**record))
            connection.execute(payloads.insert().values(record=number, salt=salt, payload=payload))


def _record(table: sa.TableClause, keys: tuple[str, ...], row: Any, at: str) -> dict[str, Any]:
    key = "|".join(str(row[name]) for name in keys)
    values = {name: value for name, value in row.items() if value is not None}
    salt, payload = secrets.token_hex(16), "{}"
    state = hashlib.sha256(canonical([table.name, exactly_told(plain(values))])).hexdigest()
    record: dict[str, Any] = {
        "form": 2, "id": secrets.token_hex(12), "at": at, "kind": "change", "principal": "tandem", "proof": "tandem",
        "machine_user": None, "on_behalf_of": None, "action": "state.adopt", "resource_type": table.name,
        "resource_id": key[:200], "effect": None, "policies": "[]", "reasons": '["Found when Tandem was upgraded."]',
        "policy_set": None, "digest": None, "key": None, "outcome": None, "state_of": f"{table.name}:{key}",
        "state": state, "commitment": commitment(salt, payload),
    }  # fmt: skip
    return {**record, "body": body_digest(record), "salt": salt, "payload": payload}


def _log() -> tuple[sa.TableClause, sa.TableClause]:
    texts = (
        "at", "kind", "principal", "on_behalf_of", "action", "resource_type", "resource_id", "effect", "policies",
        "reasons", "digest", "key", "outcome", "commitment", "previous", "hash", "id", "proof", "machine_user",
        "state_of", "state", "body",
    )  # fmt: skip
    numbers = ("number", "policy_set", "about", "form")
    columns: list[sa.ColumnClause[Any]] = [sa.column(n, sa.String) for n in texts]
    columns += [sa.column(n, sa.BigInteger) for n in numbers]
    payload = sa.table("audit_payload", sa.column("record"), sa.column("salt"), sa.column("payload"))
    return sa.table("audit_record", *columns), payload
