"""Everything that is found about the pilots, each thing when a part first asks for it."""

from __future__ import annotations

from functools import cached_property

from app.pages.pilots.kept import kept_links, kept_overlaps
from core.errors import TandemError
from core.workspace import Workspace
from inventory import GapReport, Link, Overlaps, Pilot, Risk, demand_from_logs, gaps, list_pilots, risks


class PilotFindings:
    """The pilots and what is found about them."""

    def __init__(self, ws: Workspace, pilots: tuple[Pilot, ...]) -> None:
        self._ws, self.pilots = ws, pilots

    @cached_property
    def overlaps(self) -> Overlaps:
        """Which do the same work."""
        return kept_overlaps(self._ws)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What their names for activities and systems are linked to."""
        return kept_links(self._ws)

    @cached_property
    def gaps(self) -> GapReport:
        """What no pilot does, and what touches nothing that was mined."""
        return gaps(self._ws, demand_from_logs(self._ws))

    @property
    def risks(self) -> tuple[Risk, ...]:
        """Which rules they break, those that somebody muted too; none where the rules cannot be read."""
        return self._told[0]

    @property
    def open_risks(self) -> tuple[Risk, ...]:
        """The findings that nobody muted."""
        return tuple(risk for risk in self.risks if risk.muted is None)

    @property
    def no_risks(self) -> TandemError | None:
        """Why no risk can be told: the organisation's own rules cannot be read."""
        return self._told[1]

    @cached_property
    def _told(self) -> tuple[tuple[Risk, ...], TandemError | None]:
        try:
            return risks(self._ws), None
        except TandemError as error:
            return (), error


def find(ws: Workspace) -> PilotFindings | None:
    """What is found about the pilots of `ws`; None where there are none."""
    pilots = list_pilots(ws)
    return PilotFindings(ws, pilots) if pilots else None
