"""The views of the performance page: one question about time each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from app.pages.analysis import offer
from app.pages.fields import show_figures
from app.pages.parts import empty, palette, table
from app.pages.performance import charts
from app.pages.performance.asked import TimesAsked
from app.pages.text import literal, textual
from app.theme import NOTHING, count, duration, hours, money, plural, share
from core.selection.filters import ActivityFilter, FollowsFilter, PerformerFilter, ReworkFilter
from mining.performance import (
    ActivityBatches,
    Bottleneck,
    Carries,
    GroupTimes,
    PerformanceOverview,
    Rework,
    Spread,
    TimesBy,
    TimeStep,
)

_HEIGHT = 385
_BARS = 10
_NAME_WIDTH = 190
_PLAIN = {"displayModeBar": False}
_ZOOM = "Drag over a stretch to zoom in; double-click to see all again."
_WINDOWS = {0: "no time", 60: "1 min", 300: "5 min", 900: "15 min", 3_600: "1 h", 14_400: "4 h"}


def formatter(carries: Carries) -> Callable[[float | None], str]:
    """How times read: working time in hours, calendar time in days too."""
    return hours if carries.calendar else duration


def bottlenecks_view(asked: TimesAsked, whole: PerformanceOverview) -> None:
    """Paths by total delay, and what is known of the one that was picked."""
    rows = whole.bottlenecks.rows
    if not rows or not rows[0].delay:
        empty("No bottleneck", "No wait is longer than the 25th percentile of its path: all waits are alike.")
        return
    said = formatter(whole.bottlenecks.carries)
    left, right = st.columns([11, 8], gap="small")
    with right:
        number = _bottleneck_table(rows, said)
    with left:
        clicked = _clicked("bottleneck_bars")
        number = number if number is not None else clicked or 0
        chart = charts.bottleneck_bars(
            rows[:_BARS], palette(), working=asked.view.calendar is not None, height=_HEIGHT, picked=number
        )
        st.plotly_chart(
            chart, theme=None, key="bottleneck_bars", config=_PLAIN, on_select="rerun", selection_mode="points"
        )
    with right:
        _bottleneck_panel(rows[number], said, clock=asked.view.calendar is None)


def _bottleneck_table(rows: tuple[Bottleneck, ...], said: Callable[[float | None], str]) -> int | None:
    listed = [
        {"Path": b.name, "Delay": b.delay, "Of all delay": b.delay_share, "Median": b.median, "Times": b.count,
         "Cases delayed": b.cases, "Of all waiting": b.waiting_share, "25 % within": b.reference, "Waiting": b.waiting}
        for b in rows
    ]  # fmt: skip
    formats = {"Delay": said, "Of all delay": share, "Median": said, "Of all waiting": share, "25 % within": said,
               "Waiting": said}  # fmt: skip
    columns = {"Path": st.column_config.TextColumn(width=_NAME_WIDTH)}
    return table(
        listed, key="bottlenecks", alt="Bottlenecks", formats=formats, columns=columns, select=True, within=205
    )


def _bottleneck_panel(picked: Bottleneck, said: Callable[[float | None], str], *, clock: bool) -> None:
    st.markdown(f"##### {textual(picked.name)}")
    st.caption(
        f"A quarter of {plural(picked.count, 'wait')} is over within {said(picked.reference)}, half within "
        f"{said(picked.median)}. What lies above the {said(picked.reference)} adds up to **{said(picked.delay)}** in "
        f"{plural(picked.cases, 'case')}.",
        help="Reference: the 25th percentile of the waits on this very path. A faster wait makes up for no slower one.",
    )
    if picked.path is not None:
        source, target = picked.path
        with st.container(horizontal=True, gap="small"):
            path = FollowsFilter(source=source, target=target)
            offer(path, "Cases with this path", "bottleneck-cases")
            if clock:  # filters know calendar time only
                slow = FollowsFilter(source=source, target=target, least_seconds=picked.reference)
                offer(slow, f"That wait {said(picked.reference)} or more", "bottleneck-slow")


def times_view(asked: TimesAsked, _whole: PerformanceOverview) -> None:
    """Waiting, service and cycle time by one thing."""
    by = TimesBy(
        st.segmented_control(
            "By", [b.value for b in TimesBy], key="times_by", bind="query-params", default="activity", required=True,
            format_func=lambda b: literal(f"By {b}"), label_visibility="collapsed",
        )
    )  # fmt: skip
    found = asked.times(by)
    if found.withheld or not found.rows:
        empty(f"No times by {by.value}", found.withheld or "No activity follows another.")
        return
    left, right = st.columns([9, 10], gap="small")
    height = _HEIGHT - 65
    with left:
        shown = found.rows if by in (TimesBy.WEEKDAY, TimesBy.HOUR) else found.rows[: _BARS + 2]
        chart = charts.times_bars(shown, by, palette(), working=asked.view.calendar is not None, height=height)
        st.plotly_chart(chart, theme=None, key=f"times-{by.value}", config=_PLAIN)
    with right:
        number = _times_table(found.rows, by, formatter(found.carries), height - 40)
        _times_note(found.carries, by)
        if number is not None:
            _offer_group(found.rows[number], by)


def _times_table(
    rows: tuple[GroupTimes, ...], by: TimesBy, said: Callable[[float | None], str], height: int
) -> int | None:
    def cells(row: GroupTimes) -> dict[str, Any]:
        kind = {"Kind": row.kind} if by is TimesBy.PERFORMER else {}
        service = {} if by is TimesBy.PATH else _spread("Service", row.service)
        return {
            by.value.capitalize(): row.name, **kind, **_spread("Waiting", row.waiting), **service,
            **_spread("Cycle", row.cycle), "Instances": row.instances, "Cases": row.cases,
        }  # fmt: skip

    listed = [cells(row) for row in rows]
    formats: dict[str, Callable[[Any], str]] = {}
    for column in listed[0]:
        if column.startswith(("Waiting", "Service", "Cycle")):
            formats[column] = share if column.endswith("share") else said
    columns = {by.value.capitalize(): st.column_config.TextColumn(width=_NAME_WIDTH)}
    return table(
        listed, key=f"times-of-{by.value}", alt="Times", formats=formats, columns=columns, select=True, within=height
    )


def _spread(what: str, found: Spread | None) -> dict[str, float | None]:
    """The columns of one kind of time; the total of cycle times would count a case several times and is left out."""
    columns: dict[str, float | None] = {f"{what}, median": found.median if found else None}
    columns[f"{what}, 95 %"] = found.p95 if found else None
    columns[f"{what}, mean"] = found.mean if found else None
    if what != "Cycle":
        columns[f"{what}, total"] = found.total if found else None
        columns[f"{what}, share"] = found.share if found else None
    return columns


def _times_note(carries: Carries, by: TimesBy) -> None:
    said = {
        TimesBy.WEEKDAY: f"By when an activity instance begins (cycle time: when the case starts), {carries.clock}.",
        TimesBy.HOUR: f"By when an activity instance begins (cycle time: when the case starts), {carries.clock}.",
        TimesBy.PERFORMER: "Bars: waiting first, then service. Cycle time is that of the cases they worked in.",
        TimesBy.PATH: "A path has waiting time only; cycle time is that of the cases that take it.",
    }.get(by, f"Cycle time is that of the cases that contain the {by.value}.")
    st.caption(textual(said))


def _offer_group(picked: GroupTimes, by: TimesBy) -> None:
    if by is TimesBy.ACTIVITY:
        offer(ActivityFilter(activities=(picked.name,)), f"Cases with {picked.name}", "times-activity")
    elif by is TimesBy.PERFORMER and picked.known:
        offer(PerformerFilter(performers=(picked.name,)), f"Cases with {picked.name}", "times-performer")
    elif picked.path is not None:
        offer(FollowsFilter(source=picked.path[0], target=picked.path[1]), "Cases with this path", "times-path")


def week_view(asked: TimesAsked, _whole: PerformanceOverview) -> None:
    """When in the week work is begun, and when it had waited longest."""
    measure = st.segmented_control(
        "Shade by", ("work begun", "mean waiting"), key="week_shade", bind="query-params", default="work begun",
        required=True, format_func=str.capitalize, label_visibility="collapsed",
    )  # fmt: skip
    found = asked.week()
    working = asked.view.calendar is not None
    chart = charts.week_heat(found, palette(), str(measure), working=working, height=_HEIGHT - 65)
    st.plotly_chart(chart, theme=None, key="week", config=_PLAIN)
    st.caption("By when an activity instance begins, or ends where its start is not known; waiting is what ends then.")


def queue_view(asked: TimesAsked, whole: PerformanceOverview) -> None:
    """What waits before an activity over time, with the rates of arrival and completion."""
    targets = dict.fromkeys(b.path[1] for b in whole.bottlenecks.rows if b.path)
    activity = st.selectbox(
        "Before", [*targets, ""], key="queue_of", bind="query-params", width=340, label_visibility="collapsed",
        format_func=lambda name: f"Before {name}" if name else "Before all activities",
    )  # fmt: skip
    found = asked.queue(activity or None)
    if found.withheld:
        empty("No queue to show", found.withheld)
        return
    left, right = st.columns([14, 5], gap="small")
    with left:
        chart = charts.queue_lines(found, palette(), height=_HEIGHT - 75)
        st.plotly_chart(chart, theme=None, key="queue", config=_PLAIN)
        st.caption(f"{_ZOOM} Queues are told in calendar time: what waits, waits at night too.")
    with right:
        show_figures(
            {
                "Waiting at once, mean": f"{found.length:,.2f}",
                "Wait, mean": duration(found.wait_mean),
                "Arrive a day": f"{found.arrivals_a_day:,.2f}",
                "Completed a day": f"{found.completions_a_day:,.2f}",
                "Arrivals × wait": f"{found.little:,.2f}",
            }
        )
        agree = abs(found.little - found.length) <= 1e-6 * max(1.0, found.length)
        st.caption(
            "Little's law: mean length = arrival rate × mean wait. "
            + ("Both sides agree." if agree else "The two sides differ: the log breaks off in the middle."),
            help="The length comes from a sweep over every arrival and departure, the product from counts and waits.",
        )


def flow_view(asked: TimesAsked, whole: PerformanceOverview) -> None:
    """Cases started, completed and open."""
    steps = [s.value for s in (TimeStep.DAY, TimeStep.WEEK, TimeStep.MONTH)]
    step = st.segmented_control(
        "Step", steps, key="flow_step", bind="query-params", default=whole.flow.step.value, required=True,
        format_func=lambda s: literal(f"By {s}"), label_visibility="collapsed",
    )  # fmt: skip
    found = asked.flow(TimeStep(str(step)))
    left, right = st.columns(2, gap="small")
    height = _HEIGHT - 100
    with left:
        st.plotly_chart(charts.flow_lines(found, palette(), height=height), theme=None, key="flow", config=_PLAIN)
    with right:
        st.plotly_chart(charts.open_line(found, palette(), height=height), theme=None, key="open", config=_PLAIN)
    st.caption(
        f"{_ZOOM} Days are those of {literal(found.carries.clock)}; a case that is not complete stays open to the end."
    )


def batches_view(asked: TimesAsked, _whole: PerformanceOverview) -> None:
    """Who works on several cases together, how many, and what waiting for a full batch costs."""
    window = st.selectbox(
        "Between two cases of a batch", list(_WINDOWS), index=2, key="batch_window", bind="query-params", width=300,
        label_visibility="collapsed",
        format_func=lambda s: f"At most {_WINDOWS[s]} between two cases",
        help="A batch: one performer works on several cases of one activity together or in direct succession, and all "
        "of them had arrived before the first was begun.",
    )  # fmt: skip
    found = asked.batching(float(window))
    if found.withheld or not found.rows:
        empty("No batches", found.withheld or "No performer takes several waiting cases of one activity together.")
        return
    left, right = st.columns([11, 7], gap="small")
    with left:
        number = _batch_table(found.rows)
        st.caption(
            "Accumulation: what cases waited for the last one of their batch to arrive. Calendar time."
            + (" Without starts, only the ends tell what was done together." if found.carries.start_share == 0 else "")
        )
    picked = found.rows[number or 0]
    with right:
        title = f"{charts.short(picked.activity, 26)}: {picked.size_mean:,.1f} cases a batch"
        chart = charts.size_bars(picked.sizes, palette(), title, height=_HEIGHT - 120)
        st.plotly_chart(chart, theme=None, key="sizes", config=_PLAIN)
        every = duration(picked.every_seconds) if picked.every_seconds is not None else NOTHING
        kinds = ", ".join(f"{count(number)} {kind.value}" for kind, number in picked.kinds)
        st.caption(f"{kinds}; half of one performer's batches start within {every} of the one before.")


def _batch_table(rows: tuple[ActivityBatches, ...]) -> int | None:
    listed = [
        {"Activity": r.activity, "In batches": r.share, "Batches": r.batches, "Cases a batch": r.size_mean,
         "Accumulation": r.accumulation, **{kind.value.capitalize(): number for kind, number in r.kinds}}
        for r in rows
    ]  # fmt: skip
    formats: dict[str, Callable[[Any], str]] = {
        "In batches": share, "Cases a batch": lambda v: f"{v:,.1f}", "Accumulation": duration,
    }  # fmt: skip
    for kind in ("Simultaneous", "Concurrent", "Sequential"):
        if any(kind in row for row in listed):
            formats[kind] = lambda v: f"{v:,.0f}"
    return table(listed, key="batches", alt="Batches", formats=formats, select=True, within=_HEIGHT - 120)


def rework_view(asked: TimesAsked, _whole: PerformanceOverview) -> None:
    """What doing things again takes, in money, in time or in numbers, as far as the log tells."""
    found = asked.rework()
    if not found.count:
        empty("No rework", "No activity stands twice in any of these cases.")
        return
    said = formatter(found.carries)
    left, right = st.columns([12, 6], gap="small")
    with left:
        number = _rework_table(found, said)
    with right:
        _rework_figures(found, said)
        if number is not None:
            name = found.rows[number].activity
            offer(ReworkFilter(activity=name), f"Cases with rework of {name}", "rework-of")


def _rework_table(found: Rework, said: Callable[[float | None], str]) -> int | None:
    currency = found.carries.currency
    listed = [
        {"Activity": r.activity, "Rework": r.count, "Of its instances": r.share, "Cases": r.cases,
         **({"Cost": r.cost} if found.cost is not None else {}),
         **({"Service": r.service} if found.service is not None else {}), "Waiting": r.waiting}
        for r in found.rows
    ]  # fmt: skip
    formats: dict[str, Callable[[Any], str]] = {"Of its instances": share, "Waiting": said}
    if found.cost is not None:
        formats["Cost"] = lambda v: money(v, currency)
    if found.service is not None:
        formats["Service"] = said
    return table(listed, key="rework", alt="Rework", formats=formats, select=True, within=_HEIGHT - 20)


def _rework_figures(found: Rework, said: Callable[[float | None], str]) -> None:
    st.markdown(f"##### {share(found.share)} of the work is rework")
    show_figures(
        {
            "Activity instances": count(found.count),
            "Cost": money(found.cost, found.carries.currency),
            "Service time": said(found.service),
            "Cycle time with rework": said(found.with_rework.median),
            "Cycle time without": said(found.without_rework.median),
            "Cases with / without": f"{count(found.with_rework.cases)} / {count(found.without_rework.cases)}",
        }
    )
    for reason in (found.cost_withheld, found.service_withheld):
        if reason:
            st.caption(f"Withheld: {textual(reason)}")
    st.caption("Cycle times are medians. That cases with rework take longer does not say that rework is why.")


def _clicked(key: str) -> int | None:
    """The bar that was clicked, if any."""
    state: Any = st.session_state.get(key)
    points = state.selection.points if state is not None else []
    return int(points[0]["point_index"]) if points else None
