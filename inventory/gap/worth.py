"""Worth of human work: hours a month, and money.

    hours = people's instances a month x median service time      as the allocation reckons (net_value.py)
    money = hours x rate                                          where somebody says what an hour costs
          = people's instances a month x mean cost of one         else, where the log has costs

The median, since the mean would count nights and breaks; above a working day it is time that passed, not time worked.
Intervals of 95 %: cases are independent, what is done within one is not. Of the instances the gamma interval of Fay and
Feuer (core/intervals.py) over the cases; of the median its order statistics, with the number of cases that have a time
(Conover, Practical Nonparametric Statistics, 1999, 3.2), which needs six of them; of the product the recovered
variances of both on the scale of logarithms (Zou and Donner, Statistics in Medicine 27, 2008).
"""

from __future__ import annotations

import math

from core.durations import duration
from core.intervals import Interval, Z, weighted_rate
from inventory.gap.values import GapWorth, PeopleWork
from inventory.hour_rate import HourRate
from inventory.values import ActivityDemand
from kpi import EvidenceClass
from mining.allocation.formulas.net_value import LONGEST

FEWEST = 6  # cases: with fewer, no two of their times hold the median with 95 %
COSTED = 0.8  # share of the instances that must have a cost, as for the cost per task
_LESS_THAN_A_DAY = "the log covers less than a day"


def worth_of(demand: ActivityDemand, human_count: float, work: PeopleWork, rate: HourRate | None = None) -> GapWorth:
    """The worth of what people do of the activity of `demand`, which is `human_count` instances of `work`."""
    if work.months is None:
        return GapWorth(None, None, None, None, None, None, None, None, (_LESS_THAN_A_DAY,))
    scale = human_count / work.instances / work.months  # of unknown performers a part is counted as people's
    monthly = human_count / work.months
    counted = weighted_rate(work.instances, work.squares, work.most, 1 / scale)
    sure = demand.human_share is not None and demand.kinds_known
    why_not = why_no_hours(work)
    hours = hours_interval = None
    if why_not is None:
        median = work.hundredths[50]
        hours = monthly * median / 3600
        around = _median_interval(work)
        hours_interval = _product(hours, monthly, counted, median, around) if around else None
    measured = EvidenceClass.MEASURED if sure and work.timed == work.instances else EvidenceClass.ESTIMATED
    evidence = None if hours is None else measured
    said = () if why_not is None else (why_not,)
    if rate is not None and hours is not None:
        across = hours_interval and Interval(hours_interval.low * rate.amount, hours_interval.high * rate.amount)
        return GapWorth(
            monthly, hours, hours_interval, evidence, hours * rate.amount, across, rate.currency,
            EvidenceClass.ASSUMED, said,
        )  # fmt: skip
    no_cost = why_no_cost(work)
    if no_cost is not None or work.cost is None:
        return GapWorth(monthly, hours, hours_interval, evidence, None, None, None, None, said)
    part = scale * work.instances / work.costed
    whole = EvidenceClass.MEASURED if sure and work.costed == work.instances else EvidenceClass.ESTIMATED
    return GapWorth(
        monthly, hours, hours_interval, evidence, work.cost * part, _cost_interval(work, part), work.currency, whole,
        said,
    )  # fmt: skip


def why_no_hours(work: PeopleWork) -> str | None:
    """Why its hours are not told; None where they are."""
    if work.no_times:
        return work.no_times
    median = work.hundredths[50]
    return f"a median of {duration(median)} is time that passed, not time worked" if median > LONGEST else None


def why_no_cost(work: PeopleWork) -> str | None:
    """Why its cost by the log is not told; None where it is."""
    if work.no_costs:
        return work.no_costs
    return "too few of its instances have a cost" if work.costed < COSTED * work.instances else None


def _median_interval(work: PeopleWork) -> Interval | None:
    if work.timed_cases < FEWEST:
        return None
    reach = Z / (2 * math.sqrt(work.timed_cases))
    return Interval(_quantile(work, 0.5 - reach), _quantile(work, 0.5 + reach))


def _quantile(work: PeopleWork, at: float) -> float:
    place = min(max(at, 0.0), 1.0) * 100
    below = min(int(place), 99)
    low, high = work.hundredths[below], work.hundredths[below + 1]
    return low + (high - low) * (place - below)


def _product(value: float, first: float, a: Interval, second: float, b: Interval) -> Interval:
    """The interval of `value`, the product of `first` in `a` and `second` in `b`."""
    if value == 0:
        return Interval(0.0, a.high * b.high / 3600)
    low = 0.0
    if a.low > 0 and b.low > 0:
        low = value * math.exp(-math.hypot(math.log(first / a.low), math.log(second / b.low)))
    return Interval(low, value * math.exp(math.hypot(math.log(a.high / first), math.log(b.high / second))))


def _cost_interval(work: PeopleWork, scale: float) -> Interval | None:
    """The interval of the cost; None where an amount is negative, since gains and costs do not add up to a rate."""
    if work.cost is None or work.cost_squares is None or work.most_cost is None or (work.least_cost or 0) < 0:
        return None
    return weighted_rate(work.cost, work.cost_squares, work.most_cost, 1 / scale)
