"""The part of Governance that shows the policy set in force: every policy with its reason and its Cedar text."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import empty
from app.pages.state import names
from app.pages.text import literal, textual
from app.theme import moment
from core.workspace import Workspace
from governance import Policy, explain, policies, policy_sets


def policies_tab(ws: Workspace) -> None:
    """The policy set that the URL names, by default the one in force."""
    versions = policy_sets(ws)
    current = policies(ws)
    if not versions:
        empty(
            "No policies yet, so everything is denied",
            "Activate a policy set with `tandem policy activate`; until then only the guards below are in force.",
        )
        _policies(explain(current))
        return
    numbers = [s.version for s in versions]
    chosen = st.selectbox(
        "Policy set", numbers, index=numbers.index(current.version), key="policy_set", bind="query-params",
        format_func=lambda n: f"policy set {n}{', in force' if n == current.version else ''}",
        label_visibility="collapsed", width=280,
    )  # fmt: skip
    shown = next(s for s in versions if s.version == chosen)
    by = names().get(shown.created_by or "", shown.created_by or "nobody")
    st.caption(f"Activated {moment(shown.created_at)} by {literal(by)}. {literal(shown.note)}")
    _policies(explain(shown))
    with st.expander("The whole text, and the schema it was checked against"):
        st.code(shown.text, language="text")
        st.code(shown.schema, language="text")


def _policies(found: tuple[Policy, ...]) -> None:
    for policy in sorted(found, key=lambda p: p.guard):
        permits = policy.effect == "permit"
        badge = ":green-badge[:material/check_circle: Permits]" if permits else ":red-badge[:material/block: Forbids]"
        guard = " :gray-badge[Guard]" if policy.guard else ""
        with st.expander(f"{badge}{guard} {textual(policy.reason)}"):
            approver = f" · approved by people with the role {policy.approver}" if policy.approver else ""
            always = " · part of every policy set; no other policy can undo it" if policy.guard else ""
            st.caption(textual(f"`{policy.id}`{approver}{always}"))
            st.code(policy.text, language="text")
