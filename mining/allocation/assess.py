"""The assessment of one activity: gates, criteria, two scores, outcome, reasons. Pure: same evidence, same answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mining.allocation.asking import AskedQuestion, asked
from mining.allocation.assumptions import ASSUMED
from mining.allocation.criteria import Criterion, facts, signs, suitability_criteria, value_criteria, value_of
from mining.allocation.evidence import TaskEvidence
from mining.allocation.formulas.net_value import NetValue
from mining.allocation.gates import look
from mining.allocation.gates.gate import MOST
from mining.allocation.naming import read_name
from mining.allocation.rules import Grounds, judge, most_of
from mining.allocation.values import AllocationOutcome, NoTask, Score, TaskAnswer, TaskQuestion

NO_ANSWERS: Mapping[TaskQuestion, TaskAnswer] = {}


@dataclass(frozen=True)
class Assessment:
    """What the rules say about one activity."""

    activity: str
    outcome: AllocationOutcome
    suitability: float | None  # 0 to 100; None where the log has data for none of its criteria
    value: float | None  # 0 to 100; None where volume or service time is not known
    coverage: float  # share of the weight of suitability for which the log had data, 0 to 1
    value_coverage: float  # the same for value
    criteria: tuple[Criterion, ...]
    reasons: tuple[str, ...]
    no_task: NoTask | None  # why it is no task; None: it is one
    questions: tuple[AskedQuestion, ...]  # whose answer would change the outcome
    worth: NetValue | None


def assess(evidence: TaskEvidence, answers: Mapping[TaskQuestion, TaskAnswer] = NO_ANSWERS) -> Assessment:
    """The assessment of the activity that `evidence` is about, as far as people have answered."""
    counted = suitability_criteria(evidence, answers)
    suitability, coverage = score(counted, Score.SUITABILITY)
    grounds = grounds_of(evidence, answers, suitability, coverage)
    verdict = judge(grounds)
    valued = value_criteria(evidence, grounds.worth)
    value, value_coverage = score(valued, Score.VALUE)
    return Assessment(
        evidence.activity, verdict.outcome, suitability, value, coverage, value_coverage,
        (*counted, *valued, *signs(evidence), *facts(evidence.profile)), verdict.reasons, verdict.no_task,
        asked(grounds, answers) if verdict.gated else (), grounds.worth,
    )  # fmt: skip


def grounds_of(
    evidence: TaskEvidence, answers: Mapping[TaskQuestion, TaskAnswer], suitability: float | None, coverage: float
) -> Grounds:
    """What the rules read of the activity, were its suitability this."""
    name = read_name(evidence.activity)
    gates = look(name, answers)
    reviewed = ASSUMED.reviewed if most_of(gates) is MOST else ASSUMED.approved
    return Grounds(evidence, name, gates, suitability or 0.0, coverage, value_of(evidence, reviewed))


def outcome_at(grounds: Grounds, suitability: float) -> AllocationOutcome:
    """The outcome, were the suitability this and all else the same."""
    return judge(replace(grounds, suitability=suitability)).outcome


def score(found: Sequence[Criterion], which: Score) -> tuple[float | None, float]:
    """The points of score `which` (0 to 100, None without any data), and its coverage (0 to 1).

    The mean of the points of its criteria that have data, weighted; coverage is their share of the weight.
    """
    counted = [(c.points, c.weight) for c in found if c.score is which and c.points is not None]
    weight = sum(w for _, w in counted)
    everything = sum(c.weight for c in found if c.score is which)
    return (sum(points * w for points, w in counted) / weight if weight else None), weight / everything
