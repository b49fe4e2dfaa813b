"""The words of an allocation: its six outcomes, its scores, and the five questions that a person answers."""

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
    DETECTION = "detection"  # a sign that software does it already: a result of automation, so it counts for nothing
    FACT = "fact"  # none of these: shown, and read by a rule


class NoTask(StrEnum):
    """Why an activity is no task."""

    MILESTONE = "milestone"  # it marks a moment or a state
    OUTSIDE = "act of an outside party"


class TaskQuestion(StrEnum):
    """What a log cannot say about a task, and a person can."""

    PHYSICAL = "physical"
    JUDGEMENT = "judgement"
    REVERSIBLE = "reversible"
    LEGAL_DUTY = "legal duty"
    SENSITIVE = "sensitive"


class TaskAnswer(StrEnum):
    """What a person answers."""

    YES = "yes"
    NO = "no"
