"""A person decides about a pilot, with the rubric beside the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from app.pages.context.missing import say_missing
from app.pages.parts import act, badge_text, fresh, score_column, table
from app.pages.pilots.assessed import RATE, anchored, rate_of, runs_of
from app.pages.pilots.rubric_view import criteria, proof, suggestion
from app.pages.state import actor, parameter, set_parameter
from app.pages.text import literal, textual
from app.theme import NOTHING, share
from app.verbs import decide
from core.workspace import Workspace
from inventory import DecisionState, FollowUp, PilotAssessment, PilotDecision, PilotOutcome, standing

DECIDING = "deciding"  # in the URL: the number of the pilot that is decided about
_DAYS = 180  # until it is to be decided again, if nobody says otherwise
_STEPS = "decision_steps"


def deciding(ws: Workspace, found: Sequence[PilotAssessment], made: Sequence[PilotDecision]) -> None:
    """Every pilot with what is suggested and decided; below, the one that is chosen."""
    counts = standing(made)
    ordered = sorted(found, key=lambda one: (_settled(counts.get(one.pilot)), one.suggestion is None))
    rows = [_row(one, counts.get(one.pilot)) for one in ordered]
    columns = {
        "Value": score_column(
            "0 to 100, of what is known; none where that is too little. See docs/decisions-of-pilots.md."
        ),
        "Readiness": score_column("0 to 100, of what is known."),
    }
    formats = {"Known": share, "Same with other weights": share}
    key = fresh("to-decide")  # a decision moves rows: the one that was marked is not marked there any more
    chosen = table(rows, key=key, columns=columns, formats=formats, select=True, alt="Pilots to decide", within=260)
    if chosen is not None:
        set_parameter(DECIDING, str(ordered[chosen].pilot))
    named = parameter(DECIDING)
    one = next((a for a in found if str(a.pilot) == named), None)
    if named and one is None:
        say_missing("pilot", named, DECIDING)
    if one is None:
        st.caption("Choose a pilot in the table: its rubric and the form to decide appear here.")
        return
    _one(ws, one, found, made, counts.get(one.pilot))


def _settled(one: PilotDecision | None) -> bool:
    return one is not None and one.state is not DecisionState.EXPIRED


def _row(one: PilotAssessment, made: PilotDecision | None) -> dict[str, object]:
    return {
        "Pilot": one.name,
        "Department": one.department,
        "Suggested": one.suggestion.value if one.suggestion else NOTHING,
        "Value": None if one.value.value is None or one.suggestion is None else 100 * one.value.value,
        "Readiness": None if one.readiness.value is None else 100 * one.readiness.value,
        "Known": one.value.coverage,
        "Same with other weights": one.steadiness.same,
        "Decided": NOTHING if made is None else f"{made.outcome.value}{'' if _settled(made) else ' (expired)'}",
        "Until": None if made is None else made.until,
    }


def _one(
    ws: Workspace, one: PilotAssessment, found: Sequence[PilotAssessment], made: Sequence[PilotDecision],
    stands: PilotDecision | None,
) -> None:  # fmt: skip
    names = {a.pilot: a.name for a in found}
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown(f"##### {literal(one.name)}, {literal(one.department)}")
        suggestion(one, names)
        proof(one, anchored(ws, one.pilot))
        criteria(one.criteria)
    with right, st.container(border=True, key="decide"):
        if stands is not None:
            into = f" into {stands.into_name}" if stands.into_name else ""
            said = textual(f"decided by {stands.by_name} until {stands.until}.")
            st.markdown(f"{badge_text(stands.outcome.value, more=into)} {said}")
        _form(ws, one, found, again=stands is not None)
        _before(one, made)


def _form(ws: Workspace, one: PilotAssessment, found: Sequence[PilotAssessment], *, again: bool) -> None:
    """The inputs of a decision; no form, since a merge asks for the pilot that stays."""
    st.markdown(f"##### {'Decide again' if again else 'Your decision'}")
    key = f"{one.pilot}"
    outcome = st.segmented_control(
        "Outcome", [o.value for o in PilotOutcome], key=fresh(f"outcome-{key}"), format_func=str.capitalize
    )
    others = [a for a in found if a.pilot != one.pilot]
    names = {a.pilot: f"{a.name} ({a.department})" for a in others}
    into = None
    if outcome == PilotOutcome.MERGE.value:
        likely = [a.pilot for a in others if a.pilot in (one.into, *one.overlaps_with)]
        listed = list(dict.fromkeys([*([one.into] if one.into else []), *likely, *names]))
        into = st.selectbox(
            "Which one stays?", listed, index=0 if one.into else None, key=fresh(f"into-{key}"),
            format_func=lambda p: literal(names[p]),
        )  # fmt: skip
    also = st.multiselect(
        "Decide the same about", [p for p in names if p != into], key=fresh(f"also-{key}"),
        format_func=lambda p: literal(names[p]), placeholder="No other pilot",
    )  # fmt: skip
    why = st.text_area("Why", key=fresh(f"why-{key}"), height=100, placeholder="The rationale stands in the minutes.")
    until = st.date_input(
        "Decide again by", ws.clock.now().date() + timedelta(days=_DAYS), key=fresh(f"until-{key}"),
        help="From then on the decision counts as expired and is listed as due.",
    )  # fmt: skip
    steps = _steps(ws, key)
    if st.button("Decide", type="primary", key=fresh(f"decide-{key}"), disabled=outcome is None):
        rate = rate_of(parameter(RATE) or "")
        act(
            lambda: decide(
                ws, [one.pilot, *also], PilotOutcome(str(outcome)), why, until=until, into=into, follow_ups=steps,
                rate=rate, runs=runs_of(ws), by=actor(),
            ),
            lambda done: f"Decision {done.id}: {done.outcome.value}, {', '.join(done.names)}",
        )  # fmt: skip
    st.caption("What is known now is frozen with the decision, and what is expected goes into the ledger.")


def _steps(ws: Workspace, key: str) -> list[FollowUp]:
    """The follow-ups as they are typed; one that is empty throughout is none."""
    counter = fresh(f"{_STEPS}-{key}")
    number = int(st.session_state.get(counter, 1))
    found = []
    for place in range(number):
        named = f"{counter}-{place}"
        what = st.text_input(
            "Follow-up" if not place else f"Follow-up {place + 1}",
            key=f"what-{named}",
            placeholder="What is to be done",
        )
        who_place, due_place = st.columns(2, gap="small")
        who = who_place.text_input("Who", key=f"who-{named}")
        due = due_place.date_input("Due", ws.clock.now().date() + timedelta(days=30), key=f"due-{named}")
        if what.strip() or who.strip():
            found.append(FollowUp(what, who, due))
    if st.button("Another follow-up", key=f"more-{counter}", icon=":material/add:", type="tertiary"):
        st.session_state[counter] = number + 1
        st.rerun()
    return found


def _before(one: PilotAssessment, made: Sequence[PilotDecision]) -> None:
    """What was decided about the pilot so far, the newest first."""
    mine = [d for d in made if one.pilot in d.pilots]
    if not mine:
        return
    with st.expander(f"History: {len(mine)}", key=f"history-{one.pilot}"):
        for d in mine:
            st.markdown(
                f"{badge_text(d.state)} **{literal(f'{d.id}. {d.outcome.value.capitalize()}')}**, "
                f"{textual(f'{d.at:%Y-%m-%d}, {d.by_name}, until {d.until}: {d.rationale}')}"
            )
