"""Task profile: how many of the answered questions speak for an agent.

    t = answers in favour / answers

In favour: not physical, no judgement, reversible, no legal duty, not sensitive. The questions are those of the gates.
"""

from __future__ import annotations

from collections.abc import Mapping

from mining.allocation.values import TaskAnswer, TaskQuestion

IN_FAVOUR: Mapping[TaskQuestion, TaskAnswer] = {
    question: TaskAnswer.YES if question is TaskQuestion.REVERSIBLE else TaskAnswer.NO for question in TaskQuestion
}


def in_favour(answers: Mapping[TaskQuestion, TaskAnswer]) -> float | None:
    """The share of `answers` in favour, 0 to 1; None where nothing is answered."""
    if not answers:
        return None
    return sum(IN_FAVOUR[question] is answer for question, answer in answers.items()) / len(answers)
