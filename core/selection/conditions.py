"""From each filter to what DuckDB is asked: cases to keep, or activity instances to keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from core.queries import load
from core.selection.filters import (
    ActivityFilter,
    AttributeFilter,
    CaseFilter,
    CompleteFilter,
    EndpointFilter,
    FollowsFilter,
    FourEyesFilter,
    Keep,
    Metric,
    MetricFilter,
    PerformerFilter,
    ReworkFilter,
    TimeframeFilter,
    VariantFilter,
)
from core.selection.lookup import BUILT_IN, Lookup, known_kinds
from core.selection.stored_values import AttributePlace, StoredValues

_COUNTED = {"endpoint_end", "rework_twice", "variant_digest", "variant_frequent"}


@dataclass(frozen=True)
class CaseQuery:
    """A query for the numbers of the cases that a filter means."""

    sql: str
    bound: dict[str, Any] = field(default_factory=dict)
    counted: bool = False  # it needs variants, positions without gaps, or `repeated`


@dataclass(frozen=True)
class Events:
    """A condition on rows of `event`, or (with `of_attribute`) on rows of `event_attribute`."""

    condition: str
    bound: dict[str, Any] = field(default_factory=dict)
    of_attribute: bool = False


@singledispatch
def condition(found: Any, lookup: Lookup) -> CaseQuery | Events:
    """What the filter `found` means in the event log that `lookup` knows. Raises NotFound for unknown names."""
    raise TypeError(f"no condition for {type(found).__name__} with {lookup}")


@condition.register
def _(found: TimeframeFilter, _lookup: Lookup) -> CaseQuery | Events:
    start, end = (moment and moment.replace(tzinfo=None) for moment in (found.start, found.end))
    if found.mode == "trim":
        parts = [*(["ended >= $start"] if start else []), *(["ended < $end"] if end else [])]
        return Events(" AND ".join(parts), {**({"start": start} if start else {}), **({"end": end} if end else {})})
    return _named("timeframe", start=start, end=end, mode=found.mode.value)


@condition.register
def _(found: ActivityFilter, lookup: Lookup) -> CaseQuery | Events:
    numbers = lookup.numbers("activity", list(dict.fromkeys(found.activities)))
    return _named("activity_all" if found.all else "activity", numbers=numbers)


@condition.register
def _(found: FollowsFilter, lookup: Lookup) -> CaseQuery | Events:
    ends = {"source": lookup.number("activity", found.source), "target": lookup.number("activity", found.target)}
    limits = {"least": found.least_seconds, "most": found.most_seconds}
    if found.directly:
        return _named("follows_directly", **ends, **limits)
    return _named("follows_eventually", **ends) if limits == dict.fromkeys(limits) else _named(
        "follows_within", **ends, **limits
    )  # fmt: skip


@condition.register
def _(found: EndpointFilter, lookup: Lookup) -> CaseQuery | Events:
    numbers = lookup.numbers("activity", found.activities)
    return _named(f"endpoint_{found.side}", numbers=numbers)


@condition.register
def _(found: MetricFilter, _lookup: Lookup) -> CaseQuery | Events:
    of_case = found.metric in (Metric.CYCLE_TIME, Metric.EVENTS)
    name = "metric_of_case" if of_case else "metric_of_events"
    return _named(name, metric=found.metric.value, low=found.low, high=found.high)


@condition.register
def _(found: PerformerFilter, lookup: Lookup) -> CaseQuery | Events:
    numbers = lookup.numbers("performer", found.performers)
    if found.keep is Keep.EVENTS:
        if len(numbers) == 1:  # a comparison takes a third of the time of a look into a list
            return Events("coalesce(performer_no = $number, false)", {"number": numbers[0]})
        return Events("coalesce(list_contains($numbers, performer_no), false)", {"numbers": numbers})
    activity = None if found.activity is None else lookup.number("activity", found.activity)
    return _named(f"performer_{found.keep.value}", numbers=numbers, activity=activity)


@condition.register
def _(found: ReworkFilter, lookup: Lookup) -> CaseQuery | Events:
    activity = None if found.activity is None else lookup.number("activity", found.activity)
    if found.least == 2:
        return _named("rework_twice", activity=activity, loop=found.loop.value)
    return _named("rework", activity=activity, least=found.least, loop=found.loop.value)


@condition.register
def _(found: FourEyesFilter, lookup: Lookup) -> CaseQuery | Events:
    first, second = lookup.numbers("activity", (found.first, found.second))
    return _named("four_eyes", first=first, second=second)


@condition.register
def _(found: CaseFilter, _lookup: Lookup) -> CaseQuery | Events:
    return _named("case_id", cases=list(found.cases))


@condition.register
def _(_found: CompleteFilter, _lookup: Lookup) -> CaseQuery | Events:
    return _named("complete")


@condition.register
def _(found: VariantFilter, _lookup: Lookup) -> CaseQuery | Events:
    if found.digests:
        return _named("variant_digest", digests=list(found.digests))
    return _named("variant_frequent", top=found.top, coverage=found.coverage)


@condition.register
def _(found: AttributeFilter, lookup: Lookup) -> CaseQuery | Events:
    if found.attribute in BUILT_IN:
        return _of_rows(found, _built_in(found, lookup), "event")
    place = lookup.attribute(found.attribute)
    asked = _asked(found, place.column, lookup.stored_values(found.attribute, place))
    if place.of_case:
        return CaseQuery(f"SELECT case_no FROM case_attribute WHERE {asked.condition}", asked.bound)  # noqa: S608
    return _of_rows(found, Events(asked.condition, asked.bound, of_attribute=True), "event_attribute")


def _of_rows(found: AttributeFilter, asked: Events, table: str) -> CaseQuery | Events:
    """The rows themselves, or the cases that have any of them, or no other."""
    if found.keep is Keep.EVENTS:
        return asked
    if found.keep is Keep.ANY:
        return CaseQuery(f"SELECT DISTINCT case_no FROM {table} WHERE {asked.condition}", asked.bound)  # noqa: S608
    every = f"bool_and(coalesce({asked.condition}, false))"
    return CaseQuery(f"SELECT case_no FROM {table} GROUP BY case_no HAVING {every}", asked.bound)  # noqa: S608


def _built_in(found: AttributeFilter, lookup: Lookup) -> Events:
    if found.attribute == "failed":
        place = AttributePlace(False, "failed", "BOOLEAN", "stored.event")
        return _asked(found, "failed", lookup.stored_values("failed", place))
    if found.attribute == "performer_kind":
        kinds = [*known_kinds(found.values), *(["unknown"] if found.missing else [])]
        return Events("list_contains($kinds, kind::VARCHAR)", {"kinds": kinds})
    column = "system_no" if found.attribute == "system" else "performer_no"
    numbers = lookup.numbers(found.attribute, found.values)
    listed = f"coalesce(list_contains($numbers, {column}), false)"
    return Events(f"({listed} OR {column} IS NULL)" if found.missing else listed, {"numbers": numbers})


def _asked(found: AttributeFilter, column: str, stored: StoredValues) -> Events:
    parts: list[str] = []
    bound: dict[str, Any] = {}
    if found.values:
        parts.append(f"list_contains($values, {column}::VARCHAR)")
        bound["values"] = stored.meant(found.values)
    elif found.low is not None or found.high is not None:
        stored.check_range()
        bounds = {"low": found.low, "high": found.high}
        signs = {"low": ">=", "high": "<="}
        inside = [f"try_cast({column} AS DOUBLE) {signs[n]} ${n}" for n, value in bounds.items() if value is not None]
        parts.append(f"({' AND '.join(inside)})")
        bound |= {name: value for name, value in bounds.items() if value is not None}
    if found.missing:
        parts.append(f"{column} IS NULL")
    return Events(f"coalesce({' OR '.join(parts)}, false)", bound)


def _named(name: str, **bound: Any) -> CaseQuery:
    return CaseQuery(load("core.selection.sql", name).sql, bound, name in _COUNTED)
