"""Weights and thresholds of the allocation rules: the only place where they stand. docs/allocation.md explains them.

A change of any number here, of a formula, a gate or a rule must raise RULES, so that allocations made before keep
saying what they were made by.
"""

from __future__ import annotations

from dataclasses import dataclass

from mining.allocation.values import Score

RULES = 2  # version of the numbers below, of formulas, gates, words and rules


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


# Suitability. The weights are our judgement, not fitted: the back-test shows beside them what a fit to other processes
# would reach. What is done in every case, in one way, is what rules and software have taken over wherever it is known.
SHARE_OF_CASES = Scale("share of cases", Score.SUITABILITY, 30, worst=0.0, best=1.0)
NEXT_STEPS = Scale("next steps", Score.SUITABILITY, 20, worst=3.0, best=0.0)  # bits
INPUTS = Scale("inputs", Score.SUITABILITY, 10, worst=3.0, best=0.0)  # bits
OUTCOMES = Scale("outcomes", Score.SUITABILITY, 10, worst=0.5, best=1.0)
STABILITY = Scale("stability", Score.SUITABILITY, 10, worst=0.5, best=0.0)
WORDS = Scale("words of its name", Score.SUITABILITY, 15, worst=0.0, best=1.0)
TASK_PROFILE = Scale("task profile", Score.SUITABILITY, 5, worst=0.0, best=1.0)
SUITABILITY = (SHARE_OF_CASES, NEXT_STEPS, INPUTS, OUTCOMES, STABILITY, WORDS, TASK_PROFILE)

# Value. One criterion: what is left each month of the hours saved.
NET_HOURS = Scale("net hours a month", Score.VALUE, 100, worst=0.0, best=160.0)  # up to one person's month

FEWEST = 30  # instances below which a share says nothing (its 95 % interval is then wider than 35 points)
KNOWN = 0.5  # share of instances that must have a fact before it is used
THIN = 0.5  # evidence coverage below which nothing is handed to an agent
SUITABLE = 65.0  # suitability from which an agent may do it
UNSUITABLE = 45.0  # suitability below which only a person should
AUTOMATED = 0.8  # share of instances by systems (or agents) from which it counts as automated already
TWICE = 0.5  # share of instances that repeat the one before, from which it counts as recorded twice
INSTANT = 1.0  # seconds up to which nothing was worked
EVIDENT = 100  # instances needed before it is suggested to eliminate an activity
RARE = 5.0  # instances a month below which an agent is not worth setting up, whatever each takes
OPENING = 0.9  # share of the cases that begin with it, from which a submission is taken for the applicant's own act
MOSTLY_INSTANT = 0.8  # share of instances that take no time, from which software may be doing it
