"""Working time in Central Europe: hours, free days and the offset from UTC, in whole seconds of the wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

MINUTE, HOUR, DAY = 60, 3_600, 86_400
EPOCH = datetime(2025, 1, 1)  # noqa: DTZ001 - seconds are counted on the local wall clock, the offset is added when written

FREE_DAYS = frozenset(
    {
        date(2025, 1, 1),
        date(2025, 4, 18),
        date(2025, 4, 21),
        date(2025, 5, 1),
        date(2025, 5, 29),
        date(2025, 6, 9),
        date(2025, 10, 3),
        date(2025, 12, 24),
        date(2025, 12, 25),
        date(2025, 12, 26),
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
    }
)


@dataclass(frozen=True)
class Shift:
    """When somebody works."""

    begin: int = 8 * HOUR  # seconds after midnight
    end: int = 17 * HOUR
    pause: int = 12 * HOUR  # half an hour of lunch begins here
    weekdays: frozenset[int] = frozenset(range(5))  # Monday is 0
    away: tuple[tuple[date, date], ...] = ()  # first and last day of each holiday

    def works_on(self, day: date) -> bool:
        """Whether this is one of its working days."""
        at_work = day.weekday() in self.weekdays and day not in FREE_DAYS
        return at_work and not any(first <= day <= last for first, last in self.away)

    def stretches(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The two stretches of a working day, before and after lunch."""
        return (self.begin, self.pause), (self.pause + 30 * MINUTE, self.end)

    def next_slot(self, earliest: int, seconds: int, settling: int = 0) -> int:
        """The first moment from `earliest` on from which `seconds` can be worked without a break.

        Work that waited overnight or over lunch begins `settling` seconds after the stretch does: nobody starts
        on the stroke of eight.
        """
        midnight = earliest - earliest % DAY
        while True:
            if self.works_on(moment(midnight).date()):
                for begin, end in self.stretches():
                    start = max(earliest, midnight + begin + settling)
                    if start + seconds <= midnight + end:
                        return start
            midnight += DAY


def moment(seconds: int) -> datetime:
    """The wall clock's reading `seconds` after the epoch."""
    return EPOCH + timedelta(seconds=seconds)


def seconds_of(day: date, time_of_day: int = 0) -> int:
    """Seconds from the epoch to this time on `day`."""
    return (day - EPOCH.date()).days * DAY + time_of_day


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def with_offset(seconds: int) -> datetime:
    """The moment with its offset: +02:00 from the last Sunday of March to the last of October, else +01:00.

    The European Union's rule is written out here so that the output does not depend on a time zone database.
    Nobody in the sample works between two and three o'clock on those Sundays.
    """
    local = moment(seconds)
    summer = _last_sunday(local.year, 3) <= local.date() < _last_sunday(local.year, 10)
    return local.replace(tzinfo=timezone(timedelta(hours=2 if summer else 1)))
