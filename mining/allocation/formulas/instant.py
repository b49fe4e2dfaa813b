"""Instant: how many instances take no time. A sign that software does it, not a reason to give it to software.

    i = instances with a service time of at most one second / instances with a service time

Where no start is recorded, the time since the event before stands for it. Wanner et al. (ICIS 2019) have an
automation rate among their indicators; this is our sign of it. A result of automation: it never counts.
"""

from __future__ import annotations

WITHIN = 1.0  # seconds


def instant_share(instant: int, timed: int) -> float | None:
    """The share, 0 to 1; None where no instance has a time."""
    return instant / timed if timed else None
