"""Decisions: what is to be decided, what was, and what came of what was expected."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from app.output import plain
from app.pages.parts import FORM_WIDTH
from app.pages.pilots.assessed import RATE, assessments
from app.pages.pilots.decided import decided
from app.pages.pilots.deciding import deciding
from app.pages.pilots.found import PilotFindings
from app.pages.pilots.scoring import ledger
from app.pages.text import literal
from app.theme import plural
from core.workspace import Workspace
from inventory import (
    BoardMinutes,
    DecisionState,
    MinutesForm,
    PilotAssessment,
    PilotDecision,
    due_follow_ups,
    minutes,
    standing,
    write_minutes,
)
from inventory import decisions as all_decisions

Part = Callable[[Workspace, Sequence[PilotAssessment], Sequence[PilotDecision]], None]
_PARTS: Mapping[str, Part] = {"to decide": deciding, "decided": decided, "ledger": ledger}


def decisions(ws: Workspace, seen: PilotFindings) -> None:
    """The bar, and the part that is chosen in it."""
    made = all_decisions(ws)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="decisions-bar"):
        part = st.segmented_control(
            "What about decisions", list(_PARTS), key="decisions_view", bind="query-params", default="to decide",
            required=True, format_func=str.capitalize, label_visibility="collapsed",
        )  # fmt: skip
        st.text_input(
            "An hour of people is worth", key=RATE, bind="query-params", placeholder="such as 45 EUR", width=210,
            help="Turns measured hours into money. Without it hours stay hours.",
        )  # fmt: skip
        found = assessments(ws, seen)
        _report(ws, seen, found, made)
    _attention(ws, made)
    _PARTS[str(part)](ws, found, made)


def _attention(ws: Workspace, made: Sequence[PilotDecision]) -> None:
    """What has expired, and what is due."""
    today = ws.clock.now().date()
    expired = sum(d.state is DecisionState.EXPIRED for d in made)
    due = due_follow_ups(made, today)
    late = sum(one.overdue for one in due)
    said = [
        *([f"{plural(expired, 'decision has', 'decisions have')} expired"] if expired else []),
        *([f"{plural(late, 'follow-up is', 'follow-ups are')} overdue"] if late else []),
        *([f"{plural(len(due) - late, 'follow-up is', 'follow-ups are')} open"] if len(due) > late else []),
    ]
    if said:
        st.caption(f":material/event_upcoming: {literal(' · '.join(said))}")


def _report(
    ws: Workspace, seen: PilotFindings, found: Sequence[PilotAssessment], made: Sequence[PilotDecision]
) -> None:
    """The popover that writes minutes."""
    with st.popover("Board report", icon=":material/description:", key="board_report"), st.container(width=FORM_WIDTH):
        st.caption(
            "Decisions with the evidence of their day, follow-ups, portfolio, overlaps, gaps, risks and the ledger."
        )
        names = {d.id: f"{d.id}. {d.outcome.value}: {', '.join(d.names)} ({d.state})" for d in made}
        counting = sorted({d.id for d in standing(made).values()})
        chosen = st.multiselect(
            "Decisions", list(names), default=counting, format_func=lambda n: literal(names[n]),
            key=f"told-{len(made)}", placeholder="All that count",
        )  # fmt: skip
        told = partial(minutes, ws, chosen, assessed=found, found=seen.overlaps, missing=seen.gaps)
        name = f"ai-pilots-{ws.clock.now():%Y-%m-%d}"
        for label, ending, mime, write in (
            ("Page to print (HTML)", "html", "text/html", partial(_written, form=MinutesForm.HTML)),
            ("Markdown", "md", "text/markdown", partial(_written, form=MinutesForm.MARKDOWN)),
            ("JSON", "json", "application/json", _json),
        ):
            st.download_button(
                literal(label), data=partial(_made, told, write), mime=mime, file_name=f"{name}.{ending}",
                key=f"report-{ending}", on_click="ignore", icon=":material/download:", width="stretch",
            )  # fmt: skip


def _made(told: Callable[[], BoardMinutes], write: Callable[[BoardMinutes], str]) -> str:
    return write(told())


def _written(told: BoardMinutes, form: MinutesForm) -> str:
    return write_minutes(told, form)


def _json(told: BoardMinutes) -> str:
    return json.dumps(plain(told), ensure_ascii=False, indent=2) + "\n"
