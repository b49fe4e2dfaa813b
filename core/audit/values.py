"""What the audit log says: the kinds of its records, what was decided, how an attempt ended, and one entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.actor.values import Actor


class Ruling(StrEnum):
    """What a decision says."""

    ALLOW = "allow"
    NEEDS_APPROVAL = "needs approval"
    DENY = "deny"


class Outcome(StrEnum):
    """How a permitted attempt ended."""

    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"  # nobody can say; what is found out later is told by a record of its own


class RecordKind(StrEnum):
    """What an audit record tells."""

    ATTEMPT = "attempt"  # a request and its decision
    OUTCOME = "outcome"  # how the attempt `about` ended
    CHANGE = "change"  # a change to principals, roles, policies or anything else that a room records
    APPROVAL = "approval"  # an approval was asked for or answered
    ERASURE = "erasure"  # the payload of the record `about` was erased


@dataclass(frozen=True)
class State:
    """The state of one row, as the chain bears it."""

    of: str  # "<table>:<key>"
    digest: str  # SHA-256 of its values


@dataclass(frozen=True)
class Entry:
    """What an audit record says. `payload` stays outside the hash chain and can be erased."""

    kind: RecordKind
    principal: str  # id of who acted
    action: str
    resource_type: str
    resource_id: str  # of the object acted on; put no personal data into it
    on_behalf_of: str | None = None
    effect: Ruling | None = None
    policies: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    policy_set: int | None = None
    digest: str | None = None  # of the request
    key: str | None = None
    about: Ticket | str | None = None  # the record that this one follows up
    outcome: Outcome | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    actor: Actor | None = None  # how it was proved who acted
    state: State | None = None  # of the row that this act left behind


@dataclass
class Ticket:
    """What is given for an appended entry: the record's id at once, its number when the transaction has ended."""

    id: str
    number: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True)
class AuditRecord:
    """One record of the audit log, as it is read. For an attempt, `outcome` is how it ended, if it has."""

    number: int
    id: str | None  # None: a record of form 1, which has only its number
    at: datetime
    kind: RecordKind
    principal: str
    principal_name: str | None
    simulated: bool  # whether the principal is a simulated one
    proof: str | None  # how it was proved who acted: a core.actor.Proof; None: form 1 does not say
    machine_user: str | None  # the user of the operating system under whom it was done
    on_behalf_of: str | None
    action: str
    resource_type: str
    resource_id: str
    effect: Ruling | None
    policies: tuple[str, ...]
    reasons: tuple[str, ...]
    policy_set: int | None
    digest: str | None
    key: str | None
    about: int | None
    outcome: Outcome | None
    payload: Mapping[str, Any] | None  # None: erased
    hash: str
