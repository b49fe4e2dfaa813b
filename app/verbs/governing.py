"""Verbs of governance: principals, roles, policies, approvals and the audit log."""

from __future__ import annotations

from app.verbs.agents import add_agent
from app.verbs.values import CatalogueEntry
from governance import (
    activate_policies,
    add_person,
    add_role,
    assign_role,
    declare_actions,
    erase_payload,
    reactivate_policies,
    set_active,
    set_autonomy_level,
    verbs,
    withdraw_role,
)
from orchestrator.running.approving import answer

_TYPED = "Administrators do it on the command line, where what they did can be read again; the page shows what is."
_ANSWERS = "People of the role that is asked, none of whom asked, started, drafted or owns the agent."
_SECOND = "Nobody gives a role to themselves where another administrator could."

GOVERNING = (
    CatalogueEntry(verbs.ADD_PERSON, add_person, ("person add",), not_here=_TYPED),
    CatalogueEntry(verbs.ADD_AGENT, add_agent, ("agent add",), not_here=_TYPED),
    CatalogueEntry(verbs.ADD_ROLE, add_role, ("role add",), not_here=_TYPED),
    CatalogueEntry(verbs.ASSIGN_ROLE, assign_role, ("role assign",), only=_SECOND, not_here=_TYPED),
    CatalogueEntry(verbs.WITHDRAW_ROLE, withdraw_role, ("role withdraw",), not_here=_TYPED),
    CatalogueEntry(verbs.STOP, set_active, ("person stop",), ("governance.people",)),
    CatalogueEntry(verbs.START, set_active, ("person start",), ("governance.people",)),
    CatalogueEntry(verbs.SET_LEVEL, set_autonomy_level, ("agent level",), not_here=_TYPED),
    CatalogueEntry(verbs.DECLARE, declare_actions, ("policy declare",), not_here=_TYPED),
    CatalogueEntry(verbs.ACTIVATE, activate_policies, ("policy activate",), not_here=_TYPED),
    CatalogueEntry(verbs.REACTIVATE, reactivate_policies, ("policy reactivate",), not_here=_TYPED),
    CatalogueEntry(verbs.ERASE, erase_payload, ("audit erase",), not_here=_TYPED),
    CatalogueEntry(verbs.GRANT, answer, ("approval grant", "inbox approve"), ("inbox",), only=_ANSWERS),
    CatalogueEntry(verbs.REFUSE, answer, ("approval refuse", "inbox refuse"), ("inbox",), only=_ANSWERS),
)
