"""How grave a finding is: what it makes wrong, weighed by the share of the log that it touches. Pure functions.

Why these shares. Tables and pages tell shares to a tenth of a percent: what touches less than one in a thousand moves
no rate, count or median that anybody can see. From one in a hundred on, a rate moves in its first whole percent. From
half on, a figure rests more on what is in doubt than on what is not; that is also where results begin to be withheld.

    what it makes of figures    note         warning      serious
    wrong                       below 0.1 %  below 1 %    from 1 % on
    misleading                  below 1 %    below 50 %   from 50 % on
    nothing, worth knowing      always
"""

from __future__ import annotations

from core.trust import Result
from ingest.soundness.values import Consequence, Severity

SEEN = 0.001  # the least share that a table shows
FELT = 0.01  # a rate moves by a whole percent
MOST = 0.5  # more of the figure is in doubt than is not

_STEPS = {
    Consequence.WRONG: (SEEN, FELT),
    Consequence.MISLEADING: (FELT, MOST),
}
_GRAVITY = list(Severity)
_DOUBTS = {  # what a missing value puts in doubt, by its column
    "performer": (Result.PERFORMERS, Result.HAND_OVERS),
    "started": (Result.SERVICE_TIME, Result.WAITING_TIME),
    "system": (Result.SYSTEMS,),
    "failed": (Result.ERRORS,),
    "cost": (Result.COST,),
}


def severity(consequence: Consequence, share: float) -> Severity:
    """How grave it is that `share` of the log, from 0 to 1, has what a rule of this consequence looks for."""
    if consequence not in _STEPS:
        return Severity.NOTE
    warning, serious = _STEPS[consequence]
    return Severity.SERIOUS if share >= serious else Severity.WARNING if share >= warning else Severity.NOTE


def gravity(found: Severity) -> int:
    """The place of a severity among all, the gravest first, to sort by."""
    return _GRAVITY.index(found)


def consequence_of(usual: Consequence, code: str, subject: str | None) -> Consequence:
    """What a rule's finding in one column makes of figures: no figure is made of an attribute without a value."""
    if code == "missing_values" and subject not in _DOUBTS:
        return Consequence.WORTH_KNOWING
    return usual


def doubts_of(usual: tuple[Result, ...], code: str, subject: str | None) -> tuple[Result, ...]:
    """The results that a rule's finding in one column puts in doubt: those that are made of the column."""
    if code == "missing_values":
        return _DOUBTS.get(subject or "", usual)
    return _DOUBTS["cost"] if subject == "cost" else usual
