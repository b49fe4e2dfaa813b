"""Steps 2 and 3: the workflow map, and who should do each task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.demo.procurement import ANSWERS, OVERRIDES
from app.demo.scenario import BY_AGENT, DemoOverride, Mapped
from app.demo.sql import rows
from app.demo.story import Story
from core.actor.values import Actor
from core.eventlog import LogVersion
from core.tree import ProcessTree
from core.view import View
from core.workspace import Workspace
from data.draws import Draws
from mining.allocation import Allocation, AllocationOutcome, allocate, allocations, answer_task, override
from mining.map.discovery import discover
from mining.map.maps import WorkflowMap, get_map, list_maps, save_map
from mining.map.variant import Variant
from orchestrator.machine.scenarios import scenario_of

NOISE = (0.2, 0.1, 0.0)  # thresholds to try: the first whose tree fits enough cases is taken
ENOUGH = 0.5  # share of cases
_LOOKED_AT = 60  # cases drawn to see how many fit
_SHOWN = 5  # activities named in one line
_PEOPLE = 8  # of a log, who become its simulated staff


def make_map(ws: Workspace, version: LogVersion, *, by: Actor, story: Story) -> WorkflowMap:
    """The map of the event log version: the one there is, or a new one."""
    found = [m for m in list_maps(ws) if (m.name, m.log_version) == (version.log, version.version)]
    if found:
        there = get_map(ws, found[-1].name, found[-1].version)
        story.say(f"map `{there.name}` version {there.version} is there already")
    else:
        noise = _noise(ws, version)
        there = save_map(
            ws, version.log, View(version.log, version.version), noise=noise, notes="Discovered by the demo.", by=by
        )
        story.say(f"map `{there.name}` version {there.version} saved, noise threshold {noise:g}")
    story.say(
        f"{there.variants:,} variants, {len(there.dfg.paths)} paths; {len(set(there.tree.labels()))} of "
        f"{len(there.dfg.activities)} activities are in the process tree"
    )
    return there


def _noise(ws: Workspace, version: LogVersion) -> float:
    """The highest threshold whose tree fits enough of the log's cases."""
    for noise in NOISE[:-1]:
        found = discover(ws, View(version.log, version.version), noise=noise)
        if share_that_fits(found.tree, found.variants, Draws("fit", version.digest)) >= ENOUGH:
            return noise
    return NOISE[-1]


def share_that_fits(tree: ProcessTree, variants: Sequence[Variant], draws: Draws) -> float:
    """The share of drawn cases whose trace, as far as the tree has its activities, is one of the tree's."""
    labels = frozenset(tree.labels())
    weights = [(variant.trace, float(variant.cases)) for variant in variants]
    drawn = Counter(draws.weighted(weights) for _ in range(_LOOKED_AT))
    fitting = sum(n for trace, n in drawn.items() if scenario_of(tree, [a for a in trace if a in labels]) is not None)
    return fitting / _LOOKED_AT


def make_allocations(ws: Workspace, found: WorkflowMap, *, sample: bool, by: Actor, story: Story) -> Mapped:
    """The map with its allocations: computed, then overridden where the demo's people know more than the log."""
    computed: Sequence[Allocation] = allocate(ws, found.name, found.version, by=by)
    if sample:
        computed = _answered(ws, found, computed, by)
    wanted = OVERRIDES if sample else _one_for_an_agent(computed)
    in_force = []
    for allocation in computed:
        said = wanted.get(allocation.activity)
        if said is not None and allocation.override is None and allocation.computed is not said.outcome:
            allocation = override(ws, found.name, found.version, allocation.activity, said.outcome, said.reason, by)
        in_force.append(allocation)
    for outcome in AllocationOutcome:
        story.say(_listed(outcome, [a.activity for a in in_force if a.outcome is outcome]))
    story.say(f"{sum(len(a.answers) for a in in_force)} questions about them answered by a person")
    story.say(f"{sum(a.override is not None for a in in_force)} of them overridden by a person, with the reason")
    return Mapped(found, {a.activity: a.outcome for a in in_force}, people_of(ws, found))


def _answered(ws: Workspace, found: WorkflowMap, computed: Sequence[Allocation], by: Actor) -> Sequence[Allocation]:
    """The allocations after the demo's people answered what they are asked; what is answered already stays."""
    asked = {(a.activity, question.question) for a in computed for question in a.questions}
    given = [(key, answer) for key, answer in ANSWERS.items() if key in asked]
    for (activity, question), said in given:
        answer_task(ws, found.name, found.version, activity, question, said.answer, said.reason, by=by)
    return allocations(ws, found.name, found.version) if given else computed


def _one_for_an_agent(computed: Sequence[Allocation]) -> Mapping[str, DemoOverride]:
    """Where the log gives no task to an agent, the most suitable one, so that the demo has an agent to show."""
    if any(a.computed in BY_AGENT for a in computed):
        return {}
    tasks = [a for a in computed if a.no_task is None] or computed
    best = max(tasks, key=lambda a: a.suitability or 0.0)  # of equals the most frequent
    reason = "The demo wants to show an agent at work; a person approves each result."
    return {best.activity: DemoOverride(AllocationOutcome.AGENT_WITH_APPROVAL, reason)}


def _listed(outcome: AllocationOutcome, activities: Sequence[str]) -> str:
    shown = ", ".join(activities[:_SHOWN]) or "none"
    more = f" and {len(activities) - _SHOWN} more" if len(activities) > _SHOWN else ""
    return f"{outcome.value}: {shown}{more}"


def people_of(ws: Workspace, found: WorkflowMap) -> tuple[str, ...]:
    """The busiest people of the map's log."""
    with ws.logs.read(ws.logs.get(found.log, found.log_version)) as connection:
        return tuple(row["name"] for row in rows(connection, "people", limit=_PEOPLE))
