"""Governance: what may each agent do, and what did it try?"""

from __future__ import annotations

import streamlit as st

from app.pages.governance.people import people_and_agents, roles_tab
from app.pages.governance.policies import policies_tab
from app.pages.governance.records import approvals_tab, audit_tab, decisions_tab, denials
from app.pages.parts import head
from app.pages.state import workspace


def page() -> None:
    """Denials at once, then decisions, approvals, who acts, roles, policies and the audit log, a tab each."""
    ws = workspace()
    head("What may each agent do, and what did it try?")
    denials(ws)
    tabs = {
        "Decisions": decisions_tab,
        "Approvals": approvals_tab,
        "People and agents": people_and_agents,
        "Roles": roles_tab,
        "Policies": policies_tab,
        "Audit": audit_tab,
    }
    shown = st.tabs(list(tabs), key="part", bind="query-params", on_change="rerun")
    for place, show in zip(shown, tabs.values(), strict=True):
        with place:
            if place.open:
                show(ws)
