"""Whether two sides hold the same kind of work: by their activities."""

from __future__ import annotations

from collections.abc import Mapping

from core.figures import per_cent

MOST_NEW = 0.1  # share of instances now in activities that the baseline never had
MOST_DROPPED = 1 / 3  # share of the baseline's instances in activities that no longer happen; some may be eliminated
_NAMED = 3


def unlike(baseline: Mapping[str, int], now: Mapping[str, int]) -> str | None:
    """The reason, where one side holds work that the other does not."""
    new, new_share = _missing(now, baseline)
    if new_share > MOST_NEW:
        return (
            f"{per_cent(new_share)} of the activity instances now are of {_counted(new)} that the baseline "
            f"does not hold, "
            f"such as {_named(new)}: it was frozen over other work. Filter both sides alike, or freeze a baseline anew."
        )
    dropped, dropped_share = _missing(baseline, now)
    if dropped_share > MOST_DROPPED:
        return (
            f"{per_cent(dropped_share)} of the baseline's activity instances are of {_counted(dropped)} "
            f"that do not happen "
            f"now, such as {_named(dropped)}: now holds less of the work. Filter both sides alike."
        )
    return None


def gone_in_words(baseline: Mapping[str, int], now: Mapping[str, int]) -> str | None:
    """What no longer happens although the sides can be compared: steps that went, or work that a filter left out."""
    dropped, share = _missing(baseline, now)
    if not dropped:
        return None
    happens = "happens" if len(dropped) == 1 else "happen"
    return (
        f"{_counted(dropped)} of the baseline no longer {happens}, such as {_named(dropped)} ({per_cent(share)} of its "
        "activity instances): what is not done takes no time and costs nothing."
    )


def _missing(one: Mapping[str, int], other: Mapping[str, int]) -> tuple[list[str], float]:
    names = [name for name in one if name not in other]
    return names, sum(one[name] for name in names) / max(1, sum(one.values()))


def _counted(names: list[str]) -> str:
    return "1 activity" if len(names) == 1 else f"{len(names):,} activities"


def _named(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:_NAMED])
