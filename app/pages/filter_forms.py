"""The forms behind "Filter": one small form a kind, each giving a filter or, while something is missing, None."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st
from pydantic import ValidationError

from app.pages.state import home
from app.pages.text import literal
from app.theme import count
from core.eventlog import LogVersion
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
from core.selection.vocabulary import AttributeValues, Vocabulary, attribute_values, vocabulary
from core.workspace import Workspace

KINDS = {
    "activity": "Activity",
    "follows": "Path: one activity after another",
    "endpoint": "First or last activity",
    "timeframe": "Time",
    "metric": "A number of the case",
    "performer": "Performer",
    "attribute": "Attribute",
    "variant": "Variants",
    "rework": "Rework",
    "four_eyes": "Four eyes: one performer did both",
    "case": "Case identifiers",
    "complete": "Complete cases",
}
_MODES = {
    Timeframe.CONTAINED: "cases contained in it",
    Timeframe.INTERSECTING: "cases open in it",
    Timeframe.STARTING: "cases starting in it",
    Timeframe.ENDING: "cases ending in it",
    Timeframe.TRIM: "only the events in it",
}
_KEEPS = {Keep.ANY: "cases with any such event", Keep.EVERY: "cases with no other", Keep.EVENTS: "only these events"}
_LOOPS = {Loop.ANY: "in any way", Loop.SELF_LOOP: "directly after itself", Loop.REPETITION: "later in the case"}
_UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_TIMES = (Metric.CYCLE_TIME, Metric.WAITING, Metric.SERVICE)
_METRICS = {m: m.value.replace("_", " ") for m in Metric} | {
    Metric.EVENTS: "activity instances", Metric.ACTIVITIES: "different activities",
    Metric.WAITING: "waiting time", Metric.SERVICE: "service time",
    Metric.REWORK: "rework: activity instances beyond the first of their activity",
}  # fmt: skip


def form(ws: Workspace, log: LogVersion, kind: str) -> Any | None:
    """The filter of `kind` as the form says; None while it is not whole, which the form shows."""
    words = _vocabulary(ws, home(), log)
    try:
        return _FORMS[kind](ws, log, words)
    except ValidationError as error:
        st.caption(f":red[{literal(error.errors()[0]['msg'].removeprefix('Value error, ').capitalize())}.]")
        return None


def _activity(_ws: Workspace, _log: LogVersion, words: Vocabulary) -> Any | None:
    chosen = st.multiselect("Activities", words.activities, key="filter_activities")
    every = len(chosen) > 1 and st.checkbox("All of them, not just any", key="filter_all")
    return ActivityFilter(activities=tuple(chosen), all=every) if chosen else None


def _follows(_ws: Workspace, _log: LogVersion, words: Vocabulary) -> Any | None:
    source = st.selectbox("First", words.activities, index=None, key="filter_source")
    how = st.segmented_control("Followed", ["directly", "eventually"], default="directly", key="filter_how")
    target = st.selectbox("Then", words.activities, index=None, key="filter_target")
    least, most = _spans("Time between, at least", "at most", "follows")
    if source is None or target is None:
        return None
    return FollowsFilter(
        source=source, target=target, directly=how != "eventually", least_seconds=least, most_seconds=most
    )


def _endpoint(_ws: Workspace, _log: LogVersion, words: Vocabulary) -> Any | None:
    side = st.segmented_control("Cases that", ["start", "end"], default="start", key="filter_side")
    chosen = st.multiselect("with", words.activities, key="filter_ends")
    return EndpointFilter(side="end" if side == "end" else "start", activities=tuple(chosen)) if chosen else None


def _timeframe(_ws: Workspace, log: LogVersion, _words: Vocabulary) -> Any | None:
    mode = st.selectbox("Keep", list(_MODES), format_func=lambda m: _MODES[m], key="filter_mode")
    period = st.date_input(
        "First and last day (UTC)", (log.started.date(), log.ended.date()), key=f"filter_days-{log.log}",
        format="YYYY-MM-DD",
    )  # fmt: skip
    if len(period) != 2:  # only the first day is chosen yet
        return None
    start, last = (datetime(d.year, d.month, d.day, tzinfo=UTC) for d in period)
    return TimeframeFilter(start=start, end=last + timedelta(days=1), mode=mode)


def _metric(_ws: Workspace, _log: LogVersion, _words: Vocabulary) -> Any | None:
    metric = Metric(st.selectbox("Number", list(_METRICS), format_func=lambda m: _METRICS[m], key="filter_metric"))
    if metric in _TIMES:
        low, high = _spans("At least", "at most", "metric")
    else:
        left, right = st.columns(2)
        low = left.number_input("At least", value=None, key="filter_low")
        high = right.number_input("At most", value=None, key="filter_high")
    return None if low is None and high is None else MetricFilter(metric=metric, low=low, high=high)


def _performer(_ws: Workspace, _log: LogVersion, words: Vocabulary) -> Any | None:
    if not words.performers:
        st.caption("The log does not say who performed.")
        return None
    chosen = st.multiselect("Performers", words.performers, key="filter_performers")
    keep = st.selectbox("Keep", list(_KEEPS), format_func=lambda k: _KEEPS[k], key="filter_performer_keep")
    at = None
    if keep is not Keep.EVENTS:
        at = st.selectbox("At", words.activities, index=None, placeholder="any activity", key="filter_at")
    return PerformerFilter(performers=tuple(chosen), activity=at, keep=keep) if chosen else None


def _attribute(ws: Workspace, log: LogVersion, words: Vocabulary) -> Any | None:
    built_in = {
        "performer_kind": ("performer kind", bool(words.performers)),
        "system": ("system", bool(words.systems)),
        "failed": ("failed", words.has_failed),
    }
    labels = {name: label for name, (label, there) in built_in.items() if there}
    labels |= {a.name: a.label for a in words.attributes}
    if not labels:
        st.caption("The log has no attributes.")
        return None
    name = st.selectbox("Attribute", list(labels), format_func=lambda n: labels[n], key="filter_attribute")
    known = _values(ws, home(), log, name)
    of_case = any(a.name == name and a.of_case for a in words.attributes)
    keep = Keep.ANY
    if not of_case:
        keep = st.selectbox("Keep", list(_KEEPS), format_func=lambda k: _KEEPS[k], key="filter_attribute_keep")
    ranged = known.low is not None and known.different > 20
    if ranged and st.toggle("A range instead of values", value=True, key="filter_ranged"):
        left, right = st.columns(2)
        low = left.number_input("From", value=known.low, key=f"filter_from-{name}")
        high = right.number_input("To", value=known.high, key=f"filter_to-{name}")
        return AttributeFilter(attribute=name, low=low, high=high, keep=keep)
    times = dict(known.frequent)
    values = st.multiselect(
        "Values", list(times), format_func=lambda v: f"{v} ({count(times.get(v))})", key=f"filter_values-{name}",
        help="The 200 most frequent." if known.different > len(times) else None,
    )  # fmt: skip
    missing = known.filled < known.rows and st.checkbox("Also where there is no value", key="filter_missing")
    return (
        AttributeFilter(attribute=name, values=tuple(values), missing=missing, keep=keep) if values or missing else None
    )


def _variant(_ws: Workspace, _log: LogVersion, _words: Vocabulary) -> Any | None:
    way = st.segmented_control(
        "The most frequent", ["by number", "by share of cases"], default="by share of cases", key="filter_variants"
    )
    if way == "by number":
        return VariantFilter(top=int(st.number_input("Variants", min_value=1, value=10, key="filter_top")))
    share = st.slider("Share of cases that they cover", 1, 100, 80, format="%d %%", key="filter_coverage")
    return VariantFilter(coverage=share / 100)


def _rework(_ws: Workspace, _log: LogVersion, words: Vocabulary) -> Any | None:
    activity = st.selectbox("Of", words.activities, index=None, placeholder="any activity", key="filter_rework")
    loop = st.selectbox("It comes again", list(_LOOPS), format_func=lambda x: _LOOPS[x], key="filter_loop")
    least = int(st.number_input("Times in the case, at least", min_value=2, value=2, key="filter_least"))
    return ReworkFilter(activity=activity, loop=loop, least=least)


def _four_eyes(_ws: Workspace, _log: LogVersion, words: Vocabulary) -> Any | None:
    first = st.selectbox("One activity", words.activities, index=None, key="filter_first")
    second = st.selectbox("The other", words.activities, index=None, key="filter_second")
    return FourEyesFilter(first=first, second=second) if first and second else None


def _case(_ws: Workspace, _log: LogVersion, _words: Vocabulary) -> Any | None:
    text = st.text_area("Identifiers, one a line", key="filter_cases", height=120)
    cases = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    return CaseFilter(cases=cases) if cases else None


def _complete(_ws: Workspace, _log: LogVersion, _words: Vocabulary) -> Any | None:
    return CompleteFilter()


_FORMS = {
    "activity": _activity, "follows": _follows, "endpoint": _endpoint, "timeframe": _timeframe, "metric": _metric,
    "performer": _performer, "attribute": _attribute, "variant": _variant, "rework": _rework,
    "four_eyes": _four_eyes, "case": _case, "complete": _complete,
}  # fmt: skip


def _spans(least: str, most: str, key: str) -> tuple[float | None, float | None]:
    """Two lengths of time in one unit, in seconds."""
    left, middle, right = st.columns([1, 1, 1])
    low = left.number_input(literal(least), min_value=0.0, value=None, key=f"filter_{key}_low")
    high = middle.number_input(literal(most), min_value=0.0, value=None, key=f"filter_{key}_high")
    unit = _UNITS[right.selectbox("Unit", list(_UNITS), index=3, key=f"filter_{key}_unit")]
    return None if low is None else low * unit, None if high is None else high * unit


@st.cache_data(show_spinner=False, max_entries=32)
def _vocabulary(_ws: Workspace, _home: str, log: LogVersion) -> Vocabulary:
    return vocabulary(_ws, log)


@st.cache_data(show_spinner=False, max_entries=128)
def _values(_ws: Workspace, _home: str, log: LogVersion, attribute: str) -> AttributeValues:
    return attribute_values(_ws, log, attribute)
