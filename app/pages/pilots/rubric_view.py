"""What the rubric says of one pilot, as a person reads it beside the form."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from app.pages.parts import badge_text
from app.pages.text import literal, quoted, textual
from app.theme import NOTHING, share
from inventory import AxisScore, CriterionResult, PilotAnchor, PilotAssessment, RubricAxis

_TITLES = {
    RubricAxis.VALUE: "Value: what it brings",
    RubricAxis.READINESS: "Readiness: whether it may grow",
    RubricAxis.OVERLAP: "Overlap: whether another does it",
}


def suggestion(one: PilotAssessment, names: dict[int, str]) -> None:
    """The suggestion with its reason, how firm it is, and what is not known."""
    into = f" into {names[one.into]}" if one.into else ""
    badge = badge_text(one.suggestion.value if one.suggestion else "nothing suggested", more=into)
    st.markdown(f"The rubric suggests {badge} {textual(one.reason)}")
    said = [f"Value {points(one.value)}", f"readiness {points(one.readiness)}"]
    steady = one.steadiness
    if steady.same is not None:
        said.append(
            f"{share(steady.same)} of {steady.draws} draws with weights moved by up to {share(steady.spread)} suggest "
            "the same"
        )
    st.caption(literal(" · ".join(said)))
    if one.unknown:
        could = f" Known, it could be: {', '.join(one.could_be)}." if len(one.could_be) > 1 else ""
        unknown = f"Not known: {', '.join(one.unknown)}.{could}"
        st.caption(f":material/help: {literal(unknown)}")


def points(axis: AxisScore) -> str:
    """An axis in words, such as "62 of 100 (70 % known)"."""
    if axis.value is None:
        return "not known"
    return f"{100 * axis.value:.0f} of 100 ({share(axis.coverage)} known)"


def proof(one: PilotAssessment, hangs: PilotAnchor) -> None:
    """Claimed against measured benefit, and what stops."""
    st.markdown(f"**Claimed against measured.** {textual(one.claim.words)}")
    st.markdown(f"**What stops if it stops.** {textual(hangs.words)}")


def criteria(found: Sequence[CriterionResult]) -> None:
    """Every criterion as a bar, by axis, with number, evidence and source."""
    for axis in RubricAxis:
        st.markdown(f"**{_TITLES[axis]}**")
        st.html("".join(_criterion(c) for c in found if c.axis is axis))


def _criterion(one: CriterionResult) -> str:
    score = NOTHING if one.score is None else f"{100 * one.score:.0f}"
    bar = f'<i style="width:{100 * (one.score or 0):.0f}%"></i>'
    evidence = "" if one.number is None else f" · {escape(one.evidence.value)}"
    return (
        f'<div class="criterion" title="{escape(one.source)}"><b>{escape(one.title)}</b><span class="bar">{bar}</span>'
        f'<span class="points">{score}</span><p>{escape(quoted(one.words))}{evidence} · weight '
        f"{one.weight:g} · {escape(one.source)}</p></div>"
    )
