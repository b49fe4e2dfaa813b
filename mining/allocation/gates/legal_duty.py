"""Legal duty: where the law wants a person to decide, a person decides; an agent may prepare it.

Such duties are common: Article 22 of the General Data Protection Regulation gives people a right not to be subject to
a decision based solely on automated processing that affects them significantly; four eyes and signatures are others.
No log says which hold.
"""

from __future__ import annotations

from mining.allocation.gates.gate import Assumed, GateFinding, opened
from mining.allocation.naming import NameReading
from mining.allocation.values import AllocationOutcome, TaskAnswer, TaskQuestion

QUESTION = "Does a law or a rule of the house want a person to do or decide it?"
_ASKED = TaskQuestion.LEGAL_DUTY


def look(name: NameReading, answer: TaskAnswer | None) -> GateFinding:
    """Open where it is answered no, or where the name hints at no consequence."""
    if answer is TaskAnswer.NO:
        return opened(_ASKED, answer)
    if answer is TaskAnswer.YES:
        reason = "A law or a rule of the house wants a person to do or decide it, as a person said."
        return GateFinding(_ASKED, answer, Assumed.YES, AllocationOutcome.HUMAN_WITH_AGENT, reason)
    if name.consequence:
        reason = f"Its name has “{name.consequence}”: a law or a rule may want a person there. Nobody has said."
        return GateFinding(_ASKED, None, Assumed.OPEN, AllocationOutcome.AGENT_WITH_APPROVAL, reason)
    return opened(_ASKED, None)
