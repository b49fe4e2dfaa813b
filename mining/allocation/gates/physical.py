"""Physical: hands, a machine or a presence are needed. No agent does that, whatever its scores are."""

from __future__ import annotations

from mining.allocation.gates.gate import Assumed, GateFinding, opened
from mining.allocation.naming import NameReading
from mining.allocation.values import AllocationOutcome, TaskAnswer, TaskQuestion

QUESTION = "Does it need hands, a machine or somebody on the spot?"
_ASKED = TaskQuestion.PHYSICAL


def look(name: NameReading, answer: TaskAnswer | None) -> GateFinding:
    """Open where it is answered no, or where the name speaks of data, documents or messages and of nothing else."""
    if answer is TaskAnswer.NO:
        return opened(_ASKED, answer)
    if answer is TaskAnswer.YES:
        reason = "It needs hands, a machine or somebody on the spot, as a person said."
        return GateFinding(_ASKED, answer, Assumed.YES, AllocationOutcome.HUMAN_ONLY, reason)
    if name.physical:
        reason = f"Its name has “{name.physical}”: it may need hands or somebody on the spot. Nobody has said."
        return GateFinding(_ASKED, None, Assumed.YES, AllocationOutcome.HUMAN_ONLY, reason)
    if name.information or name.sent or name.consequence:  # the last two need an approval each time as it is
        return opened(_ASKED, None)
    reason = "Its name does not tell whether it needs hands or somebody on the spot. Nobody has said."
    return GateFinding(_ASKED, None, Assumed.OPEN, AllocationOutcome.HUMAN_WITH_AGENT, reason)
