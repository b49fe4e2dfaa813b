"""The loop from end to end: import, map, allocate, govern, promote, run, measure. Doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.demo import assumptions, generic, procurement
from app.demo.governing import govern
from app.demo.importing import import_all
from app.demo.mapping import make_allocations, make_map
from app.demo.measuring import Measured, measure_runs
from app.demo.promoting import promote_workflow
from app.demo.running import finish, say_denied, try_forbidden
from app.demo.scenario import Mapped, Scenario
from app.demo.starting import Drawn, draw_models, start
from app.demo.story import StepReport, Story
from core import BadInput, LogVersion, Workspace
from core.queries import load
from governance import ensure_acting
from kpi import Comparison
from orchestrator import Run, Workflow, suggest_bindings


@dataclass(frozen=True)
class DemoResult:
    """What the demo did and found. Every figure of the runs is simulated."""

    log: str
    log_version: int
    cases: int
    workflow: str
    workflow_version: int
    policy_set: int
    runs: int
    statuses: Mapping[str, int]  # how many of them ended how
    runs_log: str
    runs_log_version: int
    instances: int  # activity instances in it
    drawn_median_seconds: float  # median cycle time, in the log, of the cases that the runs were drawn from
    left_out: int  # cases drawn that went another way than the workflow allows
    comparisons: tuple[Comparison, ...]
    assumptions: tuple[str, ...]
    steps: tuple[StepReport, ...]
    simulated: bool = True


def run_demo(ws: Workspace, path: Path | None, *, runs: int, by: str, story: Story) -> DemoResult:
    """What came of the loop on the event log at `path` (None: the sample), told by `story` as it goes.

    What is there already, from an earlier or interrupted demo, is recognised and used. Raises what the verbs raise.
    """
    if runs < 1:
        raise BadInput(f"`{runs}` runs are too few; start at least 1.")
    ensure_acting(ws, by)
    with story.step("Import the event log and the pilots"):
        imported = import_all(ws, path, by=by, story=story)
    with story.step("Discover the workflow map"):
        found = make_map(ws, imported.version, by=by, story=story)
    with story.step("Allocate each task to agents or people"):
        mapped = make_allocations(ws, found, sample=imported.sample, by=by, story=story)
    with story.step("Govern: roles, people, agents, policies"):
        scenario = _scenario(ws, imported.version, mapped, sample=imported.sample)
        governed = govern(ws, scenario, by=by, story=story)
    with story.step("Promote the map into a workflow"):
        workflow = promote_workflow(ws, scenario, mapped, governed, story)
    with story.step(f"Run it {runs} times, with simulated agents and simulated staff"):
        drawn = draw_models(ws, imported.version, workflow, scenario, runs)
        started = start(ws, imported.version, workflow, scenario, drawn, governed.owners[0].id)
        story.say(f"{runs} runs drawn from the log's cases; {drawn.left_out} drawn cases went another way than the map")
        try_forbidden(ws, workflow, started[0], scenario, governed, story)
        finish(ws, workflow, started, governed, story)
        say_denied(ws, started, governed, story)
    with story.step("Measure the runs against the baseline"):
        measured = measure_runs(ws, workflow, started, story)
    return _result(imported.version, workflow, started, drawn, measured, governed.policy_set.version, story)


def _scenario(ws: Workspace, version: LogVersion, mapped: Mapped, *, sample: bool) -> Scenario:
    if sample:
        return procurement.scenario(mapped)
    suggested = suggest_bindings(ws, version.log, map_name=mapped.map.name, map_version=mapped.map.version)
    with ws.logs.read(version) as connection:
        row = connection.execute(load("app.demo.sql", "promised").sql).fetchone()
    return generic.scenario(version.log, mapped, suggested, max(float(row[0] or 0.0) if row else 0.0, 3_600.0))


def _result(
    version: LogVersion, workflow: Workflow, runs: tuple[Run, ...], drawn: Drawn, measured: Measured, policy_set: int,
    story: Story,
) -> DemoResult:  # fmt: skip
    return DemoResult(
        log=version.log,
        log_version=version.version,
        cases=version.cases,
        workflow=workflow.name,
        workflow_version=workflow.version,
        policy_set=policy_set,
        runs=len(runs),
        statuses=measured.statuses,
        runs_log=measured.log.log,
        runs_log_version=measured.log.version,
        instances=measured.log.events,
        drawn_median_seconds=drawn.median_seconds,
        left_out=drawn.left_out,
        comparisons=measured.comparisons,
        assumptions=tuple(map(str, assumptions.ALL)),
        steps=tuple(story.steps),
    )
