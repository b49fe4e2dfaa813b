"""A small procurement department: people, an agent, and policies with every kind of decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.actor.values import local
from core.workspace import Workspace
from governance import Action, Principal, Request, activate_policies, add_agent, add_person, add_role

ACTIONS = (
    Action("purchase_order.draft", "PurchaseOrder", ("amount: Long",)),
    Action("purchase_order.approve", "PurchaseOrder", ("amount: Long",)),
    Action("ticket.close", "Ticket"),
)
POLICIES = """
// An agent may draft a purchase order; only these fields may change.
@id("draft")
@reason("Drafters draft purchase orders.")
permit (principal in Role::"drafter", action == Action::"purchase_order.draft", resource)
when { ["vendor", "amount"].containsAll(resource.fields) };

@id("limit")
@reason("Above 5,000 a purchase order of an agent needs approval.")
@approver("manager")
forbid (principal is Agent, action == Action::"purchase_order.draft", resource)
when { resource.amount > 5000 && !context.approved };

@id("approve")
@reason("Managers approve purchase orders.")
permit (principal in Role::"manager", action == Action::"purchase_order.approve", resource);

@id("four_eyes")
@reason("Nobody approves a purchase order that they drafted.")
forbid (principal, action == Action::"purchase_order.approve", resource)
when { resource has drafted_by && resource.drafted_by == principal.id };

@id("agents_never_approve")
@reason("An agent never approves a purchase order.")
forbid (principal is Agent, action == Action::"purchase_order.approve", resource);
"""


def department(ws: Workspace, *, level: int = 3) -> dict[str, Principal]:
    """Ada (administrator), Grace and Mia (managers), an agent that drafts; POLICIES in force."""
    add_role(ws, "drafter", "Drafts purchase orders.", actions=["purchase_order.draft"], by=local("Ada"))
    add_role(ws, "manager", "Answers for purchase orders.", actions=["purchase_order.approve"], by=local("Ada"))
    people = {name: add_person(ws, name, roles=["manager"], by=local("Ada")) for name in ("Grace", "Mia")}
    agent = add_agent(
        ws, "Drafter", owner="Ada", sponsor="Ada", roles=["drafter"], runtime="python:draft",
        autonomy_level=level, simulated=True, by=local("Ada"),
    )  # fmt: skip
    activate_policies(ws, POLICIES, actions=ACTIONS, note="first", by=local("Ada"))
    return {**people, "agent": agent}


def draft(principal: str, amount: Any = 100, **changes: Any) -> Request:
    """A request to draft a purchase order of `amount`."""
    attributes: Mapping[str, Any] = {"amount": amount, "fields": ["amount", "vendor"]}
    values: dict[str, Any] = {"attributes": attributes, "payload": {"vendor": "Acme", "amount": amount}} | changes
    return Request(principal, "purchase_order.draft", "PurchaseOrder", "PO-1", **values)
