"""When what a performer does speaks for software: each sign with its formula, and how many of them it takes.

Conservative: times of day alone say nothing, since shared accounts, shifts and people elsewhere work at night too
(measured: night and off hours do not tell automated activities from others on real logs). What everybody in a log does
is how the log was written, so each share must also lie far above that of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from inventory.discovery.values import Sureness
from inventory.overlap.precision import wilson

LEAST_EVENTS = 50  # below, nothing is said of anybody
MOSTLY = 0.5  # the lower end of a share's interval must reach this
NEARLY_ALL = 0.8  # where it reaches this, one sign alone makes it possible
ALWAYS = 0.95  # the same of service times of nothing
ABOVE = 0.3  # and lie so far above the median of the others
CONSTANT = 0.05  # spread of service times as a share of their mean
SHORT_REST = 3  # hours of the day
LEAST_DAYS = 20  # on which it works, for what times of day say
NO_WEEKEND = 0.2  # of the work; an even share is two sevenths, 0.29
LEAST_EXACT = 0.5  # of the times must have seconds


@dataclass(frozen=True)
class Behaviour:
    """How a performer works, in numbers and shares from 0 to 1."""

    events: int  # activity instances whose times can be believed
    days: int  # on which it did any
    span_days: float  # from the first to the last
    follows: int  # instances that follow one of another performer in their case
    instant: float  # share of those that end within a second of it
    burst: float  # share that end within a second of another of its own in another case
    timed: int  # instances with a service time
    zero: float  # share of those of no more than a second
    spread: float | None  # standard deviation of the service time by its mean
    weekend: float  # share that end on a Saturday or Sunday
    exact: float  # share of the times that have seconds
    rest: int  # longest run of hours of the day with hardly any work


@dataclass(frozen=True)
class JudgedPerformer:
    """That a performer behaves like software, and why."""

    confidence: Sureness
    reason: str
    evidence: tuple[str, ...]  # every sign with its value, those too that speak against


@dataclass(frozen=True)
class Usual:
    """What is usual among the other performers of the log: medians of their shares."""

    instant: float = 0.0
    burst: float = 0.0
    zero: float = 0.0


def usual(others: Iterable[Behaviour]) -> Usual:
    """The medians of performers with at least LEAST_EVENTS; of none, nothing is usual."""
    enough = [one for one in others if one.events >= LEAST_EVENTS]
    follow = [one.instant for one in enough if one.follows >= LEAST_EVENTS] or [0.0]
    timed = [one.zero for one in enough if one.timed >= LEAST_EVENTS] or [0.0]
    return Usual(median(follow), median([one.burst for one in enough] or [0.0]), median(timed))


def judge(one: Behaviour, others: Usual) -> JudgedPerformer | None:
    """Whether a performer behaves like software: likely by two strong signs, or one and both of the clock; possible by
    one and one of the clock, or by one that nearly all it does bears. Else None.

    Shares count by the lower end of their 95 % interval (Wilson 1927). It is never certain: a script that a person
    starts, and a person who works through a list of ready cases, look alike.
    """
    if one.events < LEAST_EVENTS:
        return None
    strong, told, nearly_all = _strong(one, others)
    weak = [
        one.days >= LEAST_DAYS and one.rest <= SHORT_REST,
        one.days >= LEAST_DAYS and one.weekend >= NO_WEEKEND,
    ]
    told += [
        f"longest rest in the hours of the day: {one.rest} h (a sign: at most {SHORT_REST} h), over {one.days:,} days",
        f"at weekends: {one.weekend:.0%} of the work (a sign: at least {NO_WEEKEND:.0%}; even would be 29 %)",
    ]
    number = len(strong)
    if number >= 2 or (number == 1 and all(weak)):
        confidence = Sureness.LIKELY
    elif number == 1 and (any(weak) or nearly_all):
        confidence = Sureness.POSSIBLE
    else:
        return None
    clock = ["works round the clock"] * weak[0] + ["has no weekend"] * weak[1]
    reason = f"It {', '.join([*strong, *clock])}. A script that a person starts looks alike: ask who it is."
    return JudgedPerformer(confidence, reason, tuple(told))


def _strong(one: Behaviour, others: Usual) -> tuple[list[str], list[str], bool]:
    """The strong signs in words, all values as evidence, and whether nearly all that it does bears one of them."""
    exact = one.exact >= LEAST_EXACT
    signs = (
        ("follows others within a second", one.instant, one.follows, others.instant, MOSTLY,
         "of the instances that follow another performer's, those within a second"),
        ("works on several cases within one second", one.burst, one.events, others.burst, MOSTLY,
         "of all instances, those within a second of one of its own in another case"),
        ("takes no time", one.zero, one.timed, others.zero, ALWAYS,
         "of the service times, those of no more than a second"),
    )  # fmt: skip
    strong, told, nearly_all = [], [], False
    for words, share, number, median_of_others, least, meaning in signs:
        if not number:
            continue
        low = wilson(round(share * number), number)[0]
        told.append(
            f"{meaning}: {share:.0%} of {number:,} (at least {low:.0%} with 95 % confidence; a sign from {least:.0%}); "
            f"median of the others {median_of_others:.0%}"
        )
        if exact and number >= LEAST_EVENTS and low >= least and share >= median_of_others + ABOVE:
            strong.append(words)
            nearly_all = nearly_all or low >= NEARLY_ALL
    if one.spread is not None and one.timed >= LEAST_EVENTS and one.zero < MOSTLY:
        told.append(f"spread of service times: {one.spread:.2f} of their mean (a sign: at most {CONSTANT})")
        if one.spread <= CONSTANT and exact:
            strong.append("takes the same time each time")
    if not exact:
        told.append(f"only {one.exact:.0%} of its times have seconds, so shares of seconds say nothing here")
    return strong, told, nearly_all
