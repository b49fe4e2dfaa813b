"""The hash chain of the audit log: pure functions over one stored record.

A record of form 1 is hashed whole, its number and the hash before it included, so that it can be hashed only by
whoever holds the end of the chain. In form 2 a digest of the body is made first, and the hash covers only the number,
the number of the record that it is about, that digest, and the hash before it: the end of the chain is held for as
long as it takes to number the records.
"""

from __future__ import annotations

import hashlib
import json
import json.encoder
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

FIRST = "0" * 64  # what the first record has for the hash before it
FORM = 2  # in which records are written
_FORM_1 = (
    "number", "at", "kind", "principal", "on_behalf_of", "action", "resource_type", "resource_id", "effect", "policies",
    "reasons", "policy_set", "digest", "key", "about", "outcome", "commitment", "previous",
)  # fmt: skip
BODY = (
    "form", "id", "at", "kind", "principal", "proof", "machine_user", "on_behalf_of", "action", "resource_type",
    "resource_id", "effect", "policies", "reasons", "policy_set", "digest", "key", "outcome", "state_of", "state",
    "commitment",
)  # fmt: skip
FIELDS = (*BODY, "number", "about", "body", "previous")  # of a record, but for its hash


def _quick(encoder: json.JSONEncoder) -> Callable[[object], str]:
    """`encoder.encode`, without making the part of it that is written in C anew for each value."""
    made = getattr(json.encoder, "c_make_encoder", None)
    if made is None:
        return encoder.encode
    of_text = getattr(json.encoder, "encode_basestring")  # noqa: B009  written in C where there is one
    inner = made(
        None, encoder.default, of_text, None, encoder.key_separator, encoder.item_separator, encoder.sort_keys,
        encoder.skipkeys, encoder.allow_nan,
    )  # fmt: skip
    return lambda value: "".join(inner(value, 0))


_body_of = itemgetter(*BODY)
_sorted = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_compact = _quick(json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def body_digest(record: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the JSON list of the values of BODY. Raises ValueError for text that is no UTF-8."""
    return hashlib.sha256(_compact(_body_of(record)).encode()).hexdigest()


def record_hash(record: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a record: in form 1 over its canonical JSON, in form 2 over number, about, body and previous.

    Flat records of text and whole numbers are canonical (RFC 8785) when their keys are sorted and nothing is escaped
    that need not be. Raises ValueError for text that is no UTF-8.
    """
    if record["form"] == 1:
        return hashlib.sha256(_sorted({name: record[name] for name in _FORM_1}).encode()).hexdigest()
    return link(record["number"], record["about"], record["body"], record["previous"])


def link(number: int, about: int | None, body: str, previous: str) -> str:
    """The hash (hex) of a record of form 2: SHA-256 over four lines. PostgreSQL's `audit_seal` computes the same."""
    return hashlib.sha256(f"{number}\n{'' if about is None else about}\n{body}\n{previous}".encode()).hexdigest()


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
        known = record["form"] == 1 or (record["form"] == FORM and body_digest(record) == record["body"])
        sound = known and record_hash(record) == record["hash"]
    except (ValueError, TypeError):
        sound = False
    if sound and record["form"] == 1:  # what form 1 does not hash must not be there
        sound = all(record[name] is None for name in ("id", "proof", "machine_user", "state_of", "state", "body"))
    return None if sound else f"record {number} was changed: its content does not give its hash"


def fault_of_payload(record: Mapping[str, Any], salt: Any, payload: Any) -> str | None:
    """What is wrong with a payload that is there; None when it is what its record committed to."""
    try:
        sound = commitment(salt, payload) == record["commitment"]
    except (TypeError, ValueError, AttributeError):
        sound = False
    return None if sound else f"the payload of record {record['number']} was changed: it is not what was committed to"
