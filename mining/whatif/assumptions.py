"""What a scenario is made with that no log says. All assumed: replace them by your own figures.

What is shared with the value of a task (rate, running costs, review, what is redone) stands in mining/allocation. A
person with an agent's help: 14 % more issues an hour in customer support, E. Brynjolfsson, D. Li, L. Raymond,
Generative AI at Work, Quarterly Journal of Economics 140, 2025; of other work nobody knows. All else is ours.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScenarioAssumptions:
    """The assumptions, with their units."""

    seconds: float = 60.0  # that an agent takes for one instance
    escalated: float = 0.1  # share that it hands to a person
    approval_delay: float = 3600.0  # working seconds until somebody gets to an approval
    helped: float = 0.14  # share of a person's service time that an agent's help saves
    keeps: float = 1.0  # share of the delay before the task that stays when an agent does it


ASSUMED_SCENARIO = ScenarioAssumptions()
"""The defaults of every scenario."""
