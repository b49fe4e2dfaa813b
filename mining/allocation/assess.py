"""The assessment of one activity: criteria, two scores, coverage, outcome, reasons. Pure: same profile, same answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mining.allocation.criteria import Criterion, criteria
from mining.allocation.rules import TaskEvidence, judge
from mining.allocation.values import AllocationOutcome, Score
from mining.allocation.weights import STANDARDISATION
from mining.map.profile import ActivityProfile


@dataclass(frozen=True)
class Assessment:
    """What the rules say about one activity."""

    activity: str
    outcome: AllocationOutcome
    suitability: float | None  # 0 to 100; None where the log has data for none of its criteria
    value: float  # 0 to 100
    coverage: float  # share of the weight of suitability for which the log had data, 0 to 1
    value_coverage: float  # the same for value
    criteria: tuple[Criterion, ...]
    reasons: tuple[str, ...]


def assess(profile: ActivityProfile) -> Assessment:
    """The assessment of `profile`.

    A score is the mean of the points of its criteria that have data, weighted; coverage is their share of the weight.
    """
    found = criteria(profile)
    suitability, coverage = score(found, Score.SUITABILITY)
    value, value_coverage = score(found, Score.VALUE)
    assert value is not None  # every profile has a frequency
    standard = next(c.points for c in found if c.name == STANDARDISATION.criterion)
    verdict = judge(TaskEvidence(profile, suitability or 0.0, coverage, value, standard))
    return Assessment(
        profile.activity, verdict.outcome, suitability, value, coverage, value_coverage, found, verdict.reasons
    )


def score(found: Sequence[Criterion], which: Score) -> tuple[float | None, float]:
    """The points of score `which` (0 to 100, None without any data), and its coverage (0 to 1)."""
    counted = [(c.points, c.weight) for c in found if c.score is which and c.points is not None]
    weight = sum(w for _, w in counted)
    everything = sum(c.weight for c in found if c.score is which)
    return (sum(points * w for points, w in counted) / weight if weight else None), weight / everything
