"""The ground floor: settings, errors, clock, operational database, event-log store, named queries.

What needs a database library is imported when it is first asked for: `tandem --help` needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from core.clock import Clock, FixedClock, SystemClock
from core.durations import duration
from core.errors import (
    BadInput,
    Duplicate,
    IllegalTransition,
    IntegrityError,
    NotAllowed,
    NotFound,
    TandemError,
    damage_in_words,
    first_line,
    not_found,
)

if TYPE_CHECKING:
    from core.backup import back_up_home
    from core.calendar import (
        ALWAYS,
        WEEKDAYS,
        Calendar,
        Span,
        calendar_from_dict,
        countries,
        delete_calendar,
        get_calendar,
        install_calendar,
        list_calendars,
        parse_hours,
        public_holidays,
        save_calendar,
        working_seconds,
    )
    from core.database import Database, UtcDateTime, metadata
    from core.eventlog import Draft, EventLogStore, LogVersion, check_log_name
    from core.queries import Query
    from core.queries import load as load_query
    from core.selection.engine import Remaining
    from core.selection.filters import (
        ActivityFilter,
        AttributeFilter,
        CaseFilter,
        CompleteFilter,
        EndpointFilter,
        Filter,
        FollowsFilter,
        FourEyesFilter,
        Keep,
        Loop,
        Metric,
        MetricFilter,
        PerformerFilter,
        ReworkFilter,
        Timeframe,
        TimeframeFilter,
        VariantFilter,
        drops_events,
    )
    from core.selection.kept import SavedSelection, find_selection, forget_selection, save_selection, saved_selections
    from core.selection.kept import fold as fold_selection
    from core.selection.kept import unfold as unfold_selection
    from core.selection.selection import NO_SELECTION, Selection
    from core.selection.vocabulary import AttributeName, AttributeValues, Vocabulary, attribute_values, vocabulary
    from core.selection.words import describe as describe_filter
    from core.settings import Settings, load_settings
    from core.trust import TRUSTED, Doubt, Result, Trust, Withheld
    from core.view import View, find_view
    from core.workspace import Workspace, open_workspace

__all__ = [
    "ALWAYS",
    "NO_SELECTION",
    "TRUSTED",
    "WEEKDAYS",
    "ActivityFilter",
    "AttributeFilter",
    "AttributeName",
    "AttributeValues",
    "BadInput",
    "Calendar",
    "CaseFilter",
    "Clock",
    "CompleteFilter",
    "Database",
    "Doubt",
    "Draft",
    "Duplicate",
    "EndpointFilter",
    "EventLogStore",
    "Filter",
    "FixedClock",
    "FollowsFilter",
    "FourEyesFilter",
    "IllegalTransition",
    "IntegrityError",
    "Keep",
    "LogVersion",
    "Loop",
    "Metric",
    "MetricFilter",
    "NotAllowed",
    "NotFound",
    "PerformerFilter",
    "Query",
    "Remaining",
    "Result",
    "ReworkFilter",
    "SavedSelection",
    "Selection",
    "Settings",
    "Span",
    "SystemClock",
    "TandemError",
    "Timeframe",
    "TimeframeFilter",
    "Trust",
    "UtcDateTime",
    "VariantFilter",
    "View",
    "Vocabulary",
    "Withheld",
    "Workspace",
    "attribute_values",
    "back_up_home",
    "calendar_from_dict",
    "check_log_name",
    "countries",
    "damage_in_words",
    "delete_calendar",
    "describe_filter",
    "drops_events",
    "duration",
    "find_selection",
    "find_view",
    "first_line",
    "fold_selection",
    "forget_selection",
    "get_calendar",
    "install_calendar",
    "list_calendars",
    "load_query",
    "load_settings",
    "metadata",
    "not_found",
    "open_workspace",
    "parse_hours",
    "public_holidays",
    "save_calendar",
    "save_selection",
    "saved_selections",
    "unfold_selection",
    "vocabulary",
    "working_seconds",
]

_FILTERS = (
    "ActivityFilter",
    "AttributeFilter",
    "CaseFilter",
    "CompleteFilter",
    "EndpointFilter",
    "Filter",
    "FollowsFilter",
    "FourEyesFilter",
    "Keep",
    "Loop",
    "Metric",
    "MetricFilter",
    "PerformerFilter",
    "ReworkFilter",
    "Timeframe",
    "TimeframeFilter",
    "VariantFilter",
)
_LATER = {
    **{name: ("core.selection.filters", name) for name in _FILTERS},
    "NO_SELECTION": ("core.selection.selection", "NO_SELECTION"),
    "Remaining": ("core.selection.engine", "Remaining"),
    "Selection": ("core.selection.selection", "Selection"),
    "drops_events": ("core.selection.filters", "drops_events"),
    "Vocabulary": ("core.selection.vocabulary", "Vocabulary"),
    "AttributeName": ("core.selection.vocabulary", "AttributeName"),
    "AttributeValues": ("core.selection.vocabulary", "AttributeValues"),
    "vocabulary": ("core.selection.vocabulary", "vocabulary"),
    "attribute_values": ("core.selection.vocabulary", "attribute_values"),
    "describe_filter": ("core.selection.words", "describe"),
    "save_selection": ("core.selection.kept", "save_selection"),
    "saved_selections": ("core.selection.kept", "saved_selections"),
    "forget_selection": ("core.selection.kept", "forget_selection"),
    "find_selection": ("core.selection.kept", "find_selection"),
    "fold_selection": ("core.selection.kept", "fold"),
    "unfold_selection": ("core.selection.kept", "unfold"),
    "SavedSelection": ("core.selection.kept", "SavedSelection"),
    "ALWAYS": ("core.calendar", "ALWAYS"),
    "WEEKDAYS": ("core.calendar", "WEEKDAYS"),
    "Calendar": ("core.calendar", "Calendar"),
    "Database": ("core.database", "Database"),
    "Draft": ("core.eventlog", "Draft"),
    "EventLogStore": ("core.eventlog", "EventLogStore"),
    "LogVersion": ("core.eventlog", "LogVersion"),
    "Query": ("core.queries", "Query"),
    "Settings": ("core.settings", "Settings"),
    "Span": ("core.calendar", "Span"),
    "UtcDateTime": ("core.database", "UtcDateTime"),
    "Workspace": ("core.workspace", "Workspace"),
    **{name: ("core.trust", name) for name in ("TRUSTED", "Doubt", "Result", "Trust", "Withheld")},
    "View": ("core.view", "View"),
    "find_view": ("core.view", "find_view"),
    "back_up_home": ("core.backup", "back_up_home"),
    "calendar_from_dict": ("core.calendar", "calendar_from_dict"),
    "check_log_name": ("core.eventlog", "check_log_name"),
    "countries": ("core.calendar", "countries"),
    "delete_calendar": ("core.calendar", "delete_calendar"),
    "get_calendar": ("core.calendar", "get_calendar"),
    "install_calendar": ("core.calendar", "install_calendar"),
    "list_calendars": ("core.calendar", "list_calendars"),
    "load_query": ("core.queries", "load"),
    "load_settings": ("core.settings", "load_settings"),
    "metadata": ("core.database", "metadata"),
    "open_workspace": ("core.workspace", "open_workspace"),
    "parse_hours": ("core.calendar", "parse_hours"),
    "public_holidays": ("core.calendar", "public_holidays"),
    "save_calendar": ("core.calendar", "save_calendar"),
    "working_seconds": ("core.calendar", "working_seconds"),
}


def __getattr__(name: str) -> Any:
    """An export that was not asked for before. Raises AttributeError for what core does not have."""
    if name not in _LATER:
        raise AttributeError(f"module `core` has no attribute `{name}`")
    module, attribute = _LATER[name]
    globals()[name] = found = getattr(import_module(module), attribute)
    return found
