"""The request that a performer's proposal puts to governance. A pure function: the same proposal asks the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core import BadInput
from governance import Principal, PrincipalKind, Request
from orchestrator.machine.values import TaskSpec, Workflow
from orchestrator.running.records import Work

SUPERVISED = "agent with approval"  # the allocation under which an agent acts after approval, whatever it has earned
STOPPED = "An inactive principal may do nothing."
_ACTS_AFTER_APPROVAL = 2  # autonomy level


@dataclass(frozen=True)
class Proposed:
    """What a person or an agent proposes as the result of one attempt; kept on the item until it is done."""

    performer: str  # principal id
    changes: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    started: datetime | None = None  # in the run's time; None: not known
    ended: datetime | None = None  # None: whenever it is done
    cost: float | None = None
    confidence: float | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Raises BadInput for figures that no KPI could be computed from."""
        for name, value, most in (("cost", self.cost, math.inf), ("confidence", self.confidence, 1)):
            if value is not None and not _is_number(value, most):
                limit = "" if most == math.inf else f" to {most}"
                raise BadInput(f"The {name} is `{value!r}`; it must be a finite number from 0{limit}.")
        if self.note is not None and not isinstance(self.note, str):
            raise BadInput(f"The note is a `{type(self.note).__name__}`; it must be text.")

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in vars(self).items()}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Proposed:
        """What `to_dict` wrote."""
        times = {k: datetime.fromisoformat(data[k]) if data[k] else None for k in ("started", "ended")}
        return Proposed(**{**data, **times})

    def work(self, principal: Principal, now: datetime) -> Work:
        """It as work performed by `principal`."""
        return Work(
            performer=principal.id,
            name=principal.name,
            kind="human" if principal.kind is PrincipalKind.PERSON else "agent",
            simulated=principal.simulated,
            started=self.started,
            ended=self.ended or now,
            cost=self.cost,
            confidence=self.confidence,
            note=self.note,
        )


@dataclass(frozen=True)
class Asking:
    """Where in which run a request arises."""

    workflow: Workflow
    run: str
    item: str
    attempt: int
    task: TaskSpec
    context: Mapping[str, Any]  # of the run, before the changes
    drafted_by: str | None  # principal id of who drafted what this task acts on


def request_for(asking: Asking, proposed: Proposed) -> Request:
    """The request: who wants to do what to the run's resource, with which fields changed and what amount."""
    task = asking.task
    attributes: dict[str, Any] = {
        "fields": sorted(proposed.changes),
        "workflow": asking.workflow.name,
        "task": task.label,
    }
    amount = _amount(task, {**asking.context, **proposed.changes})
    if amount is not None:
        attributes["amount"] = amount
    if asking.drafted_by is not None:
        attributes["drafted_by"] = asking.drafted_by
    context: dict[str, Any] = {"run": asking.run, "item": asking.item, "attempt": asking.attempt}
    if task.outcome == SUPERVISED:
        context["autonomy_level"] = _ACTS_AFTER_APPROVAL
    return Request(
        principal=proposed.performer,
        action=task.action,
        resource_type=task.resource_type,
        resource_id=asking.run,
        attributes=attributes,
        context=context,
        payload={"changes": dict(proposed.changes), "answer": dict(proposed.answer)},
    )


def bars(task: TaskSpec, principal: Principal, changes: Mapping[str, Any]) -> tuple[str, ...]:
    """Why `changes` by `principal` are denied whatever a policy says: it was stopped, or the task names not all."""
    reasons = () if principal.active else (STOPPED,)
    outside = sorted(set(changes) - set(task.fields))
    if not outside:
        return reasons
    named = ", ".join(f"`{name}`" for name in outside)
    allowed = ", ".join(f"`{name}`" for name in task.fields) or "no field"
    return (*reasons, f"`{task.label}` may change {allowed}; the proposal changes {named}.")


def _is_number(value: Any, most: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and 0 <= value <= most


def _amount(task: TaskSpec, context: Mapping[str, Any]) -> Any:
    """The amount in whole units, rounded up; None where there is none, so that a policy that needs it denies.

    What is there and is no number is put as it is, so that governance denies it: left out, no limit would see it.
    """
    value = context.get(task.amount_field) if task.amount_field else None
    if isinstance(value, float) and math.isfinite(value):
        return math.ceil(value)
    return value
