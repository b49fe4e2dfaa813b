"""A permitted change of what governance keeps, inside one write transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import acting
from core.actor.values import Acting, Actor
from core.actor.verb import Verb, known, refuse
from core.audit.append import record
from core.audit.borne import read_back
from core.audit.values import Entry, RecordKind, Ruling, State, Ticket
from core.errors import NotAllowed, NotFound
from core.workspace import Workspace
from governance.own import decide_change
from governance.values import Decision
from governance.version import raise_version


@dataclass(frozen=True)
class PermittedChange:
    """A permitted change in progress."""

    ws: Workspace
    connection: Connection
    actor: Acting
    decision: Decision

    @property
    def created(self) -> dict[str, Any]:
        """Values of the columns `created_at` and `created_by`."""
        return {"created_at": self.ws.clock.now(), "created_by": self.actor.principal.id}

    def insert(self, table: sa.Table, **values: Any) -> State:
        """The state of the row that was stored, stamped with who did it and when."""
        row = {**values, **self.created}
        key = self.connection.execute(table.insert().values(**row)).inserted_primary_key
        assert key is not None
        columns = table.primary_key.columns
        return read_back(self.connection, table, *(c == v for c, v in zip(columns, key, strict=True)))

    def done(
        self, action: str, resource_type: str, resource_id: str, payload: Mapping[str, Any], state: State | None = None,
        more: tuple[str, ...] = (),
    ) -> Ticket:  # fmt: skip
        """The ticket of the audit record that says what was changed, and bears the state of the row behind it.

        `more` are reasons that stand beside those of the decision.
        """
        entry = Entry(
            RecordKind.CHANGE,
            self.actor.principal.id,
            action,
            resource_type,
            resource_id,
            effect=self.decision.effect,
            policies=self.decision.policies,
            reasons=(*self.decision.reasons, *more),
            payload=payload,
            actor=self.actor.actor,
            state=state,
        )
        return record(self.connection, entry, at=self.ws.clock.now())


class _Denied(Exception):
    """The policies deny a change; it never leaves this module."""

    def __init__(self, who: Acting, decision: Decision) -> None:
        super().__init__()
        self.who, self.decision = who, decision


@contextmanager
def change(ws: Workspace, by: Actor, verb: Verb, subject: str) -> Iterator[PermittedChange]:
    """A write transaction in which `by` does `verb` to `subject` (principals, roles, policies). Deciders wait for it.

    Raises NotFound for an unknown `by` and NotAllowed when `by` may not, each after the attempt was recorded; a
    NotAllowed raised inside is recorded as well, and undoes everything.
    """
    try:
        with ws.database.begin() as connection:
            raise_version(connection)
            who = acting(connection, ws, by)
            decision = decide_change(who, subject)
            if decision.effect is not Ruling.ALLOW:
                raise _Denied(who, decision)
            yield PermittedChange(ws, connection, who, decision)
    except _Denied as denied:  # in a transaction of its own: who may change nothing raises no version either
        with ws.database.begin() as connection:
            step = PermittedChange(ws, connection, denied.who, denied.decision)
            step.done(verb.name, verb.resource_type, subject, {})
        why = " ".join(denied.decision.reasons)
        raise NotAllowed(f"`{by.who}` may not change {subject}: {why} Ask an administrator.") from None
    except NotAllowed as refused:
        refuse(ws, by, verb, subject, refused.message)
        raise
    except NotFound as error:
        if not known(ws, by):
            refuse(ws, by, verb, subject, error.message)
        raise
