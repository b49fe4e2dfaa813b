"""The figures above the parts of the page."""

from __future__ import annotations

import streamlit as st

from app.pages.pilots.found import PilotFindings
from app.pages.text import literal
from app.theme import NOTHING, count, money, plural
from inventory import MonthlyCost, RiskSeverity, monthly_costs


def figures(found: PilotFindings) -> None:
    """How many pilots there are, what they cost, and how much is found about them."""
    duplicates = sum(o.shown for o in found.overlaps.pairs)
    departments = {p.facts.department for p in found.pilots}
    unlinked = len(found.gaps.orphans)
    costs, known = monthly_costs(found.pilots)
    for place, (label, value, note) in zip(
        st.columns(5, gap="small"),
        [
            ("Pilots", count(len(found.pilots)), f"in {plural(len(departments), 'department')}"),
            ("Cost a month", costs_in_words(costs), f"known for {known} of {len(found.pilots)}"),
            ("Possible duplicates", count(duplicates), "pairs of pilots"),
            ("Orphans", count(unlinked), "touch no mined work"),
            ("With a risk", *_at_risk(found)),
        ],
        strict=True,
    ):
        with place, st.container(border=True, gap="xsmall", height="stretch"):
            st.metric(literal(label), literal(value))
            st.caption(literal(note))


def costs_in_words(costs: tuple[MonthlyCost, ...]) -> str:
    """Costs of several currencies; a dash where none is known."""
    return " + ".join(money(cost.amount, cost.currency) for cost in costs) or NOTHING


def _at_risk(found: PilotFindings) -> tuple[str, str]:
    """How many pilots have a finding that nobody muted, and how bad these are."""
    if found.no_risks is not None:
        return NOTHING, "the rules cannot be read: see Risks"
    worst = sum(risk.severity in (RiskSeverity.CRITICAL, RiskSeverity.HIGH) for risk in found.open_risks)
    note = f"{plural(len(found.open_risks), 'finding')}, {count(worst)} high or critical"
    return count(len({risk.pilot for risk in found.open_risks})), note
