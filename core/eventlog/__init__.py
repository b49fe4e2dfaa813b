"""The event-log store: one immutable DuckDB file for each version of each event log."""

from core.eventlog.meta import Meta
from core.eventlog.opened import Opened
from core.eventlog.store import Draft, EventLogStore, LogVersion, check_log_name, duplicate

__all__ = ["Draft", "EventLogStore", "LogVersion", "Meta", "Opened", "check_log_name", "duplicate"]
