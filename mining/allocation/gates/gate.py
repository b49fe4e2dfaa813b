"""What a gate finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mining.allocation.values import AllocationOutcome, TaskAnswer, TaskQuestion


class Assumed(StrEnum):
    """What is taken for true while nobody has answered."""

    YES = "probably"
    NO = "probably not"
    OPEN = "not known"


@dataclass(frozen=True)
class GateFinding:
    """How far an agent may go as far as one question is concerned."""

    question: TaskQuestion
    answer: TaskAnswer | None  # a person's
    assumed: Assumed  # from the name, where nobody answered
    most: AllocationOutcome  # the most that may be given to an agent
    reason: str = ""  # why no more; empty where the gate is open


MOST = AllocationOutcome.AGENT  # a gate that is open
_REACH = (
    AllocationOutcome.HUMAN_ONLY,
    AllocationOutcome.HUMAN_WITH_AGENT,
    AllocationOutcome.AGENT_WITH_APPROVAL,
    AllocationOutcome.AGENT,
)


def lower(one: AllocationOutcome, other: AllocationOutcome) -> AllocationOutcome:
    """Of two outcomes the one that gives less to an agent. Raises ValueError for what has no place in that order."""
    return min(one, other, key=_REACH.index)


def opened(question: TaskQuestion, answer: TaskAnswer | None, assumed: Assumed = Assumed.NO) -> GateFinding:
    """A gate that lets everything through."""
    return GateFinding(question, answer, assumed, MOST)
