"""Decisions about pilots and what supports them, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from inventory.values import BenefitEvidence


class PilotOutcome(StrEnum):
    """What is decided about a pilot."""

    SCALE = "scale"
    REFINE = "refine"
    MERGE = "merge"
    RETIRE = "retire"


class RubricAxis(StrEnum):
    """What a criterion speaks of. Axes are never added to each other."""

    VALUE = "value"
    READINESS = "readiness"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class CriterionResult:
    """What one criterion of the rubric found about one pilot."""

    key: str
    title: str
    axis: RubricAxis
    weight: float
    number: float | None  # in `unit`; None: not known, and then it counts nowhere
    unit: str
    score: float | None  # 0 to 1, on the line from the rubric's worst to its best
    evidence: BenefitEvidence  # what stands behind the number
    source: str  # where numbers of this criterion come from
    words: str  # what was found, or why nothing is known
    low: float | None = None  # 95 % interval, where there is one
    high: float | None = None


@dataclass(frozen=True)
class AxisScore:
    """The mean of an axis' known criteria by weight."""

    value: float | None  # 0 to 1; None: nothing is known
    coverage: float  # share of the weight that is known
    low: float | None  # were everything unknown at its worst
    high: float | None  # were it at its best


@dataclass(frozen=True)
class AdviceSteadiness:
    """How often a suggestion stays the same when the weights of the rubric are others."""

    same: float | None  # share of the draws; None: nothing was suggested
    shares: Mapping[str, float]  # of each outcome among the draws
    draws: int
    spread: float  # how far a weight was moved, as a share of itself


@dataclass(frozen=True)
class WorkBeforeAfter:
    """What people's work on a pilot's tasks took before it started and since, measured or why it is not."""

    pilot: int
    log: str | None
    tasks: tuple[str, ...]  # mined activities
    reason: str | None  # in words, why nothing can be measured; None: it was
    months_before: int = 0  # whole months that were counted
    months_after: int = 0
    hours_before: float | None = None  # of people a month
    hours_after: float | None = None
    cases_before: float | None = None  # a month, that go through one of the tasks
    cases_after: float | None = None
    saved_share: float | None = None  # of people's time a case; below 0: it takes more
    saved_low: float | None = None  # 95 % interval
    saved_high: float | None = None
    saved_hours: float | None = None  # a month, at the cases a month since it started
    saved_hours_low: float | None = None
    saved_hours_high: float | None = None
    saved_money: float | None = None  # a month, where a rate was given
    currency: str | None = None


@dataclass(frozen=True)
class ClaimCheck:
    """The claimed benefit of a pilot beside the measured one."""

    claimed: float | None  # a month, as the registry says
    currency: str | None
    evidence: BenefitEvidence  # of the claim
    corrected: float | None  # the claim times the ledger's ratio; None: no correction is due
    work: tuple[WorkBeforeAfter, ...]  # one for each event log that has its tasks
    measured: float | None  # money a month; None without a rate, or where nothing could be measured
    words: str


@dataclass(frozen=True)
class PilotAssessment:
    """What the rubric says of one pilot. It suggests and never decides."""

    pilot: int
    name: str
    department: str
    revision: int  # of the pilot
    criteria: tuple[CriterionResult, ...]
    value: AxisScore
    readiness: AxisScore
    suggestion: PilotOutcome | None  # None: too little is known
    into: int | None  # pilot that a merge is suggested into
    reason: str  # why that is suggested
    could_be: tuple[str, ...]  # outcomes that unknown numbers could lead to, the suggested one among them
    unknown: tuple[str, ...]  # titles of criteria without a number
    steadiness: AdviceSteadiness
    claim: ClaimCheck
    overlaps_with: tuple[int, ...]  # pilots shown as the same work
    risks: tuple[str, ...]  # what it breaks, in words


@dataclass(frozen=True)
class FollowUp:
    """Something that is to be done after a decision."""

    what: str
    who: str
    due: date
    number: int = 0  # within the decision, from 1
    done_at: datetime | None = None
    done_by: str | None = None
    note: str | None = None


class DecisionState(StrEnum):
    """How a decision stands."""

    STANDS = "stands"
    EXPIRED = "expired"  # its review date is over
    REPLACED = "replaced"  # by a newer one about the same pilot
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class PilotDecision:
    """What a person decided about one or more pilots, and what was known then."""

    id: int
    pilots: tuple[int, ...]
    names: tuple[str, ...]  # as they are called now
    outcome: PilotOutcome
    into: int | None  # of a merge: the pilot that stays
    into_name: str | None
    rationale: str
    until: date  # when it has to be decided again
    follow_ups: tuple[FollowUp, ...]
    evidence: Mapping[str, Any]  # the assessments as they were, by pilot id; never changes
    suggested: tuple[str | None, ...]  # what the rubric suggested, one a pilot
    at: datetime
    by: str  # id of the principal
    by_name: str
    state: DecisionState
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None
