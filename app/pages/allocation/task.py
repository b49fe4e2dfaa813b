"""One task of an allocation: the outcome with its reasons, what is asked, every criterion, the way to override it."""

from __future__ import annotations

from html import escape

import streamlit as st

from app.pages.allocation.words import GATED, ICONS, firm_in_words, thin
from app.pages.parts import FORM_WIDTH, act, bullets, fresh, link
from app.pages.state import actor, name_of
from app.pages.text import literal, textual
from app.theme import NOTHING, count, moment, share
from app.verbs import answer_task, override
from core.workspace import Workspace
from mining.allocation import (
    Allocation,
    AllocationOutcome,
    AskedQuestion,
    Criterion,
    EarlierOverride,
    Score,
    TaskAnswer,
    TaskQuestion,
    earlier_overrides,
    question_text,
)
from mining.map.maps import MapSummary

_TITLES = {
    Score.SUITABILITY: "Suitability: how well the task fits automation",
    Score.VALUE: "Value: what automating it is worth",
    Score.DETECTION: "Signs that software does it already (they count for nothing)",
    Score.FACT: "Further facts",
}
_SCORED = (Score.SUITABILITY, Score.VALUE)


def one_task(ws: Workspace, chosen: MapSummary, a: Allocation) -> None:
    """Everything that is known of the allocation of one task, and what can be done about it."""
    st.markdown(f"##### {textual(a.activity)}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(literal(a.outcome.value), icon=f":material/{ICONS[a.outcome]}:", color="blue")
        _override(ws, chosen, a)
        _answer_more(ws, chosen, a)
    if a.override is not None:
        made = a.override
        st.markdown(
            f"Overridden by {textual(name_of(made.by))}, {moment(made.at)}: {textual(made.reason)}  \n"
            f"Computed was **{literal(a.computed.value)}**."
        )
    for question in a.questions:
        _ask(ws, chosen, a, question)
    bullets(a.reasons)
    bullets(_caveats(a))
    _elsewhere(ws, chosen, a)
    if a.samples:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="samples"):
            st.caption("Cases to look at:", width="content")
            for case in a.samples:
                link(
                    "cases", literal(case), cases_part="Cases", case=case, log=chosen.log,
                    version=f"v{chosen.log_version}",
                )  # fmt: skip
    for score in Score:
        _criteria(a, score)


def _caveats(a: Allocation) -> list[str]:
    """How firm the outcome is, what people answered, and by which rules it was made."""
    said = [
        f"{name_of(given.by)} answered {moment(given.at)}: {given.question.value}, {given.answer.value}."
        + (f" {given.reason}" if given.reason else "")
        for given in a.answers
    ]
    said += [firm] if (firm := firm_in_words(a)) else []
    if a.value is None and a.no_task is None:
        said.append("What it is worth is not known: the log does not say how often or how long it is worked at.")
    if a.rules < GATED:
        said.append("Allocated by earlier rules, which asked nothing. Allocate it anew.")
    return said


def _ask(ws: Workspace, chosen: MapSummary, a: Allocation, asked: AskedQuestion) -> None:
    """A question to whoever knows the task, with what each answer would make of it."""
    key = f"{asked.question.value}-{a.activity}"
    with st.container(border=True):
        st.markdown(
            f"**{literal(asked.text)}**  \nTaken for true until somebody answers: {literal(asked.assumed)}. "
            f"{textual(asked.why)}"
        )
        with st.container(horizontal=True, gap="small"):
            for answer, outcome in ((TaskAnswer.YES, asked.yes), (TaskAnswer.NO, asked.no)):
                label = f"{answer.value.capitalize()}: {outcome.value}"
                if st.button(literal(label), key=fresh(f"answer-{answer.value}-{key}")):
                    _answer(ws, chosen, a, asked.question, answer, "")


def _answer(
    ws: Workspace, chosen: MapSummary, a: Allocation, question: TaskQuestion, answer: TaskAnswer, reason: str
) -> None:
    act(
        lambda: answer_task(ws, chosen.name, chosen.version, a.activity, question, answer, reason, by=actor()),
        f"{a.activity}: {question.value}, {answer.value}",
    )


def _answer_more(ws: Workspace, chosen: MapSummary, a: Allocation) -> None:
    """Any of the five questions, asked or not, answered with a reason; the latest answer counts."""
    if a.rules < GATED:
        return
    with (
        st.popover("Answer", icon=":material/quiz:", key=fresh("answer"), on_change="rerun"),
        st.form(f"answer-{a.activity}", border=False, width=FORM_WIDTH),
    ):
        question = st.selectbox(
            "Question", [q.value for q in TaskQuestion], key=f"q-{a.activity}",
            format_func=lambda value: literal(question_text(TaskQuestion(value))),
        )  # fmt: skip
        said = st.radio("Answer", [one.value for one in TaskAnswer], horizontal=True, key=f"a-{a.activity}")
        reason = st.text_input("Reason, if you like", key=fresh(f"why-{a.activity}"))
        if st.form_submit_button("Answer", type="primary"):
            _answer(ws, chosen, a, TaskQuestion(question), TaskAnswer(said), reason)


def _override(ws: Workspace, chosen: MapSummary, a: Allocation) -> None:
    with (
        st.popover("Override", icon=":material/edit:", key=fresh("override"), on_change="rerun"),
        st.form(f"override-{a.activity}", border=False, width=FORM_WIDTH),
    ):
        values = [o.value for o in AllocationOutcome]
        said = st.selectbox(
            literal(f"Who should do {a.activity}?"), values, index=values.index(a.outcome.value),
            key=f"outcome-{a.activity}",
        )  # fmt: skip
        reason = st.text_input("Reason", key=fresh(f"reason-{a.activity}"))
        if st.form_submit_button("Override", type="primary"):
            _put(ws, chosen, a, AllocationOutcome(said), reason)


def _put(ws: Workspace, chosen: MapSummary, a: Allocation, outcome: AllocationOutcome, reason: str) -> None:
    act(
        lambda: override(ws, chosen.name, chosen.version, a.activity, outcome, reason, actor()),
        f"{a.activity} is now {outcome.value}",
    )


def _elsewhere(ws: Workspace, chosen: MapSummary, a: Allocation) -> None:
    """What people decided about a task of this name before, to be taken over with a click."""
    known = [one for one in earlier_overrides(ws, a.activity, chosen.name, chosen.version) if one.outcome != a.outcome]
    for at, one in enumerate(known[:_FEW]):
        st.markdown(
            f"{textual(name_of(one.by))} decided **{literal(one.outcome.value)}** on map {literal(one.map)} version "
            f"{count(one.map_version)}, {moment(one.at)}: {textual(one.reason)}"
        )
        if st.button(f"Decide so here too: {literal(one.outcome.value)}", key=fresh(f"again-{at}-{a.activity}")):
            _put(ws, chosen, a, one.outcome, _taken_over(one))


def _taken_over(one: EarlierOverride) -> str:
    return f"As on map {one.map} version {one.map_version}: {one.reason}"


_FEW = 2


def _criteria(a: Allocation, score: Score) -> None:
    found = [c for c in a.criteria if c.score is score]
    if not found:
        return
    total = {Score.SUITABILITY: None if thin(a) else a.suitability, Score.VALUE: a.value}.get(score)
    covered = {Score.SUITABILITY: a.coverage, Score.VALUE: a.value_coverage}.get(score)
    reads = (
        f": {NOTHING if total is None else round(total)} of 100, evidence {share(covered)}" if score in _SCORED else ""
    )
    st.markdown(f"**{_TITLES[score]}**{reads}")
    st.html("".join(_criterion(c) for c in found))


def _criterion(criterion: Criterion) -> str:
    """A criterion as a bar of its points, with its weight and what the log says."""
    name, text = escape(criterion.name), escape(criterion.text)
    if criterion.weight == 0:
        return f'<div class="criterion"><b>{name}</b><p>{text}</p></div>'
    points = NOTHING if criterion.points is None else f"{criterion.points:.0f}"
    bar = f'<i style="width:{criterion.points or 0:.0f}%"></i>'
    return (
        f'<div class="criterion"><b>{name}</b><span class="bar">{bar}</span><span class="points">{points}</span>'
        f"<p>{text} · weight {criterion.weight}</p></div>"
    )
