"""Causes in words."""

from __future__ import annotations

from core.figures import per_cent
from mining.causes.values import Factor

ASSOCIATION = (
    "These are associations in this log, not proven causes: something else may lie behind both. "
    "Before acting on one, look at its cases, and test the change."
)


def sentence(found: Factor, mark: str) -> str:
    """A factor as one sentence, such as "Cases with vendor V3 are 2.7 times as likely to take longer than 3 d ..."."""
    return (
        f"Cases {found.phrase} {_likely(found)} to {mark} "
        f"(odds ratio {number(found.odds_ratio)}, {number(found.low)} to {number(found.high)}): "
        f"{found.marked:,} of {found.cases:,} ({per_cent(found.share)}) "
        f"against {found.other_marked:,} of {found.other_cases:,} ({per_cent(found.other_share)})."
    )


def _likely(found: Factor) -> str:
    """How many times as likely: the ratio of the shares, which the odds ratio overstates where marks are common."""
    if not found.other_marked:
        return "alone are seen"
    if not found.marked:
        return "are never seen"
    return f"are {number(found.share / found.other_share)} times as likely"


def those_that(mark: str) -> str:
    """A mark as it stands behind "cases that": `be overdue` reads `are overdue`."""
    return f"are{mark[2:]}" if mark.startswith("be ") else mark


def number(value: float) -> str:
    """A ratio with two significant digits, with none behind the point from 100 on."""
    if value >= 99.5:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 0.95 else f"{value:.2g}"
