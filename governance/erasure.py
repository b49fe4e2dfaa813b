"""Erases the payload of an audit record, when personal data must go. The record and the chain stay whole."""

from __future__ import annotations

import sqlalchemy as sa

from core import BadInput, NotFound, Workspace
from governance import tables
from governance.acting import change
from governance.audit import Entry, record
from governance.values import RecordKind


def erase_payload(ws: Workspace, number: int, *, reason: str, by: str) -> int:
    """The number of the audit record that says that the payload of record `number` was erased, by whom and why.

    The salt goes with the payload, so that the commitment left in the chain tells nothing about it.
    Raises NotFound, NotAllowed, BadInput when there is no reason or the payload was erased before.
    """
    if not reason.strip():
        raise BadInput("An erasure needs a reason that others can read later.")
    log, payload = tables.audit_record, tables.audit_payload
    with change(ws, by, "the audit log") as step:
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
            "audit.erase",
            "AuditRecord",
            str(number),
            effect=step.decision.effect,
            policies=step.decision.policies,
            reasons=step.decision.reasons,
            about=number,
            payload={"reason": reason},
        )
        return record(step.connection, entry, at=ws.clock.now())
