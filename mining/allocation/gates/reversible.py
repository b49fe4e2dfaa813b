"""Reversible: what cannot be undone is approved by a person each time."""

from __future__ import annotations

from mining.allocation.gates.gate import Assumed, GateFinding, opened
from mining.allocation.naming import NameReading
from mining.allocation.values import AllocationOutcome, TaskAnswer, TaskQuestion

QUESTION = "Can a mistake in it be undone before it does harm?"
_ASKED = TaskQuestion.REVERSIBLE


def look(name: NameReading, answer: TaskAnswer | None) -> GateFinding:
    """Open where it is answered yes, or where the name only reads, compares, drafts or writes down."""
    if answer is TaskAnswer.YES:
        return opened(_ASKED, answer, Assumed.YES)
    if answer is TaskAnswer.NO:
        return _closed(answer, Assumed.NO, "A mistake in it cannot be undone, as a person said.")
    if name.consequence:
        return _closed(None, Assumed.NO, f"Its name has “{name.consequence}”: it may bind or pay. Nobody has said.")
    if name.sent:
        said = f"Its name has “{name.sent}”: what has left the house cannot be taken back. Nobody has said."
        return _closed(None, Assumed.NO, said)
    if name.harmless:
        return opened(_ASKED, None, Assumed.YES)
    return _closed(None, Assumed.OPEN, "Its name does not tell whether a mistake can be undone. Nobody has said.")


def _closed(answer: TaskAnswer | None, assumed: Assumed, reason: str) -> GateFinding:
    return GateFinding(_ASKED, answer, assumed, AllocationOutcome.AGENT_WITH_APPROVAL, reason)
