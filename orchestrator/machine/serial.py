"""Workflows, run states and run events as JSON, each with the number of the form it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from core.errors import IntegrityError
from core.tree import ProcessTree
from orchestrator.machine.named import written
from orchestrator.machine.task import Doer, EffectSpec, TaskSpec
from orchestrator.machine.values import (
    Cancelled,
    Decided,
    DecidedBy,
    DecisionSpec,
    OpenItem,
    Paused,
    Resumed,
    Retried,
    RunEvent,
    RunState,
    RunStatus,
    Started,
    TaskAllowed,
    TaskCompleted,
    TaskFailed,
    TaskTimedOut,
    Workflow,
)

FORM = 1  # of states and events; raise it with every change that an older reader would misread
WORKFLOW_FORM = 2  # 1: before 0.3.0, no task named its answers, and every field was one key of the context

_EVENTS: Mapping[str, type[RunEvent]] = {
    "started": Started,
    "task allowed": TaskAllowed,
    "task completed": TaskCompleted,
    "task failed": TaskFailed,
    "task timed out": TaskTimedOut,
    "decided": Decided,
    "cancelled": Cancelled,
    "paused": Paused,
    "resumed": Resumed,
    "retried": Retried,
}
_NAMES = {kind: name for name, kind in _EVENTS.items()}


def event_name(event: RunEvent) -> str:
    """The stored name of the event's kind, such as `task completed`."""
    return _NAMES[type(event)]


def event_to_dict(event: RunEvent) -> dict[str, Any]:
    """`event` as JSON."""
    return {"form": FORM, "event": event_name(event), **asdict(event)}


def event_from_dict(data: Mapping[str, Any]) -> RunEvent:
    """The event that `event_to_dict` wrote. Raises IntegrityError for another form."""
    kind = _EVENTS[_of_this_form(data, "run event")["event"]]
    return kind(**{f.name: data[f.name] for f in fields(kind)})


def state_to_dict(state: RunState) -> dict[str, Any]:
    """`state` as JSON."""
    return {"form": FORM, **asdict(state), "status": state.status.value}


def state_from_dict(data: Mapping[str, Any]) -> RunState:
    """The state that `state_to_dict` wrote. Raises IntegrityError for another form."""
    _of_this_form(data, "run state")
    return RunState(
        status=RunStatus(data["status"]),
        context=data["context"],
        answers=data["answers"],
        visits=data["visits"],
        active=data["active"],
        items={name: OpenItem(**item) for name, item in data["items"].items()},
    )


def workflow_to_dict(workflow: Workflow) -> dict[str, Any]:
    """`workflow` as JSON."""
    plain = {f.name: getattr(workflow, f.name) for f in fields(workflow)}
    plain["tree"] = workflow.tree.to_dict()
    plain["tasks"] = {node: {**asdict(task), "doer": task.doer.value} for node, task in workflow.tasks.items()}
    plain["decisions"] = {node: {**asdict(spec), "by": spec.by.value} for node, spec in workflow.decisions.items()}
    return {"form": WORKFLOW_FORM, **plain}


def workflow_from_dict(data: Mapping[str, Any]) -> Workflow:
    """The workflow that `workflow_to_dict`, of this or an earlier release, wrote. Raises IntegrityError else."""
    found = data if data.get("form") == FORM else _of_this_form(data, "workflow", WORKFLOW_FORM)
    read = _task_of_keys if data.get("form") == FORM else _task
    plain = {name: value for name, value in found.items() if name != "form"}
    plain["tree"] = ProcessTree.from_dict(data["tree"])
    plain["tasks"] = {node: read(task) for node, task in data["tasks"].items()}
    plain["decisions"] = {node: _decision(spec) for node, spec in data["decisions"].items()}
    return Workflow(**plain)


def _task_of_keys(data: Mapping[str, Any]) -> TaskSpec:
    """A task of the first form: its fields are keys, whatever characters they have; its answers are not named."""
    amount = data["amount_field"]
    named = {"fields": [written(key) for key in data["fields"]], "amount_field": amount and written(amount)}
    return _task({**data, **named})


def _task(data: Mapping[str, Any]) -> TaskSpec:
    sequences = {name: tuple(data[name]) for name in ("fields", "escalation")}
    if data.get("answer_fields") is not None:
        sequences["answer_fields"] = tuple(data["answer_fields"])
    effect = EffectSpec(**data["effect"]) if data.get("effect") else None
    plain = {**data, **sequences, "doer": Doer(data["doer"]), "effect": effect}
    return TaskSpec(**{"people_timeout_seconds": _limit_of_people(data), **plain})


def _limit_of_people(data: Mapping[str, Any]) -> float | None:
    """Of a task stored while there was one time-out for whoever does it: theirs is that of a task bound to people."""
    return data["timeout_seconds"] if data["doer"] == Doer.PERSON else None


def _decision(data: Mapping[str, Any]) -> DecisionSpec:
    return DecisionSpec(**{**data, "by": DecidedBy(data["by"]), "rules": tuple(data["rules"])})


def _of_this_form(data: Mapping[str, Any], kind: str, form: int = FORM) -> Mapping[str, Any]:
    if data.get("form") != form:
        raise IntegrityError(
            f"This {kind} is stored in form `{data.get('form')}`; this version of Tandem reads {form}."
        )
    return data
