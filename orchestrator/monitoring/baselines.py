"""Which baseline the runs of a workflow are compared with: that of the version that ran them, once it was signed."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import NotFound
from core.eventlog import LogVersion
from core.eventlog.meta import RUNS
from core.selection.filters import AttributeFilter
from core.selection.selection import NO_SELECTION, Selection
from core.selection.vocabulary import attribute_values
from core.view import View
from core.workspace import Workspace
from orchestrator.monitoring.export import VERSION
from orchestrator.promotion.workflows import WorkflowStatus, list_workflows


@dataclass(frozen=True)
class RunsBaseline:
    """A workflow version that has runs in an event log, and what those are compared with."""

    workflow: str
    version: int  # of the workflow
    runs: int
    baseline: int
    view: View  # of the runs of this version alone


def baselines_of_runs(ws: Workspace, log: LogVersion) -> tuple[RunsBaseline, ...]:
    """The promoted versions that have runs in `log`, the newest first; none for a log that was not made from runs."""
    ran = _ran(ws, log)
    if not ran:
        return ()
    name = ws.logs.meta(log).workflow
    signed = [p.workflow for p in list_workflows(ws) if p.name == name and p.status is WorkflowStatus.PROMOTED]
    return tuple(
        RunsBaseline(
            w.name, w.version, ran[w.version], int(w.baseline), View(log.log, log.version, _only(w.version, ran))
        )
        for w in sorted(signed, key=lambda w: w.version, reverse=True)
        if w.version in ran and w.baseline.isdigit()
    )


def baseline_of_runs(ws: Workspace, log: LogVersion) -> RunsBaseline | None:
    """The newest promoted version that has runs in `log`; None where there is none."""
    return next(iter(baselines_of_runs(ws, log)), None)


def _ran(ws: Workspace, log: LogVersion) -> dict[int, int]:
    """How many runs of each workflow version `log` holds."""
    if ws.logs.meta(log).kind != RUNS:
        return {}
    try:
        found = attribute_values(ws, log, VERSION, most=10_000).frequent
    except NotFound:
        return {}
    return {int(version): runs for version, runs in found}


def _only(version: int, ran: dict[int, int]) -> Selection:
    """What keeps the runs of this version; where there are no others, no filter."""
    return Selection((AttributeFilter(attribute=VERSION, values=(str(version),)),)) if len(ran) > 1 else NO_SELECTION
