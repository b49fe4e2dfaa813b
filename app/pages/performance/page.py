"""Performance: where does the time go? Figures of the whole log on top, then one question about them at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from app.pages.analysis import Chosen, analysis_bar
from app.pages.parts import empty, simulated_mark
from app.pages.performance import views
from app.pages.performance.asked import TimesAsked
from app.pages.performance.calendars import choose_calendar
from app.pages.simulated import simulated_in
from app.pages.text import literal, textual
from app.theme import NOTHING, count, day, plural, share
from core.calendar import Calendar
from core.trust import Result
from mining.performance import PerformanceOverview, TimeSummary

_VIEWS: dict[str, Callable[[TimesAsked, PerformanceOverview], None]] = {
    "bottlenecks": views.bottlenecks_view,
    "times": views.times_view,
    "week": views.week_view,
    "queues": views.queue_view,
    "throughput": views.flow_view,
    "batches": views.batches_view,
    "rework": views.rework_view,
}


def page() -> None:
    """The times of one selection, in calendar time or by a business calendar."""
    chosen = analysis_bar(
        "Where does the time go?",
        shows=(Result.CYCLE_TIME, Result.WAITING_TIME, Result.SERVICE_TIME, Result.THROUGHPUT),
    )
    if chosen is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="performance-bar"):
        view = st.segmented_control(
            "View", list(_VIEWS), key="times_view", bind="query-params", default="bottlenecks", required=True,
            format_func=str.capitalize, label_visibility="collapsed",
        )  # fmt: skip
        calendar = choose_calendar()
    asked = _asked(chosen, calendar)
    whole = asked.overview()
    _strip(whole, simulated=bool(simulated_in(chosen.log)))
    for note in whole.summary.carries.notes:
        st.caption(f":material/info: {textual(note)}")
    if whole.summary.waiting is None and view in ("bottlenecks", "queues"):
        empty("Nothing waits", "Every case has one activity instance only, so there is nothing between two of them.")
        return
    _VIEWS[str(view)](asked, whole)


def _asked(chosen: Chosen, calendar: Calendar | None) -> TimesAsked:
    return TimesAsked(replace(chosen.view, calendar=calendar))


def _strip(whole: PerformanceOverview, *, simulated: bool) -> None:
    """Five figures, each with what founds it."""
    found = whole.summary
    tiles = (_cycle_tile, _waiting_tile, _service_tile, _throughput_tile)
    with st.container(key="performance-strip"):
        places = st.columns(5, gap="small")
        for place, tile in zip(places, tiles, strict=False):
            with place, st.container(border=True, height="stretch", gap=None):
                tile(found)
        with places[4], st.container(border=True, height="stretch", gap=None):
            _open_tile(whole)
    if simulated:
        simulated_mark("Simulated performers did work in this log.")


def _cycle_tile(found: TimeSummary) -> None:
    said = views.formatter(found.carries)
    help = "From a case's first start (without starts: its first end) to its last end; complete cases only."
    if found.cycle is None:
        _withheld("Cycle time, median", help, "one moment only" if found.complete else "no complete case")
        return
    st.metric("Cycle time, median", said(found.cycle.median), help=help)
    st.caption(f"95 % within {said(found.cycle.p95)}", help=f"n = {plural(found.cycle.count, 'complete case')}")


def _waiting_tile(found: TimeSummary) -> None:
    said = views.formatter(found.carries)
    help = "From the end of an activity instance to the start of the next in its case, never below 0; summed."
    if found.waiting is None:
        _withheld("Waiting", help, "nothing follows")
    elif found.waiting_share is None:
        st.metric(
            "Waiting, median", said(found.waiting.median), help=f"{help} {textual(' '.join(found.carries.notes))}"
        )
        st.caption("service time included", help=f"n = {plural(found.waiting.count, 'wait')}")
    else:
        st.metric("Waiting", share(found.waiting_share), help=f"{help} Share of waiting and service time together.")
        st.caption(f"median {said(found.waiting.median)}", help=f"{said(found.waiting.total)} in all")


def _service_tile(found: TimeSummary) -> None:
    said = views.formatter(found.carries)
    help = "From the start to the end of an activity instance; summed."
    if found.service is None:
        _withheld("Service", help, "no starts")
    elif found.service_share is None:
        st.metric(
            "Service, median", said(found.service.median), help=f"{help} {textual(' '.join(found.carries.notes))}"
        )
        st.caption(f"n = {count(found.service.count)} of {count(found.instances)}")
    else:
        st.metric("Service", share(found.service_share), help=f"{help} Share of waiting and service time together.")
        st.caption(f"median {said(found.service.median)}", help=f"{said(found.service.total)} in all")


def _throughput_tile(found: TimeSummary) -> None:
    help = "Complete cases by the days (UTC) from the first to the last end, both counted."
    if found.completed_a_day is None:
        _withheld("Throughput, cases a day", help, "less than a day")
        return
    st.metric("Throughput, cases a day", f"{found.completed_a_day:,.1f}", help=help)
    st.caption(f"{plural(found.complete, 'complete case')}", help=f"of {plural(found.cases, 'case')}")


def _open_tile(whole: PerformanceOverview) -> None:
    found = whole.summary.open_mean
    peak = max(whole.flow.points, key=lambda p: p.open)
    help = "Cases open at the same time, mean over the time of the log; a case that is not complete stays open."
    if found is None:
        _withheld("Open cases, mean", help, "one moment only")
        return
    st.metric("Open cases, mean", f"{found:,.1f}" if found < 1_000 else count(round(found)), help=help)
    st.caption(f"most: {count(peak.open)}, {day(peak.start)}" if peak.open else "none at the end of a day")


def _withheld(label: str, help: str, why: str) -> None:
    st.metric(literal(label), NOTHING, help=literal(help))
    st.caption(f"withheld: {literal(why)}")
