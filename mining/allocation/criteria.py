"""The criteria of an allocation: one function each, from an activity's profile to a number, points and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.durations import duration
from core.figures import per_cent
from mining.allocation import weights
from mining.allocation.values import Score
from mining.allocation.weights import FEWEST, KNOWN, Scale
from mining.map.profile import ActivityProfile, Neighbour


@dataclass(frozen=True)
class Criterion:
    """One criterion of one activity."""

    name: str
    score: Score
    weight: int  # of 100 within its score; 0 for a fact
    number: float | None  # what was measured; None where the log does not have it
    points: float | None  # 0 to 100; None where there is no number, and for a fact
    text: str  # in words, with the number

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return {**asdict(self), "score": self.score.value}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Criterion:
        """The criterion that `to_dict` wrote."""
        return Criterion(**{**data, "score": Score(data["score"])})


def criteria(profile: ActivityProfile) -> tuple[Criterion, ...]:
    """Every criterion of `profile`: those of suitability, those of value, then the facts."""
    return tuple(criterion(profile) for criterion in _ALL)


def standardisation(profile: ActivityProfile) -> Criterion:
    """Mean share of its most frequent neighbour before and after."""
    scale = weights.STANDARDISATION
    if profile.count < FEWEST:
        return _missing(scale, _too_few(profile))
    if profile.before is None or profile.after is None:
        return _missing(scale, "nothing stands before or after it")
    number = (profile.before.share + profile.after.share) / 2
    before, after = _named(profile.before, "the start of the case"), _named(profile.after, "the end of the case")
    return _scored(scale, number, f"{before} directly before it, {after} directly after it")


def rework(profile: ActivityProfile) -> Criterion:
    """Share of its instances that are rework."""
    if profile.count < FEWEST:
        return _missing(weights.REWORK, _too_few(profile))
    number = profile.repeated_share
    return _scored(weights.REWORK, number, f"{per_cent(number)} of its {profile.count:,} instances are rework")


def steadiness(profile: ActivityProfile) -> Criterion:
    """Quartile coefficient of dispersion of its service time: (q3 - q1) / (q3 + q1)."""
    scale = weights.STEADINESS
    if profile.count < FEWEST:
        return _missing(scale, _too_few(profile))
    if profile.service_q1 is None or profile.service_q3 is None or profile.service_median is None:
        return _missing(scale, "the log does not say when it starts, so its service time is not available")
    spread = profile.service_q3 + profile.service_q1
    number = (profile.service_q3 - profile.service_q1) / spread if spread else 0.0
    middle = f"{duration(profile.service_q1)} and {duration(profile.service_q3)}"
    return _scored(scale, number, f"half of its service times lie between {middle}")


def errors(profile: ActivityProfile) -> Criterion:
    """Share of its instances that ended in an error."""
    if profile.count < FEWEST:
        return _missing(weights.ERRORS, _too_few(profile))
    if profile.failed_share is None:
        return _missing(weights.ERRORS, "the log does not say which instances ended in an error")
    return _scored(weights.ERRORS, profile.failed_share, f"{per_cent(profile.failed_share)} end in an error")


def frequency(profile: ActivityProfile) -> Criterion:
    """Share of all cases that have it."""
    text = f"in {per_cent(profile.cases_share)} of all cases, {profile.count:,} times"
    return _scored(weights.FREQUENCY, profile.cases_share, text)


def effort(profile: ActivityProfile) -> Criterion:
    """Its share of the service time of the whole log."""
    if profile.service_share is None or profile.service_median is None:
        return _missing(weights.EFFORT, "the log does not say when it starts, so its service time is not available")
    text = f"{per_cent(profile.service_share)} of all service time, median {duration(profile.service_median)}"
    return _scored(weights.EFFORT, profile.service_share, text)


def waiting(profile: ActivityProfile) -> Criterion:
    """Its share of the waiting time of the whole log."""
    if profile.waiting_share is None or profile.waiting_median is None:
        return _missing(weights.WAITING, "nothing ever waits before it")
    text = f"{per_cent(profile.waiting_share)} of all waiting time, median {duration(profile.waiting_median)} before it"
    return _scored(weights.WAITING, profile.waiting_share, text)


def hand_overs(profile: ActivityProfile) -> Criterion:
    """Share of the steps into it where the performer changes."""
    scale = weights.HAND_OVERS
    if profile.handover_before_share is None or profile.performer_known_share < KNOWN:
        return _missing(scale, "the log does not say who does it, or who did the step before")
    after = "" if profile.handover_after_share is None else f", {per_cent(profile.handover_after_share)} out of it"
    text = f"{per_cent(profile.handover_before_share)} of the steps into it are hand-overs{after}"
    return _scored(scale, profile.handover_before_share, text)


def cost(profile: ActivityProfile) -> Criterion:
    """Its share of the cost of the whole log."""
    if profile.cost_share is None or profile.cost_mean is None:
        return _missing(weights.COST, "the log does not say what it costs")
    text = f"{per_cent(profile.cost_share)} of all cost, {profile.cost_mean:,.2f} each"
    return _scored(weights.COST, profile.cost_share, text)


def performer_kind(profile: ActivityProfile) -> Criterion:
    """Share of its instances done by systems or agents. A fact: scoring it would judge the rules by what they read."""
    if profile.kind_known_share < KNOWN or profile.human_share is None:
        return Criterion(
            "performer kind", Score.FACT, 0, None, None, "the log does not say whether people or systems do it"
        )
    shares = (("people", profile.human_share), ("agents", profile.agent_share), ("systems", profile.system_share))
    text = ", ".join(f"{per_cent(share)} by {who}" for who, share in shares if share)
    return Criterion("performer kind", Score.FACT, 0, 1 - profile.human_share, None, text)


def performers(profile: ActivityProfile) -> Criterion:
    """How many different performers do it."""
    if profile.performers == 0:
        return Criterion("performers", Score.FACT, 0, None, None, "the log does not say who does it")
    most = profile.people[0].count / (profile.count * profile.performer_known_share) if profile.people else 0.0
    text = f"{profile.performers:,} performers; the most frequent does {per_cent(most)}"
    return Criterion("performers", Score.FACT, 0, float(profile.performers), None, text)


_ALL: tuple[Callable[[ActivityProfile], Criterion], ...] = (
    standardisation, rework, steadiness, errors,
    frequency, effort, waiting, hand_overs, cost,
    performer_kind, performers,
)  # fmt: skip


def _scored(scale: Scale, number: float, text: str) -> Criterion:
    return Criterion(scale.criterion, scale.score, scale.weight, number, scale.points(number), text)


def _missing(scale: Scale, text: str) -> Criterion:
    return Criterion(scale.criterion, scale.score, scale.weight, None, None, text)


def _too_few(profile: ActivityProfile) -> str:
    return f"seen {profile.count:,} times: a share needs at least {FEWEST}"


def _named(neighbour: Neighbour, boundary: str) -> str:
    name = boundary if neighbour.activity is None else f"“{neighbour.activity}”"
    return f"{per_cent(neighbour.share)} {name} stands"
