"""Circadian distance: how differently two logs spread their events over the hours of each weekday.

    d = sum over weekdays of share(weekday) x earth mover's distance of the hours of its events

The share is that of the first log. Chapela-Campa et al., Can I Trust My Simulation Model?, BPM 2023 (circadian event
distribution); where a weekday is in one log only, its distance is 24 hours, as theirs is the largest there can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mining.whatif.formulas.earth_mover import earth_mover

_DAY, _MONDAY = 86_400.0, 4 * 86_400.0  # seconds; 1970-01-05 was a Monday


def circadian_distance(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The distance in hours, of events at seconds since 1970; None where one log is empty."""
    if not len(one) or not len(other):
        return None
    a, b = _hours_by_weekday(one), _hours_by_weekday(other)
    total = 0.0
    for hours, beside in zip(a, b, strict=True):
        if len(hours):
            apart = earth_mover(hours, beside)
            total += len(hours) / len(one) * (24.0 if apart is None else apart)
    return total


def _hours_by_weekday(moments: Sequence[float]) -> list[Any]:
    import numpy as np

    at = np.asarray(moments, dtype=float) - _MONDAY
    day, hour = np.floor(at / _DAY) % 7, (at % _DAY) / 3600
    return [hour[day == weekday] for weekday in range(7)]
