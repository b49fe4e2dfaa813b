"""The workspace: what every service verb is handed instead of reaching for globals."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryFile

from core.clock import Clock, SystemClock
from core.database import Database
from core.errors import BadInput
from core.eventlog import EventLogStore
from core.settings import DATABASE, Settings, load_settings

_FOLDER, _FILE = 0o700, 0o600


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
        _make_private(settings)
        with TemporaryFile(dir=settings.logs_folder):
            pass
    except OSError as error:
        raise BadInput(
            f"TANDEM_HOME is `{settings.home}`, where nothing can be written: {error.strerror}. "
            "Name a folder that is yours."
        ) from None


def _make_private(settings: Settings) -> None:
    """Make the home's folders and the database's file, for nobody but their owner; close those of earlier releases.

    A folder that was there and holds nothing of Tandem's is left as it is: it may be somebody's for other things too.
    """
    database = settings.home / DATABASE
    ours = database.exists() or not settings.home.exists()
    for folder in (settings.home, settings.logs_folder):
        folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    if not settings.database_url:
        database.touch(_FILE)
    within = [settings.logs_folder, *settings.home.glob("*.lock"), *settings.home.glob(f"{DATABASE}*")]
    for path in [*([settings.home] if ours else []), *within]:
        _close(path)


def _close(path: Path) -> None:
    """Take the rights of group and others away, where the path is ours and has any."""
    with suppress(FileNotFoundError):  # SQLite takes its side files away when the last connection goes
        found = path.stat()
        if found.st_mode & 0o077 and hasattr(os, "getuid") and found.st_uid == os.getuid():
            path.chmod(S_IMODE(found.st_mode) & 0o700)
