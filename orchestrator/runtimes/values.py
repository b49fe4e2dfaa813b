"""What an agent is given and what it gives back. Light: a child process imports this and nothing that stores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.errors import TandemError
from orchestrator.machine.task import TaskSpec


@dataclass(frozen=True)
class AgentPrincipal:
    """Whom an agent acts as: what it may know of its own principal."""

    id: str
    name: str
    roles: tuple[str, ...] = ()
    autonomy_level: int | None = None
    simulated: bool = False


@dataclass(frozen=True)
class AgentTask:
    """What an agent is given: one attempt of one task of one run."""

    key: str  # "<run>/<item>", the same at every attempt: with it an effect elsewhere is done once
    run: str
    item: str
    attempt: int
    workflow: str
    version: int
    task: TaskSpec
    context: Mapping[str, Any]  # of the run; a copy, changing it changes nothing
    answers: Mapping[str, Mapping[str, Any]]  # last answer by task label; a copy
    principal: AgentPrincipal  # whom it acts as
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
