"""The figures above the parts of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from app.pages.pilots.found import Found
from app.pages.text import literal
from app.theme import NOTHING, count, money, plural
from inventory import Pilot, Severity


def figures(found: Found) -> None:
    """How many pilots there are, what they cost, and how much is found about them."""
    duplicates = sum(o.shown for o in found.overlaps.pairs)
    departments = {p.facts.department for p in found.pilots}
    unlinked = len(found.gaps.orphans)
    for place, (label, value, note) in zip(
        st.columns(5, gap="small"),
        [
            ("Pilots", count(len(found.pilots)), f"in {plural(len(departments), 'department')}"),
            ("Cost a month", _costs(found.pilots), f"known for {_known(found.pilots)} of {len(found.pilots)}"),
            ("Possible duplicates", count(duplicates), "pairs shown as the same work"),
            ("Orphans", count(unlinked), "touch nothing that was mined"),
            ("With a risk", *_at_risk(found)),
        ],
        strict=True,
    ):
        with place, st.container(border=True, gap="xsmall", height="stretch"):
            st.metric(literal(label), literal(value))
            st.caption(literal(note))


def _at_risk(found: Found) -> tuple[str, str]:
    """How many pilots have a finding that nobody muted, and how bad these are."""
    if found.no_risks is not None:
        return NOTHING, "the rules cannot be read: see Risks"
    worst = sum(risk.severity in (Severity.CRITICAL, Severity.HIGH) for risk in found.open_risks)
    note = f"{plural(len(found.open_risks), 'finding')}, {count(worst)} high or critical"
    return count(len({risk.pilot for risk in found.open_risks})), note


def _costs(pilots: Sequence[Pilot]) -> str:
    """The sum by currency; amounts of two currencies are never added."""
    sums: defaultdict[str, float] = defaultdict(float)
    for pilot in pilots:
        if pilot.facts.monthly_cost is not None:
            sums[pilot.facts.currency or ""] += pilot.facts.monthly_cost
    return " + ".join(money(amount, currency) for currency, amount in sums.items()) or NOTHING


def _known(pilots: Sequence[Pilot]) -> int:
    return sum(p.facts.monthly_cost is not None for p in pilots)
