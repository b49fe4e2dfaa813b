"""Sensitive: data that the law protects more is worked at under a person's eyes."""

from __future__ import annotations

from mining.allocation.gates.gate import Assumed, GateFinding, opened
from mining.allocation.naming import NameReading
from mining.allocation.values import AllocationOutcome, TaskAnswer, TaskQuestion

QUESTION = "Does it work on health, belief, crime, children, pay or other sensitive data?"
_ASKED = TaskQuestion.SENSITIVE


def look(name: NameReading, answer: TaskAnswer | None) -> GateFinding:
    """Open where it is answered no, or where no word of the name speaks of such data."""
    if answer is TaskAnswer.NO:
        return opened(_ASKED, answer)
    if answer is TaskAnswer.YES:
        return _closed(answer, "It works on sensitive data, as a person said.")
    if name.sensitive:
        return _closed(None, f"Its name has “{name.sensitive}”: its data may be sensitive. Nobody has said.")
    return opened(_ASKED, None)


def _closed(answer: TaskAnswer | None, reason: str) -> GateFinding:
    return GateFinding(_ASKED, answer, Assumed.YES, AllocationOutcome.AGENT_WITH_APPROVAL, reason)
