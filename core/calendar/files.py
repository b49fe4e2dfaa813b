"""Calendars by name, each one a JSON file in TANDEM_HOME/calendars."""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.calendar.parse import calendar_from_dict
from core.calendar.values import Calendar
from core.errors import BadInput, Duplicate, not_found

if TYPE_CHECKING:
    from core.workspace import Workspace


SAVE, DELETE = Verb("calendar.save", "Calendar"), Verb("calendar.delete", "Calendar")


def save_calendar(ws: Workspace, calendar: Calendar, *, replace: bool = False, by: Actor) -> Calendar:
    """`calendar`, checked and now kept under its name: written aside, flushed, then renamed.

    Raises BadInput that names every problem; Duplicate where the name is taken by another and `replace` is off.
    """
    checked = calendar_from_dict(calendar.to_dict(), source=f"Calendar `{calendar.name}`")
    path = _folder(ws) / f"{checked.name}.json"
    if path.exists() and not replace and not _same(path, checked):
        raise Duplicate(f"There is a calendar `{checked.name}` already. Choose another name, or replace it on purpose.")
    with act(ws, by, SAVE, checked.name) as doing:
        doing.payload = {"calendar": checked.to_dict()}
        _write(path, checked)
    return checked


def _write(path: Path, checked: Calendar) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{checked.name}-{uuid.uuid4().hex}.tmp")
    try:
        with aside.open("w", encoding="utf-8") as file:
            json.dump(checked.to_dict(), file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def list_calendars(ws: Workspace) -> list[Calendar]:
    """Every calendar that is kept, by name. Raises BadInput for a file that cannot be read."""
    return [_read(path) for path in sorted(_folder(ws).glob("*.json"))]


def get_calendar(ws: Workspace, name: str) -> Calendar:
    """The calendar that is kept as `name`. Raises NotFound that names what there is, BadInput for a damaged file."""
    known = {path.stem: path for path in _folder(ws).glob("*.json")}
    if name not in known:
        raise not_found("calendar", name, known)
    return _read(known[name])


def delete_calendar(ws: Workspace, name: str, *, by: Actor) -> None:
    """Remove the calendar that is kept as `name`. Raises NotFound."""
    known = {path.stem: path for path in _folder(ws).glob("*.json")}
    if name not in known:
        raise not_found("calendar", name, known)
    with act(ws, by, DELETE, name):
        known[name].unlink()


def _folder(ws: Workspace) -> Path:
    return ws.settings.home / "calendars"


def _same(path: Path, calendar: Calendar) -> bool:
    try:
        return _read(path) == calendar
    except BadInput:
        return False


def _read(path: Path) -> Calendar:
    try:
        data: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"The calendar in `{path}` cannot be read: {error}. Mend the file or delete it.") from error
    return calendar_from_dict(data, source=f"The calendar in `{path}`")
