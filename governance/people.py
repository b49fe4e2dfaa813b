"""Principals, roles and who has which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor import tables
from core.actor.acting import ADMINISTRATOR, acting, find, get, insert_principal, new_person_id, principal_of
from core.actor.values import Actor, Principal, PrincipalKind, Role
from core.actor.verb import Verb
from core.audit.borne import read_back, state_gone
from core.audit.values import State
from core.errors import BadInput, Duplicate, IllegalTransition, NotAllowed, not_found
from core.names import check_name, look_alike
from core.workspace import Workspace
from governance.changing import PermittedChange, change
from governance.facts import HIGHEST_LEVEL
from governance.verbs import ADD_AGENT, ADD_PERSON, ADD_ROLE, ASSIGN_ROLE, SET_LEVEL, START, STOP, WITHDRAW_ROLE

SELF_GRANTED = "AN ADMINISTRATOR GAVE THIS ROLE TO THEMSELVES: there was no other administrator to ask."


def add_person(
    ws: Workspace, name: str, *, email: str | None = None, roles: Iterable[str] = (), simulated: bool = False, by: Actor
) -> Principal:
    """The person who was added. `by` must be an administrator. Raises Duplicate, NotFound, NotAllowed, BadInput."""
    with change(ws, by, ADD_PERSON, "principals") as step:
        person = Principal(
            new_person_id(), PrincipalKind.PERSON, _fresh_name(step.connection, name), email, simulated=simulated
        )
        return _add(step, person, roles)


def add_agent(
    ws: Workspace,
    name: str,
    *,
    owner: str,
    sponsor: str,
    roles: Iterable[str] = (),
    runtime: str,
    autonomy_level: int = 2,
    simulated: bool = False,
    by: Actor,
) -> Principal:
    """The agent that was added. `owner` and `sponsor` are active people, by name or id.

    Raises Duplicate, NotFound, NotAllowed, BadInput.
    """
    with change(ws, by, ADD_AGENT, "principals") as step:
        agent = Principal(
            _agent_id(_fresh_name(step.connection, name)),
            PrincipalKind.AGENT,
            " ".join(name.split()),
            owner=_answerable(step.connection, owner, "owner"),
            sponsor=_answerable(step.connection, sponsor, "sponsor"),
            runtime=runtime,
            autonomy_level=_level(autonomy_level),
            simulated=simulated,
        )
        if find(step.connection, agent.id) is not None:
            raise Duplicate(f"There is an agent with the id `{agent.id}` already. Choose another name than `{name}`.")
        return _add(step, agent, roles)


def add_role(
    ws: Workspace,
    name: str,
    purpose: str,
    *,
    responsibilities: Iterable[str] = (),
    actions: Iterable[str] = (),
    expectations: Iterable[str] = (),
    by: Actor,
) -> Role:
    """The role that was added. Raises Duplicate, NotAllowed, BadInput."""
    tidy = " ".join(name.split())
    if not 0 < len(tidy) <= 100:
        raise BadInput(f"`{name}` cannot name a role: give it 1 to 100 characters.")
    role = Role(check_name(tidy), purpose, tuple(responsibilities), tuple(actions), tuple(expectations))
    with change(ws, by, ADD_ROLE, "roles") as step:
        for taken in _role_names(step.connection):
            if look_alike(role.name, taken):
                raise Duplicate(f"There is a role `{taken}` already.")
        state = step.insert(tables.role, **_row(role))
        step.done(ADD_ROLE.name, ADD_ROLE.resource_type, role.name, _row(role), state)
    return role


def assign_role(ws: Workspace, principal: str, role: str, *, by: Actor) -> Principal:
    """The principal, now with `role`; nothing changes if it has it.

    Nobody gives a role to themselves where another administrator could. Raises NotFound, NotAllowed.
    """
    with change(ws, by, ASSIGN_ROLE, "roles") as step:
        found = get(step.connection, principal)
        if role not in found.roles:
            require_role(step.connection, role)
            alone = _alone(step, found, role)
            _assign(step, found, role, *alone)
        return get(step.connection, found.id)


def withdraw_role(ws: Workspace, principal: str, role: str, *, by: Actor) -> Principal:
    """The principal, now without `role`. Raises NotFound, NotAllowed."""
    table = tables.assignment
    with change(ws, by, WITHDRAW_ROLE, "roles") as step:
        found = get(step.connection, principal)
        if role not in found.roles:
            raise not_found(f"role of `{found.name}`", role, found.roles)
        if role == ADMINISTRATOR:
            _keep_an_administrator(step.connection, found)
        step.connection.execute(table.delete().where(table.c.principal == found.id, table.c.role == role))
        gone = state_gone(table, {"principal": found.id, "role": role})
        step.done(WITHDRAW_ROLE.name, WITHDRAW_ROLE.resource_type, found.id, {"role": role}, gone)
        return get(step.connection, found.id)


def set_active(ws: Workspace, principal: str, *, active: bool, reason: str, by: Actor) -> Principal:
    """The principal, now active or stopped: an inactive one may do nothing from its next request on.

    Raises NotFound, NotAllowed, BadInput without a reason.
    """
    return _update(ws, principal, START if active else STOP, reason, by, active=active)


def set_autonomy_level(ws: Workspace, agent: str, level: int, *, reason: str, by: Actor) -> Principal:
    """The agent with its new autonomy level. Raises NotFound, NotAllowed, BadInput."""
    return _update(ws, agent, SET_LEVEL, reason, by, kind=PrincipalKind.AGENT, autonomy_level=_level(level))


def principals(ws: Workspace, *, kind: PrincipalKind | None = None) -> tuple[Principal, ...]:
    """All people and agents with their roles, by name."""
    table, given = tables.principal, tables.assignment
    query = sa.select(table).order_by(table.c.name_key)
    with ws.database.read() as connection:
        roles: dict[str, list[str]] = defaultdict(list)
        for row in connection.execute(sa.select(given).order_by(given.c.role)):
            roles[row.principal].append(row.role)
        found = [principal_of(row._asdict(), tuple(roles[row.id])) for row in connection.execute(query)]
    return tuple(principal for principal in found if kind is None or principal.kind is kind)


def get_principal(ws: Workspace, who: str) -> Principal:
    """The principal with the id or name `who`. Raises NotFound."""
    with ws.database.read() as connection:
        return get(connection, who)


def ensure_acting(ws: Workspace, by: Actor) -> Principal:
    """Who acts as `by`; creates the first administrator when there is no person yet. Raises NotFound."""
    with ws.database.begin() as connection:
        return acting(connection, ws, by).principal


def roles(ws: Workspace) -> tuple[Role, ...]:
    """All roles, by name."""
    with ws.database.read() as connection:
        rows = connection.execute(sa.select(tables.role).order_by(tables.role.c.name)).all()
    lists = ("responsibilities", "actions", "expectations")
    return tuple(Role(r.name, r.purpose, **{name: tuple(r._mapping[name]) for name in lists}) for r in rows)


def people_with_role(ws: Workspace, role: str) -> tuple[Principal, ...]:
    """The active people who have `role`, by name. Raises NotFound for an unknown role."""
    with ws.database.read() as connection:
        require_role(connection, role)
    return tuple(p for p in principals(ws, kind=PrincipalKind.PERSON) if p.active and role in p.roles)


def self_granted(ws: Workspace) -> tuple[tuple[Principal, str], ...]:
    """Who has a role that they gave to themselves, and which, by name; being the first administrator is not one."""
    given = tables.assignment
    query = sa.select(given.c.principal, given.c.role).where(given.c.principal == given.c.created_by)
    with ws.database.read() as connection:
        own = set(map(tuple, connection.execute(query.where(given.c.role != ADMINISTRATOR))))
    return tuple((who, role) for who in principals(ws) for role in who.roles if (who.id, role) in own)


def require_role(connection: Connection, role: str) -> None:
    """Raises NotFound, ending in the known roles, when there is no such `role`."""
    names = _role_names(connection)
    if role not in names:
        raise not_found("role", role, names)


def _role_names(connection: Connection) -> set[str]:
    return set(connection.execute(sa.select(tables.role.c.name)).scalars())


def _add(step: PermittedChange, principal: Principal, roles: Iterable[str]) -> Principal:
    insert_principal(step.connection, principal, step.created)
    facts = {name: value for name, value in asdict(principal).items() if name != "roles" and value is not None}
    step.done(f"{principal.kind.value}.add", "Principal", principal.id, facts, _state(step, principal.id))
    for role in sorted(set(roles)):
        _assign(step, principal, role)
    return get(step.connection, principal.id)


def _state(step: PermittedChange, principal: str) -> State:
    return read_back(step.connection, tables.principal, tables.principal.c.id == principal)


def _alone(step: PermittedChange, principal: Principal, role: str) -> tuple[str, ...]:
    """What is recorded of a role that an administrator gives to themselves, having nobody else to ask; else nothing.

    Raises NotAllowed where another administrator could give it.
    """
    own = step.actor.principal
    if principal.id != own.id:
        return ()
    if _other_administrators(step.connection, own, simulated=False):
        raise NotAllowed(
            f"`{own.name}` may not give the role `{role}` to themselves: another administrator must. Ask one."
        )
    return (SELF_GRANTED,)


def _assign(step: PermittedChange, principal: Principal, role: str, *more: str) -> None:
    require_role(step.connection, role)
    state = step.insert(tables.assignment, principal=principal.id, role=role)
    step.done(ASSIGN_ROLE.name, ASSIGN_ROLE.resource_type, principal.id, {"role": role}, state, more)


def _update(
    ws: Workspace, who: str, verb: Verb, reason: str, by: Actor, *, kind: PrincipalKind | None = None, **values: Any
) -> Principal:
    with change(ws, by, verb, "principals") as step:
        if not reason.strip():
            raise BadInput(f"`{verb.name}` needs a reason that others can read later.")
        found = get(step.connection, who, kind=kind)
        if values.get("active") is False:
            _keep_an_administrator(step.connection, found)
        table = tables.principal
        step.connection.execute(table.update().where(table.c.id == found.id).values(**values))
        step.done(verb.name, verb.resource_type, found.id, {"reason": reason, **values}, _state(step, found.id))
        return get(step.connection, found.id)


def _keep_an_administrator(connection: Connection, leaving: Principal) -> None:
    """Raises IllegalTransition when nobody could change anything any more without `leaving`."""
    if ADMINISTRATOR in leaving.roles and not _other_administrators(connection, leaving):
        raise IllegalTransition(f"`{leaving.name}` is the last administrator. Give someone else the role first.")


def _other_administrators(connection: Connection, than: Principal, *, simulated: bool = True) -> bool:
    """Whether an active person is administrator beside `than`; without `simulated`, one who is not simulated."""
    table, given = tables.principal, tables.assignment
    others = (
        sa.select(table.c.id)
        .join(given, given.c.principal == table.c.id)
        .where(given.c.role == ADMINISTRATOR, table.c.id != than.id, table.c.active)
        .where(table.c.kind == PrincipalKind.PERSON.value)
    )
    others = others if simulated else others.where(~table.c.simulated)
    return connection.execute(others.limit(1)).first() is not None


def _fresh_name(connection: Connection, name: str) -> str:
    """`name`, tidy: nobody has one that looks like it."""
    tidy = check_name(" ".join(name.split()))
    table = tables.principal
    for taken in connection.execute(sa.select(table.c.id, table.c.name, table.c.kind)):
        if look_alike(tidy, taken.name):
            raise Duplicate(f"There is a principal `{taken.name}` already ({taken.kind} `{taken.id}`).")
    return tidy


def _agent_id(name: str) -> str:
    """An id that can be read in policies and records: agents are not people. Names are never used twice."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not slug:
        raise BadInput(f"`{name}` gives no id for an agent: use some letters a to z or digits.")
    return f"agent-{slug}"[:100]


def _answerable(connection: Connection, who: str, part: str) -> str:
    person = get(connection, who, kind=PrincipalKind.PERSON)
    if not person.active:
        raise BadInput(f"`{person.name}` is not active and cannot be the {part} of an agent.")
    return person.id


def _level(level: int) -> int:
    if level not in range(1, HIGHEST_LEVEL + 1):
        raise BadInput(
            f"`{level}` is no autonomy level. 1 suggests, 2 acts after approval, 3 acts and is reviewed, 4 acts alone."
        )
    return level


def _row(role: Role) -> Mapping[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(role).items()}
