"""How values read on a screen: durations "3 d 4 h", money with its currency, shares in per cent, counts with n."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from core.durations import duration as exactly
from core.figures import per_cent, signed_per_cent

NOTHING = "–"  # what stands where there is no value


def duration(seconds: float | None) -> str:
    """`seconds` in its two largest units, such as "3 d 4 h", "12 min 5 s", "0.4 s"; a dash where there is none."""
    return NOTHING if seconds is None else exactly(seconds)


def hours(seconds: float | None) -> str:
    """Working time in hours and minutes, such as "1,250 h" or "3 h 20 min": a working day is not 24 hours."""
    if seconds is None or seconds < 3_600:
        return duration(seconds)
    whole, rest = divmod(round(seconds / 60), 60)
    return f"{whole:,} h {rest} min" if rest and whole < 100 else f"{round(seconds / 3_600):,} h"


def money(amount: float | None, currency: str | None = None) -> str:
    """`amount` with its currency, such as "1,250 EUR" or "3.40 EUR"; cents only below 100."""
    if amount is None:
        return NOTHING
    text = f"{amount:,.2f}" if 0 < abs(amount) < 100 else f"{amount:,.0f}"
    return f"{text} {currency}" if currency else text


def amount_exactly(amount: object, currency: str | None = None) -> str:
    """`amount` to its last digit, such as "1,250.5 EUR", for who answers for it; as it stands where it is no number."""
    if amount is None:
        return ""
    try:
        number = Decimal(str(amount))
    except InvalidOperation:
        text = str(amount)
    else:
        text = f"{number.normalize():,f}" if number.is_finite() else str(amount)
    return f"{text} {currency}" if currency else text


def share(value: float | None) -> str:
    """A share from 0 to 1 in per cent, such as "45 %"; a dash where there is none."""
    return NOTHING if value is None else per_cent(value)


def change(value: float | None) -> str:
    """A relative change with its sign, such as "−20 %"; a dash where there is none."""
    return NOTHING if value is None else signed_per_cent(value)


def count(value: int | None) -> str:
    """A whole number with thousands separated."""
    return NOTHING if value is None else f"{value:,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """`number` with its noun, such as "1 case" or "1,434 cases"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(value: datetime | None) -> str:
    """A moment to the minute, in UTC and saying so."""
    return NOTHING if value is None else f"{value:%Y-%m-%d %H:%M} UTC"


def minute(value: datetime | None) -> str:
    """A moment to the minute for a column whose heading says UTC."""
    return NOTHING if value is None else f"{value:%Y-%m-%d %H:%M}"


def day(value: datetime | None) -> str:
    """The day of a moment."""
    return NOTHING if value is None else f"{value:%Y-%m-%d}"
