"""The workspace: what every service verb is handed instead of reaching for globals."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import TemporaryFile

from core.clock import Clock, SystemClock
from core.database import Database
from core.errors import BadInput
from core.eventlog import EventLogStore
from core.settings import Settings, load_settings


@dataclass(frozen=True)
class Workspace:
    """One installation's settings, clock and two stores."""

    settings: Settings
    clock: Clock
    database: Database
    logs: EventLogStore

    def close(self) -> None:
        """Give the database connections back."""
        self.database.close()


def open_workspace(settings: Settings | None = None, clock: Clock | None = None) -> Workspace:
    """The workspace for `settings` (default: from the environment), its schema migrated, leftovers swept.

    Raises BadInput where the home cannot be used, TandemError where the operational database cannot be opened.
    """
    settings = settings or load_settings()
    clock = clock or SystemClock()
    _make_home(settings)
    database = Database(settings.database)
    database.migrate()
    logs = EventLogStore(settings, database, clock)
    logs.sweep()
    return Workspace(settings, clock, database, logs)


def _make_home(settings: Settings) -> None:
    try:
        settings.logs_folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=settings.logs_folder):
            pass
    except OSError as error:
        raise BadInput(
            f"TANDEM_HOME is `{settings.home}`, where nothing can be written: {error.strerror}. "
            "Name a folder that is yours."
        ) from None
