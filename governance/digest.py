"""The digest that names one exact request."""

from __future__ import annotations

import hashlib
from typing import Any

from core.audit.canonical import canonical, plain
from governance.values import Request

BOOKKEEPING = frozenset({"approved", "attempt"})  # context that does not say what is asked for


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
        "attributes": plain(request.attributes),
        "context": {key: plain(v) for key, v in request.context.items() if key not in BOOKKEEPING},
        "on_behalf_of": request.on_behalf_of,
        "payload": plain(request.payload),
    }
