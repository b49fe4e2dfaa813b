"""Measured benefit: what people's work on a pilot's tasks took in the months before it started, and since.

A case's work may fall for other reasons too: a before-and-after comparison says that it fell, not why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypeVar

import numpy as np

from core.queries import load
from core.trust import Result
from core.workspace import Workspace
from inventory.decisions.bound import BoundTasks
from inventory.decisions.values import WorkBeforeAfter
from inventory.hour_rate import HourRate
from inventory.values import Pilot

MOST_MONTHS = 12  # on each side: a season, and no more of a past that was another
LEAST_MONTHS = 3  # on each side: fewer cannot say how much months differ
LEAST_KNOWN = 0.8  # share of people's instances whose service time is known, on each side
_DRAWS, _SEED = 2000, 12
_Day = TypeVar("_Day", date, datetime)


@dataclass(frozen=True)
class MonthOfWork:
    """People's work on some tasks in one whole month."""

    month: date
    cases: int
    instances: int  # done by people, or nobody knows by whom
    known: int  # of those, with a service time
    seconds: float  # that those took


def before_after(ws: Workspace, pilot: Pilot, bound: BoundTasks, rate: HourRate | None = None) -> WorkBeforeAfter:
    """What people's work on the tasks of `pilot` in one event log took, or in words why that cannot be said."""
    log, tasks, facts = bound.version.log, bound.tasks, pilot.facts
    withheld = ws.logs.trust(bound.version).withheld.get(Result.SERVICE_TIME)
    if facts.started is None:
        return _none(pilot, bound, "It is not known when the pilot started, so there is no before and after.")
    if withheld is not None and withheld.below is None:
        return _none(pilot, bound, f"`{log}` cannot tell what work takes: {withheld.reason}")
    months = months_of(ws, bound)
    start, end = _first(facts.started), facts.ended and _first(facts.ended)
    before = months_before(months, facts.started)
    after = [m for m in months if m.month > start and (end is None or m.month < end)][-MOST_MONTHS:]
    seen = [sum(m.cases > 0 for m in side) for side in (before, after)]
    if min(seen) < LEAST_MONTHS:
        return _none(
            pilot, bound,
            f"`{log}` has {seen[0]} whole months with its tasks before {facts.started} and {seen[1]} after; "
            f"{LEAST_MONTHS} of each are needed.",
        )  # fmt: skip
    for side, name in ((before, "before"), (after, "after")):
        people, known = sum(m.instances for m in side), sum(m.known for m in side)
        if people and known < LEAST_KNOWN * people:
            return _none(pilot, bound, f"`{log}` has service times of {known:,} of {people:,} instances {name} it.")
    if not sum(m.seconds for m in before):
        return _none(pilot, bound, f"No work of people on its tasks stands in `{log}` before it started.")
    return compare_months(pilot.id, log, tasks, before, after, rate)


def compare_months(
    pilot: int, log: str, tasks: tuple[str, ...], before: Sequence[MonthOfWork], after: Sequence[MonthOfWork],
    rate: HourRate | None = None,
) -> WorkBeforeAfter:  # fmt: skip
    """The comparison of two sets of months.

    Saved is 1 less the ratio of people's time a case (all seconds by all cases) since to before, so that a month with
    fewer cases saves nothing; hours saved are that at the cases a month since. The intervals are percentiles of a
    bootstrap over months, each side by itself (Efron, Bootstrap methods, Annals of Statistics 7, 1979). Months are
    taken as independent: a drift that began earlier is counted as the pilot's.
    """
    was, now = (sum(m.seconds for m in side) / sum(m.cases for m in side) for side in (before, after))
    cases = sum(m.cases for m in after) / len(after)
    random = np.random.default_rng(_SEED)
    was_drawn, now_drawn = _drawn(random, before), _drawn(random, after)
    shares = 1 - now_drawn / np.where(was_drawn > 0, was_drawn, np.nan)
    low, high = (float(v) for v in np.nanpercentile(shares, (2.5, 97.5)))
    hours = (was_drawn - now_drawn) * cases / 3600
    hours_low, hours_high = (float(v) for v in np.nanpercentile(hours, (2.5, 97.5)))
    saved = (was - now) * cases / 3600
    return WorkBeforeAfter(
        pilot, log, tasks, None, len(before), len(after),
        sum(m.seconds for m in before) / 3600 / len(before), sum(m.seconds for m in after) / 3600 / len(after),
        sum(m.cases for m in before) / len(before), cases, 1 - now / was, low, high, saved, hours_low, hours_high,
        saved * rate.amount if rate else None, rate.currency if rate else None,
    )  # fmt: skip


def _drawn(random: np.random.Generator, side: Sequence[MonthOfWork]) -> np.ndarray:
    """Time a case in each of the drawn sets of months; not a number where a set has no case, or no time at all."""
    at = random.integers(0, len(side), (_DRAWS, len(side)))
    seconds, cases = (np.array([getattr(m, name) for m in side], dtype=float) for name in ("seconds", "cases"))
    drawn_cases = cases[at].sum(axis=1)
    return np.asarray(seconds[at].sum(axis=1) / np.where(drawn_cases > 0, drawn_cases, np.nan))


def months_of(ws: Workspace, bound: BoundTasks) -> list[MonthOfWork]:
    """The whole months of the log from the first to the last in which its tasks were done: those at its ends, that it
    may not cover, are left out."""
    with ws.logs.read(bound.version) as connection:
        _, first, last = connection.execute(load("inventory.sql", "covered").sql).fetchall()[0]
        since = first if (first.day, first.hour) == (1, 0) else _next(first)
        rows = connection.execute(
            load("inventory.sql", "work_by_month").sql,
            {"names": list(bound.tasks), "since": since.replace(hour=0, minute=0, second=0, microsecond=0),
             "until": datetime.combine(_first(last), time())},
        ).fetchall()  # fmt: skip
    found = {row[0]: MonthOfWork(*row) for row in rows}
    month, filled = min(found, default=date.max), list[MonthOfWork]()
    while found and month <= max(found):
        filled.append(found.get(month, MonthOfWork(month, 0, 0, 0, 0.0)))
        month = _next(month)
    return filled


def months_before(months: Sequence[MonthOfWork], started: date) -> list[MonthOfWork]:
    """Of `months` those before the month in which something started, a year of them at the most."""
    return [m for m in months if m.month < _first(started)][-MOST_MONTHS:]


def work_in(ws: Workspace, bound: BoundTasks, since: datetime, until: datetime) -> MonthOfWork:
    """People's work on the tasks in any span of time, as if it were a month."""
    span = {name: moment.astimezone(UTC).replace(tzinfo=None) for name, moment in (("since", since), ("until", until))}
    with ws.logs.read(bound.version) as connection:
        sql = load("inventory.sql", "work_by_month").sql
        rows = connection.execute(sql, {"names": list(bound.tasks), **span}).fetchall()
    cases, instances, known = (sum(int(row[at]) for row in rows) for at in (1, 2, 3))
    return MonthOfWork(since.date(), cases, instances, known, sum(float(row[4]) for row in rows))


def _none(pilot: Pilot, bound: BoundTasks, reason: str) -> WorkBeforeAfter:
    return WorkBeforeAfter(pilot.id, bound.version.log, bound.tasks, reason)


def _first(day: date | datetime) -> date:
    return date(day.year, day.month, 1)


def _next(day: _Day) -> _Day:
    """The first day of the month after, at the same time of day."""
    years, month = divmod(day.month, 12)
    return day.replace(year=day.year + years, month=month + 1, day=1)
