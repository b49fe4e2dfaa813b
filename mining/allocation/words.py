"""Numbers in the sentences of an allocation."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """`seconds` for people, its two largest units: "3 d 4 h"."""
    left = round(seconds)
    words: list[str] = []
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        if left >= length and len(words) < 2:
            words.append(f"{left // length} {unit}")
            left %= length
        elif words:
            break
    return " ".join(words) or "0 s"


def percent(share: float) -> str:
    """`share` for people: "92 %", and with two decimals where rounding would say all or nothing."""
    return f"{100 * share:.0f} %" if share in (0, 1) or 0.005 <= share < 0.995 else f"{100 * share:.2f} %"
