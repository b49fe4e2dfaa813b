"""The digest that names one exact request."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from typing import Any

from core.audit.canonical import canonical, exactly_told, is_beyond, plain
from governance.values import Request

BOOKKEEPING = frozenset({"approved", "attempt"})  # context that does not say what is asked for


def digest(request: Request) -> str:
    """SHA-256 (hex) over everything that says what is asked: all fields, without `approved` and `attempt`."""
    return hashlib.sha256(canonical(request_as_json(request))).hexdigest()


def request_as_json(request: Request) -> dict[str, Any]:
    """The request as plain JSON data, the form that is digested and stored.

    A number that JSON cannot carry exactly stands there as text: such a request is always denied, and recorded.
    """
    return {
        "principal": request.principal,
        "action": request.action,
        "resource_type": request.resource_type,
        "resource_id": request.resource_id,
        "attributes": exactly_told(plain(request.attributes)),
        "context": {key: exactly_told(plain(v)) for key, v in request.context.items() if key not in BOOKKEEPING},
        "on_behalf_of": request.on_behalf_of,
        "payload": exactly_told(plain(request.payload)),
    }


def inexact(request: Request) -> int:
    """How many numbers of the request JSON cannot carry exactly: whole ones from 2^53, NaN and infinite ones."""
    return sum(_inexact(part) for part in (request.attributes, request.context, request.payload))


def _inexact(value: Any) -> int:
    if isinstance(value, str):
        return 0
    if isinstance(value, Mapping):
        return sum(map(_inexact, value.values()))
    if isinstance(value, list | tuple | Set):
        return sum(map(_inexact, value))
    return int(is_beyond(value))
