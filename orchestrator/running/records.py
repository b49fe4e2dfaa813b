"""Runs, their items and what happened to them, as they are stored and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from orchestrator.machine.serial import state_from_dict
from orchestrator.machine.task import Doer
from orchestrator.machine.values import ItemStatus, RunState, RunStatus

ITSELF = "tandem"  # who acts where the orchestrator does something that no principal asked for


class ItemKind(StrEnum):
    """What a work item asks for."""

    TASK = "task"
    DECISION = "decision"


@dataclass(frozen=True)
class Work:
    """Who did something in a run, and when: kept with the event, exported to the event log."""

    performer: str  # principal id
    name: str  # the principal's name
    kind: str  # human or agent, as an event log says it
    simulated: bool
    ended: datetime
    started: datetime | None = None  # None: it is not known when it was begun
    cost: float | None = None
    confidence: float | None = None  # what an agent thinks of its own proposal, 0 to 1
    note: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        times = {"started": self.started.isoformat() if self.started else None, "ended": self.ended.isoformat()}
        return {**vars(self), **times}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Work:
        """What `to_dict` wrote."""
        started = datetime.fromisoformat(data["started"]) if data["started"] else None
        return Work(**{**data, "started": started, "ended": datetime.fromisoformat(data["ended"])})


@dataclass(frozen=True)
class WorkItem:
    """One task or decision of one run, offered to an agent or to the people of a role."""

    id: str  # "<run>/<item>"
    run: str
    item: str  # "<node>#<visit>"
    node: str
    kind: ItemKind
    label: str
    doer: Doer
    role: str
    agent: str | None  # principal id
    status: ItemStatus
    attempt: int
    level: int  # 0: as the task says; n: escalated n times
    options: tuple[str, ...]  # of a decision; answer with the position, from 0
    cause: str | None  # why it is offered again, to someone else, or to a person at all
    offered_at: datetime
    ready_at: datetime
    due_at: datetime | None
    timeout_at: datetime | None
    claimed_by: str | None
    claimed_at: datetime | None
    queued: int
    carried: str | None  # id of the queue entry that goes on with it; None: its own stands for it
    parked: bool
    begun: int
    begun_at: datetime | None
    approval: str | None
    proposal: Mapping[str, Any] | None
    performer: str | None
    ended_at: datetime | None


@dataclass(frozen=True)
class RunRecord:
    """One thing that happened in a run, in the order in which it was recorded."""

    sequence: int
    kind: str  # of an event (machine.serial) or, of what moves no state: claimed, released, approval requested
    item: str | None
    attempt: int | None
    performer: str | None
    at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """One execution of a workflow."""

    id: str
    workflow: str
    version: int
    key: str | None
    status: RunStatus
    state: RunState
    events: int
    cause: str | None
    simulated: bool
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    created_at: datetime
    created_by: str
    items: tuple[WorkItem, ...] = ()  # only where one run is asked for
    history: tuple[RunRecord, ...] = ()
    warnings: tuple[str, ...] = ()  # only where it is started: what would be denied for want of a value
    started_before: bool = False  # only where it is to be started: it was already, with the same key


def work_item_of(data: Mapping[str, Any]) -> WorkItem:
    """The work item in a row of its table."""
    return WorkItem(
        **{
            **data,
            "kind": ItemKind(data["kind"]),
            "doer": Doer(data["doer"]),
            "status": ItemStatus(data["status"]),
            "options": tuple(data["options"]),
        }
    )


def run_of(data: Mapping[str, Any], items: tuple[WorkItem, ...] = (), history: tuple[RunRecord, ...] = ()) -> Run:
    """The run in a row of its table."""
    state = state_from_dict(data["state"])
    return Run(**{**data, "status": RunStatus(data["status"]), "state": state, "items": items, "history": history})
