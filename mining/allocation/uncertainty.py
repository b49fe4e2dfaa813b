"""How firm an allocation is: an interval from redrawn cases, and how often it holds when weights are moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.intervals import Interval
from mining.allocation import weights
from mining.allocation.assess import Assessment, grounds_of, outcome_at
from mining.allocation.evidence import TaskEvidence
from mining.allocation.flows import FlowCounter, Flows
from mining.allocation.values import AllocationOutcome, Score, TaskAnswer, TaskQuestion
from mining.allocation.weights import FEWEST, Scale

TIMES = 200  # redrawn sets of cases, and moved sets of weights
MOVED = 0.5  # each weight is moved by up to this share of itself, up or down
SEED = 20_261_130  # so that the same log gives the same interval


@dataclass(frozen=True)
class Firmness:
    """How firm an allocation is."""

    interval: Interval | None  # of the suitability, 95 %, over redrawn cases; None where too little is known of it
    cases_hold: float | None  # share of the redrawn sets of cases with the same outcome
    weights_hold: float | None  # share of the moved sets of weights with the same outcome
    otherwise: AllocationOutcome | None  # the most frequent other outcome of both; None where there is none


def redraw(flows: FlowCounter) -> Flows:
    """The flows of the redrawn sets of cases of a log."""
    return flows.redrawn(TIMES, SEED)


def firmness(
    evidence: TaskEvidence, assessment: Assessment, answers: Mapping[TaskQuestion, TaskAnswer], redrawn: Flows
) -> Firmness:
    """How firm `assessment` is. Stability and words are held fixed while cases are redrawn."""
    import numpy as np

    if assessment.suitability is None or assessment.coverage < weights.THIN:  # a word or two would look certain
        return Firmness(None, None, None, None)
    grounds = grounds_of(evidence, answers, assessment.suitability, assessment.coverage)
    points = _points(evidence, assessment, redrawn)
    known = [scale for scale in weights.SUITABILITY if scale.criterion in points]
    table = np.array([points[scale.criterion] for scale in known])
    given = np.array([float(scale.weight) for scale in known])
    by_cases = given @ table / given.sum()
    moved = given * np.random.default_rng(SEED).uniform(1 - MOVED, 1 + MOVED, size=(TIMES, len(known)))
    seen = np.array([_seen(assessment, scale) for scale in known])
    by_weights = moved @ seen / moved.sum(axis=1)
    cases, moves = ([outcome_at(grounds, float(s)) for s in scores] for scores in (by_cases, by_weights))
    low, high = np.quantile(by_cases, [0.025, 0.975])
    others = Counter(o for o in (*cases, *moves) if o is not assessment.outcome)
    return Firmness(
        Interval(float(low), float(high)), _holds(cases, assessment), _holds(moves, assessment),
        others.most_common(1)[0][0] if others else None,
    )  # fmt: skip


def _holds(outcomes: Sequence[AllocationOutcome], assessment: Assessment) -> float:
    return sum(outcome is assessment.outcome for outcome in outcomes) / len(outcomes)


def _seen(assessment: Assessment, scale: Scale) -> float:
    """The points of the criterion of `scale` as they are."""
    found = next(c.points for c in assessment.criteria if c.name == scale.criterion and c.score is Score.SUITABILITY)
    assert found is not None  # only known ones are asked for
    return found


def _points(evidence: TaskEvidence, assessment: Assessment, redrawn: Flows) -> dict[str, Any]:
    """The points of every criterion that has data, one for each redrawn set of cases."""
    import numpy as np

    at = redrawn.column(evidence.activity)
    cases, instances = redrawn.cases[:, at], redrawn.instances[:, at]
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = {
            weights.SHARE_OF_CASES: cases / redrawn.every,
            weights.NEXT_STEPS: redrawn.next_bits[:, at],
            weights.INPUTS: redrawn.before_bits[:, at],
            weights.OUTCOMES: cases / instances,
        }
    found = {}
    for scale in weights.SUITABILITY:
        seen = next(c for c in assessment.criteria if c.name == scale.criterion and c.score is Score.SUITABILITY)
        if seen.points is None:
            continue
        if scale in drawn and evidence.profile.count >= FEWEST:
            numbers = np.nan_to_num(drawn[scale], nan=scale.worst)
            share = (numbers - scale.worst) / (scale.best - scale.worst)
            found[scale.criterion] = 100 * np.clip(share, 0, 1)
        else:
            found[scale.criterion] = np.full(len(redrawn.every), seen.points)
    return found
