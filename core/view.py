"""A view: what a question is about. One value that every verb takes, and that a link carries whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.calendar.values import Calendar
from core.selection.selection import NO_SELECTION, Selection

if TYPE_CHECKING:
    from core.workspace import Workspace


@dataclass(frozen=True)
class View:
    """An event log version, narrowed by a selection, its times measured by a calendar."""

    log: str
    version: int | None = None  # None: the newest
    selection: Selection = NO_SELECTION
    calendar: Calendar | None = None  # None: calendar time

    @property
    def whole(self) -> View:
        """The same log version without any filter."""
        return replace(self, selection=NO_SELECTION)

    def of(self, selection: Selection) -> View:
        """The same log version and calendar, narrowed by `selection` instead."""
        return replace(self, selection=selection)


def find_view(
    ws: Workspace, log: str, version: int | None = None, filters: str = "", calendar: str | None = None
) -> View:
    """The view that texts mean: filters as `find_selection` reads them, a calendar by its name.

    Its version is the one that is the newest now where none is named. Raises NotFound and BadInput.
    """
    from core.calendar import get_calendar
    from core.selection.kept import find_selection

    found = ws.logs.get(log, version)
    chosen = get_calendar(ws, calendar) if calendar else None
    return View(found.log, found.version, find_selection(ws, log, filters) if filters else NO_SELECTION, chosen)
