"""The filters of a selection, one kind a file: as links, commands and saved sets have it, in words, and what it asks.

Filters on cases keep or drop whole cases. Filters on events (`trim`, and `keep` = `events`) drop activity instances
of the cases that stay; what stood before them is then followed by what stood after.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.selection.filters.activity import ActivityFilter
from core.selection.filters.attribute import AttributeFilter
from core.selection.filters.base import CaseQuery, Events, Keep
from core.selection.filters.case import CaseFilter
from core.selection.filters.complete import CompleteFilter
from core.selection.filters.endpoint import EndpointFilter
from core.selection.filters.follows import FollowsFilter
from core.selection.filters.four_eyes import FourEyesFilter
from core.selection.filters.metric import Metric, MetricFilter
from core.selection.filters.performer import PerformerFilter
from core.selection.filters.rework import Loop, ReworkFilter
from core.selection.filters.timeframe import Timeframe, TimeframeFilter
from core.selection.filters.variant import VariantFilter

__all__ = [
    "ActivityFilter",
    "AttributeFilter",
    "CaseFilter",
    "CaseQuery",
    "CompleteFilter",
    "EndpointFilter",
    "Events",
    "Filter",
    "FollowsFilter",
    "FourEyesFilter",
    "Keep",
    "Loop",
    "Metric",
    "MetricFilter",
    "PerformerFilter",
    "ReworkFilter",
    "Timeframe",
    "TimeframeFilter",
    "VariantFilter",
]

Filter = Annotated[
    TimeframeFilter
    | AttributeFilter
    | VariantFilter
    | ActivityFilter
    | FollowsFilter
    | EndpointFilter
    | MetricFilter
    | PerformerFilter
    | ReworkFilter
    | FourEyesFilter
    | CaseFilter
    | CompleteFilter,
    Field(discriminator="kind"),
]
