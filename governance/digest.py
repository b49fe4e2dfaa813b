"""Canonical JSON (RFC 8785) and the digest that names one exact request."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from datetime import datetime
from decimal import Decimal
from typing import Any

import rfc8785

from core import BadInput
from governance.values import Request

BOOKKEEPING = frozenset({"approved", "attempt"})  # context that does not say what is asked for


def canonical(value: Any) -> bytes:
    """`value` as canonical JSON: sets sorted, moments ISO 8601, decimals as text. Equal values give equal bytes.

    Raises BadInput for what JSON cannot carry exactly: other types, numbers beyond 2^53, NaN, unpaired surrogates.
    """
    try:
        return rfc8785.dumps(_plain(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise BadInput(f"A value cannot be written as exact JSON: {error}. Write it as text.") from None


def digest(request: Request) -> str:
    """SHA-256 (hex) over everything that says what is asked: all fields, without `approved` and `attempt`."""
    return hashlib.sha256(canonical(request_as_json(request))).hexdigest()


def request_as_json(request: Request) -> dict[str, Any]:
    """The request as plain JSON data, the form that is digested and stored."""
    return {
        "principal": request.principal,
        "action": request.action,
        "resource_type": request.resource_type,
        "resource_id": request.resource_id,
        "attributes": _plain(request.attributes),
        "context": {key: _plain(v) for key, v in request.context.items() if key not in BOOKKEEPING},
        "on_behalf_of": request.on_behalf_of,
        "payload": _plain(request.payload),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Set):
        return sorted((_plain(item) for item in value), key=rfc8785.dumps)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
