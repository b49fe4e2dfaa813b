"""The criteria of an allocation, each from its formula: a number, points, and words. Then the signs and the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.durations import duration
from core.figures import per_cent
from mining.allocation import weights
from mining.allocation.assumptions import ASSUMED
from mining.allocation.evidence import TaskEvidence
from mining.allocation.formulas.label_words import clerical_share
from mining.allocation.formulas.net_value import LONGEST, NetValue, net_value
from mining.allocation.formulas.task_profile import in_favour
from mining.allocation.naming import read_name
from mining.allocation.values import Score, TaskAnswer, TaskQuestion
from mining.allocation.weights import FEWEST, Scale
from mining.map.profile import ActivityProfile

Answers = Mapping[TaskQuestion, TaskAnswer]


@dataclass(frozen=True)
class Criterion:
    """One criterion of one activity."""

    name: str
    score: Score
    weight: int  # of 100 within its score; 0 for a sign and a fact
    number: float | None  # what was measured; None where the log does not have it
    points: float | None  # 0 to 100; None where there is no number, and for a sign and a fact
    text: str  # in words, with the number

    def to_dict(self) -> dict[str, Any]:
        """It as JSON."""
        return {**asdict(self), "score": self.score.value}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Criterion:
        """The criterion that `to_dict` wrote."""
        return Criterion(**{**data, "score": Score(data["score"])})


def suitability_criteria(e: TaskEvidence, answers: Answers) -> tuple[Criterion, ...]:
    """The criteria of suitability. None of them reads who did the work, or what only automation makes of it."""
    count, name = e.profile.count, read_name(e.activity)
    clerical, judgement = len(name.clerical), len(name.judgement)
    words = ", ".join(f"“{word}”" for word in (*name.clerical, *name.judgement))
    said = ", ".join(f"{question.value}: {answer.value}" for question, answer in answers.items())
    favour = in_favour(answers)
    return (
        _counted(
            weights.SHARE_OF_CASES, count, e.profile.cases_share, f"in {per_cent(e.profile.cases_share)} of all cases"
        ),
        _counted(weights.NEXT_STEPS, count, e.next_bits, _ways(e.next_bits, "what follows")),
        _counted(weights.INPUTS, count, e.before_bits, _ways(e.before_bits, "what stands before")),
        _counted(
            weights.OUTCOMES, count, e.once,
            "" if e.once is None else f"{per_cent(e.once)} of its {count:,} instances are the first of their case",
        ),
        _counted(
            weights.STABILITY, count, e.drift,
            "its cases are too few to be cut into four periods" if e.drift is None
            else f"its share of cases moves by {per_cent(e.drift)} between four periods",
        ),
        _scored(
            weights.WORDS, clerical_share(clerical, judgement),
            f"{words}: {clerical} clerical, {judgement} of judgement (assumed from words)" if words
            else "its name has no word that tells what kind of work it is",
        ),
        _scored(weights.TASK_PROFILE, favour, said or "nobody has answered a question about it yet"),
    )  # fmt: skip


def value_of(e: TaskEvidence, reviewed: float) -> NetValue | None:
    """What an agent would save each month, this share of its results `reviewed`; None where that is not known."""
    seconds = e.profile.service_median
    if not e.clocked or e.monthly is None or seconds is None or seconds > LONGEST:
        return None
    return net_value(e.monthly, seconds, reviewed, e.profile.failed_share)


def value_criteria(e: TaskEvidence, found: NetValue | None) -> tuple[Criterion, ...]:
    """The criterion of value, then what it is made of."""
    seconds, scale = e.profile.service_median, weights.NET_HOURS
    volume = Criterion("volume", Score.VALUE, 0, e.monthly, None, _volume(e))
    if found is None or seconds is None:
        why = "the log does not say how long it takes, so its service time is not available"
        if e.monthly is None:
            why = "the log covers less than a day"
        elif e.clocked and seconds is not None:
            why = f"a median of {duration(seconds)} is time that passed, not time worked"
        return _missing(scale, why), volume
    text = (
        f"{found.hours:,.1f} hours a month, less {found.redone:,.1f} redone, {found.review:,.1f} of review and "
        f"{found.running:,.0f} of running costs at {ASSUMED.rate:.0f} an hour (estimated; rates are assumed)"
    )
    return _scored(scale, found.net_hours, text), volume


def signs(e: TaskEvidence) -> tuple[Criterion, ...]:
    """Signs that software does it already. They count for nothing: they are what automation leaves behind."""
    burst = "the log's times do not tell" if e.burst is None else (
        f"{per_cent(e.burst)} of its instances end within a second of another's"
    )  # fmt: skip
    instant = "the log's times do not tell" if e.instant is None else (
        f"{per_cent(e.instant)} of its instances take at most a second"
    )  # fmt: skip
    return (
        Criterion("burst", Score.DETECTION, 0, e.burst, None, burst),
        Criterion("instant", Score.DETECTION, 0, e.instant, None, instant),
    )


def facts(profile: ActivityProfile) -> tuple[Criterion, ...]:
    """What a reader wants to know beside: who does it, and where its time and cost go."""
    return _kind(profile), _performers(profile), _waiting(profile), _hand_overs(profile), _cost(profile)


def _kind(p: ActivityProfile) -> Criterion:
    if p.kind_known_share < weights.KNOWN or p.human_share is None:
        return _fact("performer kind", None, "the log does not say whether people or systems do it")
    shares = (("people", p.human_share), ("agents", p.agent_share), ("systems", p.system_share))
    text = ", ".join(f"{per_cent(share)} by {who}" for who, share in shares if share)
    return _fact("performer kind", 1 - p.human_share, text)


def _performers(p: ActivityProfile) -> Criterion:
    if p.performers == 0:
        return _fact("performers", None, "the log does not say who does it")
    most = p.people[0].count / (p.count * p.performer_known_share) if p.people else 0.0
    return _fact("performers", p.performers, f"{p.performers:,} performers; the most frequent does {per_cent(most)}")


def _waiting(p: ActivityProfile) -> Criterion:
    if p.waiting_share is None or p.waiting_median is None:
        return _fact("waiting", None, "nothing ever waits before it")
    median = duration(p.waiting_median)
    return _fact(
        "waiting", p.waiting_share, f"{per_cent(p.waiting_share)} of all waiting time, median {median} before it"
    )


def _hand_overs(p: ActivityProfile) -> Criterion:
    if p.handover_before_share is None or p.performer_known_share < weights.KNOWN:
        return _fact("hand-overs", None, "the log does not say who does it, or who did the step before")
    after = "" if p.handover_after_share is None else f", {per_cent(p.handover_after_share)} out of it"
    text = f"{per_cent(p.handover_before_share)} of the steps into it are hand-overs{after}"
    return _fact("hand-overs", p.handover_before_share, text)


def _cost(p: ActivityProfile) -> Criterion:
    if p.cost_share is None or p.cost_mean is None:
        return _fact("cost", None, "the log does not say what it costs")
    return _fact("cost", p.cost_share, f"{per_cent(p.cost_share)} of all cost, {p.cost_mean:,.2f} each")


def _fact(name: str, number: float | None, text: str) -> Criterion:
    return Criterion(name, Score.FACT, 0, number, None, text)


def _scored(scale: Scale, number: float | None, text: str) -> Criterion:
    points = None if number is None else scale.points(number)
    return Criterion(scale.criterion, scale.score, scale.weight, number, points, text)


def _counted(scale: Scale, count: int, number: float | None, text: str) -> Criterion:
    """As `_scored`, where a share of so few instances would say nothing."""
    if count < FEWEST:
        return _missing(scale, f"seen {count:,} times: a share needs at least {FEWEST}")
    return _scored(scale, number, text)


def _missing(scale: Scale, text: str) -> Criterion:
    return Criterion(scale.criterion, scale.score, scale.weight, None, None, text)


def _ways(bits: float | None, what: str) -> str:
    return "" if bits is None else f"{what} is as uncertain as {2**bits:.1f} equal ways ({bits:.1f} bits)"


def _volume(e: TaskEvidence) -> str:
    if e.monthly is None:
        return f"{e.profile.count:,} times in less than a day"
    return f"{e.monthly:,.0f} times a month" if e.monthly >= 10 else f"{e.monthly:,.1f} times a month"
