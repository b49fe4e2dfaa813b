"""The hours of the week in which people work, as the log shows them.

    an hour of the week is worked if it has at least a tenth of the mean count of the busy hours
    busy: the fewest hours of the week that hold half of all counts

O. Lopez-Pintado, M. Dumas, Business process simulation with differentiated resources, BPM 2022, find weekly calendars
from counts by granules with thresholds of support; the threshold is ours. One calendar for all: those of single people
are too thin in most logs. In UTC: where clocks are put forward, an hour is smeared.
"""

from __future__ import annotations

from collections.abc import Sequence

WEEK = 168
_LEAST = 0.1


def hours_of_week(counts: Sequence[int]) -> tuple[bool, ...]:
    """Which of the 168 hours from Monday 00:00 are worked; all where nothing is counted."""
    every = sum(counts)
    held, busy = 0, []
    for count in sorted(counts, reverse=True):
        if 2 * held >= every:
            break
        busy.append(count)
        held += count
    if not busy:
        return (True,) * WEEK
    limit = _LEAST * sum(busy) / len(busy)
    return tuple(count >= limit for count in counts)
