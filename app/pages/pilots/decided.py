"""What was decided: each decision with the evidence of its day, its follow-ups, and the way to withdraw it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.parts import FORM_WIDTH, act, badge_text, empty, fresh, table, wide_column
from app.pages.state import actor, parameter, set_parameter
from app.pages.text import literal, quoted, textual
from app.theme import NOTHING, minute, plural, word
from app.verbs import finish_follow_up, withdraw_decision
from core.workspace import Workspace
from inventory import DecisionState, FollowUp, PilotAssessment, PilotDecision, due_follow_ups, number_in_words

DECISION = "decision"  # in the URL: the decision's number


def decided(ws: Workspace, _found: Sequence[PilotAssessment], made: Sequence[PilotDecision]) -> None:
    """Every decision, the newest first; below, the one that is chosen, and what is due."""
    if not made:
        empty(
            "Nothing was decided yet",
            "A decision is a person's: scale, refine, merge or retire, with its reason and the day it is looked at "
            "again. Choose a pilot under To decide.",
        )
        return
    rows = [
        {
            "No.": d.id,
            "State": str(word(d.state)),
            "Outcome": d.outcome.value + (f" into {d.into_name}" if d.into_name else ""),
            "Pilots": ", ".join(d.names),
            "Suggested": ", ".join(one or "nothing" for one in d.suggested),
            "Until": d.until,
            "By": d.by_name,
            "On (UTC)": minute(d.at),
            "Why": d.rationale,
        }
        for d in made
    ]
    chosen = table(rows, key="decided", columns={"Why": wide_column()}, select=True, alt="Decisions", within=260)
    if chosen is not None:
        set_parameter(DECISION, str(made[chosen].id))
    one = next((d for d in made if str(d.id) == parameter(DECISION)), None)
    _due(ws, made)
    if one is not None:
        _one(ws, one)
    else:
        st.caption("Choose a decision in the table: its evidence and follow-ups appear here.")


def _due(ws: Workspace, made: Sequence[PilotDecision]) -> None:
    due = due_follow_ups(made, ws.clock.now().date())
    if not due:
        return
    with st.expander(f"{plural(len(due), 'follow-up')} not done", expanded=any(d.overdue for d in due), key="due"):
        rows = [
            {
                "Due": d.follow_up.due,
                "": "▲ overdue" if d.overdue else "",
                "What": d.follow_up.what,
                "Who": d.follow_up.who,
                "Decision": f"{d.decision}. {d.outcome.value}: {', '.join(d.pilots)}",
            }
            for d in due
        ]
        table(rows, key="due-steps", alt="Follow-ups that are not done")


def _one(ws: Workspace, one: PilotDecision) -> None:
    into = f" into {one.into_name}" if one.into_name else ""
    with st.container(border=True, key="decision"):
        title, button = st.columns([4, 1], vertical_alignment="center")
        title.markdown(
            f"{badge_text(one.state)} **{literal(f'{one.id}. {one.outcome.value.capitalize()}{into}: ')}"
            f"{literal(', '.join(one.names))}**"
        )
        st.markdown(textual(one.rationale))
        if one.state is DecisionState.WITHDRAWN:
            st.caption(textual(f"Withdrawn by {one.withdrawn_by}, {one.withdrawn_at:%Y-%m-%d}: {one.withdrawn_reason}"))
        else:
            with button:
                _withdraw(ws, one)
        for step in one.follow_ups:
            _step(ws, one, step)
        for name, pilot in zip(one.names, one.pilots, strict=True):
            _evidence(name, one, pilot)


def _withdraw(ws: Workspace, one: PilotDecision) -> None:
    with (
        st.popover("Withdraw", icon=":material/undo:", key=fresh(f"withdraw-{one.id}"), on_change="rerun"),
        st.form(f"withdraw-form-{one.id}", border=False, width=FORM_WIDTH),
    ):
        reason = st.text_input(
            literal(f"Why? Decision {one.id} is kept and counts no more."), key=fresh(f"withdraw-why-{one.id}")
        )
        if st.form_submit_button("Withdraw", type="primary"):
            act(lambda: withdraw_decision(ws, one.id, reason, by=actor()), f"Decision {one.id} is withdrawn")


def _step(ws: Workspace, one: PilotDecision, step: FollowUp) -> None:
    """A follow-up, with the button that says it is done."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"step-{one.id}-{step.number}"):
        if step.done_at is not None:
            said = f"{step.what} ({step.who}), done {step.done_at:%Y-%m-%d} by {step.done_by}. {step.note or ''}"
            st.markdown(f"{badge_text('done')} {textual(said)}", width="stretch")
            return
        st.markdown(f"{badge_text('open')} {textual(f'{step.what} ({step.who}), due {step.due}')}", width="stretch")
        with (
            st.popover("Done", icon=":material/check:", key=fresh(f"done-{one.id}-{step.number}"), on_change="rerun"),
            st.form(f"done-form-{one.id}-{step.number}", border=False, width=FORM_WIDTH),
        ):
            note = st.text_input("What came of it", key=fresh(f"note-{one.id}-{step.number}"))
            if st.form_submit_button("Done", type="primary"):
                act(lambda: finish_follow_up(ws, one.id, step.number, note, by=actor()), f"{step.what} is done")


def _evidence(name: str, one: PilotDecision, pilot: int) -> None:
    """What was known of a pilot on the day, as it was frozen."""
    known = one.evidence[str(pilot)]
    found = known["assessment"]
    with st.expander(literal(f"What was known of {name} on {one.at:%Y-%m-%d}"), key=f"evidence-{one.id}-{pilot}"):
        st.markdown(textual(f"Suggested {found['suggestion'] or 'nothing'}. {found['reason']}"))
        st.markdown(f"**Claimed against measured.** {textual(found['claim']['words'])}")
        st.markdown(f"**What stops if it stops.** {textual(known['anchor'])}")
        rows = [
            {
                "Criterion": c["title"],
                "Number": number_in_words(c["number"], c["unit"]),
                "Score": NOTHING if c["score"] is None else f"{100 * c['score']:.0f}",
                "Evidence": c["evidence"],
                "What it says": quoted(c["words"]),
            }
            for c in found["criteria"]
        ]
        table(rows, key=f"frozen-{one.id}-{pilot}", columns={"What it says": wide_column()}, alt=f"Evidence of {name}")
