"""The ground floor: settings, errors, clock, operational database, event-log store, named queries."""

from core.clock import Clock, FixedClock, SystemClock
from core.database import Database, UtcDateTime, metadata
from core.errors import (
    BadInput,
    Duplicate,
    IllegalTransition,
    IntegrityError,
    NotAllowed,
    NotFound,
    TandemError,
    not_found,
)
from core.eventlog import Draft, EventLogStore, LogVersion
from core.settings import Settings, load_settings
from core.workspace import Workspace, open_workspace

__all__ = [
    "BadInput",
    "Clock",
    "Database",
    "Draft",
    "Duplicate",
    "EventLogStore",
    "FixedClock",
    "IllegalTransition",
    "IntegrityError",
    "LogVersion",
    "NotAllowed",
    "NotFound",
    "Settings",
    "SystemClock",
    "TandemError",
    "UtcDateTime",
    "Workspace",
    "load_settings",
    "metadata",
    "not_found",
    "open_workspace",
]
