"""Everything that is found about the pilots, read once a page."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import TandemError
from core.workspace import Workspace
from inventory import GapReport, Overlaps, Pilot, Risk, demand_from_logs, gaps, list_pilots, overlaps, risks


@dataclass(frozen=True)
class Found:
    """The pilots and what is found about them."""

    pilots: tuple[Pilot, ...]
    overlaps: Overlaps
    gaps: GapReport
    risks: tuple[Risk, ...]
    no_risks: TandemError | None = None  # why no risk can be told: the organisation's own rules cannot be read

    @property
    def open_risks(self) -> tuple[Risk, ...]:
        """The findings that nobody muted."""
        return tuple(risk for risk in self.risks if risk.muted is None)


def find(ws: Workspace) -> Found | None:
    """What is found about the pilots of `ws`; None where there are none."""
    pilots = list_pilots(ws)
    if not pilots:
        return None
    broken: tuple[Risk, ...] = ()
    why: TandemError | None = None
    try:
        broken = risks(ws)
    except TandemError as error:
        why = error
    return Found(pilots, overlaps(ws), gaps(ws, demand_from_logs(ws)), broken, why)
