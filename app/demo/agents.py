"""The simulated agent, asked at `RUNTIME` in a process of its own. It does any task as the drawn case suggests.

Steps that a system did in the log come out as they did there; in the place of people the assumptions hold. What it does
depends on the task's key alone, so a repeated attempt proposes the same again.
"""

from __future__ import annotations

from typing import Any

from app.demo.assumptions import AGENT_COST, AGENT_ERRORS, AGENT_GIVES_UP
from app.demo.observed import FINAL, SIMULATION, Observed, answer_to, seen_in
from data.draws import Draws
from orchestrator.runtimes.values import AgentFailed, AgentProposal, AgentTask

RUNTIME = "python:app.demo.agents:simulated"


def simulated(task: AgentTask) -> AgentProposal:
    """What the simulated agent proposes. Raises AgentFailed where it fails or asks for a person."""
    seen = seen_in(task.context, task.task.label, task.item)
    occurred = seen.as_seen(task.ready_at) if seen.by_system else seen.by_agent(task.ready_at)
    cost = _cost(seen)
    cause, retry = _trouble(task, seen)
    if cause is not None:
        raise AgentFailed(cause, retry=retry, cost=cost, occurred=occurred)
    return AgentProposal(
        changes=written(task.context, task.task.fields, task.item) | _trespass(task),
        answer=_answer(task),
        cost=cost,
        confidence=round(Draws("confidence", f"{task.key}/{task.attempt}").between(0.7, 0.99), 2),
        note="simulated",
        occurred=occurred,
    )


def written(context: Any, fields: tuple[str, ...], item: str) -> dict[str, Any]:
    """A value for each field that a task may change: the drawn case's, where it has one."""
    known = context.get(SIMULATION, {}).get("writes", {})
    return {name: known.get(name, f"simulated at {item}") for name in fields}


def _answer(task: AgentTask) -> dict[str, Any]:
    """What it answers, where the task may be answered so."""
    may = task.task.answer_fields
    return answer_to(task.context, task.task.label, task.item) if may is None or FINAL in may else {}


def _trouble(task: AgentTask, seen: Observed) -> tuple[str | None, bool]:
    """Why this attempt fails, if it does, and whether another one may help."""
    if seen.by_system:
        return ("It failed in the drawn case too.", True) if task.attempt <= seen.failures else (None, True)
    draws = Draws("agent", f"{task.key}/{task.attempt}")
    if draws.chance(AGENT_GIVES_UP.value):
        return "The case is unfamiliar; a person should look at it.", False
    if task.attempt == 1 and draws.chance(AGENT_ERRORS.value):
        return "The system of record did not answer.", True
    return None, True


def _trespass(task: AgentTask) -> dict[str, Any]:
    """A field that is not the agent's to change: planted in a few runs, to see it denied."""
    planted = task.context.get(SIMULATION, {}).get("trespass")
    if not planted or planted["task"] != task.task.label or task.attempt > 1:
        return {}
    return dict(planted["changes"])


def _cost(seen: Observed) -> float | None:
    if seen.cost is None:
        return None
    return seen.cost if seen.by_system else AGENT_COST.value
