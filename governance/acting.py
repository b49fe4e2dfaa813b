"""Who acts: from a name or an id to a principal with its roles, and the first administrator."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core import NotAllowed, Workspace, not_found
from governance import tables
from governance.audit import Entry, lock_chain, record
from governance.decision import Actor
from governance.own import decide_change
from governance.values import Decision, Effect, Principal, PrincipalKind, RecordKind

ADMINISTRATOR = "administrator"


def name_key(name: str) -> str:
    """The name as it is compared: no two principals may differ in case or spacing alone."""
    return " ".join(name.split()).casefold()


def find(connection: Connection, who: str) -> Principal | None:
    """The principal with the id or, if there is none, the name `who`."""
    table = tables.principal
    for column, value in ((table.c.id, who), (table.c.name_key, name_key(who))):
        row = connection.execute(sa.select(table).where(column == value)).first()
        if row is not None:
            return principal_of(row._asdict(), _roles_of(connection, row.id))
    return None


def get(connection: Connection, who: str, *, kind: PrincipalKind | None = None) -> Principal:
    """The principal with the id or name `who`, of `kind` if given. Raises NotFound that ends in the known names."""
    found = find(connection, who)
    if found is None or (kind is not None and found.kind is not kind):
        table = tables.principal
        names = sa.select(table.c.name).where(table.c.kind == kind.value if kind else sa.true())
        raise not_found(kind.value if kind else "principal", who, connection.execute(names).scalars())
    return found


def principal_of(row: Mapping[str, Any], roles: tuple[str, ...]) -> Principal:
    """The principal that a stored row describes."""
    names = ("id", "name", "email", "owner", "sponsor", "runtime", "autonomy_level", "simulated", "active")
    return Principal(kind=PrincipalKind(row["kind"]), roles=roles, **{name: row[name] for name in names})


def _roles_of(connection: Connection, principal: str) -> tuple[str, ...]:
    table = tables.assignment
    query = sa.select(table.c.role).where(table.c.principal == principal).order_by(table.c.role)
    return tuple(connection.execute(query).scalars())


def actor(connection: Connection, principal: str) -> Actor | None:
    """The principal with this id and the actions of its roles; None when nobody has it."""
    found = find(connection, principal)
    return None if found is None or found.id != principal else with_actions(connection, found)


def with_actions(connection: Connection, principal: Principal) -> Actor:
    """The principal with the actions of its roles."""
    table = tables.role
    query = sa.select(table.c.actions).where(table.c.name.in_(principal.roles))
    actions = connection.execute(query).scalars() if principal.roles else ()
    return Actor(principal, frozenset(action for listed in actions for action in listed))


def acting(connection: Connection, ws: Workspace, by: str) -> Actor:
    """Who acts as `by` (name or id), inside a write transaction.

    As long as there is no person at all, the person whom the settings name is created as the first administrator when
    they act; nobody else can be. Raises NotFound for a `by` that is not known.
    """
    found = find(connection, by)
    if found is None and name_key(by) == name_key(ws.settings.user):
        lock_chain(connection)  # of two who act first at once, the second waits here and finds the first's person
        if not _any_person(connection):
            found = _first_administrator(connection, ws)
    return with_actions(connection, found or get(connection, by))


def _any_person(connection: Connection) -> bool:
    table = tables.principal
    person = sa.select(table.c.id).where(table.c.kind == PrincipalKind.PERSON.value).limit(1)
    return connection.execute(person).first() is not None


def _first_administrator(connection: Connection, ws: Workspace) -> Principal:
    now = ws.clock.now()
    first = Principal(new_person_id(), PrincipalKind.PERSON, ws.settings.user, roles=(ADMINISTRATOR,))
    created = {"created_at": now, "created_by": first.id}
    insert_principal(connection, first, created)
    if connection.execute(sa.select(tables.role.c.name).where(tables.role.c.name == ADMINISTRATOR)).first() is None:
        purpose = "Changes principals, roles and policies."
        lists: dict[str, list[str]] = {"responsibilities": [purpose], "actions": [], "expectations": []}
        connection.execute(tables.role.insert().values(name=ADMINISTRATOR, purpose=purpose, **lists, **created))
    connection.execute(tables.assignment.insert().values(principal=first.id, role=ADMINISTRATOR, **created))
    reason = "There was no person yet, and the settings name this one."
    entry = Entry(
        RecordKind.CHANGE,
        first.id,
        "person.first",
        "Principal",
        first.id,
        reasons=(reason,),
        payload={"name": first.name},
    )
    record(connection, entry, at=now)
    return first


def new_person_id() -> str:
    """A fresh id that tells nothing about the person, so that the audit log holds no name."""
    return f"person-{secrets.token_hex(6)}"


def insert_principal(connection: Connection, principal: Principal, created: Mapping[str, Any]) -> None:
    """Store a new principal, without its roles."""
    names = ("id", "name", "email", "owner", "sponsor", "runtime", "autonomy_level", "simulated", "active")
    values = {name: getattr(principal, name) for name in names}
    key = name_key(principal.name)
    connection.execute(tables.principal.insert().values(kind=principal.kind.value, name_key=key, **values, **created))


@dataclass(frozen=True)
class Change:
    """A permitted change in progress, inside one write transaction."""

    ws: Workspace
    connection: Connection
    actor: Actor
    decision: Decision

    @property
    def created(self) -> dict[str, Any]:
        """Values of the columns `created_at` and `created_by`."""
        return {"created_at": self.ws.clock.now(), "created_by": self.actor.principal.id}

    def done(self, action: str, resource_type: str, resource_id: str, payload: Mapping[str, Any]) -> int:
        """The number of the audit record that says what was changed."""
        entry = Entry(
            RecordKind.CHANGE,
            self.actor.principal.id,
            action,
            resource_type,
            resource_id,
            effect=self.decision.effect,
            policies=self.decision.policies,
            reasons=self.decision.reasons,
            payload=payload,
        )
        return record(self.connection, entry, at=self.ws.clock.now())


@contextmanager
def change(ws: Workspace, by: str, subject: str) -> Iterator[Change]:
    """A write transaction in which `by` changes `subject` (principals, roles, policies).

    Raises NotAllowed, after the refused attempt was recorded, when `by` may not.
    """
    with ws.database.begin() as connection:
        lock_chain(connection)
        who = acting(connection, ws, by)
        decision = decide_change(who, subject)
        step = Change(ws, connection, who, decision)
        if decision.effect is Effect.ALLOW:
            yield step
            return
        step.done("tandem.change", "Governance", subject, {})
    raise NotAllowed(f"`{by}` may not change {subject}: {' '.join(decision.reasons)} Ask an administrator.")
