"""The story of one case: when what happened, who did it, how long it waited, and its raw events."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from app.pages.analysis import offer
from app.pages.asking import ask
from app.pages.context.address import put
from app.pages.context.missing import say_missing
from app.pages.parts import badge_text, facts, table
from app.pages.text import textual
from app.theme import NOTHING, count, duration, plural
from core.errors import NotFound
from core.selection.filters import CaseFilter
from core.view import View
from mining.cases import CaseInstance, CaseStory, case_story

_MOST_DRAWN = 200
_MOST_NAMED = 8
_LONG = 0.2  # a wait of at least this share of the cycle time is marked


def show_story(view: View, case: str) -> None:
    """The case, as far as it is selected."""
    try:
        found = ask(case_story, view, case=case)
    except NotFound:
        _say_missing(case, filtered=bool(view.selection.active))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        simulated = f" {badge_text('simulated')}" if any(i.simulated for i in found.instances) else ""
        st.markdown(f"##### Case {textual(found.case)}{simulated}", width="stretch")
        offer(CaseFilter(cases=(found.case,)), "Keep this case", "keep-case")
    total = (found.ended - found.started).total_seconds()
    facts(
        {
            "Cycle time": duration(found.cycle),
            "From": f"{found.started:%Y-%m-%d %H:%M} UTC",
            "To": f"{found.ended:%Y-%m-%d %H:%M} UTC",
            "Due": f"{found.due:%Y-%m-%d %H:%M} UTC" if found.due else "",
            "State": "" if found.complete else found.state,
            **{name: str(value) for name, value in _further(found)},
        },
        inline=True,
    )
    drawn = found.instances[:_MOST_DRAWN]
    st.html(f'<ol class="story">{"".join(_step(i, total) for i in drawn)}</ol>')
    if len(found.instances) > len(drawn):
        st.caption(f"The first {count(len(drawn))} of {plural(len(found.instances), 'activity instance')} are drawn.")
    with st.expander(f"{plural(len(found.instances), 'raw event')} as the log has them", icon=":material/data_object:"):
        table([_raw(i) for i in found.instances], key=f"raw-{found.case}", alt="Raw events")


def _say_missing(case: str, *, filtered: bool) -> None:
    """Say that the case is not there, and offer the way out."""
    if not filtered:
        say_missing("case", case, "case")
        return
    st.caption(f"Case {textual(case)} is not among the selected cases.")
    st.button("Go on without it", key="without-case", on_click=put, args=({"case": None},), type="tertiary")


def _further(found: CaseStory) -> list[tuple[str, Any]]:
    """The first attributes of the case; when it is due is told already."""
    named = [(n, v) for n, v in found.attributes.items() if not (found.due and n.removeprefix("@") == "due")]
    return named[:_MOST_NAMED]


def _step(found: CaseInstance, total: float) -> str:
    """One activity instance with the wait before it; the wait's bar is its share of the case."""
    wait = ""
    if found.waiting:
        share = min(1.0, found.waiting / total) if total else 0.0
        long = " long" if share >= _LONG else ""
        wait = (
            f'<li class="wait{long}"><span class="bar"><i style="width:{share * 100:.1f}%"></i></span>'
            f"waits {escape(duration(found.waiting))}</li>"
        )
    kind = found.performer_kind or "unknown"
    who = escape(found.performer) if found.performer else "not in the log"
    more = [
        *([f"service {duration(found.service)}"] if found.service is not None else []),
        *([escape(found.system)] if found.system else []),
        *([f"cost {found.cost:,.2f}"] if found.cost is not None else []),
        *(["<b>failed</b>"] if found.failed else []),
        *(["rework"] if found.repeated else []),
    ]
    moment = found.started or found.ended
    return (
        f'{wait}<li class="step {kind}"><time>{moment:%Y-%m-%d %H:%M}</time><span><b>{escape(found.activity)}</b><br>'
        f'<span class="who">{who}{"".join(f" · {m}" for m in more)}</span></span></li>'
    )


def _raw(found: CaseInstance) -> dict[str, Any]:
    return {
        "No.": found.position,
        "Activity": found.activity,
        "Start (UTC)": f"{found.started:%Y-%m-%d %H:%M:%S}" if found.started else NOTHING,
        "End (UTC)": f"{found.ended:%Y-%m-%d %H:%M:%S}",
        "Offset": NOTHING if found.ended_offset is None else f"{found.ended_offset / 60:+.4g} h",
        "Performer": found.performer or NOTHING,
        "Kind": found.performer_kind or NOTHING,
        "System": found.system or NOTHING,
        "Cost": found.cost,
        "Failed": {True: "yes", False: "no", None: NOTHING}[found.failed],
        "Source row": found.source_row,
        **{name: str(value) for name, value in found.attributes.items()},
    }
