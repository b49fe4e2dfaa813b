"""What the value of a task is reckoned with and no log says. All assumed: replace them by your own figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ValueAssumptions:
    """The assumptions, with their units."""

    rate: float = 45.0  # cost of an hour of work, in the currency of the organisation
    running_fixed: float = 100.0  # cost of keeping one agent at work for a month: licence, watching, upkeep
    running_each: float = 0.05  # cost of one instance: model, computing
    reviewed: float = 0.1  # share of the results that a person looks at where an agent works alone
    approved: float = 1.0  # the same where a person approves each one
    review_minutes: float = 1.0  # for each result looked at
    redone: float = 0.05  # share that a person does again, where the log does not say what ended in an error


ASSUMED = ValueAssumptions()
