"""Hidden steps: which steps does the log not show? Findings with their evidence and how sure they are."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from app.pages.analysis import analysis_bar, offer
from app.pages.asking import ask
from app.pages.fields import show_figures
from app.pages.parts import TALL, empty, palette, table
from app.pages.text import literal, textual
from app.theme import charts, count, duration, plural, share
from core.selection.filters import CaseFilter, FollowsFilter, PerformerFilter
from core.trust import Result
from mining.map.hidden import FindingFigure, Hidden, HiddenFinding, HiddenKind, Strength, map_hidden

_KINDS = {
    HiddenKind.GAP: "Unexplained gap",
    HiddenKind.PERSONAL: "Some people only",
    HiddenKind.CALENDAR: "Outside the calendar",
    HiddenKind.SWIVEL: "Swivel",
}
_SIGNS = {Strength.STRONG: "●●● strong", Strength.FAIR: "●● fair", Strength.WEAK: "● weak"}
_HELP = (
    "Confidence is the geometric mean of three parts, each from 0 to 1 and computed from the log: support "
    "(n / (n + 10) for n cases), consistency (how regularly it is so) and effect (how far it is from what is usual). "
    "It ranks findings; it is no probability."
)


def page() -> None:
    """The findings at the left, the chosen one with its evidence at the right."""
    chosen = analysis_bar("Which steps does the log not show?", shows=(Result.ORDER, Result.WAITING_TIME))
    if chosen is None:
        return
    found = ask(map_hidden, chosen.view, "Looking for hidden steps")
    if not found.findings:
        empty(
            "Nothing points to hidden steps",
            f"{plural(found.paths, 'path')} and {plural(found.activities, 'activity', 'activities')} were judged. What "
            "nobody records and what leaves no trace in the times cannot be seen from a log.",
        )
        _not_judged(found)
        return
    kind = _choose_kind(found)
    shown = [f for f in found.findings if kind is None or f.kind is kind]
    left, right = st.columns([8, 7], gap="medium")
    with left:
        picked = _list(shown)
        _not_judged(found)
    with right:
        _finding(picked)


def _choose_kind(found: Hidden) -> HiddenKind | None:
    counts = Counter(f.kind for f in found.findings)
    options = ["all", *(k.name.lower() for k in _KINDS if counts[k])]
    words = {k.name.lower(): f"{words} ({counts[k]})" for k, words in _KINDS.items()}
    words["all"] = f"All ({len(found.findings)})"
    chosen = st.segmented_control(
        "Kind", options, key="hidden_kind", bind="query-params", default="all", required=True,
        format_func=lambda kind: literal(words[kind]), label_visibility="collapsed",
    )  # fmt: skip
    return None if chosen == "all" else HiddenKind[str(chosen).upper()]


def _list(shown: list[HiddenFinding]) -> HiddenFinding:
    several = len({f.kind for f in shown}) > 1
    rows = [
        {"Confidence": _SIGNS[f.confidence.strength]} | ({"Kind": _KINDS[f.kind]} if several else {})
        | {"Where": _where(f), "Cases": f.cases}
        for f in shown
    ]  # fmt: skip
    columns = {
        "Confidence": st.column_config.TextColumn(width=90, help=_HELP),
        "Kind": st.column_config.TextColumn(width=130),
        "Where": st.column_config.TextColumn(width=165 if several else 300),
        "Cases": st.column_config.NumberColumn(width=65, format="localized"),
    }
    number = table(rows, key="findings", alt="Findings", columns=columns, select=True, within=TALL)
    return shown[number or 0]


def _where(finding: HiddenFinding) -> str:
    """What a finding is about, in a few words."""
    if finding.kind is HiddenKind.GAP:
        return " → ".join(finding.activities)
    if finding.kind is HiddenKind.SWIVEL:
        return " ⇄ ".join(finding.systems)
    return finding.activities[0] + (f", {finding.systems[0]}" if finding.systems else "")


def _finding(finding: HiddenFinding) -> None:
    sure = finding.confidence
    st.markdown(f"##### {_SIGNS[sure.strength]}: {_said(finding.claim)}")
    st.markdown(textual(finding.meaning))
    drawn = finding.kind is HiddenKind.GAP and _gap_chart(finding)
    show_figures(
        {e.name[:1].upper() + e.name[1:]: reads(e) for e in finding.evidence if not (drawn and e.unit == "seconds")}
    )
    st.caption(
        f"Confidence {sure.value:.2f}, the geometric mean of support {sure.support:.2f}, consistency "
        f"{sure.consistency:.2f} and effect {sure.effect:.2f}; {plural(finding.cases, 'case')}.",
        help=_HELP,
    )
    _offers(finding)
    st.caption(f"For example: {', '.join(textual(case) for case in finding.examples[:6])}")


def _said(claim: str) -> str:
    """The claim, its names in italics: code would colour them like something to click."""
    parts = claim.split("`")
    return "".join(f"*{textual(part)}*" if n % 2 else textual(part) for n, part in enumerate(parts))


def _gap_chart(finding: HiddenFinding) -> bool:
    """Draw the gap's percentiles beside what is usual around it, on one axis of time, where there is more than one."""
    import plotly.graph_objects as go

    marks = [(e.name, float(e.value)) for e in finding.evidence if e.unit == "seconds"]
    if len(marks) < 2:
        return False
    colours = palette()
    chart = charts.figure(colours, "", height=26 * len(marks) + 58, x="time, logarithmic")
    names = [name for name, _ in marks][::-1]
    values = [max(value, 1.0) for _, value in marks][::-1]
    chart.add_trace(
        go.Scatter(
            x=values, y=names, mode="markers+text", text=[f"  {duration(v)}" for _, v in marks][::-1],
            textposition="middle right", cliponaxis=False, hoverinfo="skip",
            marker={"size": 11, "color": [colours.hatch if "usual" in n else colours.heat[3] for n in names]},
        )
    )  # fmt: skip
    ticks = {60: "1 min", 3_600: "1 h", 86_400: "1 d", 604_800: "7 d", 2_592_000: "30 d", 31_536_000: "1 y"}
    chart.update_xaxes(type="log", tickmode="array", tickvals=list(ticks), ticktext=list(ticks.values()), showgrid=True)
    chart.update_layout(margin={"l": 8, "r": 70, "t": 8, "b": 8})
    st.plotly_chart(chart, theme=None, key="gap", config={"displayModeBar": False})
    return True


def reads(evidence: FindingFigure) -> str:
    """A figure of evidence with its unit."""
    value = evidence.value
    if isinstance(value, str):
        return value
    if evidence.unit == "seconds":
        return duration(value)
    if evidence.unit == "share":
        return share(value)
    return count(int(value)) if value == int(value) else f"{value:,.1f}"


def _offers(finding: HiddenFinding) -> None:
    with st.container(horizontal=True):
        if finding.kind is HiddenKind.GAP:
            source, target = finding.activities
            offer((FollowsFilter(source=source, target=target),), "Only cases with this path", "offer-gap")
        elif finding.kind is HiddenKind.PERSONAL:
            who = plural(len(finding.performers), "performer")
            filters = (PerformerFilter(performers=finding.performers, activity=finding.activities[1]),)
            offer(filters, f"Only cases in which the {who} did {finding.activities[1]}", "offer-personal")
        else:
            offer((CaseFilter(cases=finding.examples),), f"Only {len(finding.examples)} of these cases", "offer-cases")


def _not_judged(found: Hidden) -> None:
    lines = [
        f"Judged: {plural(found.paths, 'path')} with at least 20 cases, "
        f"{plural(found.activities, 'activity', 'activities')}.",
        *(f"{_KINDS[n.kind]}, not judged: {textual(n.reason)}" for n in found.not_judged),
    ]
    if found.left_out:
        lines.append(f"{plural(found.left_out, 'finding')} with a confidence below 0.3 left out.")
    st.caption("  \n".join(lines))
