"""Everything that is found about the pilots, read once a page."""

from __future__ import annotations

from dataclasses import dataclass

from core.workspace import Workspace
from inventory import GapReport, Overlaps, Pilot, Risk, demand_from_logs, gaps, list_pilots, overlaps, risks


@dataclass(frozen=True)
class Found:
    """The pilots and what is found about them."""

    pilots: tuple[Pilot, ...]
    overlaps: Overlaps
    gaps: GapReport
    risks: tuple[Risk, ...]


def find(ws: Workspace) -> Found | None:
    """What is found about the pilots of `ws`; None where there are none."""
    pilots = list_pilots(ws)
    return Found(pilots, overlaps(ws), gaps(ws, demand_from_logs(ws)), risks(ws)) if pilots else None
