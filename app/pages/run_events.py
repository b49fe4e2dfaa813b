"""What happened in a run: a sentence for each event, and the records themselves folded away."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from app.happened import Happened, happened
from app.output import plain
from app.pages.parts import section, table
from app.pages.text import quoted
from app.theme import NOTHING, count, plural
from core.workspace import Workspace
from orchestrator.running.effects import EffectRow
from orchestrator.running.records import Run, RunRecord

_MOST_DRAWN = 200


def run_events(ws: Workspace, run: Run, effects: Sequence[EffectRow]) -> None:
    """Everything that happened, oldest first; of very many the newest."""
    section("What happened")
    told = happened(ws, run)
    if not told:
        st.caption("Nothing yet: the worker begins with the run in a moment.")
        return
    drawn = told[-_MOST_DRAWN:]
    of = f" The newest {count(len(drawn))} of {plural(len(told), 'event')}." if len(drawn) < len(told) else ""
    st.caption(f"{'Simulated time' if run.simulated else 'Time'} in UTC.{of}")
    st.html(f'<ol class="story">{"".join(map(_step, drawn, stamps([found.at for found in drawn])))}</ol>')
    with st.expander(f"{plural(len(told), 'record')} as stored", icon=":material/data_object:"):
        st.download_button(
            "Records as JSON",
            data=json.dumps({"events": plain(run.history), "effects": plain(effects)}, ensure_ascii=False, indent=2),
            file_name=f"run-{run.id}.json", mime="application/json", key="run-records", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
        table([_raw(e) for e in run.history], key="run-events", alt="Records of the run")


def stamps(moments: Sequence[datetime]) -> list[str]:
    """Each moment to the minute; to the second where several share their minute."""
    minutes = [f"{moment:%Y-%m-%d %H:%M}" for moment in moments]
    shared = Counter(minutes)
    return [
        f"{moment:%Y-%m-%d %H:%M:%S}" if shared[minute] > 1 else minute
        for moment, minute in zip(moments, minutes, strict=True)
    ]


def _step(found: Happened, stamp: str) -> str:
    more = f'<br><span class="who">{escape(quoted(" ".join(found.more)))}</span>' if found.more else ""
    return f'<li class="step {found.kind}"><time>{stamp}</time><span>{escape(quoted(found.words))}{more}</span></li>'


def _raw(event: RunRecord) -> dict[str, object]:
    return {
        "No.": event.sequence,
        "Recorded (UTC)": f"{event.at:%Y-%m-%d %H:%M:%S}",
        "Kind": event.kind,
        "Item": event.item or NOTHING,
        "Try": NOTHING if event.attempt is None else str(event.attempt),
        "Performer": event.performer or NOTHING,
        "Record": json.dumps(dict(event.payload), ensure_ascii=False, default=str),
    }
