"""Canonical JSON (RFC 8785): equal values give equal bytes, so that they can be hashed."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Set
from datetime import datetime
from decimal import Decimal
from typing import Any

import rfc8785

from core.errors import BadInput

_LARGEST = 2**53 - 1  # whole number that JSON carries exactly
_ATOMS = frozenset({str, int, float, bool, type(None)})
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Any) -> bytes:
    """`value` as canonical JSON: sets sorted, moments ISO 8601, decimals as text. Equal values give equal bytes.

    Raises BadInput for what JSON cannot carry exactly: other types, numbers beyond 2^53, NaN, unpaired surrogates.
    """
    try:
        data = plain(value)
        return _encode(data).encode() if _is_easy(data) else rfc8785.dumps(data)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise BadInput(f"A value cannot be written as exact JSON: {error}. Write it as text.") from None


def plain(value: Any) -> Any:
    """`value` as plain JSON data."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is dict:
        return {str(key): plain(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [plain(item) for item in value]
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


def _is_easy(data: Any) -> bool:
    """Whether the interpreter's own encoder, many times faster, gives the canonical form of `data`.

    It does for text and whole numbers that JSON carries exactly, and sorts keys as RFC 8785 does as long as no
    character in them lies beyond U+D7FF.
    """
    kind = type(data)
    if kind is str or kind is bool or data is None:
        return True
    if kind is int:
        return bool(-_LARGEST <= data <= _LARGEST)
    if kind is dict:
        return all((key.isascii() or max(key) < "\ud800") and _is_easy(item) for key, item in data.items())
    return isinstance(data, list) and all(map(_is_easy, data))


def is_beyond(value: Any) -> bool:
    """Whether it is a number that JSON cannot carry exactly: a whole one from 2^53, NaN or infinite."""
    if isinstance(value, float):
        return not math.isfinite(value)
    return isinstance(value, int) and abs(value) > _LARGEST


def exactly_told(value: Any) -> Any:
    """Plain `value` with the numbers that JSON cannot carry exactly as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: exactly_told(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exactly_told(item) for item in value]
    return _text(value) if is_beyond(value) else value


def _text(number: float) -> str:
    """The number in digits; in powers of two where it has more digits than Python writes."""
    try:
        return str(number)
    except ValueError:
        return hex(int(number))
