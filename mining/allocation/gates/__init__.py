"""The gates: what a log cannot say about a task, what a name hints at, and how far an agent may go without an answer.

One file each. A gate looks at the name and at a person's answer, never at a score. Pure functions.
"""

from __future__ import annotations

from collections.abc import Mapping

from mining.allocation.gates import judgement, legal_duty, physical, reversible, sensitive
from mining.allocation.gates.gate import Assumed, GateFinding
from mining.allocation.naming import NameReading
from mining.allocation.values import TaskAnswer, TaskQuestion

__all__ = ["QUESTIONS", "Assumed", "GateFinding", "look", "question_text"]

_GATES = {
    TaskQuestion.PHYSICAL: physical,
    TaskQuestion.JUDGEMENT: judgement,
    TaskQuestion.REVERSIBLE: reversible,
    TaskQuestion.LEGAL_DUTY: legal_duty,
    TaskQuestion.SENSITIVE: sensitive,
}
QUESTIONS: Mapping[TaskQuestion, str] = {question: gate.QUESTION for question, gate in _GATES.items()}


def look(name: NameReading, answers: Mapping[TaskQuestion, TaskAnswer]) -> tuple[GateFinding, ...]:
    """What each gate finds for a task with this name and these answers, in the order of the questions."""
    return tuple(gate.look(name, answers.get(question)) for question, gate in _GATES.items())


def question_text(question: TaskQuestion) -> str:
    """The question as a person is asked it."""
    return QUESTIONS[question]
