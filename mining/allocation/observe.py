"""Reads the evidence of every activity from a log that is open."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from core.eventlog.opened import Opened
from core.queries import load
from core.trust import Result
from mining.allocation.evidence import TaskEvidence
from mining.allocation.flows import FlowCounter
from mining.allocation.formulas import burst, instant
from mining.allocation.formulas.outcomes import done_once
from mining.allocation.formulas.stability import drift
from mining.map.profile import ActivityProfile

MONTH = 30.4375 * 86_400
DAY = 86_400
SAMPLES = 3


def observe(opened: Opened, profiles: Iterable[ActivityProfile], flows: FlowCounter) -> tuple[TaskEvidence, ...]:
    """The evidence of each activity of `profiles`, in their order; `flows` counts the variants of the same log."""
    counted = flows.count()
    quarters = dict(_rows(opened, "task_quarters"))
    signs = {row[0]: row[1:] for row in _rows(opened, "task_signs", within=burst.WITHIN)}
    samples: defaultdict[str, list[str]] = defaultdict(list)
    for activity, case in _rows(opened, "task_samples", most=SAMPLES):
        samples[activity].append(case)
    months = _months(opened)
    clocked = opened.trust.why_not(Result.SERVICE_TIME) is None
    finer = (opened.trust.tells_from or 0) < DAY  # a log of days only has no seconds to look at

    def evidence(profile: ActivityProfile) -> TaskEvidence:
        at = counted.column(profile.activity)
        instances, bursting, timed, none = signs.get(profile.activity, (0, 0, 0, 0))
        return TaskEvidence(
            profile,
            next_bits=_number(counted.next_bits[0, at]),
            before_bits=_number(counted.before_bits[0, at]),
            once=done_once(float(counted.instances[0, at]), float(counted.cases[0, at])),
            drift=drift(quarters.get(profile.activity, ())),
            opens=float(counted.opens[0, at] / counted.every[0]),
            clocked=clocked,
            monthly=profile.count / months if months else None,
            burst=burst.burst_share(bursting, instances) if finer else None,
            instant=instant.instant_share(none, timed) if finer else None,
            samples=tuple(samples[profile.activity]),
        )

    return tuple(evidence(profile) for profile in profiles)


def _months(opened: Opened) -> float | None:
    """The months that the log covers, at least one; None for less than a day: nothing is known of a month."""
    seconds = _rows(opened, "task_period")[0][0]
    return max(1.0, seconds / MONTH) if seconds is not None and seconds >= DAY else None


def _rows(opened: Opened, name: str, **values: Any) -> list[Any]:
    return opened.connection.execute(load("mining.sql", name).sql, values or None).fetchall()


def _number(value: Any) -> float | None:
    return None if math.isnan(value) else float(value)


def by_activity(found: Iterable[TaskEvidence]) -> Mapping[str, TaskEvidence]:
    """The evidence by activity."""
    return {one.activity: one for one in found}
