"""The values of governance: who acts, what is asked, what was decided, what was approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class PrincipalKind(StrEnum):
    """What a principal is."""

    PERSON = "person"
    AGENT = "agent"


@dataclass(frozen=True)
class Principal:
    """Who acts: a person or an agent. Its id never changes and is never given to another."""

    id: str
    kind: PrincipalKind
    name: str
    email: str | None = None
    owner: str | None = None  # id of the person who answers for an agent
    sponsor: str | None = None  # id of the person who pays for an agent and wants it
    runtime: str | None = None  # address of an agent, such as `python:module:function`
    autonomy_level: int | None = None  # of an agent: 1 suggests, 2 acts after approval, 3 is reviewed, 4 alone
    simulated: bool = False
    active: bool = True
    roles: tuple[str, ...] = ()  # names of its roles, sorted


@dataclass(frozen=True)
class Role:
    """A named set of responsibilities, permissions and performance expectations."""

    name: str
    purpose: str
    responsibilities: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()  # an agent acts only within the actions of its roles; policies narrow them further
    expectations: tuple[str, ...] = ()


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


class Effect(StrEnum):
    """What a decision says."""

    ALLOW = "allow"
    NEEDS_APPROVAL = "needs approval"
    DENY = "deny"


@dataclass(frozen=True)
class Decision:
    """What was decided, with the policies that determined it and their reasons in words."""

    effect: Effect
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


class Outcome(StrEnum):
    """How a permitted attempt ended."""

    DONE = "done"
    FAILED = "failed"


class RecordKind(StrEnum):
    """What an audit record tells."""

    ATTEMPT = "attempt"  # a request and its decision
    OUTCOME = "outcome"  # how the attempt `about` ended
    CHANGE = "change"  # a change to principals, roles, policies or anything else that a room records
    APPROVAL = "approval"  # an approval was asked for or answered
    ERASURE = "erasure"  # the payload of the record `about` was erased
