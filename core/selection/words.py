"""Filters in words: what a chip says, and what an export writes above its figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from core.durations import duration
from core.selection.filters import (
    ActivityFilter,
    AttributeFilter,
    CaseFilter,
    CompleteFilter,
    EndpointFilter,
    FollowsFilter,
    FourEyesFilter,
    Keep,
    Loop,
    Metric,
    MetricFilter,
    PerformerFilter,
    ReworkFilter,
    Timeframe,
    TimeframeFilter,
    VariantFilter,
)

_SHOWN = 3
_TIMES = (Metric.CYCLE_TIME, Metric.WAITING, Metric.SERVICE)
_COUNTED = (Metric.EVENTS, Metric.ACTIVITIES, Metric.PERFORMERS)
_METRICS = {
    Metric.CYCLE_TIME: "cycle time",
    Metric.WAITING: "waiting time",
    Metric.SERVICE: "service time",
    Metric.EVENTS: "activity instances",
    Metric.ACTIVITIES: "different activities",
    Metric.REWORK: "rework",
    Metric.PERFORMERS: "performers",
    Metric.COST: "cost",
}


def describe(found: Any) -> str:
    """The filter in words, such as "Cases with Pay invoice"; its own name, if it was given one."""
    if found.name:
        return str(found.name)
    said = _said(found)
    if not found.inverted:
        return said
    name = getattr(found, "source", None) or getattr(found, "activity", None)  # a name keeps its first letter
    return f"Not: {said}" if name and said.startswith(name) else f"Not: {said[:1].lower()}{said[1:]}"


def listed(names: Sequence[str], joint: str = "or") -> str:
    """Names in a row, the first few of many."""
    if len(names) > _SHOWN:
        return f"{', '.join(names[: _SHOWN - 1])} {joint} {len(names) - _SHOWN + 1} more"
    return f" {joint} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


@singledispatch
def _said(found: Any) -> str:
    raise TypeError(f"no words for {type(found).__name__}")


@_said.register
def _(found: TimeframeFilter) -> str:
    period = " ".join(
        [
            *([f"from {found.start:%Y-%m-%d %H:%M}".removesuffix(" 00:00")] if found.start else []),
            *([f"before {found.end:%Y-%m-%d %H:%M}".removesuffix(" 00:00")] if found.end else []),
        ]
    )
    what = {
        Timeframe.CONTAINED: "Whole cases",
        Timeframe.INTERSECTING: "Cases open",
        Timeframe.STARTING: "Cases starting",
        Timeframe.ENDING: "Cases ending",
        Timeframe.TRIM: "Only events",
    }[found.mode]
    return f"{what} {period}"


@_said.register
def _(found: AttributeFilter) -> str:
    name = found.attribute.split(":", 1)[-1].removeprefix("@").replace("_", " ")
    values = [*found.values, *(["no value"] if found.missing else [])]
    value = _between(found.low, found.high) if not found.values and not found.missing else f"is {listed(values)}"
    if found.keep is Keep.EVENTS:
        return f"Only events whose {name} {value}"
    return f"{'Every' if found.keep is Keep.EVERY else 'Any'} {name} {value}"


@_said.register
def _(found: VariantFilter) -> str:
    if found.top is not None:
        return "The most frequent variant" if found.top == 1 else f"The {found.top} most frequent variants"
    if found.coverage is not None:
        return f"The most frequent variants, {found.coverage:.4%}".replace(".0000%", " %") + " of cases"
    return f"Variant {found.digests[0]}" if len(found.digests) == 1 else f"{len(found.digests)} variants"


@_said.register
def _(found: ActivityFilter) -> str:
    return f"Cases with {listed(found.activities, 'and' if found.all else 'or')}"


@_said.register
def _(found: FollowsFilter) -> str:
    how = "directly" if found.directly else "eventually"
    within = _between(found.least_seconds, found.most_seconds, duration)
    return f"{found.source} {how} followed by {found.target}{f', {within}' if within else ''}"


@_said.register
def _(found: EndpointFilter) -> str:
    return f"Cases that {found.side} with {listed(found.activities)}"


@_said.register
def _(found: MetricFilter) -> str:
    write = duration if found.metric in _TIMES else _plain
    are = "are" if found.metric in _COUNTED else "is"
    return f"Cases whose {_METRICS[found.metric]} {are} {_between(found.low, found.high, write)}"


@_said.register
def _(found: PerformerFilter) -> str:
    who = listed(found.performers)
    if found.keep is Keep.EVENTS:
        return f"Only events by {who}"
    what = f"{found.activity} done" if found.activity else "Cases worked on"
    return f"{what} {'only ' if found.keep is Keep.EVERY else ''}by {who}"


@_said.register
def _(found: ReworkFilter) -> str:
    what = {Loop.ANY: "rework", Loop.SELF_LOOP: "self-loops", Loop.REPETITION: "repetitions"}[found.loop]
    times = f", {found.least} times or more" if found.least > 2 else ""
    return f"Cases with {what}{f' of {found.activity}' if found.activity else ''}{times}"


@_said.register
def _(found: FourEyesFilter) -> str:
    return f"One performer did both {found.first} and {found.second}"


@_said.register
def _(found: CaseFilter) -> str:
    return f"Case {found.cases[0]}" if len(found.cases) == 1 else f"{len(found.cases)} chosen cases"


@_said.register
def _(_found: CompleteFilter) -> str:
    return "Complete cases"


def _plain(value: float) -> str:
    return f"{value:,.10g}"


def _between(low: float | None, high: float | None, write: Any = _plain) -> str:
    if low is not None and high is not None:
        return f"{write(low)} to {write(high)}" if low != high else f"exactly {write(low)}"
    return f"at least {write(low)}" if low is not None else f"at most {write(high)}" if high is not None else ""
