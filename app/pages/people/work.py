"""Shared work, workload and four eyes: three views of the page about people."""

from __future__ import annotations

import streamlit as st

from app.pages.analysis import offer
from app.pages.asking import ask
from app.pages.parts import badge_text, empty, palette, table
from app.pages.people import view as people_view
from app.pages.people.legend import legend
from app.pages.text import literal, textual
from app.theme import count, duration, moment, plural, share
from core.selection.filters import FourEyesFilter, PerformerFilter
from core.view import View
from mining.organisation import EyePair, FourEyes, SharedWork, map_four_eyes, map_shared_work

_HEIGHT = 470
_MOST_ROWS = 1_000


def shared_view(view: View) -> None:
    """What only one performer does, and who does the same work as whom."""
    found = ask(map_shared_work, view, "Looking at who does what")
    if found.withheld or not found.loads:
        empty("No shared work to show", found.withheld or "No performer is known in these cases.")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _dependences(found)
    with right:
        st.markdown("##### Who could stand in for whom")
        st.caption(
            "How alike two performers' work is: the cosine of how often they do each activity, 100 % where they do the "
            f"same in the same proportions. Compared: the {plural(found.compared, 'busiest performer')}."
        )
        rows = [
            {"Performer": a.one, "Works like": a.other, "Alike": a.similarity, "Cases together": a.cases}
            for a in found.alike
        ]
        if rows:
            table(rows, key="alike", alt="Performers who work alike", formats={"Alike": share}, within=_HEIGHT - 90)
        else:
            st.caption("No two performers do the same activity.")


def _dependences(found: SharedWork) -> None:
    alone = [d for d in found.dependences if d.at_risk]
    if alone:
        st.markdown(f"##### {plural(len(alone), 'activity hangs', 'activities hang')} on one performer")
    else:
        st.markdown("##### No activity hangs on one performer")
    st.caption("Only one person ever did it, at least five times. Where the kind is not known, it may be a system.")
    rows = [
        {"Activity": d.activity, "At risk": "▲ yes" if d.at_risk else "", "Performers": d.performers,
         "Does most": d.top, "Share": d.top_share, "Instances": d.instances}
        for d in found.dependences
    ]  # fmt: skip
    table(rows, key="dependences", alt="Activities by dependence on one performer", formats={"Share": share},
          within=_HEIGHT - 90)  # fmt: skip


def workload_view(view: View) -> None:
    """How much each performer does."""
    found = ask(map_shared_work, view, "Looking at who does what")
    if not found.loads:
        empty("No workload to show", found.withheld or "No performer is known in these cases.")
        return
    left, right = st.columns([6, 7], gap="small")
    with left:
        chart = people_view.workload(found.loads, palette(), height=_HEIGHT)
        st.plotly_chart(chart, theme=None, key="workload", config={"displayModeBar": False})
        legend({w.kind for w in found.loads})
    with right:
        timed = any(w.service_seconds is not None for w in found.loads)
        rows = [
            {"Performer": w.name, "Kind": people_view.WORDS[w.kind] + (", simulated" if w.simulated else ""),
             "Instances": w.instances, "Cases": w.cases, "Activities": w.activities, "Days": w.days,
             "A day": w.instances / w.days} | ({"Service time": w.service_seconds} if timed else {})
            for w in found.loads[:_MOST_ROWS]
        ]  # fmt: skip
        formats = {"Service time": duration, "A day": lambda value: f"{value:,.1f}"}
        number = table(rows, key="loads", alt="Workload", formats={k: f for k, f in formats.items() if k in rows[0]},
                       select=True, within=_HEIGHT - 40)  # fmt: skip
        if not timed:
            st.caption("Service time is withheld: the log has no starts.")
        if number is not None:
            name = found.loads[number].name
            offer((PerformerFilter(performers=(name,)),), f"Only cases with {name}", "offer-performer")


def four_eyes_view(view: View) -> None:
    """Cases in which one performer did two activities that two should do."""
    doing = "Looking for four-eyes breaches"
    suggested = ask(map_four_eyes, view, doing, pair=None)
    names = sorted(suggested.activities)
    if len(names) < 2:
        empty("No two activities to compare", "Four eyes need two different activities in the log.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = _choose("First activity", names, "first")
        second = _choose("Second activity", [n for n in names if n != first], "second")
    found = suggested
    if first and second:
        found = ask(map_four_eyes, view, doing, pair=(first, second))
    if found.withheld or not found.pairs:
        empty(
            "No breaches to show",
            found.withheld or "No two activities look as if one asks and the other approves. Choose two above.",
        )
        return
    left, right = st.columns([6, 7], gap="medium")
    with left:
        chosen = _pairs(found)
    if chosen != found.listed:
        found = ask(map_four_eyes, view, doing, pair=(chosen.first, chosen.second))
    with right:
        _breaches(found, chosen)


def _choose(label: str, names: list[str], key: str) -> str | None:
    return st.selectbox(
        literal(label),
        names,
        index=None,
        placeholder="Suggested from the words",
        key=key,
        bind="query-params",
        width=340,
    )


def _pairs(found: FourEyes) -> EyePair:
    breached = sum(1 for p in found.pairs if p.breaches)
    what = "suggested pairs are" if found.suggested else "chosen pair is"
    st.markdown(f"##### {count(breached)} of {len(found.pairs)} {what} done by one performer in some case")
    if found.suggested:
        st.caption(
            "Suggested because one activity's words ask for or make something and the other's approve, check or pay. "
            "Whether two persons must do them is for you to say."
        )
    rows = [
        {"Same performer": p.breaches, "Of cases": p.cases, "First": p.first, "Second": p.second}
        for p in found.pairs
    ]  # fmt: skip
    number = table(rows, key="pairs", alt="Pairs of activities", select=True)
    return found.pairs[number or 0]


def _breaches(found: FourEyes, chosen: EyePair) -> None:
    if not chosen.breaches:
        st.markdown(f"##### {textual(chosen.first)} and {textual(chosen.second)}")
        st.markdown(f"{badge_text('passed')} No performer did both in any of {plural(chosen.cases, 'case')}.")
        return
    st.markdown(
        f"##### In {plural(chosen.breaches, 'case')} one performer did both {textual(chosen.first)} and "
        f"{textual(chosen.second)}"
    )
    offer(
        (FourEyesFilter(first=chosen.first, second=chosen.second),),
        f"Only these {plural(chosen.breaches, 'case')}",
        "offer-eyes",
    )
    rows = [
        {"Case": b.case_id, "Performer": b.performer, "Kind": people_view.WORDS.get(b.kind, b.kind),
         chosen.first: moment(b.first_ended), chosen.second: moment(b.second_ended)}
        for b in found.breaches
    ]  # fmt: skip
    table(rows, key="breaches", alt="Cases in which one performer did both")
    if len(found.breaches) < chosen.breaches:
        st.caption(f"{count(len(found.breaches))} are listed; the filter has all {count(chosen.breaches)}.")
