"""Allocation: who should do each task, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from app.pages.context.missing import say_missing
from app.pages.parts import act, badge_text, bullets, empty, fresh, head, link, palette, score_column, table
from app.pages.simulated import simulated_in
from app.pages.state import actor, choose_map, name_of, parameter, set_parameter, workspace
from app.pages.text import literal, textual
from app.theme import NOTHING, Palette, charts, count, moment, plural, share
from app.verbs import allocate, answer_task, override
from core.workspace import Workspace
from mining.allocation import Allocation, AllocationOutcome, AskedQuestion, Criterion, Score, TaskAnswer, allocations
from mining.map.maps import MapSummary, list_maps

_ICONS = {
    AllocationOutcome.ELIMINATE: "delete",
    AllocationOutcome.RULE_AUTOMATION: "settings",
    AllocationOutcome.AGENT: "smart_toy",
    AllocationOutcome.AGENT_WITH_APPROVAL: "front_hand",
    AllocationOutcome.HUMAN_WITH_AGENT: "handshake",
    AllocationOutcome.HUMAN_ONLY: "person",
}
_TITLES = {
    Score.SUITABILITY: "Suitability: how well the task fits automation",
    Score.VALUE: "Value: what automating it is worth",
    Score.DETECTION: "Signs that software does it already (they count for nothing)",
    Score.FACT: "Further facts",
}


def page() -> None:
    """The allocations of one workflow map: outcomes, two scores, criteria, overrides."""
    ws = workspace()
    head("Who should do each task, and why?")
    maps = list_maps(ws)
    if not maps:
        empty(
            "No workflow map to allocate yet",
            "An allocation says who should do each task of a saved workflow map, computed from its event log.",
            to="process_map",
            step="Save a process map",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choose_map(maps)
        link(
            "workflows", "Promote it into a workflow", icon=":material/publish:",
            workflows_part="Promote a map", map=chosen.name, map_version=f"v{chosen.version}",
        )  # fmt: skip
    found = allocations(ws, chosen.name, chosen.version)
    if not found:
        _not_yet(ws, chosen)
        return
    _summary(ws, chosen, found)
    if any(a.rules < _GATED for a in found):
        _allocate_button(ws, chosen, "Allocate anew by the present rules")
    left, right = st.columns([8, 5], gap="small")
    with left:
        activity = _tasks(found)
        st.plotly_chart(_scores(palette(), found), theme=None, key="scores", config={"displayModeBar": False})
    with right, st.container(border=True, key="allocation"):
        shown = next((a for a in found if a.activity == activity), None)
        if activity and shown is None:
            say_missing("task", activity, "activity")
            return
        _one(ws, chosen, shown or found[0])


def _not_yet(ws: Workspace, chosen: MapSummary) -> None:
    empty(
        f"{chosen.name} version {chosen.version} is not allocated yet",
        f"Allocation computes suitability and value of its {plural(chosen.activities, 'task')} from the event log.",
    )
    _allocate_button(ws, chosen, "Allocate")


def _allocate_button(ws: Workspace, chosen: MapSummary, label: str) -> None:
    if st.button(literal(label), type="primary", icon=":material/balance:"):
        act(lambda: allocate(ws, chosen.name, chosen.version, by=actor()), f"{chosen.name} is allocated")


def _summary(ws: Workspace, chosen: MapSummary, found: Sequence[Allocation]) -> None:
    counts = Counter(a.outcome for a in found)
    simulated = simulated_in(ws.logs.get(chosen.log, chosen.log_version))
    mark = f" {badge_text('simulated')}" if simulated else ""
    overridden = sum(a.override is not None for a in found)
    st.caption(
        f"From event log {literal(chosen.log)} version {chosen.log_version} · map saved {moment(chosen.created_at)} by "
        f"{literal(name_of(chosen.created_by))} · {plural(overridden, 'override')}{mark}"
    )
    with st.container(horizontal=True, gap="small"):
        for outcome in AllocationOutcome:
            if counts[outcome]:
                st.badge(
                    f"{count(counts[outcome])} {literal(outcome.value)}",
                    icon=f":material/{_ICONS[outcome]}:",
                    color="gray",
                )


def _tasks(found: Sequence[Allocation]) -> str | None:
    """The activity that is chosen: in the table, else in the URL."""
    rows = [
        {
            "Task": a.activity,
            "Who": a.outcome.value + (" (override)" if a.override else " (no task)" if a.no_task else ""),
            "Asks": len(a.questions) or None,
            "Suitability": a.suitability,
            "Value": a.value,
            "Evidence": a.coverage * 100,
        }
        for a in found
    ]
    columns = {
        "Suitability": score_column("0 to 100. How well the task fits automation."),
        "Value": score_column("0 to 100. What automating it is worth."),
        "Asks": st.column_config.NumberColumn(help="Questions to a person whose answer would change the outcome."),
        "Evidence": st.column_config.NumberColumn(
            help="Share of the weight of suitability for which the log had data.", format="%.0f %%"
        ),
    }
    chosen = table(rows, key="tasks", columns=columns, select=True, alt="Allocations")
    if chosen is not None:
        set_parameter("activity", found[chosen].activity)
    return parameter("activity")


def _scores(colours: Palette, found: Sequence[Allocation]) -> Any:
    """The two scores of every task against each other; the title names the one that leads in both."""
    import plotly.graph_objects as go

    scored = [a for a in found if a.suitability is not None]
    best = max((a for a in scored if a.value), key=lambda a: min(a.suitability or 0, a.value or 0), default=None)
    title = f"No task scores higher than {best.activity} in both" if best else "No task is known to be of value"
    chart = charts.figure(colours, charts.literal(title), height=270, x="Suitability, 0 to 100", y="Value, 0 to 100")
    for who, outcomes, colour, symbol in _who(colours):
        group = [a for a in scored if a.outcome in outcomes]
        chart.add_trace(
            go.Scatter(
                name=who,
                x=[a.suitability for a in group],
                y=[a.value or 0 for a in group],
                text=[charts.literal(a.activity) for a in group],
                customdata=[a.outcome.value + ("" if a.value is not None else ", value not known") for a in group],
                mode="markers+text" if len(scored) <= _LABELLED else "markers",
                textposition="top center",
                marker={"size": 10, "color": colour, "symbol": symbol},
                hovertemplate="%{text}<br>suitability %{x:.0f}, value %{y:.0f}<br>%{customdata}<extra></extra>",
            )
        )
    chart.update_xaxes(range=[0, 103])
    chart.update_yaxes(range=[0, 103])
    return charts.with_legend(chart)


def _who(colours: Palette) -> list[tuple[str, tuple[AllocationOutcome, ...], str, str]]:
    """Who would work under which outcomes, in the colour that they have everywhere and a shape of their own."""
    return [
        ("agents", (AllocationOutcome.AGENT, AllocationOutcome.AGENT_WITH_APPROVAL), colours.agent, "square"),
        ("people", (AllocationOutcome.HUMAN_ONLY, AllocationOutcome.HUMAN_WITH_AGENT), colours.human, "circle"),
        (
            "rules, or nobody",
            (AllocationOutcome.RULE_AUTOMATION, AllocationOutcome.ELIMINATE),
            colours.system,
            "diamond",
        ),
    ]


def _one(ws: Workspace, chosen: MapSummary, allocation: Allocation) -> None:
    """One task: the outcome with its reasons, every criterion with its number, and the way to override it."""
    st.markdown(f"##### {textual(allocation.activity)}")
    st.badge(literal(allocation.outcome.value), icon=f":material/{_ICONS[allocation.outcome]}:", color="blue")
    if allocation.override is not None:
        made = allocation.override
        st.markdown(
            f"Overridden by {textual(name_of(made.by))}, {moment(made.at)}: {textual(made.reason)}  \n"
            f"Computed was **{literal(allocation.computed.value)}**."
        )
    bullets(allocation.reasons)
    bullets(_caveats(allocation))
    for question in allocation.questions:
        _ask(ws, chosen, allocation, question)
    for score in Score:
        _criteria(allocation, score)
    if allocation.samples:
        st.caption(f"Cases to look at: {literal(', '.join(allocation.samples))}")
    with (
        st.popover("Override", icon=":material/edit:", key=fresh("override"), on_change="rerun"),
        st.form(f"override-{allocation.activity}", border=False),
    ):
        values = [o.value for o in AllocationOutcome]
        said = st.selectbox(
            literal(f"Who should do {allocation.activity}?"), values, index=values.index(allocation.outcome.value),
            key=f"outcome-{allocation.activity}",
        )  # fmt: skip
        reason = st.text_input("Reason", key=fresh(f"reason-{allocation.activity}"))
        if st.form_submit_button("Override", type="primary"):
            outcome = AllocationOutcome(said)
            act(
                lambda: override(ws, chosen.name, chosen.version, allocation.activity, outcome, reason, actor()),
                f"{allocation.activity} is now {said}",
            )


def _caveats(allocation: Allocation) -> list[str]:
    """How firm the outcome is, what people answered, and by which rules it was made."""
    said = [
        f"{name_of(a.by)} answered {moment(a.at)}: {a.question.value}, {a.answer.value}."
        + (f" {a.reason}" if a.reason else "")
        for a in allocation.answers
    ]
    firm = allocation.firmness
    if firm is not None and firm.interval is not None and firm.cases_hold is not None:
        said.append(
            f"Suitability lies between {firm.interval.low:.0f} and {firm.interval.high:.0f} (95 %). The outcome holds "
            f"in {share(firm.cases_hold)} of redrawn sets of cases and in {share(firm.weights_hold)} of moved weights"
            + (f"; else it is mostly {firm.otherwise.value}." if firm.otherwise else ".")
        )
    if allocation.value is None:
        said.append("What it is worth is not known: the log does not say how often or how long it is worked at.")
    if allocation.rules < _GATED:
        said.append("Allocated by earlier rules, which asked nothing. Allocate it anew.")
    return said


def _ask(ws: Workspace, chosen: MapSummary, allocation: Allocation, asked: AskedQuestion) -> None:
    """A question to whoever knows the task, with what each answer would make of it."""
    key = f"{asked.question.value}-{allocation.activity}"
    with st.container(border=True):
        st.markdown(f"**{literal(asked.text)}**  \nTaken for true until somebody answers: {literal(asked.assumed)}.")
        with st.container(horizontal=True, gap="small"):
            for answer, outcome in ((TaskAnswer.YES, asked.yes), (TaskAnswer.NO, asked.no)):
                label = f"{answer.value.capitalize()}: {outcome.value}"
                if st.button(literal(label), key=fresh(f"answer-{answer.value}-{key}")):
                    act(
                        lambda answer=answer: answer_task(  # type: ignore[misc]
                            ws, chosen.name, chosen.version, allocation.activity, asked.question, answer, by=actor()
                        ),
                        f"{allocation.activity}: {asked.question.value}, {answer.value}",
                    )


def _criteria(allocation: Allocation, score: Score) -> None:
    found = [c for c in allocation.criteria if c.score is score]
    if not found:
        return
    total = {Score.SUITABILITY: allocation.suitability, Score.VALUE: allocation.value}.get(score)
    covered = {Score.SUITABILITY: allocation.coverage, Score.VALUE: allocation.value_coverage}.get(score)
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


_SCORED = (Score.SUITABILITY, Score.VALUE)
_LABELLED = 12  # tasks up to which each point carries its name
_GATED = 2  # version of the rules that asks questions first
