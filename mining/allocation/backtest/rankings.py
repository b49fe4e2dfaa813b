"""The ways to rank tasks that are held against each other, each a number for a task: the higher, the more automated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mining.allocation import weights
from mining.allocation.assess import Assessment, assess, score
from mining.allocation.evidence import TaskEvidence
from mining.allocation.values import Score

NEUTRAL = 50.0  # points of a criterion that has no data: neither for nor against


class WhenRead(StrEnum):
    """When what a ranking reads is there to be read."""

    BEFORE = "before automation"  # a task that people do has it too
    AFTER = "result of automation"  # only automation makes it so: told apart, and used for nothing
    NEVER = "nothing is read"


@dataclass(frozen=True)
class Ranking:
    """A way to rank tasks."""

    name: str
    known: WhenRead
    of: Callable[[TaskEvidence, Assessment], float]


def _criterion(name: str) -> Callable[[TaskEvidence, Assessment], float]:
    def points(_: TaskEvidence, assessment: Assessment) -> float:
        found = next(c.points for c in assessment.criteria if c.name == name)
        return NEUTRAL if found is None else found

    return points


def _suitability(_: TaskEvidence, assessment: Assessment) -> float:
    return 0.0 if assessment.suitability is None else assessment.suitability


def _wordless(_: TaskEvidence, assessment: Assessment) -> float:
    left = [c for c in assessment.criteria if c.name != weights.WORDS.criterion]
    found, _share = score(left, Score.SUITABILITY)
    return 0.0 if found is None else found


def _value(_: TaskEvidence, assessment: Assessment) -> float:
    """What is not known ranks last."""
    return assessment.worth.net if assessment.worth else float("-inf")


CRITERIA = tuple(
    s.criterion for s in weights.SUITABILITY if s is not weights.TASK_PROFILE
)  # nobody has answered in a back-test
RANKINGS: tuple[Ranking, ...] = (
    Ranking("suitability", WhenRead.BEFORE, _suitability),
    Ranking("suitability without words", WhenRead.BEFORE, _wordless),
    Ranking("frequency", WhenRead.BEFORE, lambda e, _: float(e.profile.count)),
    Ranking("value", WhenRead.BEFORE, _value),
    Ranking("chance", WhenRead.NEVER, lambda _e, _a: 0.0),
    *(Ranking(f"{name} alone", WhenRead.BEFORE, _criterion(name)) for name in CRITERIA),
    Ranking("burst", WhenRead.AFTER, lambda e, _: e.burst or 0.0),
    Ranking("instant", WhenRead.AFTER, lambda e, _: e.instant or 0.0),
)
FEATURES = (
    weights.SHARE_OF_CASES, weights.NEXT_STEPS, weights.INPUTS, weights.OUTCOMES, weights.WORDS,
)  # fmt: skip
FITTED = "five features, fitted to the other processes"


def scores(evidence: TaskEvidence) -> Mapping[str, float]:
    """The score of a task by each ranking."""
    assessment = assess(evidence)
    return {ranking.name: ranking.of(evidence, assessment) for ranking in RANKINGS}


def features(evidence: TaskEvidence) -> tuple[float, ...]:
    """What the fit reads of a task, each from 0 to 1."""
    assessment = assess(evidence)
    return tuple(_criterion(scale.criterion)(evidence, assessment) / 100 for scale in FEATURES)
