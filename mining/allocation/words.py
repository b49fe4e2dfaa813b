"""Numbers in the sentences of an allocation."""

from __future__ import annotations


def percent(share: float) -> str:
    """`share` for people: "92 %", and with two decimals where rounding would say all or nothing."""
    return f"{100 * share:.0f} %" if share in (0, 1) or 0.005 <= share < 0.995 else f"{100 * share:.2f} %"
