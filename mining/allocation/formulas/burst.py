"""Burst: how many instances end within a second of another of the same task in another case. A sign, not a reason.

    b = instances whose end lies at most one second from that of the same task's instance before or after / all

N. Martin et al., Retrieving batch organisation of work insights from event logs, Decision Support Systems 100, 2017,
read batches from such ends; the second is ours. Software works in bursts: it is a result of automation and says
nothing about whether a task could be automated, so it never counts.
"""

from __future__ import annotations

WITHIN = 1.0  # seconds


def burst_share(bursting: int, instances: int) -> float | None:
    """The share, 0 to 1; None where there is no instance."""
    return bursting / instances if instances else None
