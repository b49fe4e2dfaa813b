"""The scenario of the sample log: who does what in procurement, on which fields, under which rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from app.demo.drawing import Case
from app.demo.observed import FINAL
from app.demo.scenario import OWNER_ROLE, OWNERS, DemoAnswer, DemoOverride, Mapped, Scenario, SimulatedAgent, Trespass
from core.tree import Operator, ProcessTree
from data.orders import CATEGORIES, LIMIT, QUOTATIONS_ABOVE, SLA_DAYS
from data.staff import BUYERS, HEAD, LEADS, PAYABLES, QUALITY, WAREHOUSE, everyone
from governance import Action, Role
from mining.allocation import AllocationOutcome, TaskAnswer, TaskQuestion
from orchestrator.machine.values import DecidedBy, DecisionSpec
from orchestrator.promotion.bindings import TaskBinding
from orchestrator.promotion.planning import systems_of, workflow_tree

NAME = "procurement"
SOURCING, DRAFTING, INVOICES, RULES = "sourcing agent", "order drafting agent", "invoice agent", "purchasing rules"


@dataclass(frozen=True)
class Job:
    """One activity: what it does to what, whose it is, and which fields of the context it may change."""

    activity: str
    action: str
    resource_type: str
    people: tuple[str, ...]  # role that does it, then those it is handed on to
    fields: tuple[str, ...] = ()
    agent: str = ""  # role of the agent that may do it; none for work that stays with people


JOBS = (
    Job("Create requisition", "requisition.create", "Requisition", ("requester", "budget owner"), ("requisition",)),
    Job("Check budget", "requisition.check_budget", "Requisition", ("budget owner",), ("budget_checked",), RULES),
    Job("Approve requisition", "requisition.approve", "Requisition", ("budget owner", OWNER_ROLE), ("approval",)),
    Job("Select vendor", "purchase_order.select_vendor", "PurchaseOrder", ("buyer",), ("vendor",), SOURCING),
    Job("Request quotation", "quotation.request", "Quotation", ("buyer",), ("quotation_request",), SOURCING),
    Job("Compare quotations", "quotation.compare", "Quotation", ("buyer",), ("quotation_summary",), SOURCING),
    Job("Draft purchase order", "purchase_order.draft", "PurchaseOrder", ("buyer", "head of procurement"),
        ("order_number", "order_text", "delivery_date"), DRAFTING),
    Job("Approve purchase order", "purchase_order.approve", "PurchaseOrder",
        ("purchasing lead", "head of procurement"), ("order_approval",)),
    Job("Approve purchase order above limit", "purchase_order.approve", "PurchaseOrder",
        ("head of procurement",), ("order_approval",)),
    Job("Send purchase order", "purchase_order.send", "PurchaseOrder", ("buyer",), ("sent_as",), RULES),
    Job("Receive order confirmation", "purchase_order.confirm", "PurchaseOrder", ("buyer",), ("confirmed_date",),
        SOURCING),
    Job("Receive goods", "delivery.receive", "Delivery", ("warehouse", OWNER_ROLE), ("goods_receipt",)),
    Job("Inspect goods", "delivery.inspect", "Delivery", ("quality inspector", OWNER_ROLE), ("inspection",)),
    Job("Return goods", "delivery.return", "Delivery", ("warehouse", OWNER_ROLE), ("goods_return",)),
    Job("Record invoice", "invoice.record", "Invoice", ("accounts payable", OWNER_ROLE), ("invoice_number",)),
    Job("Match invoice", "invoice.match", "Invoice", ("accounts payable",), ("match_result",), RULES),
    Job("Resolve mismatch", "invoice.resolve", "Invoice", ("accounts payable",), ("resolution",), INVOICES),
    Job("Approve invoice", "invoice.approve", "Invoice", ("budget owner", OWNER_ROLE), ("invoice_approval",)),
    Job("Pay invoice", "invoice.pay", "Invoice", ("accounts payable",), ("payment_run",), RULES),
)  # fmt: skip

AGENTS = (
    SimulatedAgent("Sourcing agent", SOURCING, 3),
    SimulatedAgent("Order drafting agent", DRAFTING, 3),
    SimulatedAgent("Invoice agent", INVOICES, 3),
    SimulatedAgent("Purchasing rules", RULES, 4),
)
PURPOSES = {
    "requester": "Says what a department needs.",
    "budget owner": "Answers for a department's budget.",
    "buyer": "Finds vendors and orders.",
    "purchasing lead": "Approves purchase orders up to 5,000.",
    "head of procurement": "Approves purchase orders above 5,000.",
    "warehouse": "Receives goods.",
    "quality inspector": "Inspects goods.",
    "accounts payable": "Records and settles invoices.",
    OWNER_ROLE: "Answers for the process and signs its workflows.",
    SOURCING: "Finds the vendor of a requisition.",
    DRAFTING: "Drafts purchase orders.",
    INVOICES: "Resolves mismatches of invoices.",
    RULES: "Does by fixed rule what systems did before.",
}
APPROVES = DemoOverride(AllocationOutcome.HUMAN_ONLY, "The purchasing rules leave every approval to a person.")
OVERRIDES: Mapping[str, DemoOverride] = {
    "Approve requisition": APPROVES,
    "Approve purchase order": APPROVES,
    "Approve purchase order above limit": APPROVES,
    "Approve invoice": APPROVES,
    "Create requisition": DemoOverride(AllocationOutcome.HUMAN_WITH_AGENT, "Only the department knows what it needs."),
    "Record invoice": DemoOverride(AllocationOutcome.HUMAN_ONLY, "Invoices still come on paper: somebody opens them."),
    "Inspect goods": DemoOverride(AllocationOutcome.HUMAN_ONLY, "Somebody must look at the goods."),
    "Resolve mismatch": DemoOverride(
        AllocationOutcome.AGENT_WITH_APPROVAL, "It changes what is paid, so a person approves each one."
    ),
}
ANSWERS: Mapping[tuple[str, TaskQuestion], DemoAnswer] = {
    ("Select vendor", TaskQuestion.JUDGEMENT): DemoAnswer(TaskAnswer.NO, "Framework contracts name the vendor."),
    ("Select vendor", TaskQuestion.REVERSIBLE): DemoAnswer(TaskAnswer.YES, "Nothing is ordered before it is approved."),
    ("Request quotation", TaskQuestion.REVERSIBLE): DemoAnswer(TaskAnswer.YES, "A request binds nobody."),
    ("Receive order confirmation", TaskQuestion.REVERSIBLE): DemoAnswer(TaskAnswer.YES, "It is only noted."),
}
OUTSIDE = frozenset(
    {"Compare quotations", "Receive order confirmation", "Receive goods", "Record invoice", "Pay invoice"}
)  # these wait for vendors, or for the day of the payment run
INSPECTED = tuple(c.name for c in CATEGORIES if c.inspected)


class Procurement(Scenario):
    """The sample's scenario: the vendor is not known before it is selected, and fields get telling values."""

    def facts(self, case: Case) -> dict[str, Any]:
        """What a requisition says: all facts of the case but the vendor and when it is due."""
        return {name: value for name, value in case.facts.items() if name not in {"vendor", "due"}}

    def writes(self, case: Case) -> dict[str, Any]:
        """The values that tasks write."""
        number = case.case_id.removeprefix("PR-")
        return {
            "vendor": case.facts.get("vendor", ""),
            "order_number": f"PO-{number}",
            "order_text": f"{case.facts.get('category', 'Goods')} for {case.facts.get('department', 'the company')}",
            "invoice_number": f"INV-{number}",
        }


def is_sample(activities: frozenset[str]) -> bool:
    """Whether a log with these activities can be run under this scenario."""
    return activities <= {job.activity for job in JOBS}


def scenario(mapped: Mapped) -> Procurement:
    """The scenario for the map of a log of this process."""
    jobs = [job for job in JOBS if job.activity in set(mapped.kept())]
    systems = systems_of(mapped.map)
    return Procurement(
        workflow=NAME,
        roles=tuple(_roles()),
        people=_people(),
        agents=AGENTS,
        bindings={j.activity: _binding(j, systems.get(j.activity), by_agent=mapped.by_agent(j.activity)) for j in jobs},
        decisions=decisions(workflow_tree(mapped.map.tree, mapped.outcomes)),
        actions=tuple({job.action: action_of(job) for job in JOBS}.values()),
        policies=files("app.demo").joinpath("procurement.cedar").read_text(encoding="utf-8"),
        sla_seconds=SLA_DAYS["standard"] * 86_400.0,
        trespass=Trespass("Draft purchase order", {"amount": LIMIT - 1}),
        forbidden_action=action_of(next(job for job in JOBS if job.action == "purchase_order.approve")),
        forbidden_agent="Order drafting agent",
        outside=OUTSIDE,
    )


def decisions(tree: ProcessTree) -> dict[str, DecisionSpec]:
    """The rules that facts decide by, for the choices and loops of `tree` that they fit; the rest is left out."""
    found = {}
    for node, part in tree.nodes():
        if part.operator is Operator.CHOICE and len(part.children) == 2:
            rules = [_rule(child) for child in part.children]
            told = [n for n, rule in enumerate(rules) if rule]
            if told:
                child = told[0]
                rule = f"!({rules[child]})" if child else f"{rules[child]}"
                found[node] = DecisionSpec(node, DecidedBy.RULE, (rule,), otherwise=1, role=OWNER_ROLE)
        elif part.operator is Operator.LOOP and part.labels() == ("Match invoice", "Resolve mismatch"):
            rule = '!answers["Match invoice"].final'
            found[node] = DecisionSpec(node, DecidedBy.RULE, (rule,), otherwise=0, role=OWNER_ROLE)
    return found


def _rule(child: ProcessTree) -> str | None:
    """When a choice falls on `child`, by what it begins with."""
    labels = set(child.labels())
    if labels == {"Approve purchase order above limit"}:
        return f"context.amount > {LIMIT}.0"
    if labels == {"Request quotation", "Compare quotations"}:
        return f"context.amount > {QUOTATIONS_ABOVE}.0"
    if labels == {"Inspect goods"}:
        listed = ", ".join(f'"{name}"' for name in INSPECTED)
        return f"context.category in [{listed}]"
    return None


def _binding(job: Job, system: str | None, *, by_agent: bool) -> TaskBinding:
    return TaskBinding(
        role=job.agent if by_agent else job.people[0],
        action=job.action,
        resource_type=job.resource_type,
        fields=job.fields,
        answer_fields=(FINAL,),
        amount_field="amount",
        system=system,
        timeout_seconds=600.0,
        people_timeout_seconds=None if by_agent else 30 * 86_400.0,
        retry_delay_seconds=0.1,
        escalation=job.people if by_agent else job.people[1:],
    )


def action_of(job: Job) -> Action:
    """The action of the job; what is done to a purchase order needs its amount."""
    needs = ("amount: Long",) if job.resource_type == "PurchaseOrder" else ()
    return Action(job.action, job.resource_type, needs)


def _roles() -> Iterator[Role]:
    for name, purpose in PURPOSES.items():
        jobs = [job for job in JOBS if name == job.agent or name in job.people]
        actions = tuple(dict.fromkeys(job.action for job in jobs))
        yield Role(name, purpose, tuple(job.activity for job in jobs), actions)


def _people() -> dict[str, tuple[str, ...]]:
    """The people of the sample by role."""
    pools = {
        BUYERS: "buyer",
        LEADS: "purchasing lead",
        HEAD: "head of procurement",
        WAREHOUSE: "warehouse",
        QUALITY: "quality inspector",
        PAYABLES: "accounts payable",
    }
    found: dict[str, list[str]] = defaultdict(list)
    for performer in everyone():
        if performer.kind == "human":
            own = "requester" if performer.pool.startswith("requesters") else "budget owner"
            found[pools.get(performer.pool, own)].append(performer.name)
    return {role: tuple(names) for role, names in found.items()} | {OWNER_ROLE: OWNERS}
