"""Values of two sides and their difference in words: signs, units and intervals, the same on pages and commands."""

from __future__ import annotations

from app.theme.formats import NOTHING, duration, money
from app.theme.formats import share as in_per_cent
from mining.compare.values import SideUnit
from mining.estimates import Estimate


def in_unit(value: float, unit: SideUnit, *, sign: bool = False, currency: str | None = None) -> str:
    """`value` in its unit; with `sign` as a difference, shares then in percentage points."""
    size = abs(value) if sign else value
    if unit is SideUnit.SECONDS:
        text = duration(size)
    elif unit is SideUnit.SHARE:
        text = f"{size * 100:.1f} points" if sign else in_per_cent(size)
    elif unit is SideUnit.MONEY:
        text = money(size, currency)
    elif unit is SideUnit.PER_WEEK:
        text = f"{size:,.1f} a week" if size < 100 else f"{size:,.0f} a week"
    else:
        text = f"{size:,.0f}"
    if not sign or text.startswith("under "):
        return text
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{text}"


def estimated(value: Estimate | None, unit: SideUnit, currency: str | None = None) -> str:
    """A value; a dash where there is none."""
    return NOTHING if value is None else in_unit(value.value, unit, currency=currency)


def apart(value: Estimate | None, unit: SideUnit, currency: str | None = None) -> str:
    """A difference with its 95 % interval, where it has one."""
    if value is None:
        return NOTHING
    text = in_unit(value.value, unit, sign=True, currency=currency)
    if value.low is None or value.high is None:
        return text
    low, high = (in_unit(v, unit, sign=True, currency=currency) for v in (value.low, value.high))
    return f"{text} ({low.removesuffix(' points').removesuffix(' a week')} to {high})"
