"""How long something takes, as people read it: on pages, in commands, in the sentences of mining and KPIs."""

from __future__ import annotations

from core.coarse import Coarse

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def duration(seconds: float) -> str:
    """`seconds` in its two largest units, such as "3 d 4 h", "12 min 5 s", "0.4 s"; days alone from a hundred on.

    A coarse one, of a log that can tell no finer, reads "under 1 d" or in whole multiples of what it can tell.
    """
    if isinstance(seconds, Coarse) and abs(seconds) < seconds.least:
        return f"under {duration(seconds.least)}"
    if seconds < 0:
        return "−" + duration(-seconds)
    if 0 < seconds < 10:
        return f"{seconds:.1f} s".replace(".0 s", " s")
    whole = round(seconds)
    for position, (unit, size) in enumerate(_UNITS):
        if whole >= size:
            first, rest = divmod(whole, size)
            if position + 1 == len(_UNITS) or first >= 100:
                return f"{first:,} {unit}"
            smaller, smaller_size = _UNITS[position + 1]
            second = rest // smaller_size
            return f"{first:,} {unit} {second} {smaller}" if second else f"{first:,} {unit}"
    return "0 s"
