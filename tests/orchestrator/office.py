"""A small office: an event log of orders, its map with allocations, people and an agent, and the policies for them."""

from __future__ import annotations

from core.actor.values import local
from core.view import View
from core.workspace import Workspace
from governance import Action, activate_policies, add_agent, add_person, add_role
from mining.allocation import AllocationOutcome, allocate, override
from mining.map.maps import save_map
from orchestrator.promotion.bindings import TaskBinding
from tests.builders import staged_log

ACTIONS = ("order.receive", "order.draft", "order.check", "order.ship")

POLICIES = """
@id("office.staff") @reason("Staff handle orders.")
permit (principal in Role::"staff", action, resource is Order);

@id("office.owner") @reason("The owner handles what is escalated.")
permit (principal in Role::"process owner", action, resource is Order);

@id("office.agent_drafts") @reason("The agent drafts orders, large ones after approval.") @approver("process owner")
permit (principal in Role::"drafter", action == Action::"order.draft", resource)
when { resource has amount && (resource.amount <= 5000 || context.approved) };

@id("office.fields") @reason("The agent may change the draft and nothing else.")
forbid (principal is Agent, action == Action::"order.draft", resource)
unless { ["amount", "draft"].containsAll(resource.fields) };
"""

BINDINGS = {
    "Receive": TaskBinding("staff", "order.receive", "Order", fields=("customer",), escalation=("process owner",)),
    "Draft": TaskBinding(
        "drafter", "order.draft", "Order", fields=("draft",), amount_field="amount", escalation=("staff",)
    ),
    "Check": TaskBinding("staff", "order.check", "Order", escalation=("process owner",)),
    "Ship": TaskBinding("staff", "order.ship", "Order", escalation=("process owner",)),
}


def mapped(ws: Workspace, traces: tuple[str, ...] = ("RDS", "RDCS", "RDCS")) -> None:
    """An event log with one case a trace (R receive, D draft, C check, S ship), and its allocated map `orders`."""
    names = {"R": "Receive", "D": "Draft", "C": "Check", "S": "Ship"}
    rows = [
        (f"c{day}", names[letter], f"2026-01-0{day} {hour:02}:00", f"2026-01-0{day} {hour:02}:30", "Sam")
        for day, trace in enumerate(traces, 1)
        for hour, letter in enumerate(trace, 8)
    ]
    staged_log(ws, rows, "orders")
    allocated(ws, View("orders"))


def allocated(ws: Workspace, view: View) -> None:
    """The next version of the map `orders`, of what `view` shows, with its allocations."""
    save_map(ws, "orders", view, by=local("Ada"))
    allocate(ws, "orders", by=local("Ada"))
    for activity in ("Receive", "Check", "Ship"):
        override(ws, "orders", None, activity, AllocationOutcome.HUMAN_ONLY, "people do this", local("Ada"))
    override(ws, "orders", None, "Draft", AllocationOutcome.AGENT, "agents do this", local("Ada"))


def governed(ws: Workspace) -> None:
    """Ada administers, Olga owns the process, Sam is staff, and an agent drafts, under `POLICIES`."""
    add_role(ws, "staff", "Handles orders.", actions=ACTIONS, by=local("Ada"))
    add_role(ws, "process owner", "Answers for the process.", actions=ACTIONS, by=local("Ada"))
    add_role(ws, "drafter", "Drafts orders.", actions=("order.draft",), by=local("Ada"))
    add_person(ws, "Sam", roles=["staff"], by=local("Ada"))
    add_person(ws, "Olga", roles=["process owner"], by=local("Ada"))
    add_agent(
        ws,
        "Drafting agent",
        owner="Sam",
        sponsor="Olga",
        roles=["drafter"],
        runtime="drafts",
        autonomy_level=3,
        by=local("Ada"),
    )
    activate_policies(ws, POLICIES, actions=[Action(a, "Order") for a in ACTIONS], note="first", by=local("Ada"))
