"""All pilots, and the one that is chosen."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from app.pages.parts import facts, table
from app.pages.pilots.found import Found
from app.pages.text import literal
from app.theme import NOTHING, money
from core.workspace import Workspace
from inventory import Pilot, links


def listing(ws: Workspace, found: Found) -> None:
    """A row for every pilot."""
    currencies = {p.facts.currency or "" for p in found.pilots if p.facts.monthly_cost or p.facts.monthly_benefit}
    currency = f", {currencies.pop()}".removesuffix(", ") if len(currencies) == 1 else ""
    cost, benefit = f"Cost a month{currency}", f"Claimed benefit{currency}"
    findings = Counter(r.pilot for r in found.open_risks)
    rows = [
        {
            "Pilot": p.facts.name,
            "Department": p.facts.department,
            "Status": p.facts.status.value if p.facts.status else NOTHING,
            "Owner": p.facts.owner or NOTHING,
            "Risks": findings[p.id],
            "Activities": ", ".join(p.facts.activities) or NOTHING,
            "Systems": ", ".join(p.facts.systems) or NOTHING,
            "Data": p.facts.data_sensitivity.value if p.facts.data_sensitivity else NOTHING,
            cost: p.facts.monthly_cost,
            benefit: p.facts.monthly_benefit,
            **({} if currency else {"Currency": p.facts.currency or NOTHING}),
        }
        for p in found.pilots
    ]
    formats = dict.fromkeys((cost, benefit), money)
    chosen = table(rows, key="pilots", formats=formats, select=True, alt="Pilots")
    if chosen is not None:
        _one(ws, found, found.pilots[chosen])


def _one(ws: Workspace, found: Found, pilot: Pilot) -> None:
    logs = {link.label: link.logs for link in links(ws) if link.pilot == pilot.id}
    with st.container(border=True):
        st.markdown(f"**{literal(pilot.facts.name)}**, {literal(pilot.facts.department)}")
        linked = [f"{label} ({', '.join(where) if where else 'in no event log'})" for label, where in logs.items()]
        facts(
            {
                "Purpose": pilot.facts.purpose or "",
                "Touches": "; ".join(linked),
                "Vendor and model": ", ".join(filter(None, (pilot.facts.vendor, pilot.facts.model))),
                "Sponsor": pilot.facts.sponsor or "",
                "Risks": " ".join(r.finding for r in found.open_risks if r.pilot == pilot.id),
            }
        )
