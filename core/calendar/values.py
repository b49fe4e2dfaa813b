"""A business calendar as a value, and how it is written as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, order=True)
class Span:
    """Working hours without a break, in minutes after local midnight."""

    start: int  # from 0
    end: int  # to 1440, the midnight that ends the day

    def __str__(self) -> str:
        return f"{clock(self.start)}-{clock(self.end)}"


@dataclass(frozen=True)
class Calendar:
    """When work is done: a moment is working time when a clock in `time_zone` shows it within the hours of that day.

    So a clock hour that comes twice when summer time ends counts twice, and one that is left out does not count.
    Made by `calendar_from_dict`, which checks it.
    """

    name: str
    time_zone: str  # IANA, such as Europe/Berlin
    hours: tuple[tuple[Span, ...], ...]  # seven, from Monday; each in order, without overlap
    country: str = ""  # ISO 3166 code whose public holidays are free; empty: none are
    subdivision: str = ""  # its state or province with holidays of its own
    days_off: tuple[date, ...] = ()  # own free days
    days_worked: tuple[date, ...] = ()  # public holidays on which work is done all the same

    def to_dict(self) -> dict[str, Any]:
        """It as JSON; `calendar_from_dict` reads it back."""
        return {
            "name": self.name,
            "time_zone": self.time_zone,
            "hours": {day: [str(s) for s in spans] for day, spans in zip(WEEKDAYS, self.hours, strict=True) if spans},
            "country": self.country,
            "subdivision": self.subdivision,
            "days_off": [d.isoformat() for d in self.days_off],
            "days_worked": [d.isoformat() for d in self.days_worked],
        }

    def in_words(self) -> str:
        """Its working hours in one line, such as "mon-fri 09:00-17:00, Europe/Berlin, holidays of DE-BY"."""
        parts = [f"{days} {', '.join(map(str, spans))}" for days, spans in _grouped(self.hours)]
        place = f"{self.country}-{self.subdivision}" if self.subdivision else self.country
        line = f"{'; '.join(parts)}, {self.time_zone}"
        line += f", without the holidays of {place}" if place else ""
        own = len(self.days_off)
        return line + (f", {own} {'day' if own == 1 else 'days'} off" if own else "")


ALWAYS = Calendar("always", "UTC", ((Span(0, DAY_MINUTES),),) * 7)  # every moment is working time


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock shows them; the midnight that ends a day is 24:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _grouped(hours: tuple[tuple[Span, ...], ...]) -> list[tuple[str, tuple[Span, ...]]]:
    """Neighbouring weekdays with the same hours as one, free days left out."""
    found: list[tuple[int, int, tuple[Span, ...]]] = []
    for number, spans in enumerate(hours):
        if found and found[-1][1] == number - 1 and found[-1][2] == spans:
            found[-1] = (found[-1][0], number, spans)
        elif spans:
            found.append((number, number, spans))
    return [
        (WEEKDAYS[first][:3] if first == last else f"{WEEKDAYS[first][:3]}-{WEEKDAYS[last][:3]}", spans)
        for first, last, spans in found
    ]
