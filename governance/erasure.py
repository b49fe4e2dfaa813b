"""Erases the payload of an audit record, when personal data must go. The record and the chain stay whole."""

from __future__ import annotations

import sqlalchemy as sa

from core.actor.values import Actor
from core.audit.append import record
from core.audit.tables import audit_payload, audit_record
from core.audit.values import Entry, RecordKind
from core.errors import BadInput, NotFound
from core.workspace import Workspace
from governance.changing import change
from governance.verbs import ERASE


def erase_payload(ws: Workspace, number: int, *, reason: str, by: Actor) -> int:
    """The number of the audit record that says that the payload of record `number` was erased, by whom and why.

    The salt goes with the payload, so that the commitment left in the chain tells nothing about it.
    Raises NotFound, NotAllowed, BadInput when there is no reason or the payload was erased before.
    """
    log, payload = audit_record, audit_payload
    with change(ws, by, ERASE, "the audit log") as step:
        if not reason.strip():
            raise BadInput("An erasure needs a reason that others can read later.")
        found = step.connection.execute(sa.select(log).where(log.c.number == number)).first()
        if found is None:
            raise NotFound(f"There is no audit record {number}.")
        gone = step.connection.execute(
            payload.update()
            .where(payload.c.record == number, payload.c.payload.is_not(None))
            .values(salt=None, payload=None)
        )
        if gone.rowcount == 0:
            raise BadInput(f"The payload of audit record {number} was erased before.")
        entry = Entry(
            RecordKind.ERASURE,
            step.actor.principal.id,
            ERASE.name,
            ERASE.resource_type,
            str(number),
            actor=step.actor.actor,
            effect=step.decision.effect,
            policies=step.decision.policies,
            reasons=step.decision.reasons,
            about=str(number),
            payload={"reason": reason},
        )
        ticket = record(step.connection, entry, at=ws.clock.now())
    assert ticket.number is not None
    return ticket.number
