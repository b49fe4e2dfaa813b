"""One task of a workflow. Apart from the other values because the process of an agent needs it and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Doer(StrEnum):
    """Who does a task."""

    AGENT = "agent"
    PERSON = "person"


@dataclass(frozen=True)
class EffectSpec:
    """What is done in a system of record once the task is allowed: an action of a connector."""

    connector: str  # the name under which it is set up
    action: str  # one of the connector's, such as `create_order`
    arguments: Mapping[str, str] = field(default_factory=dict)  # by name: where in the context each one stands
    results: Mapping[str, str] = field(default_factory=dict)  # by field of the context: the part of the result it gets


@dataclass(frozen=True)
class TaskSpec:
    """One task of a workflow: who does it, what it does to what, and what happens when it does not work."""

    node: str  # id of its leaf in the process tree, such as "0.2.1"
    label: str  # the activity's name
    doer: Doer
    role: str  # role of the agent, or of the people who may take it
    action: str  # action for the policy, such as "purchase_order.draft"
    resource_type: str  # type of the resource acted on, such as "PurchaseOrder"
    outcome: str  # the allocation it follows: one of mining.Outcome
    agent: str | None = None  # principal id of the agent, when `doer` is agent
    fields: tuple[str, ...] = ()  # context fields it may change, at any depth; see `machine.named`
    answer_fields: tuple[str, ...] | None = None  # what it may answer; None (before 0.3.0): anything but `decision`
    amount_field: str | None = None  # where in the context the amount is that policies look at; of several the sum
    currency: str | None = None  # of the amount, such as "EUR"
    system: str | None = None  # where it is done, such as "SAP"; None: in Tandem itself
    effect: EffectSpec | None = None  # what Tandem does there; None: nothing, whoever does the task does it all
    sla_seconds: float | None = None
    timeout_seconds: float = 3600.0  # after this an agent's attempt is given up
    people_timeout_seconds: float | None = None  # after this people are passed over; None: they have all the time
    max_attempts: int = 3
    retry_delay_seconds: float = 1.0  # doubled with every further attempt
    escalation: tuple[str, ...] = ()  # roles of people, asked in this order when it fails, is denied or times out

    def limit_of(self, doer: Doer) -> float | None:
        """Seconds after which `doer` is asked no longer; None: never."""
        return self.timeout_seconds if doer is Doer.AGENT else self.people_timeout_seconds
