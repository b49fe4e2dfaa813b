"""The hash chain of the audit log: pure functions over one stored record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from core import BadInput
from governance.digest import canonical

FIRST = "0" * 64  # what the first record has for the hash before it
FIELDS = (
    "number", "at", "kind", "principal", "on_behalf_of", "action", "resource_type", "resource_id", "effect", "policies",
    "reasons", "policy_set", "digest", "key", "about", "outcome", "commitment", "previous",
)  # fmt: skip


def record_hash(record: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the canonical JSON of all FIELDS, the hash before it among them."""
    return hashlib.sha256(canonical({name: record[name] for name in FIELDS})).hexdigest()


def commitment(salt: str, payload: str) -> str:
    """SHA-256 (hex) over salt and payload: it binds the payload and, once that is erased, tells nothing about it."""
    return hashlib.sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()


def fault_of_record(record: Mapping[str, Any], number: int, previous: str) -> str | None:
    """What is wrong with `record`, expected to be `number` after the hash `previous`; None when it is sound."""
    if record["number"] != number:
        return f"record {number} is missing: `{record['number']}` stands in its place"
    if record["previous"] != previous:
        return f"record {number} does not follow the record before it: its `previous` is not that record's hash"
    try:
        sound = record_hash(record) == record["hash"]
    except BadInput:
        sound = False
    return None if sound else f"record {number} was changed: its content does not give its hash"


def fault_of_payload(record: Mapping[str, Any], salt: Any, payload: Any) -> str | None:
    """What is wrong with a payload that is there; None when it is what its record committed to."""
    try:
        sound = commitment(salt, payload) == record["commitment"]
    except (TypeError, ValueError, AttributeError):
        sound = False
    return None if sound else f"the payload of record {record['number']} was changed: it is not what was committed to"
