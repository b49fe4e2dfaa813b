"""The working week: how much working time lies between two moments, and when so much has passed. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from mining.whatif.formulas.hours import WEEK

HOUR = 3600.0
SECONDS = WEEK * HOUR
MONDAY = 4 * 86_400.0  # 1970-01-05, 00:00 UTC


class WorkingWeek:
    """Hours that come again every week. Moments are seconds since 1970, UTC."""

    def __init__(self, worked: Sequence[bool]) -> None:
        """From the 168 hours from Monday 00:00; all of them where none is worked."""
        self.always = all(worked) or not any(worked)
        self.worked_hours = WEEK if self.always else sum(worked)
        self._starts: list[float] = []
        self._ends: list[float] = []
        self._before: list[float] = []  # working time of the week before each span
        self._after: list[float] = []
        passed = 0.0
        for hour in range(WEEK):
            if self.always or not worked[hour]:
                continue
            if self._ends and self._ends[-1] == hour * HOUR:
                self._ends[-1] += HOUR
                self._after[-1] += HOUR
            else:
                self._starts.append(hour * HOUR)
                self._ends.append((hour + 1) * HOUR)
                self._before.append(passed)
                self._after.append(passed + HOUR)
            passed += HOUR
        self._week = passed

    def passed(self, moment: float) -> float:
        """Working seconds from a fixed Monday to `moment`."""
        if self.always:
            return moment - MONDAY
        weeks, rest = divmod(moment - MONDAY, SECONDS)
        at = bisect_right(self._starts, rest) - 1
        here = 0.0 if at < 0 else self._before[at] + min(rest, self._ends[at]) - self._starts[at]
        return weeks * self._week + here

    def on_duty(self, moment: float) -> float:
        """The first working moment at or after `moment`."""
        if self.always:
            return moment
        weeks, rest = divmod(moment - MONDAY, SECONDS)
        at = bisect_right(self._ends, rest)
        if at == len(self._ends):
            return MONDAY + (weeks + 1) * SECONDS + self._starts[0]
        return moment if self._starts[at] <= rest else MONDAY + weeks * SECONDS + self._starts[at]

    def after(self, moment: float, seconds: float) -> float:
        """When `seconds` of working time have passed since `moment`; for 0 the moment itself."""
        if self.always or seconds <= 0:
            return moment + max(0.0, seconds)
        weeks, rest = divmod(self.passed(moment) + seconds, self._week)
        if rest == 0:
            weeks, rest = weeks - 1, self._week
        at = bisect_left(self._after, rest)
        return MONDAY + weeks * SECONDS + self._starts[at] + rest - self._before[at]
