"""What a map shows beside its graph: figures of activities and paths, one activity in detail, places in the flow."""

from __future__ import annotations

from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.map.figures import (
    ActivityDetail,
    MapFigures,
    activity_detail,
    event_attributes,
    frequent_variants,
    map_figures,
)
from mining.map.variant import Variant


def figures_of(ws: Workspace, view: View) -> MapFigures:
    """The times, costs and rework of every activity and path that `view` shows."""
    with ws.logs.open(view) as opened:
        return opened.coarse(map_figures(opened.connection))


def detail_of(ws: Workspace, view: View, *, activity: str) -> ActivityDetail:
    """Everything that `view` shows of one activity."""
    with ws.logs.open(view) as opened:
        return opened.coarse(activity_detail(opened.connection, activity))


def frequent_of(ws: Workspace, view: View, *, most: int) -> tuple[Variant, ...]:
    """The `most` frequent variants of the whole log: of the view's selection only the grouping counts."""
    with ws.logs.open(view.of(Selection(grouped_by=view.selection.grouped_by))) as opened:
        return frequent_variants(opened.connection, most)


def attributes_of_events(ws: Workspace, view: View) -> tuple[str, ...]:
    """The attributes of events that can stand in the place of activities."""
    with ws.logs.open(view.whole) as opened:
        return event_attributes(opened.connection)


def activities_of(ws: Workspace, view: View) -> tuple[str, ...]:
    """The names of the activities that `view` shows, sorted."""
    with ws.logs.open(view) as opened:
        rows = opened.connection.execute("SELECT name FROM activity ORDER BY name").fetchall()
    return tuple(name for (name,) in rows)


def currency_of(ws: Workspace, view: View) -> str | None:
    """The currency that the log names, if it names one."""
    named: str | None = ws.logs.meta(ws.logs.get(view.log, view.version)).currency
    return named
