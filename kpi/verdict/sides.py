"""Two populations side by side, as one set of arrays: what every KPI's sample is cut from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from kpi.verdict import follow_up
from kpi.verdict.segments import levels

if TYPE_CHECKING:
    from kpi.verdict.values import Codes, Flags, Numbers, Population

_WEEKDAY = "weekday of the start"


@dataclass(frozen=True, eq=False)
class VerdictSides:
    """A baseline and what is compared with it."""

    baseline: Population
    now: Population
    segments: tuple[str, ...] | None = None  # attributes that may be used; None: all
    names: tuple[str, str] = ("baseline", "now")  # what the two are called

    def both(self, of: Callable[[Population], Any]) -> Any:
        """An array of both sides, the baseline first."""
        return np.concatenate([of(self.baseline), of(self.now)])

    @cached_property
    def horizon(self) -> float:
        """H: how long a case of the baseline must be followed to be seen to its end, in seconds."""
        return follow_up.horizon(self.baseline)

    @cached_property
    def later(self) -> Flags:
        """Which cases are of the second side."""
        return np.repeat([False, True], [len(self.baseline.started), len(self.now.started)])

    @cached_property
    def day(self) -> Codes:
        """The day of each case's start, in UTC, as days since 1970."""
        return np.asarray(self.both(lambda p: p.started) // follow_up.DAY, dtype=np.int64)

    @cached_property
    def followed(self) -> Flags:
        """Which cases began at least H before their log's end."""
        return np.asarray(self.both(lambda p: follow_up.followed(p, self.horizon)))

    @cached_property
    def lasted(self) -> Numbers:
        """Cycle time, of open cases the time since their start; a duration of 0 is 1 % of the baseline's median."""
        known = self.baseline.cycle[self.baseline.complete & (self.baseline.cycle > 0)]
        least = 0.01 * float(np.median(known)) if len(known) else 1.0
        lasted = self.both(lambda p: np.where(p.complete, p.cycle, p.log_end - p.started))
        return np.asarray(np.maximum(lasted, least), dtype=np.float64)

    @cached_property
    def seen(self) -> Flags:
        """Which cases may count by their length: all, but of an extract of complete cases those followed for H."""
        parts = [
            follow_up.followed(p, self.horizon)
            if follow_up.only_complete(p, self.horizon, self.baseline)
            else np.ones(len(p.started), dtype=bool)
            for p in (self.baseline, self.now)
        ]
        return np.concatenate(parts)

    @cached_property
    def candidates(self) -> Mapping[str, Codes]:
        """The levels of each attribute that both sides have, and the weekday; those with one level are none."""
        shared = [name for name in self.baseline.attributes if name in self.now.attributes]
        shared = [name for name in shared if self.segments is None or name in self.segments]
        found = {name: self._levels(name) for name in shared}
        weekdays = (self.day + 3) % 7  # 1970 began on a Thursday; Monday is 0
        return {n: codes for n, codes in {**found, _WEEKDAY: weekdays}.items() if codes.any()}

    def _levels(self, name: str) -> Codes:
        one, other = self.baseline.attributes[name], self.now.attributes[name]
        if (one.dtype.kind in "fiu") != (other.dtype.kind in "fiu"):
            return np.zeros(len(self.later), dtype=np.int64)
        return levels(np.concatenate([one, other]), self.later)
