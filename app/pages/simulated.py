"""Which figures of an event log stand on simulated work, so that every page can say so."""

from __future__ import annotations

from app.pages.asking import ask
from core.eventlog import LogVersion
from core.view import View
from kpi import by_activity


def simulated_in(found: View | LogVersion) -> frozenset[str]:
    """The activities of a log version that simulated performers did any instance of."""
    return frozenset(v.activity for v in ask(by_activity, View(found.log, found.version)) if v.simulated)
