"""Everything that is found about the pilots, each thing when a part first asks for it."""

from __future__ import annotations

from functools import cached_property

from app.pages.pilots.kept import kept_links, kept_overlaps
from core.workspace import Workspace
from inventory import GapReport, Link, Overlaps, Pilot, Risk, demand_from_logs, gaps, list_pilots, risks


class Found:
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

    @cached_property
    def risks(self) -> tuple[Risk, ...]:
        """Which rules they break."""
        return risks(self._ws)


def find(ws: Workspace) -> Found | None:
    """What is found about the pilots of `ws`; None where there are none."""
    pilots = list_pilots(ws)
    return Found(ws, pilots) if pilots else None
