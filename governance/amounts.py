"""Amounts: decimals that are 0 or more, bounded, with at most four digits after the point. Never rounded down."""

from __future__ import annotations

import math
import re
from decimal import ROUND_CEILING, Decimal
from typing import Any

MOST = 10**14  # units of the currency; Cedar's decimals end at 9.2 * 10**14
_DIGITS = Decimal("0.0001")
_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,4})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def fault_of_amount(value: Any) -> str | None:
    """Why `value` is no amount that a limit can be held against, in words without the value; None where it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return f"is a `{type(value).__name__}` and should be a number"
    if not finite(value):
        return "is not a finite number"
    if value < 0:
        return "is below 0"
    return "is beyond what can be compared" if value > MOST else None


def finite(value: float | Decimal) -> bool:
    """Whether `value` is a number like others; a whole number of any length is one."""
    return isinstance(value, int) or math.isfinite(value)


def exactly(value: float | Decimal) -> Decimal:
    """A finite `value` with four digits after the point; what does not fit is rounded up, so that no limit is passed by
    rounding."""
    return _decimal(value).quantize(_DIGITS, rounding=ROUND_CEILING) + 0  # never -0


def whole(value: float | Decimal) -> int:
    """A finite `value` in whole units, rounded up."""
    return math.ceil(_decimal(value))


def plain_decimal(value: Any) -> Decimal | None:
    """`value`, a number or a plain decimal as text, for Cedar's `decimal`; None where it is neither, or too large."""
    if isinstance(value, str):
        return Decimal(value) if _PLAIN.fullmatch(value) and abs(Decimal(value)) <= MOST else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return exactly(value) if finite(value) and -MOST <= value <= MOST else None


def is_currency(value: Any) -> bool:
    """Whether `value` is written like a currency of ISO 4217: three capital letters."""
    return isinstance(value, str) and _CURRENCY.fullmatch(value) is not None


def _decimal(value: float | Decimal) -> Decimal:
    """A float as it is written, not as it is stored: 0.1 is one tenth."""
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
