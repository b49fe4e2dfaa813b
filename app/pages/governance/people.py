"""The part of Governance that shows who acts, and in which roles."""

from __future__ import annotations

import streamlit as st

from app.pages.parts import act, empty, facts, table
from app.pages.state import actor
from app.pages.text import literal, textual
from app.theme import NOTHING
from app.verbs import set_active
from core.workspace import Workspace
from governance import Principal, PrincipalKind, principals, roles, self_granted

_LEVELS = {1: "1 suggests", 2: "2 acts after approval", 3: "3 acts and is reviewed", 4: "4 acts alone"}


def people_and_agents(ws: Workspace) -> None:
    """Everyone who can act; an agent can be stopped here, at once."""
    found = sorted(principals(ws), key=lambda p: (p.kind is not PrincipalKind.AGENT, p.name))
    if not found:
        empty("Nobody is known yet", "The first person who changes anything becomes its administrator.")
        return
    tell_self_granted(ws)
    names = {p.id: p.name for p in found}
    rows = [
        {
            "Name": p.name,
            "Kind": p.kind.value,
            "Roles": ", ".join(p.roles) or NOTHING,
            "Autonomy": _LEVELS.get(p.autonomy_level or 0, NOTHING),
            "Owner": names.get(p.owner or "", NOTHING),
            "Sponsor": names.get(p.sponsor or "", NOTHING),
            "Simulated": "simulated" if p.simulated else NOTHING,
            "State": "active" if p.active else "stopped",
        }
        for p in found
    ]
    columns = {"Kind": st.column_config.TextColumn(width=70), "Autonomy": st.column_config.TextColumn(width=165)}
    chosen = table(rows, key="principals", select=True, columns=columns, alt="People and agents")
    if chosen is not None:
        _principal(ws, found[chosen])


def tell_self_granted(ws: Workspace) -> None:
    """A warning for each role that an administrator gave to themselves; nothing where there is none."""
    for person, role in self_granted(ws):
        st.warning(
            f"{textual(person.name)} gave the role {textual(role)} to themselves, when there was no other "
            "administrator to ask. Let another person look at it: `tandem role withdraw` takes it back.",
            icon=":material/priority_high:",
        )


def _principal(ws: Workspace, principal: Principal) -> None:
    with st.container(border=True):
        st.markdown(f"**{literal(principal.name)}**")
        facts({"Id": principal.id, "Email": principal.email or "", "Runtime": principal.runtime or ""})
        verb = "Stop" if principal.active else "Start again"
        effect = "may do nothing from its next request on" if principal.active else "may act again, within its roles"
        with st.form(f"active-{principal.id}", border=False):
            reason = st.text_input(literal(f"Reason. {principal.name} {effect}."), key=f"reason-{principal.id}")
            if st.form_submit_button(literal(f"{verb} {principal.name}")):
                act(
                    lambda: set_active(ws, principal.id, active=not principal.active, reason=reason, by=actor()),
                    f"{principal.name} is {'stopped' if principal.active else 'active again'}",
                )


def roles_tab(ws: Workspace) -> None:
    """Every role with its purpose, actions and holders."""
    found = roles(ws)
    if not found:
        empty(
            "No role yet", "A role names responsibilities, actions and expectations, and is given to people or agents."
        )
        return
    everyone = principals(ws)
    for role in found:
        holders = [p.name for p in everyone if role.name in p.roles]
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{literal(role.name)}** · {literal(role.purpose)}")
            facts(
                {
                    "Held by": ", ".join(holders) or "nobody",
                    "Responsibilities": "; ".join(role.responsibilities),
                    "Actions": ", ".join(f"`{a}`" for a in role.actions),
                    "Expectations": "; ".join(role.expectations),
                }
            )
