"""People and systems: who hands work to whom, what comes back, who carries it between systems, who shares it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.components.process_map import Picked, process_map
from app.pages.analysis import analysis_bar, offer
from app.pages.asking import ask
from app.pages.parts import badge_text, empty, palette, section, table
from app.pages.people import view as people_view
from app.pages.people.legend import legend
from app.pages.people.work import four_eyes_view, shared_view, workload_view
from app.pages.state import parameter, set_parameter
from app.pages.text import textual
from app.theme import count, duration, plural, share
from core.selection.filters import ActivityFilter, PerformerFilter
from core.trust import Result
from core.view import View
from mining.organisation import Handover, Handovers, PingPong, Transfers, map_handovers, map_ping_pong, map_transfers

_VIEWS = ("hand-overs", "ping-pong", "between systems", "shared work", "workload", "four eyes")
_HEIGHT = 450
_MOST_ROWS = 1_000


def page() -> None:
    """One question about people and systems at a time; the view is part of the link."""
    chosen = analysis_bar("Who hands work to whom?", shows=(Result.PERFORMERS, Result.HAND_OVERS, Result.WAITING_TIME))
    if chosen is None:
        return
    shown_as = st.segmented_control(
        "View", _VIEWS, key="view", bind="query-params", default=_VIEWS[0], required=True, format_func=str.capitalize,
        label_visibility="collapsed",
    )  # fmt: skip
    shown: dict[str, Callable[[View], None]] = {
        "hand-overs": _handovers_view, "ping-pong": _ping_pong_view, "between systems": _transfers_view,
        "shared work": shared_view, "workload": workload_view, "four eyes": four_eyes_view,
    }  # fmt: skip
    shown[str(shown_as)](chosen.view)


def _handovers_view(view: View) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        by = _choose_by(view)
        drawn = st.segmented_control(
            "Drawn as", ("matrix", "graph"), key="drawn", bind="query-params", default="matrix", required=True,
            format_func=str.capitalize, label_visibility="collapsed",
        )  # fmt: skip
        measure = "count"
        if drawn == "matrix":
            measure = st.selectbox(
                "Shade by", ("count", "waiting time"), key="shade", bind="query-params", width=150,
                label_visibility="collapsed", format_func=lambda m: f"Shade: {m}",
            )  # fmt: skip
    found, _ = ask(map_handovers, view, "Looking at hand-overs", by=by)
    if found.withheld or not found.handovers:
        empty("No hand-overs to show", found.withheld or "Nobody's work follows anybody else's in these cases.")
        return
    left, right = st.columns([11, 6], gap="small")
    with left:
        if drawn == "graph":
            shape = people_view.graph(found, key=f"{view.log} v{view.version} {by}")
            process_map(shape, selected=_picked(found), on_pick=_pick, key="handover_graph", height=_HEIGHT, above=250)
        else:
            chart = people_view.matrix(found, palette(), height=_HEIGHT, measure=measure)
            st.plotly_chart(chart, theme=None, key="matrix", config={"displayModeBar": False})
        _left_out(found, people_view.MATRIX if drawn == "matrix" else people_view.GRAPH_UNITS)
    with right:
        _summary(found)
        _handover_table(found)


def _choose_by(view: View) -> str:
    _, roles = ask(map_handovers, view, "Looking at hand-overs", by="performer")
    options = ("performer", "kind", "system", *roles)
    return str(
        st.selectbox(
            "By", options, key="by", bind="query-params", width=230, label_visibility="collapsed",
            format_func=lambda by: f"By {people_view.unit_word(by)}",
        )
    )  # fmt: skip


def _summary(found: Handovers) -> None:
    moved = found.count / (found.known_steps or 1)
    what = "in different systems" if found.by == "system" else "with different performers"
    st.markdown(f"##### {plural(found.count, 'hand-over')} in {plural(found.cases, 'case')}")
    known = found.known_steps / (found.steps or 1)
    waited = f"{duration(found.total_seconds / found.count)} of waiting time each on average"
    st.caption(
        f"{share(moved)} of the steps {'' if known == 1 else 'with both sides known '}are {what}; {waited}"
        f"{', the service time of the second included: the log has no starts' if found.includes_service else ''}."
        + ("" if known == 1 else f" Both are known for {share(known)} of the steps; the rest is not counted.")
    )
    legend({u.kind for u in found.units})


def _left_out(found: Handovers, most: int) -> None:
    shown = people_view.part(found, most)
    if shown.units_left:
        st.caption(
            f"Drawn: the {count(most)} with most hand-overs, {share(shown.share)} of all. "
            f"{count(shown.units_left)} more are in the table."
        )


def _handover_table(found: Handovers) -> None:
    rows = [
        {"From": h.source, "To": h.target, "Count": h.count, "Cases": h.cases, "Waiting, median": h.median_seconds,
         "Waiting, total": h.total_seconds}
        for h in found.handovers[:_MOST_ROWS]
    ]  # fmt: skip
    formats = {"Waiting, median": duration, "Waiting, total": duration}
    number = table(rows, key="handovers", alt="Hand-overs", formats=formats, select=True, within=_HEIGHT - 200)
    if len(found.handovers) > _MOST_ROWS:
        st.caption(f"The {count(_MOST_ROWS)} most frequent of {count(len(found.handovers))} pairs.")
    if found.by != "performer":
        return
    if number is None:
        picked = _picked(found).path
        chosen = next((h for h in found.handovers if (h.source, h.target) == picked), None)
    else:
        chosen = found.handovers[number]
    if chosen is None:
        st.caption("Select a row to filter by its performers.")
    else:
        _offer_pair(chosen)


def _offer_pair(chosen: Handover) -> None:
    names = (chosen.source, chosen.target)
    offer(
        tuple(PerformerFilter(performers=(name,)) for name in names),
        f"Only cases with {names[0]} and {names[1]}",
        "offer-pair",
    )


def _picked(found: Handovers) -> Picked:
    path = parameter("handover")
    for h in found.handovers:
        if path == f"{h.source}→{h.target}":
            return Picked(path=(h.source, h.target))
    return Picked(activity=path) if path in {u.name for u in found.units} else Picked()


def _pick(picked: Picked) -> None:
    set_parameter("handover", "→".join(picked.path) if picked.path else picked.activity)


def _ping_pong_view(view: View) -> None:
    by = st.segmented_control(
        "Between", ("performer", "activity"), key="between", bind="query-params", default="performer", required=True,
        format_func={"performer": "Between performers", "activity": "Between activities"}.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    found = ask(map_ping_pong, view, "Looking for returns", by=str(by))
    if found.withheld or not found.returns:
        what = "performer" if by == "performer" else "activity"
        empty("No ping-pong", found.withheld or f"No case goes from one {what} to another and straight back.")
        return
    left, right = st.columns([6, 7], gap="small")
    with left:
        chart = people_view.returns(found.returns, palette(), height=_HEIGHT)
        st.plotly_chart(chart, theme=None, key="returns", config={"displayModeBar": False})
    with right:
        st.markdown(f"##### {plural(found.count, 'return')} in {plural(found.cases, 'case')}")
        st.caption(
            f"A goes to B and straight back to A. Together they took {duration(found.total_seconds)}, from the end of "
            "the first to the start of the third; time that two returns share counts once."
        )
        _return_table(found)


def _return_table(found: PingPong) -> None:
    performers = found.by == "performer"
    rows = [
        {"From": r.one, "To and back": r.other, "Count": r.count, "Cases": r.cases, "Added, median": r.median_seconds,
         "Added, total": r.total_seconds} | ({"Most often": f"{r.activity} → {r.answer}"} if performers else {})
        for r in found.returns[:_MOST_ROWS]
    ]  # fmt: skip
    formats = {"Added, median": duration, "Added, total": duration}
    number = table(rows, key=f"returns-{found.by}", alt="Returns", formats=formats, select=True, within=_HEIGHT - 130)
    if number is None:
        return
    chosen = found.returns[number]
    filters = (
        tuple(PerformerFilter(performers=(name,)) for name in (chosen.one, chosen.other))
        if performers
        else (ActivityFilter(activities=(chosen.one, chosen.other), all=True),)
    )
    offer(filters, f"Only cases with {chosen.one} and {chosen.other}", "offer-return")


def _transfers_view(view: View) -> None:
    found = ask(map_transfers, view, "Looking at systems")
    if found.withheld or not found.transfers:
        empty("No work between systems", found.withheld or "No case moves from one system to another.")
        return
    if found.without_kinds:
        st.markdown(f"{badge_text('withheld')} What people carried by hand: {textual(found.without_kinds)}")
    left, right = st.columns([6, 7], gap="small")
    with left:
        chart = people_view.transfers(found.transfers, palette(), height=_HEIGHT)
        st.plotly_chart(chart, theme=None, key="transfers", config={"displayModeBar": False})
        legend({"human", "system", "unknown"})
    with right:
        rows = [
            {"From": t.source, "To": t.target, "Moves": t.count, "By people": t.manual, "Same person": t.swivel,
             "Not known": t.unknown, "Automatic": t.automatic, "Waiting, median": t.median_seconds}
            for t in found.transfers
        ]  # fmt: skip
        table(
            rows, key="transfers-table", alt="Moves between systems", formats={"Waiting, median": duration}, within=220
        )
        st.caption("Same person: did the step in both systems, so keyed it in again. Waiting time is that of people.")
        _carriers(found)


def _carriers(found: Transfers) -> None:
    if not found.carriers:
        return
    section("Who carries it")
    rows = [
        {"Performer": c.name, "Kind": people_view.WORDS[c.kind], "Moves": c.count, "Cases": c.cases,
         "Same person": c.swivel, "Most often": f"{c.source} → {c.target}"}
        for c in found.carriers[:_MOST_ROWS]
    ]  # fmt: skip
    table(rows, key="carriers", alt="Who carries work between systems", within=200)
