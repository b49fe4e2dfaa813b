"""What was seen of each task in the drawn case, as it travels in the context of the run that is drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from app.demo.assumptions import AGENT_SERVICE, AGENT_WAITING

SIMULATION = "simulation"  # the context field that holds what only simulated performers read
FINAL = "final"  # what simulated performers answer: whether the drawn case did the task no more after this
Times = tuple[datetime, datetime]


@dataclass(frozen=True)
class Observed:
    """One activity instance of the drawn case, with the failed ones of the same activity before it."""

    gap: float = 0.0  # seconds from when the task was ready to its start
    service: float = 0.0  # seconds
    cost: float | None = None
    by_system: bool = False
    outside: bool = False  # whether it waited for somebody outside, such as a supplier
    failures: int = 0  # failed instances before it

    def as_seen(self, ready_at: datetime) -> Times:
        """Start and end of a performer that does it as it was done in the log."""
        return _times(ready_at, self.gap, self.service)

    def by_agent(self, ready_at: datetime) -> Times:
        """Start and end of an agent in the place of a person, under the demo's assumptions."""
        gap = self.gap if self.outside else self.gap * AGENT_WAITING.value
        return _times(ready_at, gap, self.service * AGENT_SERVICE.value)

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return asdict(self)


def seen_in(context: Mapping[str, Any], activity: str, item: str) -> Observed:
    """What the context says about this visit of `activity`; where it says nothing, no time at all."""
    instances = context.get(SIMULATION, {}).get("observed", {}).get(activity, ())
    visit = visit_of(item)
    return Observed(**instances[visit - 1]) if visit <= len(instances) else Observed()


def visit_of(item: str) -> int:
    """How often the node of the item was entered."""
    return int(item.rpartition("#")[2])


def answer_to(context: Mapping[str, Any], activity: str, item: str) -> dict[str, Any]:
    """What whoever does the task answers: `final` is true at the last visit that the drawn case had."""
    instances = context.get(SIMULATION, {}).get("observed", {}).get(activity, ())
    return {FINAL: visit_of(item) >= len(instances)}


def _times(ready_at: datetime, gap: float, service: float) -> Times:
    start = ready_at + timedelta(seconds=gap)
    return start, start + timedelta(seconds=service)
