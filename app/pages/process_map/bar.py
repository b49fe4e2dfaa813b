"""The choosers above the map: how much is shown, what colours and widths say, what stands in place of activities."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from app.pages.process_map.metrics import WIDTHS, Counting, Look, MapMetric, Statistic
from app.pages.text import literal
from mining.map.abstraction import opening_view
from mining.map.dfg import Dfg

GROUPS = {"": "activity", "performer": "performer", "system": "system"}


class Drawing(StrEnum):
    """How the process is drawn."""

    MAP = "map"
    TREE = "process tree"
    BPMN = "BPMN"


def choose_view() -> Drawing:
    """Map, process tree or BPMN."""
    chosen = st.segmented_control(
        "How it is drawn", [v.value for v in Drawing], default=Drawing.MAP.value, key="view", bind="query-params",
        required=True, format_func=lambda v: literal(v[:1].upper() + v[1:]), label_visibility="collapsed",
    )  # fmt: skip
    return Drawing(chosen or Drawing.MAP)


def sliders(dfg: Dfg) -> tuple[int, int]:
    """How many per cent of activities and paths are shown; a map opens with few enough to be understood."""
    opening = opening_view(dfg)
    activities = st.slider(
        "Activities", 0, 100, round(opening.activities * 100), format="%d %%", key="activities", bind="query-params",
        width=118, help="The most frequent activities, in per cent of all.",
    )  # fmt: skip
    paths = st.slider(
        "Paths", 0, 100, round(opening.paths * 100), format="%d %%", key="paths", bind="query-params", width=118,
        help="The most frequent paths between them, in per cent; every activity stays connected.",
    )  # fmt: skip
    return activities, paths


def choose_options(attributes: Sequence[str], currency: str | None) -> tuple[Look, str]:
    """What colours and widths say and how times and frequency are counted; and what stands in the place of activities,
    where the empty text means the activities themselves.
    """
    colour = MapMetric(_box("Colour by", list(MapMetric), "colour", 132))
    with st.popover("Options", key="options"):
        width = MapMetric(_box("Width of paths by", list(WIDTHS), "width", 220))
        counting = Counting(_box("Frequency counts", list(Counting), "counting", 220))
        statistic = Statistic(_box("Times show the", list(Statistic), "statistic", 220))
        group: str = st.selectbox(
            "Group by", [*GROUPS, *attributes], key="group", bind="query-params", width=220,
            format_func=group_name, help="What each box of the map stands for.",
        )  # fmt: skip
        st.caption(
            "A path shows what was measured at the activity instances it leads to: the waiting before them, their "
            "service time, rework and cost. Cost shows its mean, or with “total” its total."
        )
    return Look(colour, width, counting, statistic, currency), group


def group_name(group: str) -> str:
    """How a grouping reads."""
    return GROUPS.get(group, group.removeprefix("@")).capitalize()


def _box(label: str, options: Sequence[StrEnum], key: str, width: int) -> str:
    chosen: str = st.selectbox(
        literal(label), [o.value for o in options], key=key, bind="query-params", width=width,
        format_func=lambda o: o[:1].upper() + o[1:],
    )  # fmt: skip
    return chosen
