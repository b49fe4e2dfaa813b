"""The values of governance: who acts, what is asked, what was decided, what was approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.audit.values import Ruling


@dataclass(frozen=True)
class Action:
    """A verb that permission is asked for, on one type of resource.

    `facts` are what a policy may look at on the resource, in Cedar's words: `amount: Long` must be in every request
    for this action (a missing fact denies), `supplier?: String` may be. Every resource type also has
    `fields: Set<String>`, `amount?: Long`, `drafted_by?: String`, `workflow?: String` and `task?: String`.
    """

    name: str  # such as "purchase_order.draft"
    resource_type: str  # such as "PurchaseOrder"
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """One exact request: `principal` wants to perform `action` on a resource.

    `attributes` and `context` are what policies see. `payload` is what will exactly be done (new values, say): no
    policy sees it, but an approval binds it. `context` may hold `run`, `item`, `attempt` and an `autonomy_level` that
    lowers the agent's own for this request; `approved` is the gate's to say.
    """

    principal: str  # id of a principal
    action: str
    resource_type: str
    resource_id: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    on_behalf_of: str | None = None  # id of the person for whom it is done
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What was decided, with the policies that determined it and their reasons in words."""

    effect: Ruling
    policies: tuple[str, ...]  # ids of the determining policies; empty when no policy permits
    reasons: tuple[str, ...]  # in words, never empty
    policy_set: int  # version of the policy set
    digest: str  # of the request, see governance.digest
    approvers: tuple[str, ...] = ()  # roles that the determining policies name with `@approver`


@dataclass(frozen=True)
class PolicySet:
    """One immutable version of the policies, with the guards and the catalogue of actions they were checked against."""

    version: int  # 0: only the guards, before anything was activated
    text: str  # the customer's policies, in Cedar
    guards: str  # Tandem's own policies, always part of the set
    actions: tuple[Action, ...]
    schema: str  # generated from `actions`, in Cedar's schema language
    note: str = ""
    created_at: datetime | None = None
    created_by: str | None = None


@dataclass(frozen=True)
class Policy:
    """One policy of a set."""

    id: str
    effect: str  # permit or forbid
    reason: str  # what its `@reason` says
    approver: str | None  # role that its `@approver` names
    line: int  # first line in its text; 0 for a guard
    text: str
    guard: bool


class ApprovalStatus(StrEnum):
    """States of an approval. Refused, expired, withdrawn and used are final; a time-out never approves."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # what it was asked for is no longer to be done
    USED = "used"


@dataclass(frozen=True)
class Approval:
    """A person's answer to one exact request, bound to its digest and to the policy set; used once."""

    id: str
    digest: str
    policy_set: int
    status: ApprovalStatus
    role: str  # who may answer
    request: Request
    reasons: tuple[str, ...]  # why it is needed
    created_at: datetime
    created_by: str  # id of the principal who asked
    expires_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer_reason: str | None = None
    used_by: str | None = None  # key of the attempt that used it
    activation: int | None = None  # number of the activation under which it was asked for
    barred: tuple[str, ...] = ()  # ids of those who may not answer, beside whoever asked
