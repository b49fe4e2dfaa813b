"""Times that the log cannot carry are left out of what is told. Pure functions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.trust import Result, Trust
from mining.performance.values import Breakdown, TimeSummary


def summary_carried(found: TimeSummary, trust: Trust) -> TimeSummary:
    """`found` without the times that its log cannot carry."""
    no_waiting, no_service = trust.why_not(Result.WAITING_TIME), trust.why_not(Result.SERVICE_TIME)
    shares = None if no_waiting or no_service else found.waiting_share
    return replace(
        found,
        cycle=None if trust.why_not(Result.CYCLE_TIME) else found.cycle,
        waiting=None if no_waiting else found.waiting,
        service=None if no_service else found.service,
        waiting_share=shares,
        service_share=None if shares is None else found.service_share,
        completed_a_day=None if trust.why_not(Result.THROUGHPUT) else found.completed_a_day,
    )


def breakdown_carried(found: Breakdown, trust: Trust) -> Breakdown:
    """`found` without the times that its log cannot carry."""
    absent: dict[str, Any] = {
        name: None
        for name, result in (
            ("cycle", Result.CYCLE_TIME), ("waiting", Result.WAITING_TIME), ("service", Result.SERVICE_TIME),
        )
        if trust.why_not(result)
    }  # fmt: skip
    return replace(found, rows=tuple(replace(row, **absent) for row in found.rows)) if absent else found
