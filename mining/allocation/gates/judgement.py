"""Judgement: what is weighed or negotiated stays with a person, and an agent may prepare it."""

from __future__ import annotations

from mining.allocation.gates.gate import Assumed, GateFinding, opened
from mining.allocation.naming import NameReading
from mining.allocation.values import AllocationOutcome, TaskAnswer, TaskQuestion

QUESTION = "Does it need judgement or negotiation that no written rule replaces?"
_ASKED = TaskQuestion.JUDGEMENT


def look(name: NameReading, answer: TaskAnswer | None) -> GateFinding:
    """Open where it is answered no, or where no word of the name speaks of judgement."""
    if answer is TaskAnswer.NO:
        return opened(_ASKED, answer)
    if answer is TaskAnswer.YES:
        reason = "It needs judgement or negotiation, as a person said."
        return GateFinding(_ASKED, answer, Assumed.YES, AllocationOutcome.HUMAN_WITH_AGENT, reason)
    if name.judgement:
        reason = f"Its name has “{name.judgement[0]}”: it may need judgement. Nobody has said."
        return GateFinding(_ASKED, None, Assumed.YES, AllocationOutcome.HUMAN_WITH_AGENT, reason)
    return opened(_ASKED, None)
