"""Reads business calendars from outside: checked as a whole, with every problem named at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from core.calendar.public import countries
from core.calendar.values import DAY_MINUTES, WEEKDAYS, Calendar, Span
from core.errors import BadInput

_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,99}$")
_SPAN = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$")
_KEYS = ("name", "time_zone", "hours", "country", "subdivision", "days_off", "days_worked")
_SHORT = {day[:3]: number for number, day in enumerate(WEEKDAYS)}
_MOST_SPANS = 12  # a day; more are a mistake, and each costs time in every query


def calendar_from_dict(data: Any, *, source: str = "The calendar") -> Calendar:
    """The calendar that `data` (JSON, as `Calendar.to_dict` writes it) describes.

    Raises BadInput that names every problem at once.
    """
    if not isinstance(data, Mapping):
        raise BadInput(f"{source} is not a JSON object with {', '.join(f'`{k}`' for k in _KEYS)}.")
    problems = [f"`{key}` is not known. Known: {', '.join(_KEYS)}." for key in data if key not in _KEYS]
    found = Calendar(
        name=_name(data.get("name"), problems),
        time_zone=_zone(data.get("time_zone", "UTC"), problems),
        hours=_hours(data.get("hours"), problems),
        country=_text(data.get("country"), "country", problems).upper(),
        subdivision=_text(data.get("subdivision"), "subdivision", problems).upper(),
        days_off=_days(data.get("days_off"), "days_off", problems),
        days_worked=_days(data.get("days_worked"), "days_worked", problems),
    )
    _check_place(found, problems)
    both = sorted(set(found.days_off) & set(found.days_worked))
    problems += [f"{day.isoformat()} stands in both `days_off` and `days_worked`." for day in both]
    if problems:
        raise BadInput(f"{source} cannot be used. Nothing was stored.", problems=problems)
    return found


def parse_hours(lines: Iterable[str]) -> dict[str, list[str]]:
    """Hours as JSON from lines such as "mon-fri 08:00-12:00 13:00-17:00"; lines for one day add up.

    Only the days are read here; what the spans say is checked with the rest. Raises BadInput.
    """
    hours: dict[str, list[str]] = {}
    problems = []
    for line in lines:
        days, *spans = line.replace(",", " ").split() or [""]
        first, _, last = days.lower().partition("-")
        start, end = _SHORT.get(first[:3]), _SHORT.get((last or first)[:3])
        if start is None or end is None or not spans:
            problems.append(f"`{line}` does not say days and hours, such as `mon-fri 09:00-17:00`.")
            continue
        for number in range(start, end + 1 if end >= start else end + 8):
            hours.setdefault(WEEKDAYS[number % 7], []).extend(spans)
    if problems:
        raise BadInput("The working hours cannot be read.", problems=problems)
    return hours


def _name(value: Any, problems: list[str]) -> str:
    if not isinstance(value, str) or not _NAME.match(value):
        problems.append(f"`name`: `{value}` cannot name a calendar. Use a-z, 0-9, `_` and `-`, at most 100.")
    return str(value)


def _zone(value: Any, problems: list[str]) -> str:
    if not isinstance(value, str) or value not in available_timezones():
        problems.append(f"`time_zone`: `{value}` is not a time zone's name, such as Europe/Berlin or UTC.")
    return str(value)


def _text(value: Any, key: str, problems: list[str]) -> str:
    if value is not None and not isinstance(value, str):
        problems.append(f"`{key}`: `{value}` is not text.")
        return ""
    return value or ""


def _days(value: Any, key: str, problems: list[str]) -> tuple[date, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        problems.append(f"`{key}`: `{value}` is not a list of days such as 2026-12-24.")
        return ()
    found = set()
    for day in value:
        try:
            found.add(date.fromisoformat(day))
        except (TypeError, ValueError):
            problems.append(f"`{key}`: `{day}` is not a day such as 2026-12-24.")
    return tuple(sorted(found))


def _hours(value: Any, problems: list[str]) -> tuple[tuple[Span, ...], ...]:
    if not isinstance(value, Mapping):
        problems.append('`hours`: say which hours are worked, such as {"monday": ["09:00-17:00"]}.')
        return ((),) * 7
    before = len(problems)
    problems += [
        f"`hours`: `{day}` is not a weekday. Use {', '.join(WEEKDAYS)}." for day in value if day not in WEEKDAYS
    ]
    days: tuple[list[Span], ...] = tuple([] for _ in WEEKDAYS)
    for number, day in enumerate(WEEKDAYS):
        for span, over_midnight in _spans(day, value.get(day), problems):
            days[(number + over_midnight) % 7].append(span)
    found = tuple(_joined(day, spans, problems) for day, spans in zip(WEEKDAYS, days, strict=True))
    if not any(found) and len(problems) == before:
        problems.append("`hours`: no hour of the week is worked, so no time could ever pass.")
    return found


def _spans(day: str, value: Any, problems: list[str]) -> Iterator[tuple[Span, bool]]:
    """The spans that begin on one weekday, each with whether it lies on the day after: behind midnight."""
    if value is None:
        return
    if not isinstance(value, list | tuple) or len(value) > _MOST_SPANS:
        problems.append(f"`hours`: {day} is not a list of at most {_MOST_SPANS} spans such as 09:00-17:00.")
        return
    for text in value:
        start, end = _minutes(day, text, problems)
        if start < end:
            yield Span(start, end), False
        elif start > end:
            yield Span(start, DAY_MINUTES), False
            if end:
                yield Span(0, end), True


def _joined(day: str, spans: Iterable[Span], problems: list[str]) -> tuple[Span, ...]:
    """The spans of one day in order, those that touch joined."""
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span.start < found[-1].end:
            problems.append(f"`hours`: {day} has {found[-1]} and {span}, which overlap.")
        if found and span.start == found[-1].end:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _minutes(day: str, text: Any, problems: list[str]) -> tuple[int, int]:
    """Start and end of a span in minutes after midnight; a night shift ends before it starts. Equal: there is none."""
    match = _SPAN.match(text.strip()) if isinstance(text, str) else None
    if match is None:
        problems.append(f"`hours`: {day} has `{text}`, which is not a span such as 09:00-17:00.")
        return 0, 0
    numbers = [int(number) for number in match.groups()]
    start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if numbers[1] > 59 or numbers[3] > 59 or max(start, end) > DAY_MINUTES or start in (end, DAY_MINUTES):
        problems.append(
            f"`hours`: {day} has `{text}`. A span goes from 00:00 to 24:00 at most; one that ends at an earlier hour "
            "than it starts is a night shift and ends on the next day."
        )
        return 0, 0
    return start, end


def _check_place(found: Calendar, problems: list[str]) -> None:
    if not found.country:
        if found.subdivision:
            problems.append(f"`subdivision`: `{found.subdivision}` needs its `country`.")
        return
    known = countries()
    if found.country not in known:
        problems.append(f"`country`: no holidays are known for `{found.country}`. Use a code such as DE, FR or US.")
    elif found.subdivision and found.subdivision not in known[found.country]:
        parts = ", ".join(known[found.country]) or "none"
        problems.append(f"`subdivision`: `{found.subdivision}` is not a part of {found.country}. Known: {parts}.")
