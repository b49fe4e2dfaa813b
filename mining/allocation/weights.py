"""Weights and thresholds of the allocation rules: the only place where they stand. docs/allocation.md explains them.

The indicators follow J. Wanner et al., "Process selection in RPA projects: towards a quantifiable method of decision
making" (ICIS 2019): execution frequency and time, standardisation, stability, failure rate, automation rate.
The weights are our judgement, not measured; a change of any number here must raise RULES, so that allocations made
before keep saying what they were made by.
"""

from __future__ import annotations

from dataclasses import dataclass

from mining.allocation.values import Score

RULES = 1  # version of the numbers below and of rules.py


@dataclass(frozen=True)
class Scale:
    """How a criterion's number becomes points: `worst` and beyond is 0, `best` and beyond 100, linear between."""

    criterion: str
    score: Score
    weight: int  # of 100 within its score
    worst: float
    best: float

    def points(self, number: float) -> float:
        """The points of `number`."""
        share = (number - self.worst) / (self.best - self.worst)
        return 100 * min(1.0, max(0.0, share))


# Suitability. Standardisation weighs most: a task that always stands between the same two needs no judgement about what
# comes next. Rework says that the first attempt is often not good enough. A steady service time says that cases are
# alike. Errors weigh least because few logs have them, and their cause may lie elsewhere.
STANDARDISATION = Scale("standardisation", Score.SUITABILITY, 45, worst=0.3, best=0.95)
REWORK = Scale("rework", Score.SUITABILITY, 25, worst=0.3, best=0.0)
STEADINESS = Scale("steadiness", Score.SUITABILITY, 20, worst=0.9, best=0.2)
ERRORS = Scale("errors", Score.SUITABILITY, 10, worst=0.2, best=0.0)

# Value. A task of every case that takes a fifth of all work is worth most. Waiting and hand-overs before it are what a
# performer who is always there would save; they weigh less because they have other causes too.
FREQUENCY = Scale("frequency", Score.VALUE, 35, worst=0.0, best=1.0)
EFFORT = Scale("effort", Score.VALUE, 30, worst=0.0, best=0.2)
WAITING = Scale("waiting", Score.VALUE, 15, worst=0.0, best=0.2)
HAND_OVERS = Scale("hand-overs", Score.VALUE, 10, worst=0.0, best=1.0)
COST = Scale("cost", Score.VALUE, 10, worst=0.0, best=0.2)

FEWEST = 30  # instances below which a share says nothing (its 95 % interval is then wider than 35 points)
KNOWN = 0.5  # share of instances that must have a fact before it is used
THIN = 0.5  # evidence coverage below which nothing is handed to an agent
SUITABLE = 70.0  # suitability from which an agent may do it
UNSUITABLE = 45.0  # suitability below which only a person should
WORTHWHILE = 20.0  # value from which an agent is worth setting up
AUTOMATED = 0.8  # share of instances by systems (or agents) from which it counts as automated already
TWICE = 0.5  # share of instances that repeat the one before, from which it counts as recorded twice
INSTANT = 1.0  # median service time in seconds up to which nothing was worked
EVIDENT = 100  # instances needed before it is suggested to eliminate an activity
