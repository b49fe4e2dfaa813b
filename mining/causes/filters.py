"""From a factor to the filter that keeps the cases with it, and from conformance to a mark."""

from __future__ import annotations

from core.errors import BadInput
from core.selection.filters import (
    ActivityFilter,
    AttributeFilter,
    EndpointFilter,
    Filter,
    FollowsFilter,
    Metric,
    MetricFilter,
    PerformerFilter,
    VariantFilter,
)
from mining.causes.values import Factor, FactorKind, Mark, Quick
from mining.conformance import Conformance, DeviationKind


def filter_of(found: Factor) -> Filter | None:
    """The filter that keeps the cases with a factor; None where there is none, as for weekdays."""
    kind, value = found.kind, found.value
    if kind in (FactorKind.CASE_ATTRIBUTE, FactorKind.EVENT_ATTRIBUTE):
        return _of_attribute(found)
    if kind is FactorKind.ACTIVITY:
        return ActivityFilter(activities=(value,))
    if kind is FactorKind.PATH and found.ends:
        return FollowsFilter(source=found.ends[0], target=found.ends[1])
    if kind in (FactorKind.START, FactorKind.END):
        return EndpointFilter(side="start" if kind is FactorKind.START else "end", activities=(value,))
    if kind is FactorKind.VARIANT:
        return VariantFilter(digests=(found.stored,))
    if kind is FactorKind.PERFORMER:
        return PerformerFilter(performers=(value,))
    if kind in (FactorKind.PERFORMER_KIND, FactorKind.SYSTEM):
        name = "system" if kind is FactorKind.SYSTEM else "performer_kind"
        return AttributeFilter(attribute=name, values=(value,))
    if kind is FactorKind.LENGTH:
        return MetricFilter(metric=Metric.EVENTS, low=found.low_bound, high=found.high_bound)
    return None


def _of_attribute(found: Factor) -> AttributeFilter:
    if found.low_bound is not None:
        return AttributeFilter(attribute=found.name, low=found.low_bound, high=found.high_bound)
    if found.value == "(missing)":
        return AttributeFilter(attribute=found.name, missing=True)
    return AttributeFilter(attribute=found.name, values=(found.stored,))


def mark_of_deviating(found: Conformance) -> Mark:
    """The mark of the cases that deviate from a model. Raises BadInput where that is not known of every case."""
    if not found.follows.exact:
        raise BadInput(
            f"Of {found.cases - found.follows.known:,} of {found.cases:,} cases nobody knows whether they deviate: "
            "they were not aligned. Give the check more time."
        )
    if not found.fits:
        raise BadInput(f"Every case deviates from {found.title}: there are none to compare them with.")
    rest = found.selection.add(VariantFilter(digests=found.fits, inverted=True))
    every = (*found.deviations, *(d for d, _ in found.allowed))
    departing = {
        name for d in every for name in (d.activity, d.other) if name and d.kind is not DeviationKind.WRONG_PERFORMER
    }
    made_of = tuple(sorted({*departing, *found.only_in_log}))
    return Mark(quick=Quick.DEVIATING, selection=rest, made_of=made_of, words=f"deviate from {found.title}")
