"""The six outcomes of an allocation, and its two scores."""

from __future__ import annotations

from enum import StrEnum


class AllocationOutcome(StrEnum):
    """Who should do a task."""

    ELIMINATE = "eliminate"
    RULE_AUTOMATION = "rule automation"
    AGENT = "agent"
    AGENT_WITH_APPROVAL = "agent with approval"
    HUMAN_WITH_AGENT = "human with agent's help"
    HUMAN_ONLY = "human only"


class Score(StrEnum):
    """What a criterion counts towards. The two scores are never merged."""

    SUITABILITY = "suitability"  # how well the task fits automation
    VALUE = "value"  # what automating it is worth
    FACT = "fact"  # neither: shown, and read by a rule
