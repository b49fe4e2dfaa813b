"""Time zones by their IANA names."""

from __future__ import annotations


def zone_of(told: object) -> str:
    """The time zone that the log's meta tells, if it names one; else UTC."""
    from zoneinfo import available_timezones

    return told if isinstance(told, str) and told in available_timezones() else "UTC"
