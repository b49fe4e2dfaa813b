"""A scenario from an allocation with one click: who would do each task, with what is assumed and what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from core.errors import BadInput
from mining.allocation import ASSUMED, Allocation, AllocationOutcome
from mining.whatif.assumptions import ASSUMED_SCENARIO
from mining.whatif.values import Change, DroppedTask, HelpedTask, TaskByAgent

_FREE = 0.0


def scenario_of(found: Iterable[Allocation]) -> tuple[Change, ...]:
    """What changes when each task is done as allocated.

    Tasks that stay with people, that systems do already, or that are none, do not change.
    """
    changes = (
        change_of(one.activity, one.outcome, _failed(one))
        for one in found
        if one.no_task is None and not (one.outcome is one.computed is AllocationOutcome.RULE_AUTOMATION)
    )
    return tuple(change for change in changes if change is not None)


def change_of(activity: str, outcome: AllocationOutcome, failed: float | None = None) -> Change | None:
    """The change of one task under `outcome`; None where nothing changes. `failed`: the share that fails today."""
    if outcome is AllocationOutcome.HUMAN_ONLY:
        return None
    if outcome is AllocationOutcome.ELIMINATE:
        return DroppedTask(activity)
    if outcome is AllocationOutcome.HUMAN_WITH_AGENT:
        return HelpedTask(activity, ASSUMED_SCENARIO.helped, ASSUMED.running_each, ASSUMED.running_fixed)
    if outcome is AllocationOutcome.RULE_AUTOMATION:
        return TaskByAgent(
            activity, seconds=1.0, cost_each=_FREE, cost_month=_FREE, error=_FREE, escalated=_FREE,
            keeps=ASSUMED_SCENARIO.keeps,
        )  # fmt: skip
    worse = failed is not None and failed > ASSUMED.redone  # people who never fail do not make an agent that never does
    approved = ASSUMED.approved if outcome is AllocationOutcome.AGENT_WITH_APPROVAL else 0.0
    return TaskByAgent(
        activity, ASSUMED_SCENARIO.seconds, ASSUMED.running_each, ASSUMED.running_fixed,
        error=max(ASSUMED.redone, failed or 0.0), escalated=ASSUMED_SCENARIO.escalated,
        approved=approved, reviewed=0.0 if approved else ASSUMED.reviewed,
        approval_delay=ASSUMED_SCENARIO.approval_delay, review_seconds=60 * ASSUMED.review_minutes,
        keeps=ASSUMED_SCENARIO.keeps, sources={"error": "measured of people"} if worse else {},
    )  # fmt: skip


def _failed(one: Allocation) -> float | None:
    """The share of its instances that ended in an error, where the value was reckoned with a measured one."""
    if one.worth is None or not one.worth.hours:
        return None
    share = one.worth.redone / one.worth.hours
    return None if abs(share - ASSUMED.redone) < _SAME else share


_SAME = 1e-9
_KINDS: Mapping[str, type[TaskByAgent] | type[HelpedTask] | type[DroppedTask]] = {
    "agent": TaskByAgent, "help": HelpedTask, "drop": DroppedTask,
}  # fmt: skip


def change_to_dict(change: Change) -> dict[str, Any]:
    """It as JSON."""
    kind = next(name for name, made in _KINDS.items() if isinstance(change, made))
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    return {"who": kind, **values, **({"sources": dict(change.sources)} if isinstance(change, TaskByAgent) else {})}


def change_from_dict(data: Mapping[str, Any]) -> Change:
    """The change that `change_to_dict` wrote, or a person did. Raises BadInput for what is none."""
    kind = _KINDS.get(str(data.get("who", "agent")))
    known = {field.name for field in fields(kind)} if kind else set()
    unknown = [name for name in data if name not in known | {"who"}]
    if kind is None or unknown or not data.get("activity"):
        raise BadInput(
            f"`{dict(data)}` is no change. Say `activity`, `who` (agent, help or drop) and its figures"
            + (f"; unknown: {', '.join(unknown)}." if unknown else ".")
        )
    try:
        said: dict[str, Any] = {
            k: v if k in ("activity", "sources") else float(v) for k, v in data.items() if k != "who"
        }
        return kind(**said)
    except (TypeError, ValueError):
        raise BadInput(f"`{dict(data)}` has a figure that is no number.") from None
