"""The values of the orchestrator: a workflow, the state of a run, the events that move it, the commands that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.tree import ProcessTree
from orchestrator.machine.task import Doer, TaskSpec


class DecidedBy(StrEnum):
    """How a choice or a loop is decided: never by chance."""

    RULE = "rule"
    ANSWER = "answer"
    PERSON = "person"


@dataclass(frozen=True)
class DecisionSpec:
    """How one choice or loop node is decided.

    rule: the first CEL expression in `rules` that is true picks its child (for a loop: `rules[0]` true means once
    more); none true picks `otherwise`. answer: the task completed just before named the option in its answer
    `decision`. person: a work item asks someone of `role`. CEL sees `context`, `answers` (last answer by task label),
    `visits` (how often this node was entered) and `rounds` (how often a loop's body was done since it was entered; 0
    for a choice). A rule that cannot be evaluated, or an answer that names no option, is never guessed: someone of
    `role` (without one: of the workflow's `owner_role`) is asked, with the cause.
    """

    node: str
    by: DecidedBy
    rules: tuple[str, ...] = ()
    otherwise: int = 0
    role: str | None = None


@dataclass(frozen=True)
class Workflow:
    """A promoted, versioned, immutable definition that can be run."""

    name: str
    version: int
    tree: ProcessTree
    tasks: Mapping[str, TaskSpec]  # by node
    decisions: Mapping[str, DecisionSpec]  # by node, for every choice and loop
    sla_seconds: float
    map_name: str
    map_version: int
    policy_set: int  # version in force at promotion
    baseline: str  # id of the frozen baseline
    max_loop: int = 20  # a loop is left after this many rounds, with the cause recorded
    owner_role: str = "process owner"  # whose people are asked when a decision cannot be taken as it says


class RunStatus(StrEnum):
    """States of a run. Completed and cancelled are final; failed is left only by a retry."""

    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ItemStatus(StrEnum):
    """States of a work item. Completed, withdrawn and failed are final."""

    OPEN = "open"  # offered, waits for someone or for a worker
    CLAIMED = "claimed"  # a person took it
    WAITING = "waiting"  # waits for an approval
    PERFORMING = "performing"  # allowed; what it does in a system of record is due or under way
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


@dataclass(frozen=True)
class OpenItem:
    """A work item as the state machine sees it."""

    item: str  # "<node>#<visit>"
    node: str
    attempt: int = 1  # counts every offer of this item; an event of an earlier attempt is stale
    level: int = 0  # 0: as the task says; n: escalated to `escalation[n - 1]`
    tries: int = 1  # counts the attempts at this level; compared with `max_attempts`
    due: bool = False  # it is allowed, and its effect in a system of record is due: no time-out ends that


@dataclass(frozen=True)
class RunState:
    """Where a run stands. Plain data; equal states behave equally."""

    status: RunStatus = RunStatus.RUNNING
    context: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # last answer by task label
    visits: Mapping[str, int] = field(default_factory=dict)  # how often each node was entered
    active: Mapping[str, int] = field(default_factory=dict)  # composite nodes entered and not left: progress of each
    items: Mapping[str, OpenItem] = field(default_factory=dict)  # open items by id


# Events: what happened. `item` names the work item, `attempt` the try it belongs to.


@dataclass(frozen=True)
class Started:
    context: Mapping[str, Any]


@dataclass(frozen=True)
class TaskCompleted:
    item: str
    attempt: int
    answer: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)  # context fields with their new values


@dataclass(frozen=True)
class TaskAllowed:
    """The gate allows what was proposed, and the task has an effect in a system of record: that is due now."""

    item: str
    attempt: int


@dataclass(frozen=True)
class TaskFailed:
    item: str
    attempt: int
    cause: str
    retry: bool = True  # false: trying again cannot help (denied, rejected); escalate at once


@dataclass(frozen=True)
class TaskTimedOut:
    item: str
    attempt: int


@dataclass(frozen=True)
class Decided:
    item: str
    child: int  # index of the chosen child; for a loop 0: leave, 1: once more


@dataclass(frozen=True)
class Cancelled:
    cause: str


@dataclass(frozen=True)
class Paused:
    """What is being done may still be completed; nothing new is begun until the run is resumed."""


@dataclass(frozen=True)
class Resumed:
    """What is on offer (see `offers`) may be begun again."""


@dataclass(frozen=True)
class Retried:
    """A failed run runs again: every item that was open when it failed is offered afresh."""


RunEvent = (
    Started | TaskAllowed | TaskCompleted | TaskFailed | TaskTimedOut | Decided | Cancelled | Paused | Resumed | Retried
)


# Commands: what must now be done, in the same transaction that stores the state.


@dataclass(frozen=True)
class OfferTask:
    """Offer the task of `node` to the agent, or to the people of `role`."""

    item: str
    node: str
    attempt: int
    level: int
    doer: Doer
    role: str
    delay_seconds: float = 0.0
    cause: str | None = None  # why it is offered again or to someone else


@dataclass(frozen=True)
class EffectDue:
    """Have the effect of the task of `node` performed in its system of record."""

    item: str
    node: str
    attempt: int


@dataclass(frozen=True)
class AskDecision:
    """Ask someone of `role` to decide the choice or loop `node`."""

    item: str
    node: str
    role: str
    options: tuple[str, ...]  # in the order of the children; for a loop: leave, once more
    cause: str | None = None  # why a person is asked although a rule or an answer should decide


@dataclass(frozen=True)
class Withdraw:
    """Close an open work item that is no longer needed."""

    item: str
    cause: str


@dataclass(frozen=True)
class EndRun:
    """The run has reached a final status."""

    status: RunStatus
    cause: str | None = None


@dataclass(frozen=True)
class Note:
    """Record how the choice or loop `node` was decided without a person, and why."""

    node: str
    child: int
    reason: str


Command = OfferTask | EffectDue | AskDecision | Withdraw | EndRun | Note
