"""From a name or an id to a principal with its roles, as it acts now; and the first administrator."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor import tables
from core.actor.values import Acting, Actor, Principal, PrincipalKind
from core.audit.append import record
from core.audit.borne import believe, read_back
from core.audit.values import Entry, RecordKind
from core.errors import NotFound, not_found
from core.locks import Lock, take
from core.names import name_key

if TYPE_CHECKING:
    from core.workspace import Workspace

ADMINISTRATOR = "administrator"
_FIRST = "There was no person yet, and the settings name this one."
_STORED = ("id", "name", "email", "owner", "sponsor", "runtime", "autonomy_level", "simulated", "active")


def find(connection: Connection, who: str) -> Principal | None:
    """The principal with the id or, if there is none, the name `who`, as names are told apart (see core.names).

    Rows of earlier releases hold their names in small letters: their state is borne by the chain, so it stays.
    """
    table = tables.principal
    earlier = " ".join(who.split()).casefold()
    for column, value in ((table.c.id, who), (table.c.name_key, name_key(who)), (table.c.name_key, earlier)):
        row = connection.execute(sa.select(table).where(column == value)).first()
        if row is not None:
            return principal_of(row._asdict(), _roles_of(connection, row.id))
    return None


def get(connection: Connection, who: str, *, kind: PrincipalKind | None = None) -> Principal:
    """The principal with the id or name `who`, of `kind` if given. Raises NotFound that ends in the known names."""
    found = find(connection, who)
    if found is None or (kind is not None and found.kind is not kind):
        raise unknown(connection, who, kind)
    return found


def unknown(connection: Connection, who: str, kind: PrincipalKind | None = None) -> NotFound:
    """The error for a principal that nobody knows; it ends in the known names."""
    table = tables.principal
    names = sa.select(table.c.name).where(table.c.kind == kind.value if kind else sa.true())
    return not_found(kind.value if kind else "principal", who, connection.execute(names).scalars())


def principal_of(row: Mapping[str, Any], roles: tuple[str, ...]) -> Principal:
    """The principal that a stored row describes."""
    return Principal(kind=PrincipalKind(row["kind"]), roles=roles, **{name: row[name] for name in _STORED})


def _roles_of(connection: Connection, principal: str) -> tuple[str, ...]:
    table = tables.assignment
    query = sa.select(table.c.role).where(table.c.principal == principal).order_by(table.c.role)
    return tuple(connection.execute(query).scalars())


def acting_by_id(connection: Connection, principal: str) -> Acting | None:
    """The principal with this id and the actions of its roles; None when nobody has it.

    Raises IntegrityError where the audit chain does not bear it.
    """
    found = find(connection, principal)
    if found is None or found.id != principal:
        return None
    return with_actions(connection, believed(connection, found))


def believed(connection: Connection, principal: Principal) -> Principal:
    """`principal`. Raises IntegrityError where the audit chain does not bear its row, its roles, or what they give."""
    person, given, role = tables.principal, tables.assignment, tables.role
    for table, which in (
        (person, person.c.id == principal.id),
        (given, given.c.principal == principal.id),
        (role, role.c.name.in_(principal.roles)),
    ):
        believe(connection, table, [r._asdict() for r in connection.execute(sa.select(table).where(which))])
    return principal


def with_actions(connection: Connection, principal: Principal, actor: Actor | None = None) -> Acting:
    """The principal with the actions of its roles."""
    table = tables.role
    query = sa.select(table.c.actions).where(table.c.name.in_(principal.roles))
    actions = connection.execute(query).scalars() if principal.roles else ()
    return Acting(principal, frozenset(action for listed in actions for action in listed), actor)


def acting(connection: Connection, ws: Workspace, by: Actor) -> Acting:
    """Who acts as `by`, inside a write transaction.

    As long as there is no person at all, the person whom the settings name is created as the first administrator when
    they act; nobody else can be. Raises NotFound for a `by` that is not known, IntegrityError for one whose rows were
    changed without a record.
    """
    found = find(connection, by.who)
    if found is None and name_key(by.who) == name_key(ws.settings.user):
        take(connection, Lock.FIRST_PERSON)
        if not _any_person(connection):
            return with_actions(connection, _first_administrator(connection, ws, by), by)
        found = find(connection, by.who)
    if found is None:
        raise unknown(connection, by.who)
    return with_actions(connection, believed(connection, found), by)


def _any_person(connection: Connection) -> bool:
    table = tables.principal
    person = sa.select(table.c.id).where(table.c.kind == PrincipalKind.PERSON.value).limit(1)
    return connection.execute(person).first() is not None


def _first_administrator(connection: Connection, ws: Workspace, by: Actor) -> Principal:
    now = ws.clock.now()
    first = Principal(new_person_id(), PrincipalKind.PERSON, ws.settings.user, roles=(ADMINISTRATOR,))
    created = {"created_at": now, "created_by": first.id}
    insert_principal(connection, first, created)
    if connection.execute(sa.select(tables.role.c.name).where(tables.role.c.name == ADMINISTRATOR)).first() is None:
        purpose = "Changes principals, roles and policies."
        lists: dict[str, list[str]] = {"responsibilities": [purpose], "actions": [], "expectations": []}
        connection.execute(tables.role.insert().values(name=ADMINISTRATOR, purpose=purpose, **lists, **created))
    connection.execute(tables.assignment.insert().values(principal=first.id, role=ADMINISTRATOR, **created))
    given, who = tables.assignment, tables.principal
    states = (
        ("person.first", "Principal", first.id, read_back(connection, who, who.c.id == first.id)),
        ("role.add", "Role", ADMINISTRATOR, read_back(connection, tables.role, tables.role.c.name == ADMINISTRATOR)),
        ("role.assign", "Principal", first.id, read_back(connection, given, given.c.principal == first.id)),
    )
    for action, resource_type, resource, state in states:
        entry = Entry(
            RecordKind.CHANGE, first.id, action, resource_type, resource, reasons=(_FIRST,),
            payload={"name": first.name}, actor=by, state=state,
        )  # fmt: skip
        record(connection, entry, at=now)
    return first


def new_person_id() -> str:
    """A fresh id that tells nothing about the person, so that the audit log holds no name."""
    return f"person-{secrets.token_hex(6)}"


def insert_principal(connection: Connection, principal: Principal, created: Mapping[str, Any]) -> None:
    """Store a new principal, without its roles."""
    values = {name: getattr(principal, name) for name in _STORED}
    key = name_key(principal.name)
    connection.execute(tables.principal.insert().values(kind=principal.kind.value, name_key=key, **values, **created))
