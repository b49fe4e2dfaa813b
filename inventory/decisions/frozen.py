"""What was known at the moment of a decision, as JSON that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from inventory.decisions.values import PilotAssessment
from inventory.hour_rate import HourRate
from inventory.plain_facts import plain_facts
from inventory.values import Pilot

FORM = 1


def frozen(pilot: Pilot, found: PilotAssessment, anchored: str, rate: HourRate | None) -> dict[str, Any]:
    """Everything that was known of one pilot: its facts, what the rubric said, what hangs on it, the rate."""
    return {
        "form": FORM, "facts": plain_facts(pilot.facts), "assessment": as_json(found), "anchor": anchored,
        "rate": as_json(rate),
    }  # fmt: skip


def as_json(value: Any) -> Any:
    """A value of this room as JSON knows it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [as_json(one) for one in value]
    return value
