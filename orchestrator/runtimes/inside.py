"""Callables asked in this very process. For tests of Tandem's own alone: no address leads here.

An agent asked here could do whatever the worker can. What it says takes the same way as the answer of a child.
"""

from __future__ import annotations

import json

from core.errors import BadInput
from orchestrator.runtimes.answering import answer, read_question
from orchestrator.runtimes.checking import checked
from orchestrator.runtimes.protocol import Answer
from orchestrator.runtimes.values import Agent, AgentFailed, AgentTask
from orchestrator.runtimes.wire import LENGTH, frame, task_to_dict


def ask_inside(agent: Agent, question: AgentTask) -> Answer:
    """What the callable says, through the same JSON and the same checks as from a child."""
    asked = frame({"id": 1, "question": json.loads(json.dumps(task_to_dict(question)))})
    number, said = read_question(asked[LENGTH.size :])
    try:
        return checked(answer(agent, number, said)[LENGTH.size :], number)
    except BadInput as error:
        return Answer(failure=AgentFailed(error.message))
