"""A copy of everything that a home holds, made while it is in use."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.actor.values import Actor
from core.actor.verb import May, Verb, act
from core.database import sqlite_module
from core.errors import BadInput, IntegrityError
from core.settings import DATABASE

if TYPE_CHECKING:
    from core.workspace import Workspace

BACKUP = Verb("home.backup", "Home", May.ADMINISTRATOR)
_KEPT = ("calendars", "connectors", "keys", "risk_rules")  # folders of the home beside the event logs


@dataclass(frozen=True)
class Backup:
    """What was copied."""

    folder: Path
    logs: int  # event log versions
    database: bool  # whether the operational database is in it: PostgreSQL has its own tools


def back_up_home(ws: Workspace, folder: Path, *, by: Actor) -> Backup:
    """A copy of the home in `folder`, which must be new or empty: it is a home by itself. Only administrators.

    The operational database is copied as it stood at one moment, and checked; every event log version that it knows is
    there. Keys of pseudonyms are copied too: keep the copy as close as the home. Raises BadInput where the folder
    cannot be used, IntegrityError where the database is damaged, NotAllowed.
    """
    target = Path(folder)
    with act(ws, by, BACKUP) as doing:
        doing.payload = {"folder": str(target)}
        _refuse_inside(target, ws.settings.home)
        _make(target)
    if ws.database.is_sqlite:
        _copy_database(ws.settings.home / DATABASE, target / DATABASE)
    copied = 0
    (target / "logs").mkdir(mode=0o700)
    for version in ws.logs.versions():
        shutil.copy2(ws.logs.folder / version.file, target / "logs" / version.file)
        copied += 1
    for name in _KEPT:
        if (ws.settings.home / name).is_dir():
            shutil.copytree(ws.settings.home / name, target / name)
    return Backup(target, copied, ws.database.is_sqlite)


def _refuse_inside(target: Path, home: Path) -> None:
    """Raises BadInput for a folder of the home: every later copy would copy it, and it would be lost with the home."""
    try:
        whole = target.resolve()
        inside = any(folder.exists() and folder.samefile(home) for folder in (whole, *whole.parents))
    except (OSError, RuntimeError, ValueError) as error:
        raise BadInput(f"`{target}` cannot be used: {error}.") from None
    if inside:
        raise BadInput(f"`{target}` is in the home, `{home}`, which is to be copied. Name a folder outside of it.")


def _make(target: Path) -> None:
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise BadInput(f"`{target}` holds something already. Name a new or empty folder.")
        target.chmod(0o700)
    except OSError as error:
        raise BadInput(f"`{target}` cannot be used: {error.strerror}.") from None


def _copy_database(source: Path, target: Path) -> None:
    """Copy with SQLite's own online backup, and check the copy."""
    module: Any = sqlite_module()
    reading, writing = module.connect(source), module.connect(target)
    try:
        reading.backup(writing)
        found = writing.execute("PRAGMA integrity_check").fetchone()[0]
    except module.DatabaseError as error:
        found = str(error)
    finally:
        writing.close()
        reading.close()
    target.chmod(0o600)
    if found != "ok":
        raise IntegrityError(f"The operational database `{source}` is damaged, so its copy is of no use: {found}.")
