"""The loop from end to end: import, map, allocate, govern, promote, run, measure. Doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from app.demo import assumptions, generic, procurement
from app.demo.governing import govern
from app.demo.importing import import_all
from app.demo.mapping import make_allocations, make_map
from app.demo.measuring import RunsMeasured, measure_runs
from app.demo.promoting import promote_workflow
from app.demo.running import finish, say_denied, try_forbidden
from app.demo.scenario import Mapped, Scenario
from app.demo.sql import rows
from app.demo.starting import Drawn, draw_models, start
from app.demo.story import StepReport, Story
from core.actor.values import Actor, simulated
from core.errors import BadInput, TandemError
from core.eventlog import LogVersion
from core.workspace import Workspace
from governance import ensure_acting
from kpi import Comparison
from orchestrator.machine.values import Workflow
from orchestrator.promotion.planning import suggest_bindings
from orchestrator.running.records import Run

SHORTEST_SLA = 3_600.0  # seconds: a log whose cases take no time promises nothing


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


def run_demo(ws: Workspace, path: Path | None, *, runs: int, by: Actor, story: Story) -> DemoResult:
    """What came of the loop on the event log at `path` (None: the sample), told by `story` as it goes.

    What is there already, from an earlier or interrupted demo, is recognised and used. Raises what the verbs raise.
    """
    if runs < 1:
        raise BadInput(f"`{runs}` runs are too few; start at least 1.")
    with _alone(ws):
        return _loop(ws, path, runs, by, story)


@contextmanager
def _alone(ws: Workspace) -> Iterator[None]:
    """Two demos at once would do each other's work; the operating system frees the lock of one that was killed."""
    lock = FileLock(ws.settings.home / ".demo.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise TandemError(f"A demo is at work already in `{ws.settings.home}`. Wait until it has ended.") from None
    try:
        yield
    finally:
        lock.release()


def _loop(ws: Workspace, path: Path | None, runs: int, by: Actor, story: Story) -> DemoResult:
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
        started = start(ws, imported.version, workflow, scenario, drawn, simulated(governed.owners[0].id))
        story.say(f"{runs} runs drawn from the log's cases; {drawn.left_out} drawn cases went another way than the map")
        try_forbidden(ws, workflow, started[0], scenario, governed, story)
        finish(ws, workflow, started, governed, story)
        say_denied(ws, started, governed, story)
    with story.step("Measure the runs against the baseline"):
        measured = measure_runs(ws, workflow, started, by=by, story=story)
    return _result(imported.version, workflow, started, drawn, measured, governed.policy_set.version, story)


def _scenario(ws: Workspace, version: LogVersion, mapped: Mapped, *, sample: bool) -> Scenario:
    if sample:
        return procurement.scenario(mapped)
    suggested = suggest_bindings(ws, version.log, map_name=mapped.map.name, map_version=mapped.map.version)
    with ws.logs.read(version) as connection:
        promised = rows(connection, "promised")[0]["seconds"]
    return generic.scenario(version.log, mapped, suggested, max(float(promised or 0.0), SHORTEST_SLA))


def _result(
    version: LogVersion, workflow: Workflow, runs: tuple[Run, ...], drawn: Drawn, measured: RunsMeasured,
    policy_set: int,
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
