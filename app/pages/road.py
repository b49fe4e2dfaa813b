"""The road of each workflow: inventoried, mapped, allocated, governed, running, measured. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.theme import count, plural
from core.eventlog import LogVersion
from inventory import Link, TouchedKind
from kpi import Comparison
from mining.allocation import Allocation
from mining.map.maps import MapSummary
from orchestrator.machine.values import RunStatus
from orchestrator.monitoring.export import runs_log
from orchestrator.promotion.workflows import Proposal, WorkflowStatus


class Reached(StrEnum):
    """How far a stage of the road is."""

    DONE = "done"
    NEXT = "next"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Stage:
    """One stage of a road."""

    name: str
    reached: Reached
    words: str  # what there is, or what is to be done
    page: str  # where it is seen or done
    parameters: Mapping[str, str] = field(default_factory=dict)  # of that page's URL


@dataclass(frozen=True)
class Road:
    """The way of one workflow, from its event log to its KPIs."""

    name: str
    log: str
    stages: tuple[Stage, ...]


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
        later = open_ and seen
        seen = seen or (open_ and stage.name != "Inventoried")
        result.append(
            Stage(stage.name, Reached.NOT_YET if later else stage.reached, stage.words, stage.page, stage.parameters)
        )
    return result


def _inventoried(found: Landscape, log: str) -> Stage:
    pilots = {link.pilot for link in found.links if link.kind is TouchedKind.ACTIVITY and log in link.logs}
    if pilots:
        return Stage(
            "Inventoried", Reached.DONE, f"{plural(len(pilots), 'pilot touches', 'pilots touch')} it", "pilots"
        )
    return Stage("Inventoried", Reached.NOT_YET, "No pilot touches it", "pilots")


def _mapped(log: str, drawn: MapSummary | None) -> Stage:
    if drawn is None:
        return Stage("Mapped", Reached.NEXT, "Explore it and save a map", "process_map", {"log": log})
    words = f"{plural(drawn.activities, 'activity', 'activities')}, version {drawn.version}"
    return Stage("Mapped", Reached.DONE, words, "process_map", {"log": drawn.log})


def _allocated(found: Landscape, drawn: MapSummary | None) -> Stage:
    if drawn is None:
        return Stage("Allocated", Reached.NEXT, "Needs a map", "allocation")
    made = found.allocations.get((drawn.name, drawn.version), ())
    parameters = {"map": drawn.name}
    if not made:
        return Stage("Allocated", Reached.NEXT, "Decide who does each task", "allocation", parameters)
    overridden = sum(a.override is not None for a in made)
    words = plural(len(made), "task") + (f", {plural(overridden, 'override')}" if overridden else "")
    return Stage("Allocated", Reached.DONE, words, "allocation", parameters)


def _governed(proposal: Proposal | None, newest: Proposal | None) -> Stage:
    if proposal is None:
        return Stage("Governed", Reached.NEXT, "Promote it through the gates", "workflows")
    parameters = {"workflow": proposal.name}
    passed = sum(g.passed for g in proposal.gates)
    gates = f"{passed} of {len(proposal.gates)} gates"
    if proposal.status is WorkflowStatus.PROMOTED:
        words = f"{gates}, policy set {proposal.workflow.policy_set}"
        waits = newest is not None and newest.status is not WorkflowStatus.PROMOTED
        words += f"; version {newest.version} waits for a second person" if newest and waits else ""
        return Stage("Governed", Reached.DONE, words, "governance")
    return Stage("Governed", Reached.NEXT, f"{gates}; waits for a second person", "workflows", parameters)


def _running(found: Landscape, proposal: Proposal | None) -> Stage:
    if proposal is None:
        return Stage("Running", Reached.NEXT, "Needs a promoted workflow", "workflows")
    counts = found.runs.get(proposal.name, {})
    parameters = {"workflow": proposal.name}
    if not counts:
        return Stage("Running", Reached.NEXT, "Start the first run", "workflows", parameters)
    live, failed = counts.get(RunStatus.RUNNING, 0), counts.get(RunStatus.FAILED, 0)
    words = plural(sum(counts.values()), "run")
    words += ", simulated" if any(c.now.simulated for c in found.comparisons.get(proposal.name, ())) else ""
    words += f", {count(live)} live" if live else ""
    words += f", {count(failed)} failed" if failed else ""
    return Stage("Running", Reached.DONE, words, "workflows", parameters)


def _measured(found: Landscape, proposal: Proposal | None) -> Stage:
    if proposal is None:
        return Stage("Measured", Reached.NEXT, "Needs runs", "kpis")
    made = found.comparisons.get(proposal.name, ())
    known = [c for c in made if c.withheld is None]
    if not known:
        return Stage("Measured", Reached.NEXT, "Its runs are not measured yet", "kpis")
    judged = [c for c in known if c.tells]
    better = sum(c.better is True for c in judged)
    words = f"{better} of {len(judged)} KPIs better" if judged else f"{plural(len(known), 'KPI')}, none can be judged"
    words += ", simulated" if any(c.simulated for c in known) else ""
    return Stage("Measured", Reached.DONE, words, "kpis", {"log": runs_log(proposal.name)})
