"""Step 6, first half: runs whose contexts are drawn from the log's own cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from app.demo.drawing import draw
from app.demo.modelling import ModelledCase, models
from app.demo.observed import SIMULATION
from app.demo.scenario import Scenario
from app.demo.sql import rows
from core.actor.values import Actor
from core.errors import BadInput
from core.eventlog import LogVersion
from core.workspace import Workspace
from orchestrator.machine.values import Workflow
from orchestrator.running.records import Run
from orchestrator.running.runs import get_run, list_runs, start_runs

TRESPASSES = 2  # runs in which an agent tries to change what it may not
_EVERY = 2**31 - 1  # as the limit of a query: no limit
_MOST_DRAWN = 20  # cases drawn at most, for each run that is wanted


@dataclass(frozen=True)
class Drawn:
    """The models of the runs, and what it took to find them."""

    models: tuple[ModelledCase, ...]
    left_out: int  # cases drawn that went another way than the workflow allows

    @property
    def median_seconds(self) -> float:
        """Median cycle time of the drawn cases in the log."""
        return median(model.case.seconds for model in self.models)


def draw_models(ws: Workspace, version: LogVersion, workflow: Workflow, scenario: Scenario, runs: int) -> Drawn:
    """Models for `runs` runs, always the same for the same log version.

    A log with fewer fitting cases gives each of them several times. Raises BadInput where none fits.
    """
    found: list[ModelledCase] = []
    left_out = 0
    with ws.logs.read(version) as connection:
        cases = draw(connection, version.cases, version.digest)
        for number, model in enumerate(models(workflow, cases, scenario.facts, scenario.outside), start=1):
            if model is None:
                left_out += 1
            else:
                found.append(model)
            if len(found) == runs or number >= _MOST_DRAWN * runs:
                break
    if not found:
        raise BadInput(
            f"None of {left_out} cases drawn from `{version.log}` goes a way that the workflow has. "
            "Save its map with a lower noise threshold: `tandem map save`."
        )
    return Drawn(tuple(found[n % len(found)] for n in range(runs)), left_out)


def start(
    ws: Workspace, version: LogVersion, workflow: Workflow, scenario: Scenario, drawn: Drawn, by: Actor
) -> tuple[Run, ...]:
    """The runs, one a model; those that were started before are not started again, of whichever case they were drawn:
    a demo of more runs may draw others."""
    weeks = _weeks(ws, version, len(drawn.models))
    planted = _where_planted(drawn, scenario)
    starts: list[tuple[str | None, Mapping[str, Any], datetime | None]] = []
    for number, model in enumerate(drawn.models):
        context = _context(model, scenario, planted=number in planted)
        starts.append((key_of(workflow, number), context, start_of(model.case.started, version.ended, number % weeks)))
    known = {run.key: run.id for run in list_runs(ws, workflow=workflow.name, limit=_EVERY)}
    fresh = [each for each in starts if each[0] not in known]
    begun = {run.key: run for run in start_runs(ws, workflow.name, fresh, version=workflow.version, by=by)}
    return tuple(begun.get(key) or get_run(ws, known[key]) for key, _, _ in starts)


def key_of(workflow: Workflow, number: int) -> str:
    """The key of a run of the demo: with it, it is started once."""
    return f"demo-{workflow.version}-{number + 1:04d}"


def start_of(case_started: datetime, log_ended: datetime, week: int) -> datetime:
    """When the run starts: at the case's own weekday and time of day, in a whole week after the log has ended.

    So what was waited for over a weekend in the case is waited for over a weekend in the run.
    """
    return _monday(log_ended) + timedelta(weeks=1 + week) + (case_started - _monday(case_started))


def _monday(moment: datetime) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def _weeks(ws: Workspace, version: LogVersion, runs: int) -> int:
    """Over how many weeks the runs are spread, so that they start as often as the cases of the log did."""
    with ws.logs.read(version) as connection:
        period = rows(connection, "period")[0]
    if not period["cases"]:
        return 1
    weeks: float = (period["last"] - period["first"]) / timedelta(weeks=1) * runs / period["cases"]
    return max(1, round(weeks))


def _where_planted(drawn: Drawn, scenario: Scenario) -> Sequence[int]:
    """The numbers of the runs in which an agent trespasses: the first that have the task."""
    if scenario.trespass is None:
        return ()
    task = scenario.trespass.task
    return [n for n, m in enumerate(drawn.models) if task in m.context[SIMULATION]["observed"]][:TRESPASSES]


def _context(model: ModelledCase, scenario: Scenario, *, planted: bool) -> dict[str, Any]:
    simulation = {**model.context[SIMULATION], "writes": scenario.writes(model.case)}
    if planted and scenario.trespass is not None:
        simulation["trespass"] = {"task": scenario.trespass.task, "changes": dict(scenario.trespass.changes)}
    return {**model.context, SIMULATION: simulation}
