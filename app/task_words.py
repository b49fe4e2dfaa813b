"""What a task may do in a system of record, and how long whoever does it has: the same words on pages and commands."""

from __future__ import annotations

from collections.abc import Iterable

from app.theme.formats import NOTHING, duration
from orchestrator.machine.task import EffectSpec, TaskSpec
from orchestrator.promotion.bindings import TaskBinding

EFFECTS = "In systems of record"  # the title of what `effect_rows` lists
LIMITS = "Limits"
NO_EFFECT = "No task does anything in a system of record."


def limit_row(label: str, task: TaskSpec | TaskBinding, *, by_agent: bool) -> dict[str, str]:
    """How long, and how often, whoever does the task is asked; people have all the time where nothing is stated."""
    people = task.people_timeout_seconds
    return {
        "Task": label,
        "Agent's time-out": duration(task.timeout_seconds) if by_agent else NOTHING,
        "Tries": str(task.max_attempts) if by_agent else NOTHING,
        "Tried again after": f"{duration(task.retry_delay_seconds)}, then doubled" if by_agent else NOTHING,
        "People's time-out": "none" if people is None else duration(people),
        "SLA": duration(task.sla_seconds),
    }


def effect_rows(effects: Iterable[tuple[str, EffectSpec | None]]) -> list[dict[str, str]]:
    """What is done in systems of record, by task: with which arguments, and what the run gets of the answer."""
    return [
        {
            "Task": label,
            "Action": effect.action,
            "Connector": effect.connector,
            "Arguments": ", ".join(f"{name} from {field}" for name, field in effect.arguments.items()) or NOTHING,
            "Results": ", ".join(f"{field} from {part}" for field, part in effect.results.items()) or NOTHING,
        }
        for label, effect in effects
        if effect is not None
    ]
