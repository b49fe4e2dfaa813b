"""Which variants are aligned first where time may not suffice for all, and what those aligned say of the rest.

The most frequent variants are no sample: they follow a model more often than rare ones do. Variants are put into
strata, like with like in cases and in length; each stratum is shuffled; and the strata are gone through in step with
their cases. What is aligned when time is over is then a stratified random sample of the variants, whatever the time.

Estimator: combined ratio, stratified: W. G. Cochran, "Sampling Techniques" (3rd ed. 1977), sections 5.3, 6.11, 6.12.
Interval of a share: Wilson's with the effective number of cases, after E. L. Korn and B. I. Graubard, "Confidence
intervals for proportions with small expected number of positive counts estimated from survey data" (1998).
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.intervals import Z, wilson
from mining.conformance.align import Trace

LEAST = 30  # aligned variants below which nothing is estimated
_LENGTHS = 3  # strata by length
_GROWTH = 4  # a variant of the next stratum by cases has at least so many times as many


@dataclass(frozen=True)
class AlignmentUnit:
    """A variant that must be aligned."""

    trace: Trace
    cases: int


@dataclass(frozen=True)
class Estimated:
    """A figure of all cases, estimated from a sample, with its 95 % interval."""

    value: float
    low: float
    high: float
    sampled: int  # variants that were drawn
    of: int  # variants that they stand for, themselves included


@dataclass(frozen=True)
class AlignmentOrder:
    """The order in which variants are aligned, so that every beginning of it is a stratified random sample."""

    order: tuple[AlignmentUnit, ...]
    stratum: Mapping[Trace, int]  # of each trace

    def drawn(self, aligned: Mapping[Trace, object]) -> tuple[AlignmentUnit, ...]:
        """The sample when `aligned` was aligned: all up to the last of them. Those between that were given up belong
        to it, or it would consist of what is easily aligned."""
        last = max((place for place, unit in enumerate(self.order) if unit.trace in aligned), default=-1)
        return self.order[: last + 1]

    def weights(self, drawn: Sequence[AlignmentUnit]) -> dict[Trace, float]:
        """How many variants of its stratum each of `drawn` stands for, itself included."""
        all_of, some_of = self._sizes(self.order), self._sizes(drawn)
        return {u.trace: all_of[self.stratum[u.trace]] / some_of[self.stratum[u.trace]] for u in drawn}

    def _sizes(self, units: Sequence[AlignmentUnit]) -> dict[int, int]:
        sizes: dict[int, int] = {}
        for unit in units:
            number = self.stratum[unit.trace]
            sizes[number] = sizes.get(number, 0) + 1
        return sizes


def plan(units: Sequence[AlignmentUnit], seed: str) -> AlignmentOrder:
    """The order of `units`; the same for the same `seed`, such as a log's digest."""
    stratum = _strata(units)
    groups: dict[int, list[AlignmentUnit]] = {}
    for unit in units:
        groups.setdefault(stratum[unit.trace], []).append(unit)
    draw = random.Random(seed)
    placed = []
    for number, group in sorted(groups.items()):
        cases = sum(unit.cases for unit in group)
        draw.shuffle(group)
        # two of each stratum come first: from one alone nobody knows how much its variants differ
        placed += [(place >= 2, (place + 0.5) / cases, number, unit) for place, unit in enumerate(group)]
    placed.sort(key=lambda entry: entry[:3])
    return AlignmentOrder(tuple(unit for *_, unit in placed), stratum)


def _strata(units: Sequence[AlignmentUnit]) -> dict[Trace, int]:
    """The number of each trace's stratum: its cases on a scale of powers, and whether it is short, middling or long."""
    lengths = sorted(len(unit.trace) for unit in units)
    limits = [lengths[len(lengths) * part // _LENGTHS] for part in range(1, _LENGTHS)] if lengths else []
    return {
        unit.trace: _LENGTHS * int(math.log(unit.cases, _GROWTH) + 1e-9)
        + sum(len(unit.trace) > limit for limit in limits)
        for unit in units
    }


def estimate(
    plan: AlignmentOrder,
    drawn: Sequence[AlignmentUnit],
    told: Mapping[Trace, tuple[float, float]],
    size: Mapping[Trace, float],
) -> Estimated | None:
    """The sum of a figure over all variants of `plan`, per unit of `size`; None where fewer than LEAST were drawn and
    not all, or none of some stratum.

    `told` has between what the figure of each drawn variant lies; both ends are the same where it is known. The
    interval covers the draw, and between its ends what is not known of those drawn.
    """
    strata = {plan.stratum[unit.trace] for unit in drawn}
    if not drawn or len(drawn) < min(LEAST, len(plan.order)) or len(strata) < len(set(plan.stratum.values())):
        return None
    low, low_error = _ratio(plan, drawn, {u.trace: told[u.trace][0] for u in drawn}, size)
    high, high_error = _ratio(plan, drawn, {u.trace: told[u.trace][1] for u in drawn}, size)
    known = [u for u in drawn if told[u.trace][0] == told[u.trace][1]]
    middle = _ratio(plan, known, {u.trace: told[u.trace][0] for u in known}, size)[0] if known else (low + high) / 2
    value = min(max(middle, low), high)
    return Estimated(value, low - Z * low_error, high + Z * high_error, len(drawn), len(plan.order))


def _ratio(
    plan: AlignmentOrder, drawn: Sequence[AlignmentUnit], figure: Mapping[Trace, float], size: Mapping[Trace, float]
) -> tuple[float, float]:
    """The figure per unit of size over all variants, estimated from those drawn, and its standard error."""
    weight = plan.weights(drawn)
    total = sum(weight[u.trace] * size[u.trace] for u in drawn)
    if not total:
        return 0.0, 0.0
    ratio = sum(weight[u.trace] * figure[u.trace] for u in drawn) / total
    rest: dict[int, list[float]] = {}
    for u in drawn:
        rest.setdefault(plan.stratum[u.trace], []).append(figure[u.trace] - ratio * size[u.trace])
    all_of = plan._sizes(plan.order)
    variance = sum(_spread(values, all_of[number]) for number, values in rest.items())
    return ratio, math.sqrt(variance) / sum(size[u.trace] for u in plan.order)


def _spread(values: Sequence[float], of: int) -> float:
    """The variance of the estimated sum of `of` values from those of them that were drawn at random."""
    n = len(values)
    if n == of:
        return 0.0
    if n < 2:
        return float(of * of) * values[0] ** 2  # nothing is known of its spread: as if it were all of it
    mean = sum(values) / n
    return of * of * (1 - n / of) / n * sum((value - mean) ** 2 for value in values) / (n - 1)


def as_share(found: Estimated) -> Estimated:
    """`found`, a share, with Wilson's interval at its effective number: the symmetrical one is too narrow near 0 and 1,
    and nothing at all where all that was drawn is alike."""
    error = (found.high - found.low) / (2 * Z)
    plain = found.value * (1 - found.value)
    n = min(plain / error**2, found.sampled) if error and plain else float(found.sampled)
    interval = wilson(found.value, max(n, 1.0))
    return Estimated(found.value, interval.low, interval.high, found.sampled, found.of)
