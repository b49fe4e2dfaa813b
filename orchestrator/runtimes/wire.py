"""Questions and answers as JSON, each with its length before it. Used on both sides of the pipe."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.runtimes.values import AgentFailed, AgentPrincipal, AgentProposal, AgentTask

LENGTH = struct.Struct(">I")
_ENCODER = json.JSONEncoder(separators=(",", ":"))


def frame(data: Mapping[str, Any]) -> bytes:
    """`data` as JSON in ASCII, its length before it. Raises TypeError or ValueError for what JSON cannot carry."""
    body = _ENCODER.encode(data).encode("ascii")
    return LENGTH.pack(len(body)) + body


def task_to_dict(task: AgentTask) -> dict[str, Any]:
    """The question as JSON."""
    told = {name: value for name, value in vars(task.task).items() if name != "effect"}  # that is not the agent's to do
    data = {**vars(task), "task": told, "principal": vars(task.principal)}
    return {**data, "context": dict(task.context), "answers": dict(task.answers), "ready_at": task.ready_at.isoformat()}


def task_from_dict(data: Mapping[str, Any]) -> AgentTask:
    """What `task_to_dict` gave, after its way through JSON."""
    said = data["task"]
    tuples = {name: tuple(said[name]) for name in ("fields", "escalation", "answer_fields") if said[name] is not None}
    principal = data["principal"]
    return AgentTask(
        **{
            **data,
            "task": TaskSpec(**{**said, **tuples, "doer": Doer(said["doer"])}),
            "principal": AgentPrincipal(**{**principal, "roles": tuple(principal["roles"])}),
            "ready_at": datetime.fromisoformat(data["ready_at"]),
        }
    )


def proposal_to_dict(proposal: AgentProposal) -> dict[str, Any]:
    """The proposal as JSON, unchecked: the process that asked checks it."""
    return {
        "changes": dict(proposal.changes),
        "answer": dict(proposal.answer),
        "cost": proposal.cost,
        "confidence": proposal.confidence,
        "note": proposal.note,
        "occurred": _times(proposal.occurred),
    }


def failure_to_dict(failure: AgentFailed) -> dict[str, Any]:
    """The failure as JSON, unchecked."""
    facts = {"cause": failure.message, "retry": failure.retry, "cost": failure.cost}
    return {**facts, "occurred": _times(failure.occurred)}


def _times(occurred: tuple[datetime, datetime] | None) -> list[str] | None:
    return [moment.isoformat() for moment in occurred] if occurred else None
