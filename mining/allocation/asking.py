"""Which questions are asked about a task: those whose answer would change its outcome, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from mining.allocation.formulas.task_profile import IN_FAVOUR
from mining.allocation.gates import QUESTIONS, look
from mining.allocation.rules import Grounds, judge
from mining.allocation.values import AllocationOutcome, TaskAnswer, TaskQuestion


@dataclass(frozen=True)
class AskedQuestion:
    """A question to a person about a task."""

    question: TaskQuestion
    text: str
    assumed: str  # what is taken for true until it is answered
    why: str  # why it is asked
    yes: AllocationOutcome  # the outcome after yes, if all that is asked beside it were answered in favour of an agent
    no: AllocationOutcome

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return {key: str(value) for key, value in asdict(self).items()}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> AskedQuestion:
        """The question that `to_dict` wrote."""
        return AskedQuestion(
            TaskQuestion(data["question"]), data["text"], data["assumed"], data["why"],
            AllocationOutcome(data["yes"]), AllocationOutcome(data["no"]),
        )  # fmt: skip


def asked(grounds: Grounds, answers: Mapping[TaskQuestion, TaskAnswer]) -> tuple[AskedQuestion, ...]:
    """The questions that nobody has answered, that the name leaves in doubt, and whose answer changes the outcome."""
    found = []
    for gate in grounds.gates:
        if gate.answer is not None or not gate.reason:
            continue
        outcomes = {answer: _outcome(grounds, answers, gate.question, answer) for answer in TaskAnswer}
        yes, no = outcomes[TaskAnswer.YES], outcomes[TaskAnswer.NO]
        if yes is not no:
            found.append(
                AskedQuestion(gate.question, QUESTIONS[gate.question], gate.assumed.value, gate.reason, yes, no)
            )
    return tuple(found)


def _outcome(
    grounds: Grounds, answers: Mapping[TaskQuestion, TaskAnswer], question: TaskQuestion, answer: TaskAnswer
) -> AllocationOutcome:
    """The outcome after `answer`, the others answered in favour where nobody has."""
    told = {**IN_FAVOUR, **answers, question: answer}
    return judge(replace(grounds, gates=look(grounds.name, told))).outcome
