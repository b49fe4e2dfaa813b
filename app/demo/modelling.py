"""Makes the context of a run out of a drawn case: its facts, its way, and what was seen of each task.

A case is used only if the workflow, with its own rules, takes the very way that the case took.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.demo.drawing import Case, Instance
from app.demo.observed import SIMULATION, Observed, answer_to
from orchestrator.machine.advance import advance
from orchestrator.machine.scenarios import scenario_of
from orchestrator.machine.values import OfferTask, RunState, RunStatus, Started, TaskCompleted, Workflow

Facts = Callable[[Case], Mapping[str, Any]]


@dataclass(frozen=True)
class ModelledCase:
    """A case with the context of the run that it is the model of."""

    case: Case
    context: Mapping[str, Any]


def models(
    workflow: Workflow, cases: Iterator[Case], facts: Facts, outside: Collection[str]
) -> Iterator[ModelledCase | None]:
    """For each case its model, or None where the case went a way that the workflow does not have."""
    labels = frozenset(workflow.tree.labels())
    known: dict[tuple[str, ...], Mapping[str, Any] | None] = {}
    for case in cases:
        instances = tuple(i for i in case.instances if i.activity in labels)
        trace = tuple(i.activity for i in instances)
        if trace not in known:
            known[trace] = scenario_of(workflow.tree, trace)
        scenario = known[trace]
        yield None if scenario is None else _model(workflow, case, instances, scenario, facts(case), outside)


def _model(
    workflow: Workflow,
    case: Case,
    instances: tuple[Instance, ...],
    scenario: Mapping[str, Any],
    facts: Mapping[str, Any],
    outside: Collection[str],
) -> ModelledCase | None:
    context = {**facts, "scenario": scenario, SIMULATION: {"case": case.case_id, "observed": _seen(instances)}}
    gaps = replay(workflow, context, case.started, instances)
    if gaps is None:
        return None
    context[SIMULATION]["observed"] = _seen(instances, gaps, outside)
    return ModelledCase(case, context)


def _seen(
    instances: tuple[Instance, ...], gaps: tuple[float, ...] | None = None, outside: Collection[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """What was seen of each activity, by name, in the order of its instances."""
    seen: dict[str, list[dict[str, Any]]] = {}
    for number, instance in enumerate(instances):
        observed = Observed(
            gap=gaps[number] if gaps else 0.0,
            service=(instance.end - instance.start).total_seconds(),
            cost=instance.cost,
            by_system=instance.by_system,
            outside=instance.activity in outside,
            failures=instance.failures,
        )
        seen.setdefault(instance.activity, []).append(observed.to_dict())
    return seen


def replay(
    workflow: Workflow, context: Mapping[str, Any], started: datetime, instances: tuple[Instance, ...]
) -> tuple[float, ...] | None:
    """Seconds from when the workflow would have offered each instance to its start; None where it goes another way."""
    state, commands = advance(workflow, RunState(), Started(context))
    offered = {c.item: (c, started) for c in commands if isinstance(c, OfferTask)}
    gaps = []
    for instance in instances:
        item = next((i for i, (c, _) in offered.items() if workflow.tasks[c.node].label == instance.activity), None)
        if item is None:
            return None
        offer, ready = offered.pop(item)
        gaps.append(max(0.0, (instance.start - ready).total_seconds()))
        answer = answer_to(context, instance.activity, item)
        state, commands = advance(workflow, state, TaskCompleted(item, offer.attempt, answer=answer))
        offered |= {c.item: (c, instance.end) for c in commands if isinstance(c, OfferTask)}
    return tuple(gaps) if state.status is RunStatus.COMPLETED else None
