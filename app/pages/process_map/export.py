"""What the map shows as files: activities and paths as CSV and Parquet. Pictures are made in the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from app.export import csv_file, parquet_file
from app.pages.process_map.view import ActivityFacts
from app.pages.text import literal
from mining.map.dfg import Dfg
from mining.map.figures import Figures, MapFigures, Times

Row = dict[str, Any]


def activity_rows(shown: Dfg, facts: ActivityFacts, figures: MapFigures) -> list[Row]:
    """One row an activity that is shown; times in seconds."""
    starts = {b.activity: b.cases for b in shown.starts}
    ends = {b.activity: b.cases for b in shown.ends}
    return [
        {
            "activity": a.name,
            "events": a.count,
            "cases": a.cases,
            "cases_starting": starts.get(a.name, 0),
            "cases_ending": ends.get(a.name, 0),
            **{f"{kind}_share": facts.mix.get(a.name, {}).get(kind, 0.0) for kind in ("human", "agent", "system")},
            **_measured(figures.activities.get(a.name)),
        }
        for a in shown.activities
    ]


def path_rows(shown: Dfg, figures: MapFigures) -> list[Row]:
    """One row a path that is shown; times in seconds, of the activity instances that it leads to."""
    return [
        {
            "source": p.source,
            "target": p.target,
            "events": p.count,
            "cases": p.cases,
            **_measured(figures.paths.get((p.source, p.target))),
        }
        for p in shown.paths
    ]


def downloads(name: str, activities: Callable[[], Sequence[Row]], paths: Callable[[], Sequence[Row]]) -> None:
    """Buttons that save what the map shows; the files are made when they are asked for."""
    st.caption("Exactly the activities and paths that the map shows. Pictures: the button ⤓ on the map.")
    _buttons("activities", name, activities)
    _buttons("paths", name, paths)


def _buttons(what: str, name: str, rows: Callable[[], Sequence[Row]]) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            literal(f"{what.capitalize()}, CSV"), data=lambda: csv_file(rows()), mime="text/csv",
            file_name=f"{name}-{what}.csv", key=f"save-{what}-csv", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            literal(f"{what.capitalize()}, Parquet"), data=lambda: parquet_file(rows()),
            mime="application/vnd.apache.parquet", file_name=f"{name}-{what}.parquet",
            key=f"save-{what}-parquet", on_click="ignore",
        )  # fmt: skip


def _measured(figures: Figures | None) -> Row:
    return {
        **_times("waiting", figures.waiting if figures else None),
        **_times("service", figures.service if figures else None),
        "rework": figures.rework if figures else None,
        "cost_mean": figures.cost_mean if figures else None,
        "cost_total": figures.cost_total if figures else None,
    }


def _times(what: str, times: Times | None) -> Row:
    return {
        f"{what}_{name}_seconds": getattr(times, name) if times else None for name in ("median", "mean", "p95", "total")
    }
