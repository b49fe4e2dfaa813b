"""The road of each workflow: inventoried, mapped, allocated, governed, running, measured.

Which stage is reached, what there is, what is missing and what is next, for every face. It joins the rooms, so it
stands above them; but for `landscape`, which reads, all is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.theme import count, plural
from core.eventlog import LogVersion
from core.view import View
from core.workspace import Workspace
from inventory import Link, TouchedKind, links
from kpi import Comparison, compare
from mining.allocation import Allocation, allocations
from mining.map.maps import MapSummary, list_maps
from orchestrator.machine.values import RunStatus
from orchestrator.monitoring.baselines import baseline_of_runs
from orchestrator.monitoring.export import runs_log
from orchestrator.promotion.workflows import Proposal, WorkflowStatus, list_workflows
from orchestrator.running.runs import count_runs


class StageName(StrEnum):
    """The stages of a road, in their order."""

    INVENTORIED = "Inventoried"
    MAPPED = "Mapped"
    ALLOCATED = "Allocated"
    GOVERNED = "Governed"
    RUNNING = "Running"
    MEASURED = "Measured"


class Reached(StrEnum):
    """How far a stage of the road is."""

    DONE = "done"
    NEXT = "next"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Stage:
    """One stage of a road."""

    name: StageName
    reached: Reached
    words: str  # what there is, or what is to be done
    of: str | None = None  # name of the event log, map or workflow that it is seen in, where there is one


@dataclass(frozen=True)
class Road:
    """The way of one workflow, from its event log to its KPIs."""

    name: str
    log: str
    stages: tuple[Stage, ...]

    @property
    def done(self) -> int:
        """How many of its stages are done."""
        return sum(stage.reached is Reached.DONE for stage in self.stages)

    @property
    def next(self) -> Stage | None:
        """The stage that is next; None where all is done."""
        return next((stage for stage in self.stages if stage.reached is Reached.NEXT), None)


@dataclass(frozen=True)
class Landscape:
    """Everything that roads are made of, read once."""

    logs: Sequence[LogVersion]
    links: Sequence[Link]
    maps: Sequence[MapSummary]
    allocations: Mapping[tuple[str, int], Sequence[Allocation]]  # by map and version
    workflows: Sequence[Proposal]
    runs: Mapping[str, Mapping[RunStatus, int]]  # by workflow
    comparisons: Mapping[str, Sequence[Comparison]]  # by workflow: its baseline against its runs


def landscape(ws: Workspace, comparing: Callable[[View, int], Sequence[Comparison]] | None = None) -> Landscape:
    """Everything that roads are made of, as it is now; a face that keeps answers says how runs are compared."""
    logs, maps, workflows = ws.logs.versions(), list_maps(ws), list_workflows(ws)
    newest, names = {m.name: m for m in maps}, {p.name for p in workflows}
    against = comparing or (lambda view, baseline: compare(ws, baseline, view))
    return Landscape(
        logs=logs,
        links=links(ws),
        maps=maps,
        allocations={(m.name, m.version): allocations(ws, m.name, m.version) for m in newest.values()},
        workflows=workflows,
        runs={name: count_runs(ws, name) for name in names},
        comparisons={name: _comparisons(ws, name, logs, against) for name in names},
    )


def _comparisons(
    ws: Workspace, workflow: str, logs: Sequence[LogVersion], against: Callable[[View, int], Sequence[Comparison]]
) -> Sequence[Comparison]:
    """The runs of the workflow's newest signed version that has any, against its baseline; empty before there are."""
    runs = [log for log in logs if log.log == runs_log(workflow)]
    found = baseline_of_runs(ws, runs[-1]) if runs else None
    return against(found.view, found.baseline) if found else ()


def roads(found: Landscape) -> tuple[Road, ...]:
    """One road for each workflow map, and for each event log that has no map yet; logs made from runs have none."""
    newest = {m.name: m for m in found.maps}
    mapped = {m.log for m in newest.values()}
    of_runs = {runs_log(p.name) for p in found.workflows}
    unmapped = [log for log in dict.fromkeys(v.log for v in found.logs) if log not in mapped | of_runs]
    return (*(_road(found, m.log, m) for m in newest.values()), *(_road(found, log, None) for log in unmapped))


def _road(found: Landscape, log: str, drawn: MapSummary | None) -> Road:
    proposals = [p for p in found.workflows if drawn is not None and p.workflow.map_name == drawn.name]
    signed = [p for p in proposals if p.status is WorkflowStatus.PROMOTED]
    proposal = next(reversed(signed or proposals), None)  # runs are measured against a version that was signed
    name = proposal.name if proposal else drawn.name if drawn else log
    stages = [
        _inventoried(found, log),
        _mapped(log, drawn),
        _allocated(found, drawn),
        _governed(proposal, proposals[-1] if proposals else None),
        _running(found, proposal),
        _measured(found, proposal),
    ]
    return Road(name, log, tuple(_one_next(stages)))


def _one_next(stages: Sequence[Stage]) -> list[Stage]:
    """The stages, of which only the first that is not done is next (an inventory may stay open without holding up)."""
    seen, result = False, []
    for stage in stages:
        open_ = stage.reached is not Reached.DONE
        result.append(replace(stage, reached=Reached.NOT_YET) if open_ and seen else stage)
        seen = seen or (open_ and stage.name is not StageName.INVENTORIED)
    return result


def _inventoried(found: Landscape, log: str) -> Stage:
    pilots = {link.pilot for link in found.links if link.kind is TouchedKind.ACTIVITY and log in link.logs}
    if pilots:
        words = f"{plural(len(pilots), 'pilot touches', 'pilots touch')} it"
        return Stage(StageName.INVENTORIED, Reached.DONE, words)
    return Stage(StageName.INVENTORIED, Reached.NOT_YET, "No pilot touches it")


def _mapped(log: str, drawn: MapSummary | None) -> Stage:
    if drawn is None:
        return Stage(StageName.MAPPED, Reached.NEXT, "Explore it and save a map", log)
    words = f"{plural(drawn.activities, 'activity', 'activities')}, version {drawn.version}"
    return Stage(StageName.MAPPED, Reached.DONE, words, drawn.log)


def _allocated(found: Landscape, drawn: MapSummary | None) -> Stage:
    if drawn is None:
        return Stage(StageName.ALLOCATED, Reached.NEXT, "Needs a map")
    made = found.allocations.get((drawn.name, drawn.version), ())
    if not made:
        return Stage(StageName.ALLOCATED, Reached.NEXT, "Decide who does each task", drawn.name)
    overridden = sum(a.override is not None for a in made)
    words = plural(len(made), "task") + (f", {plural(overridden, 'override')}" if overridden else "")
    return Stage(StageName.ALLOCATED, Reached.DONE, words, drawn.name)


def _governed(proposal: Proposal | None, newest: Proposal | None) -> Stage:
    if proposal is None:
        return Stage(StageName.GOVERNED, Reached.NEXT, "Promote it through the gates")
    passed = sum(g.passed for g in proposal.gates)
    gates = f"{passed} of {len(proposal.gates)} gates"
    if proposal.status is WorkflowStatus.PROMOTED:
        words = f"{gates}, policy set {proposal.workflow.policy_set}"
        waits = newest is not None and newest.status is not WorkflowStatus.PROMOTED
        words += f"; version {newest.version} waits for a second person" if newest and waits else ""
        return Stage(StageName.GOVERNED, Reached.DONE, words, proposal.name)
    return Stage(StageName.GOVERNED, Reached.NEXT, f"{gates}; waits for a second person", proposal.name)


def _running(found: Landscape, proposal: Proposal | None) -> Stage:
    if proposal is None:
        return Stage(StageName.RUNNING, Reached.NEXT, "Needs a promoted workflow")
    counts = found.runs.get(proposal.name, {})
    if not counts:
        return Stage(StageName.RUNNING, Reached.NEXT, "Start the first run", proposal.name)
    live, failed = counts.get(RunStatus.RUNNING, 0), counts.get(RunStatus.FAILED, 0)
    words = plural(sum(counts.values()), "run")
    words += ", simulated" if any(c.now.simulated for c in found.comparisons.get(proposal.name, ())) else ""
    words += f", {count(live)} live" if live else ""
    words += f", {count(failed)} failed" if failed else ""
    return Stage(StageName.RUNNING, Reached.DONE, words, proposal.name)


def _measured(found: Landscape, proposal: Proposal | None) -> Stage:
    if proposal is None:
        return Stage(StageName.MEASURED, Reached.NEXT, "Needs runs")
    made = found.comparisons.get(proposal.name, ())
    known = [c for c in made if c.withheld is None]
    if not known:
        return Stage(StageName.MEASURED, Reached.NEXT, "Its runs are not measured yet", proposal.name)
    judged = [c for c in known if c.tells]
    better = sum(c.better is True for c in judged)
    words = f"{better} of {len(judged)} KPIs better" if judged else f"{plural(len(known), 'KPI')}, none can be judged"
    words += ", simulated" if any(c.simulated for c in known) else ""
    return Stage(StageName.MEASURED, Reached.DONE, words, proposal.name)
