"""Doing something as somebody: one write transaction that checks who acts, records the act, and stamps what it stores.

Every verb that writes is declared once, as a `Verb` beside the function that does it, and does its work inside `act`.
The catalogue in `app.verbs` gathers them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection

from core.actor.acting import ADMINISTRATOR, acting, find
from core.actor.values import Acting, Actor, PrincipalKind
from core.audit.append import record
from core.audit.values import Entry, RecordKind, Ruling, State, Ticket
from core.errors import NotAllowed, NotFound

if TYPE_CHECKING:
    from core.workspace import Workspace

# From the transaction, what is stored and the digest of its file to the id of who stored it.
Stamp = Callable[[Connection, str, str | None], str]
UNKNOWN = "unknown"  # stands for a principal that nobody knows; the name that was given is in the payload
_NOBODY = "Nobody is known under the name that was given."


class May(StrEnum):
    """Who may do something, before anything else is asked."""

    PERSON = "an active person"
    ADMINISTRATOR = "an active administrator"


@dataclass(frozen=True)
class Verb:
    """Something that can be done and writes: its name, what it acts on, and who may."""

    name: str  # as the audit log has it, such as "map.save"
    resource_type: str  # such as "WorkflowMap"
    may: May = May.PERSON


@dataclass
class Act:
    """A permitted act in progress, inside one write transaction."""

    ws: Workspace
    connection: Connection
    by: Acting
    verb: Verb
    resource: str  # id of what is acted on; may be said during the act
    payload: dict[str, Any] = field(default_factory=dict)  # what is kept with the record, and can be erased
    state: State | None = None  # of the row that is left behind, where it decides something
    idle: bool = False  # set where nothing was changed, so that nothing is recorded

    @property
    def principal(self) -> str:
        """Id of who acts."""
        return self.by.principal.id

    def record(
        self, action: str, resource_type: str, resource_id: str, payload: Mapping[str, Any], state: State | None = None,
        digest: str | None = None,
    ) -> Ticket:  # fmt: skip
        """The ticket of a record of its own, for acts that do several things."""
        entry = Entry(
            RecordKind.CHANGE, self.principal, action, resource_type, resource_id,
            effect=Ruling.ALLOW, payload=payload, actor=self.by.actor, state=state, digest=digest,
        )  # fmt: skip
        return record(self.connection, entry, at=self.ws.clock.now())


@contextmanager
def act(ws: Workspace, by: Actor, verb: Verb, resource: str = "") -> Iterator[Act]:
    """A write transaction in which `by` does `verb` to `resource`; it ends with the record of the act.

    Raises NotFound where nobody knows `by`, NotAllowed where they may not, each after the attempt was recorded; what
    is raised inside the block undoes everything. A NotAllowed raised inside is recorded as well.
    """
    try:
        with ws.database.begin() as connection:
            who = acting(connection, ws, by)
            why = why_not(who, verb)
            if why is not None:
                raise NotAllowed(why)
            doing = Act(ws, connection, who, verb, resource)
            yield doing
            if not doing.idle:
                doing.record(verb.name, verb.resource_type, doing.resource, doing.payload, doing.state)
    except NotAllowed as refused:
        refuse(ws, by, verb, resource, refused.message)
        raise
    except NotFound as refused:
        if not known(ws, by):
            refuse(ws, by, verb, resource, refused.message)
        raise


def permit(ws: Workspace, by: Actor, verb: Verb, resource: str = "") -> str:
    """The id of who acts, who may do `verb` now: asked before long work is done, and again when that is stored.

    Raises NotFound and NotAllowed as `act` does, each after the attempt was recorded.
    """
    with act(ws, by, verb, resource) as doing:
        doing.idle = True
        return doing.principal


def stamp(ws: Workspace, by: Actor, verb: Verb, payload: Mapping[str, Any] | None = None) -> Stamp:
    """What stores something in a transaction that others begin: it checks `by`, records the act, gives the id to stamp.

    It raises NotFound and NotAllowed, so that nothing is stored.
    """

    def stamped(connection: Connection, resource: str, digest: str | None = None) -> str:
        who = acting(connection, ws, by)
        why = why_not(who, verb)
        if why is not None:
            raise NotAllowed(why)
        doing = Act(ws, connection, who, verb, resource)
        doing.record(verb.name, verb.resource_type, resource, payload or {}, digest=digest)
        return doing.principal

    return stamped


def why_not(who: Acting, verb: Verb) -> str | None:
    """Why `who` may not do `verb`, in words; None where they may."""
    principal = who.principal
    if principal.kind is not PrincipalKind.PERSON or not principal.active:
        return f"`{principal.name}` is no active person, so cannot do `{verb.name}`."
    if verb.may is May.ADMINISTRATOR and ADMINISTRATOR not in principal.roles:
        return f"`{principal.name}` may not do `{verb.name}`: only an administrator may. Ask one."
    return None


def refuse(ws: Workspace, by: Actor, verb: Verb, resource: str, why: str) -> None:
    """Record that `by` tried `verb` and was refused, in a transaction of its own. Names stand in the payload."""
    with ws.database.begin() as connection:
        found = find(connection, by.who)
        entry = Entry(
            RecordKind.CHANGE, found.id if found else UNKNOWN, verb.name, verb.resource_type, resource,
            effect=Ruling.DENY, reasons=("It is not for this principal to do." if found else _NOBODY,),
            payload={"refused": why} | ({} if found else {"who": by.who}), actor=by,
        )  # fmt: skip
        record(connection, entry, at=ws.clock.now())


def known(ws: Workspace, by: Actor) -> bool:
    """Whether anybody is known as `by`."""
    with ws.database.read() as connection:
        return find(connection, by.who) is not None
