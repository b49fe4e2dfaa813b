"""Compare: what is different between the two? Figures, map and change over time of two sides."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.apart import apart, estimated, in_unit
from app.components.process_map import Picked, process_map
from app.pages.analysis import Chosen, analysis_bar, tell_withheld
from app.pages.asking import ask
from app.pages.compare.drift import drift_view
from app.pages.compare.map import draw, legend, sentence
from app.pages.compare.sides import Sides, choose_sides
from app.pages.parts import badge_text, empty, section, table
from app.pages.state import parameter, set_parameter, workspace
from app.pages.text import textual
from app.theme import NOTHING, count, day, duration, plural, share
from core.trust import Result
from mining.compare.service import compare_sides
from mining.compare.values import MapDifference, SideBySide, SideMetric, SideUnit

_SHOWN = (Result.ORDER, Result.CYCLE_TIME, Result.WAITING_TIME, Result.SERVICE_TIME)
_VIEWS = ("figures", "map", "drift")
_HEIGHT = 470
_ABOVE = 265
_MOST_PATHS = 120
_ROWS = 300


def page() -> None:
    """Two sides of one event log, or of two; and where one log changed over its time."""
    chosen = analysis_bar(
        "What is different between the two?", "Two sides are compared by the events of real cases.", shows=_SHOWN
    )
    if chosen is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="compare-bar"):
        view = st.segmented_control(
            "View", _VIEWS, key="view", bind="query-params", default=_VIEWS[0], required=True,
            format_func=str.capitalize, label_visibility="collapsed",
        )  # fmt: skip
        sides = choose_sides(workspace(), chosen) if view != "drift" else None
    if view == "drift":
        drift_view(chosen)
        return
    if sides is None or sides.same:
        _the_same(chosen)
        return
    found = ask(compare_sides, sides.a, "Comparing both sides", b=sides.b)
    _told_of_b(found, chosen)
    if found.withheld:
        empty("Nothing to compare", found.withheld)
        return
    shown: dict[str, Callable[[SideBySide, Sides], None]] = {"figures": _figures, "map": _map}
    shown[str(view)](found, sides)


def _told_of_b(found: SideBySide, chosen: Chosen) -> None:
    """Tell what side B's log cannot carry, where it is another log than that of the bar."""
    if (found.b.log, found.b.version) != (chosen.log.log, chosen.log.version):
        tell_withheld(workspace().logs.get(found.b.log, found.b.version), found.trust_b.of(*_SHOWN))


def _the_same(chosen: Chosen) -> None:
    empty(
        "Both sides are the same cases",
        "Side A is what the filters above leave. Choose another event log, version or set of filters for side B"
        + (", such as what the last filter leaves out." if chosen.selection.active else ".")
        + " The view Drift finds moments at which the work changed, and offers before and after as the two sides.",
    )


def _figures(found: SideBySide, sides: Sides) -> None:
    _said(found, sides)
    section(_finding(found))
    rows = [_row(metric) for metric in found.metrics]
    helps = {
        "B minus A": "With the 95 % interval of the difference, where there is one.",
        "Beyond chance": "Yes where that interval lies on one side of 0.",
    }
    columns = {name: st.column_config.TextColumn(help=text) for name, text in helps.items()}
    columns |= {side: st.column_config.TextColumn(alignment="right") for side in ("A", "B")}
    table(rows, key="metrics", alt="Figures of both sides", columns=columns)
    for note in found.notes:
        st.caption(f":material/info: {textual(note)}")
    section("What differs in the map")
    _differences(found)


def _said(found: SideBySide, sides: Sides) -> None:
    """Both sides in one line each."""
    lines = []
    for name, side, words in (("A", found.a, sides.words_a), ("B", found.b, sides.words_b)):
        what = f"{textual(side.log)} v{side.version}, {textual(words)} · {plural(side.cases, 'case')}"
        lines.append(f"**{name}** {what} · {day(side.started)} to {day(side.ended)}")
    st.markdown("  \n".join(lines))


def _finding(found: SideBySide) -> str:
    """What the figures say, as a title."""
    asked = [m for m in found.metrics if m.difference is not None and m.difference.low is not None]
    certain = [m for m in asked if m.difference is not None and m.difference.certain]
    if not certain:
        return f"None of {plural(len(asked), 'figure')} differs beyond chance"
    return f"{len(certain)} of {plural(len(asked), 'figure')} differ beyond chance"


def _row(metric: SideMetric) -> dict[str, str]:
    differs = metric.difference
    known = differs is not None and differs.low is not None
    beyond = NOTHING if not known or differs is None else "▲ yes" if differs.certain else "○ no"
    return {
        "Figure": metric.title,
        "A": estimated(metric.a, metric.unit) if metric.a else NOTHING,
        "B": estimated(metric.b, metric.unit) if metric.b else NOTHING,
        "B minus A": apart(differs, metric.unit),
        "Beyond chance": beyond if metric.a and metric.b else f"{NOTHING} {metric.why_not}",
    }


def _differences(found: SideBySide) -> None:
    told = found.told
    st.caption(
        f"{count(len(told))} of {count(len(found.differences))} activities, paths, starts and ends differ beyond "
        f"chance in their share of cases (false discovery rate {share(found.alpha)}). Waiting times are medians, "
        "described and not tested."
    )
    if not told:
        empty(
            "The maps do not differ beyond chance",
            "Every share of cases is the same on both sides, as far as can be told.",
        )
        return
    rows = [
        {
            "What": d.thing.value.capitalize(),
            "Name": d.source if d.source == d.target and d.thing.value != "path" else f"{d.source} → {d.target}",
            "Of A's cases": d.a.share if d.a else 0.0,
            "Of B's cases": d.b.share if d.b else 0.0,
            "B minus A": d.share.value,
            "95 % interval": f"{_points(d.share.low)} to {_points(d.share.high)}",
            "Waiting in A": d.a.waiting if d.a else None,
            "Waiting in B": d.b.waiting if d.b else None,
            "Only in": d.only_in,
        }
        for d in told[:_ROWS]
    ]
    formats = {
        "Of A's cases": share, "Of B's cases": share, "B minus A": _points, "Waiting in A": duration,
        "Waiting in B": duration,
    }  # fmt: skip
    table(rows, key="differences", alt="What differs", formats=formats)


def _points(value: float | None) -> str:
    return NOTHING if value is None else in_unit(value, SideUnit.SHARE, sign=True)


def _map(found: SideBySide, sides: Sides) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        by = st.segmented_control(
            "Colour by", ("share of cases", "waiting time"), key="colour_by", bind="query-params",
            default="share of cases", required=True, format_func=str.capitalize, label_visibility="collapsed",
        )  # fmt: skip
        paths = len([d for d in found.differences if d.thing.value == "path"])
        most = st.slider(
            "Paths", 5, max(6, min(_MOST_PATHS, paths)), min(25, max(6, paths)), key="paths_shown", bind="query-params",
            width=170, help="How many paths are drawn, those that most cases of either side take first.",
        )  # fmt: skip
        legend(waiting=by == "waiting time")
    left, right = st.columns([12, 5], gap="small")
    shown = draw(found, by_waiting=by == "waiting time", most=most, key=f"{sides.a} {sides.b}")
    with left:
        process_map(
            shown, selected=_picked(shown.paths, found), on_pick=_pick, key="difference_map", height=_HEIGHT,
            above=_ABOVE, apart=True,
        )  # fmt: skip
    with right, st.container(height=_HEIGHT, key="difference-panel"):
        _panel(found, sides)


def _picked(_: object, found: SideBySide) -> Picked:
    activity, path = parameter("activity"), parameter("path")
    for d in found.differences:
        if d.thing.value == "activity" and d.source == activity:
            return Picked(activity=activity)
        if d.thing.value == "path" and path == f"{d.source}→{d.target}":
            return Picked(path=(d.source, d.target))
    return Picked()


def _pick(picked: Picked) -> None:
    wanted = {"activity": picked.activity, "path": "→".join(picked.path) if picked.path else None}
    for name, value in sorted(wanted.items(), key=lambda pair: pair[1] is not None):
        set_parameter(name, value)


def _panel(found: SideBySide, sides: Sides) -> None:
    """What was picked on both sides; else both sides, and what differs most."""
    picked = _picked(None, found)
    about = [d for d in found.differences if _is_about(d, picked)]
    if not about:
        _said(found, sides)
        st.markdown("**Differs most**")
        for d in found.told[:6]:
            st.markdown(f"- {textual(sentence(d))}")
        return
    for d in about:
        mark = f" {badge_text(f'only in {d.only_in}')}" if d.only_in else ""
        st.markdown(f"{textual(sentence(d))}{mark}")
        if d.waiting is not None:
            st.caption(
                f"Waiting time, median: {duration(d.a.waiting if d.a else None)} in A, "
                f"{duration(d.b.waiting if d.b else None)} in B."
            )


def _is_about(d: MapDifference, picked: Picked) -> bool:
    if picked.path is not None:
        return d.thing.value == "path" and (d.source, d.target) == picked.path
    return picked.activity is not None and d.thing.value != "path" and d.source == picked.activity
