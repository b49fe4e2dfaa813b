"""Workflows, run states and run events as JSON, each with the number of the form it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from core import IntegrityError
from core.tree import ProcessTree
from orchestrator.machine.values import (
    Cancelled,
    Decided,
    DecidedBy,
    DecisionSpec,
    Doer,
    OpenItem,
    Paused,
    Resumed,
    Retried,
    RunEvent,
    RunState,
    RunStatus,
    Started,
    TaskCompleted,
    TaskFailed,
    TaskSpec,
    TaskTimedOut,
    Workflow,
)

FORM = 1  # raise it with every change that an older reader would misread

_EVENTS: Mapping[str, type[RunEvent]] = {
    "started": Started,
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
    return {"form": FORM, **plain}


def workflow_from_dict(data: Mapping[str, Any]) -> Workflow:
    """The workflow that `workflow_to_dict` wrote. Raises IntegrityError for another form."""
    plain = {name: value for name, value in _of_this_form(data, "workflow").items() if name != "form"}
    plain["tree"] = ProcessTree.from_dict(data["tree"])
    plain["tasks"] = {node: _task(task) for node, task in data["tasks"].items()}
    plain["decisions"] = {node: _decision(spec) for node, spec in data["decisions"].items()}
    return Workflow(**plain)


def _task(data: Mapping[str, Any]) -> TaskSpec:
    sequences = {name: tuple(data[name]) for name in ("fields", "escalation")}
    return TaskSpec(**{**data, **sequences, "doer": Doer(data["doer"])})


def _decision(data: Mapping[str, Any]) -> DecisionSpec:
    return DecisionSpec(**{**data, "by": DecidedBy(data["by"]), "rules": tuple(data["rules"])})


def _of_this_form(data: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    if data.get("form") != FORM:
        raise IntegrityError(
            f"This {kind} is stored in form `{data.get('form')}`; this version of Tandem reads {FORM}."
        )
    return data
