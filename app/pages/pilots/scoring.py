"""The ledger: what was expected, what came of it, and how claims are corrected by it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.parts import empty, table, wide_column
from app.pages.pilots.assessed import scores
from app.pages.text import quoted, textual
from app.theme import word
from core.workspace import Workspace
from inventory import PilotAssessment, PilotDecision, correction


def ledger(ws: Workspace, _found: Sequence[PilotAssessment], _made: Sequence[PilotDecision]) -> None:
    """Every expectation at 30 and 90 days."""
    found = scores(ws)
    if not found:
        empty(
            "Nothing was expected yet",
            "Each decision freezes what is expected of it; after 30 and 90 days the registry, event logs and KPIs say "
            "what came of it.",
        )
        return
    st.caption(f":material/balance: {textual(correction(found).words)}")
    rows = [
        {
            "About": one.entry.about,
            "Figure": one.entry.expected.metric.replace("_", " "),
            "Expected": one.entry.expected.value,
            "Unit": one.entry.expected.unit,
            "Evidence": one.entry.expected.evidence.value,
            "On": one.entry.at.date(),
            "After": f"{score.days} days",
            "Verdict": str(word(score.verdict)),
            "Measured": score.measured,
            "Why": quoted(score.reason),
        }
        for one in found
        for score in one.scores
    ]
    formats = {"Expected": _number, "Measured": _number}
    table(rows, key="ledger", formats=formats, columns={"Why": wide_column()}, alt="Ledger")


def _number(value: float) -> str:
    return (f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}").replace("-", "−")
