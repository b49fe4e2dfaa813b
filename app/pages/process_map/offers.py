"""The filters that the map offers for what was clicked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.analysis import offer
from core.selection.filters import (
    ActivityFilter,
    AttributeFilter,
    EndpointFilter,
    Filter,
    FollowsFilter,
    PerformerFilter,
)


def activity_offers(name: str, grouped_by: str) -> None:
    """Cases with, without, starting and ending with an activity; with a value where another attribute groups."""
    if grouped_by:
        _row([("Only cases with it", _grouped(name, grouped_by, inverted=False)),
              ("Only cases without", _grouped(name, grouped_by, inverted=True))], "grouped")  # fmt: skip
        return
    _row(
        [
            ("Cases with it", ActivityFilter(activities=(name,))),
            ("Cases without", ActivityFilter(activities=(name,), inverted=True)),
            ("Start with it", EndpointFilter(side="start", activities=(name,))),
            ("End with it", EndpointFilter(side="end", activities=(name,))),
        ],
        "activity",
    )


def path_offers(source: str, target: str, grouped_by: str) -> None:
    """Cases that take a path, or in which one activity eventually follows the other."""
    if grouped_by:
        return
    _row(
        [
            ("Cases with this path", FollowsFilter(source=source, target=target)),
            ("Cases without", FollowsFilter(source=source, target=target, inverted=True)),
            ("Follows at any time", FollowsFilter(source=source, target=target, directly=False)),
        ],
        "path",
    )


def boundary_offers(activity: str, *, starts: bool, grouped_by: str) -> None:
    """Cases that start, or end, with an activity, and those that do not."""
    if grouped_by:
        return
    side = "start" if starts else "end"
    _row(
        [
            ("Only these cases", EndpointFilter(side="start" if starts else "end", activities=(activity,))),
            ("All but these", EndpointFilter(side="start" if starts else "end", activities=(activity,), inverted=True)),
        ],
        side,
    )


def performer_offers(name: str, activity: str, *, system: bool) -> None:
    """Cases in which a performer did an activity, or that a system had a part in."""
    if system:
        _row([(f"Cases in {name}", AttributeFilter(attribute="system", values=(name,)))], "system")
        return
    _row(
        [
            (f"{name} did this", PerformerFilter(performers=(name,), activity=activity)),
            (f"{name} did anything", PerformerFilter(performers=(name,))),
        ],
        "performer",
    )


def _grouped(name: str, grouped_by: str, *, inverted: bool) -> Filter:
    if name == "(not given)":
        return AttributeFilter(attribute=grouped_by, missing=True, inverted=inverted)
    if grouped_by == "performer":
        return PerformerFilter(performers=(name,), inverted=inverted)
    return AttributeFilter(attribute=grouped_by, values=(name,), inverted=inverted)


def _row(offers: Sequence[tuple[str, Filter]], key: str) -> None:
    with st.container(horizontal=True, gap="xsmall", key=f"offers-{key}"):
        for number, (label, filter_) in enumerate(offers):
            offer(filter_, label, f"offer-{key}-{number}")
