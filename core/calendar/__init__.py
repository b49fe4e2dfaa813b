"""Business calendars: when people work, and how much working time lies between two moments."""

from core.calendar.files import delete_calendar, get_calendar, list_calendars, save_calendar
from core.calendar.parse import calendar_from_dict, parse_hours
from core.calendar.public import countries, public_holidays
from core.calendar.table import install_calendar
from core.calendar.values import ALWAYS, WEEKDAYS, Calendar, Span
from core.calendar.working import working_seconds

__all__ = [
    "ALWAYS",
    "WEEKDAYS",
    "Calendar",
    "Span",
    "calendar_from_dict",
    "countries",
    "delete_calendar",
    "get_calendar",
    "install_calendar",
    "list_calendars",
    "parse_hours",
    "public_holidays",
    "save_calendar",
    "working_seconds",
]
