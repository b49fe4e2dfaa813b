"""Canonical JSON (RFC 8785): equal values give equal bytes, so that they can be hashed."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from decimal import Decimal
from typing import Any

import rfc8785

from core.errors import BadInput


def canonical(value: Any) -> bytes:
    """`value` as canonical JSON: sets sorted, moments ISO 8601, decimals as text. Equal values give equal bytes.

    Raises BadInput for what JSON cannot carry exactly: other types, numbers beyond 2^53, NaN, unpaired surrogates.
    """
    try:
        return rfc8785.dumps(plain(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise BadInput(f"A value cannot be written as exact JSON: {error}. Write it as text.") from None


def plain(value: Any) -> Any:
    """`value` as plain JSON data."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Set):
        return sorted((plain(item) for item in value), key=rfc8785.dumps)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
