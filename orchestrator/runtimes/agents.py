"""Agents: callables that are given a task and propose what to do. They change nothing themselves; the runtime does.

An agent is found by its principal's `runtime`: the name of an entry point in the group `tandem.agents`, with or without
`python:` before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import entry_points
from typing import Any

from core import NotFound, TandemError, not_found
from governance import Principal
from orchestrator.machine.values import TaskSpec

GROUP = "tandem.agents"


@dataclass(frozen=True)
class AgentTask:
    """What an agent is given: one attempt of one task of one run."""

    key: str  # "<run>/<item>/<attempt>": with it an effect elsewhere is done once, however often this is asked
    run: str
    item: str
    attempt: int
    workflow: str
    version: int
    task: TaskSpec
    context: Mapping[str, Any]  # of the run; a copy, changing it changes nothing
    answers: Mapping[str, Mapping[str, Any]]  # last answer by task label; a copy
    principal: Principal  # whom it acts as
    ready_at: datetime  # in the run's time: everything before it had ended
    cause: str | None = None  # why the task is tried again


@dataclass(frozen=True)
class AgentProposal:
    """What an agent proposes. It is done when, and only when, governance allows it."""

    changes: Mapping[str, Any] = field(default_factory=dict)  # context fields with their new values
    answer: Mapping[str, Any] = field(default_factory=dict)
    cost: float | None = None  # of this attempt, in the currency of the workflow's log
    confidence: float | None = None  # 0 to 1
    note: str | None = None  # why, in words
    occurred: tuple[datetime, datetime] | None = None  # start and end as a simulated agent says; others never


class AgentFailed(TandemError):
    """Raised by an agent that tried and could not. What it raises else is a failed attempt too, without these facts."""

    def __init__(
        self, cause: str, *, retry: bool = True, cost: float | None = None,
        occurred: tuple[datetime, datetime] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(cause)
        self.retry, self.cost, self.occurred = retry, cost, occurred


Agent = Callable[[AgentTask], AgentProposal]


class Agents:
    """The agents that this process can run: those handed over, then those installed."""

    def __init__(self, given: Mapping[str, Agent] | None = None) -> None:
        self._loaded: dict[str, Agent] = dict(given or {})

    def get(self, runtime: str | None) -> Agent:
        """The agent that `runtime` names. Raises NotFound that names those there are."""
        if runtime is None:
            raise NotFound("The agent has no runtime, so nothing can do its tasks. Name one of its entry points.")
        name = runtime.removeprefix("python:")
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def _load(self, runtime: str) -> Agent:
        installed = entry_points(group=GROUP)
        if runtime not in installed.names:
            raise not_found("agent runtime", runtime, {*self._loaded, *installed.names})
        agent: Agent = installed[runtime].load()
        return agent
