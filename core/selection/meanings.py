"""What a written value can mean: a number, a truth, a moment, or the text that it is but for blanks."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core.labels import label_key

_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


def number_of(text: str) -> Decimal | None:
    """The number that `text` writes with a decimal point; None where it is none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 400 else None


def truth_of(text: str) -> bool | None:
    """Whether `text` says yes: `true`, `True`, `yes`, `1`, `1.0`; None where it says neither."""
    number = number_of(text)
    if number is not None and number in (0, 1):
        return bool(number)
    return _TRUTHS.get(text.strip().casefold())


def moment_of(text: str) -> datetime | None:
    """The moment in UTC, without saying so, that `text` writes as ISO 8601; None where it writes none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def meanings(text: str) -> frozenset[tuple[str, Any]]:
    """All that `text` can mean; texts that share a meaning mean the same."""
    found: dict[str, Any] = {
        "text": label_key(text),
        "number": number_of(text),
        "moment": moment_of(text),
        "truth": _TRUTHS.get(text.strip().casefold()),
    }
    return frozenset((kind, meaning) for kind, meaning in found.items() if meaning is not None)
