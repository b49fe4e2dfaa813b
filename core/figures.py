"""Shares and changes as people read them: on pages, in commands, in the sentences of every room."""

from __future__ import annotations


def per_cent(share: float) -> str:
    """A share from 0 to 1, such as "45 %" or "3.4 %": a decimal below 10 and above 99, never "0 %" for some."""
    value = share * 100
    if 0 < value < 0.1:
        return "< 0.1 %"
    if 99.9 < value < 100:
        return "> 99.9 %"
    whole = value in (0, 100) or 10 <= abs(value) <= 99 or abs(value) > 100
    return f"{value:.0f} %" if whole else f"{value:.1f} %"


def signed_per_cent(change: float) -> str:
    """A relative change with its sign, such as "−20 %" or "+3.4 %"; "0 %" where nothing is left after rounding."""
    value = round(change * 100, 1 if abs(change) < 0.1 else 0)
    size = f"{abs(value):.1f}" if abs(value) < 10 and value % 1 else f"{abs(value):,.0f}"
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{size} %"
