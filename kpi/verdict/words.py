"""What a verdict says, in short plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.durations import duration as duration_in_words
from core.figures import per_cent, signed_per_cent

if TYPE_CHECKING:
    from kpi.verdict.values import RatioEstimate, Verdict

__all__ = ["OF", "change", "detectable", "duration_in_words", "shared_in_words"]

OF = {
    "cycle_time": "typical cycle time",
    "throughput": "completed cases a day",
    "cost_per_task": "cost per task",
    "error_rate": "error rate",
    "sla_adherence": "share of missed SLAs",
}
ASSUMED = (
    "Simulated performers worked on {share} of the cases: what they cost, how long they take and how often they fail "
    "was assumed, not observed."
)
NOT_EVERY_CASE = "Completed cases a day are judged only where you say that both logs hold every case."
DRIFT = (
    "It differs from the baseline by more than chance, but what was drifting anyway, by some {drift} a month, "
    "could explain that. A hold-out by chance would tell."
)
LIKE = "Like for like on {names}. A shift in the mix that no attribute records is not taken out."
NO_LIKE = "No recorded attribute was taken out: a shift in the mix of cases would show as a change."


def change(log_ratio: float) -> float:
    """A difference on the log scale as a relative change: -0.22 becomes -0.20."""
    return float(np.expm1(log_ratio))


def detectable(error: float) -> float:
    """The smallest reduction that is seen at 5 % with a power of 80 %, as a relative change."""
    return change(-2.8 * error)


def shared_in_words(cases: int) -> str:
    """How many cases, with their verb."""
    return "1 case stands" if cases == 1 else f"{cases:,} cases stand"


def found_in_words(verdict: Verdict) -> str:
    """The estimated difference with its interval, as a sentence."""
    if verdict.change is None or verdict.low is None or verdict.high is None:
        return ""
    of_which = (
        "Like for like and without drift, the" if verdict.segments else "Of the cases that count, without drift, the"
    )
    return (
        f"{of_which} {verdict.of} changed by {signed_per_cent(verdict.change)} "
        f"(95 % interval {signed_per_cent(verdict.low)} to {signed_per_cent(verdict.high)})."
    )


def seen_in_words(smallest: float) -> str:
    """What would have been seen."""
    return f"A reduction by {per_cent(-smallest)} or more would have been seen four times out of five."


def hidden_in_words(estimate: RatioEstimate) -> str:
    """How large a hidden shift would explain the result."""
    nearest = min(abs(estimate.low), abs(estimate.high))
    share = 100 * nearest / np.log(2)
    if share > 100:
        return ""
    return (
        f"A kind of case that nobody recorded and that counts double would have to have moved by {share:.0f} points "
        "of the mix to explain it."
    )
