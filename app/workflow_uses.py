"""What runs of workflows there are, as the inventory takes it: it knows no runs itself."""

from __future__ import annotations

from datetime import timedelta

from core.workspace import Workspace
from inventory import WorkflowRuns
from orchestrator.machine.values import RunStatus
from orchestrator.promotion.workflows import WorkflowStatus, list_workflows
from orchestrator.running.runs import count_runs, list_runs

DAYS = 30
_MOST = 100_000  # runs of one workflow that are looked at
_OPEN = (RunStatus.RUNNING, RunStatus.PAUSED, RunStatus.FAILED)  # a failed run may be tried again


def workflow_runs(ws: Workspace) -> tuple[WorkflowRuns, ...]:
    """For the newest promoted version of each workflow: its tasks, runs that began in 30 days, and open runs."""
    newest = {p.name: p for p in list_workflows(ws) if p.status is WorkflowStatus.PROMOTED}
    since = ws.clock.now() - timedelta(days=DAYS)
    found = []
    for name, proposal in newest.items():
        counts = count_runs(ws, name)
        recent = sum(run.created_at >= since for run in list_runs(ws, workflow=name, limit=_MOST))
        tasks = tuple(dict.fromkeys(proposal.workflow.tree.labels()))
        found.append(WorkflowRuns(name, tasks, recent, sum(counts.get(status, 0) for status in _OPEN)))
    return tuple(found)
