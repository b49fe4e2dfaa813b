"""Step 7: the runs become an event log again, and its KPIs stand beside the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from app.demo.story import Story
from app.theme.formats import change
from core.actor.values import Actor
from core.errors import TandemError
from core.eventlog import LogVersion
from core.workspace import Workspace
from kpi import Comparison, compare, evidence_in_words, in_words
from orchestrator.machine.values import RunStatus, Workflow
from orchestrator.monitoring.baselines import baselines_of_runs
from orchestrator.monitoring.export import export_runs
from orchestrator.running.records import Run
from orchestrator.running.runs import list_runs

COLUMNS = ("KPI", "baseline", "runs", "change", "verdict", "evidence of the runs")


@dataclass(frozen=True)
class RunsMeasured:
    """What came out of the runs."""

    log: LogVersion  # of the runs
    statuses: dict[str, int]  # how many of the demo's runs ended how
    comparisons: tuple[Comparison, ...]


def measure_runs(ws: Workspace, workflow: Workflow, runs: Collection[Run], *, by: Actor, story: Story) -> RunsMeasured:
    """The runs exported, and each KPI of this version's runs against the baseline that promotion froze."""
    version = export_runs(ws, workflow.name, by=by)
    if version is None:
        raise TandemError(f"No run of `{workflow.name}` has done anything yet, so there is nothing to measure.")
    wanted = {run.id for run in runs}
    now = list_runs(ws, workflow=workflow.name, limit=1_000_000)
    statuses = Counter(run.status.value for run in now if run.id in wanted)
    story.say(
        f"event log `{version.log}` version {version.version}: {version.cases} cases, {version.events:,} instances"
    )
    if statuses[RunStatus.FAILED.value]:
        story.say(f"{statuses[RunStatus.FAILED.value]} runs failed; `tandem run list --status failed` says why")
    found = next((r for r in baselines_of_runs(ws, version) if r.version == workflow.version), None)
    return RunsMeasured(version, dict(statuses), compare(ws, found.baseline, found.view) if found else ())


def table(comparisons: Collection[Comparison]) -> list[tuple[str, ...]]:
    """The comparisons as rows under `COLUMNS`."""
    return [_row(c) for c in comparisons]


def withheld(comparisons: Collection[Comparison]) -> list[str]:
    """Why KPIs are not compared, one line each."""
    return [f"{c.definition.title} is not compared. {c.withheld}" for c in comparisons if c.withheld]


def _row(c: Comparison) -> tuple[str, ...]:
    return (
        c.definition.title,
        in_words(c.baseline.value, c.baseline.unit),
        in_words(c.now.value, c.now.unit),
        change(c.change),
        c.verdict,
        evidence_in_words(c.now),
    )
