"""The time that a check may take, from its first second on."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class TimeBudget:
    """When a check began, and how many seconds it may take; None is without limit."""

    began: float
    seconds: float | None

    @staticmethod
    def of(seconds: float | None) -> TimeBudget:
        """A clock that starts now."""
        return TimeBudget(time.monotonic(), seconds)

    def at(self, part: float) -> float | None:
        """When, as `time.monotonic` shows it, `part` of the time is over."""
        return None if self.seconds is None else self.began + part * self.seconds

    def left(self, part: float) -> float | None:
        """The seconds until `part` of the time is over."""
        until = self.at(part)
        return None if until is None else max(0.0, until - time.monotonic())
