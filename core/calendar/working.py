"""Working time between two moments. Pure; whole microseconds, so that sums over splits are exact."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from core.calendar.public import public_holidays
from core.calendar.values import Calendar

DAY = 86_400  # seconds
_EPOCH = date(1970, 1, 1)
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def working_seconds(calendar: Calendar, start: datetime, end: datetime) -> float:
    """Seconds of working time from `start` to `end`; 0 where `end` is not after `start`.

    A moment without a time zone is UTC, as the event-log store keeps it. Exact across changes of summer time.
    """
    begin, finish = _microseconds(start), _microseconds(end)
    total = 0
    for day in range(begin // (DAY * 1_000_000), finish // (DAY * 1_000_000) + 1):
        midnight = day * DAY
        for first, last in day_spans(calendar, day):
            low = max(begin, (midnight + first) * 1_000_000)
            total += max(0, min(finish, (midnight + last) * 1_000_000) - low)
    return total / 1e6


def day_spans(calendar: Calendar, day: int) -> list[tuple[int, int]]:
    """The working time of one UTC day, counted from 1970, as pairs of seconds after its midnight, in order."""
    zone = ZoneInfo(calendar.time_zone)
    found: list[tuple[int, int]] = []
    for start, end, offset in _steady(zone, day * DAY, (day + 1) * DAY):
        for local_day in range((start + offset) // DAY, (end - 1 + offset) // DAY + 1):
            for first, last in _local_spans(calendar, local_day):
                low, high = max(start, first - offset), min(end, last - offset)
                if low < high:
                    _append(found, low - day * DAY, high - day * DAY)
    return found


def _append(found: list[tuple[int, int]], low: int, high: int) -> None:
    """Add a span; one that goes on where the last one ends prolongs it."""
    if found and found[-1][1] == low:
        found[-1] = (found[-1][0], high)
    else:
        found.append((low, high))


def _local_spans(calendar: Calendar, local_day: int) -> list[tuple[int, int]]:
    """The hours of one local day, in seconds of its clock since 1970."""
    on = _EPOCH + timedelta(days=local_day)
    if on in calendar.days_off:
        return []
    if on not in calendar.days_worked and on in public_holidays(calendar.country, calendar.subdivision, on.year):
        return []
    midnight = local_day * DAY
    return [(midnight + s.start * 60, midnight + s.end * 60) for s in calendar.hours[on.weekday()]]


def _steady(zone: tzinfo, start: int, end: int) -> list[tuple[int, int, int]]:
    """`start` to `end` cut where the clock is put forward or back: (start, end, offset), seconds since 1970.

    At most one change in a stretch is looked for, and no time zone has had two on one day since 1970.
    """
    before, after = _offset(zone, start), _offset(zone, end - 1)
    if before == after:
        return [(start, end, before)]
    low, high = start, end - 1  # the change lies in (low, high]
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return [(start, high, before), (high, end, after)]


def _offset(zone: tzinfo, moment: int) -> int:
    offset = (_START + timedelta(seconds=moment)).astimezone(zone).utcoffset()
    return round(offset.total_seconds()) if offset is not None else 0


def _microseconds(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _START) // _MICROSECOND
