"""Value: what is left each month of the hours that an agent would save.

    hours   = instances a month x service time of one, less what is redone, less review
    net     = hours x rate - running costs

    redone  = instances x share redone x service time      a person does it again
    review  = instances x share reviewed x review minutes  a person looks at it

W. M. P. van der Aalst, M. Bichler, A. Heinzl, Robotic Process Automation, BISE 60, 2018: what pays is frequent and
takes people's time. The service time is the median of the log: the mean would count nights and breaks. Volume and time
are measured, everything else is assumed (assumptions.py), so the value is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass

from mining.allocation.assumptions import ASSUMED, ValueAssumptions

LONGEST = 8 * 3600.0  # seconds: a median above a working day is time that passed, not time worked


@dataclass(frozen=True)
class NetValue:
    """The value of a task for an agent, each month."""

    hours: float  # that people work on it now
    redone: float  # hours
    review: float  # hours
    running: float  # money
    net_hours: float  # saved, after redoing, review and running costs turned into hours
    net: float  # money: net_hours x rate


def net_value(
    monthly: float,
    seconds: float,
    reviewed: float,
    failed: float | None = None,
    assumed: ValueAssumptions = ASSUMED,
) -> NetValue:
    """The value of a task done `monthly` times a month with a service time of `seconds`.

    `reviewed` is the share of the results that a person looks at, `failed` the share that ended in an error; None:
    assumed.
    """
    hours = monthly * seconds / 3600
    redone = hours * (assumed.redone if failed is None else failed)
    review = monthly * reviewed * assumed.review_minutes / 60
    running = assumed.running_fixed + monthly * assumed.running_each
    net = (hours - redone - review) * assumed.rate - running
    return NetValue(hours, redone, review, running, net / assumed.rate, net)
