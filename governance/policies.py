"""The catalogue of actions and the versions of the policy set."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import acting_by_id
from core.actor.tables import role
from core.actor.values import Actor
from core.actor.verb import Verb
from core.audit.borne import believe
from core.audit.canonical import canonical
from core.errors import BadInput, not_found
from core.workspace import Workspace
from governance import tables
from governance.changing import PermittedChange, change
from governance.decision import compile_set, decide, policy_set_of
from governance.policy_text import check_text, guards
from governance.schema import catalogue_of, problems_of_action, schema_text
from governance.values import Action, Decision, Policy, PolicySet, Request
from governance.verbs import ACTIVATE, DECLARE, REACTIVATE


@dataclass(frozen=True)
class PolicyCheck:
    """What checking a draft of the policies found."""

    problems: tuple[str, ...]  # one line each; empty when the draft can be activated
    policies: int  # how many it has, guards not counted
    schema: str  # what it was checked against
    warnings: tuple[str, ...] = ()  # what should be looked at and may be meant


def declare_actions(ws: Workspace, actions: Sequence[Action], *, by: Actor) -> tuple[Action, ...]:
    """The whole catalogue, now with `actions`; one with a known name replaces it. They count from the next activation.

    Raises BadInput with everything that is wrong, and then nothing is stored; NotAllowed.
    """
    with change(ws, by, DECLARE, "policies") as step:
        return _declare(step, actions)


def actions(ws: Workspace) -> tuple[Action, ...]:
    """The catalogue of actions, by name."""
    with ws.database.read() as connection:
        return _catalogue(connection)


def check_policies(ws: Workspace, text: str, *, actions: Iterable[Action] = ()) -> PolicyCheck:
    """Everything that is wrong with a draft under the catalogue (and further `actions`); nothing is stored."""
    with ws.database.read() as connection:
        catalogue, roles = _merged(_catalogue(connection), actions), _roles(connection)
    return _check(text, catalogue, roles)


def activate_policies(ws: Workspace, text: str, *, actions: Sequence[Action] = (), note: str, by: Actor) -> PolicySet:
    """The policy set with `text`, now in force, as a new version unless the one in force is equal.

    `actions` are declared first. Raises BadInput with every problem and its line, and then nothing is stored;
    NotAllowed.
    """
    with change(ws, by, ACTIVATE, "policies") as step:
        catalogue = _declare(step, actions)
        found = _check(text, catalogue, _roles(step.connection))
        if found.problems:
            raise BadInput("The policies cannot be activated; nothing was stored.", problems=found.problems)
        fresh = policy_set_of(0, text, guards(), catalogue, note=note)
        current = in_force(step.connection)
        if current.version and _digest(current) == _digest(fresh):
            return current
        return _store(step, fresh)


def reactivate_policies(ws: Workspace, version: int, *, note: str, by: Actor) -> PolicySet:
    """The earlier policy set `version`, in force again. Raises NotFound, NotAllowed."""
    with change(ws, by, REACTIVATE, "policies") as step:
        found = _version(step.connection, version, believed=True)
        _activate(step, found, note, REACTIVATE)
        return found


def check_version(ws: Workspace, version: int | None = None) -> PolicyCheck:
    """What checking finds today in the stored policy set `version`, by default the one in force, under its own actions.

    A set that was activated by an earlier release stays in force whatever is found. Raises NotFound.
    """
    found = policies(ws, version)
    with ws.database.read() as connection:
        roles = _roles(connection)
    return _check(found.text, found.actions, roles)


def policies(ws: Workspace, version: int | None = None) -> PolicySet:
    """The policy set `version`, by default the one in force (version 0, which permits nothing, before the first)."""
    with ws.database.read() as connection:
        return in_force(connection) if version is None else _version(connection, version)


def policy_sets(ws: Workspace) -> tuple[PolicySet, ...]:
    """All versions of the policy set, newest first."""
    table = tables.policy_set
    with ws.database.read() as connection:
        return tuple(_read(row) for row in connection.execute(sa.select(table).order_by(table.c.version.desc())))


def explain(policy_set: PolicySet) -> tuple[Policy, ...]:
    """The single policies of a set with their reasons, guards first."""
    return tuple(compile_set(policy_set).policies.values())


def check(ws: Workspace, request: Request) -> Decision:
    """The decision on `request` by the policy set in force; nothing is recorded and nothing performed."""
    with ws.database.read() as connection:
        return decide(in_force(connection), acting_by_id(connection, request.principal), request)


def in_force(connection: Connection) -> PolicySet:
    """The policy set that was activated last; version 0, only the guards, when none was.

    Raises IntegrityError where the audit chain does not bear it as it stands.
    """
    table = tables.activation
    newest = connection.execute(sa.select(table).order_by(table.c.id.desc()).limit(1)).first()
    if newest is None:
        return policy_set_of(0, "", guards(), ())
    believe(connection, table, [newest._asdict()])
    return _version(connection, newest.version, believed=True)


def newest_activation(connection: Connection) -> int:
    """The number of the activation that is in force; 0 before the first."""
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(tables.activation.c.id), 0))).scalar_one())


def _declare(step: PermittedChange, actions: Sequence[Action]) -> tuple[Action, ...]:
    known = _catalogue(step.connection)
    problems = [problem for action in actions for problem in problems_of_action(action)]
    if problems:
        raise BadInput("Some actions cannot be declared; nothing was stored.", problems=problems)
    merged = _merged(known, actions)
    schema_text(merged)  # raises where two actions contradict each other
    table = tables.action
    for action in actions:
        if action in known:
            continue
        row = asdict(action) | {"facts": list(action.facts)}
        step.connection.execute(table.delete().where(table.c.name == action.name))
        state = step.insert(table, **row)
        step.done(DECLARE.name, DECLARE.resource_type, action.name, row, state)
    return merged


def _merged(known: Iterable[Action], more: Iterable[Action]) -> tuple[Action, ...]:
    by_name = {action.name: action for action in (*known, *more)}
    return tuple(by_name[name] for name in sorted(by_name))


def _catalogue(connection: Connection) -> tuple[Action, ...]:
    rows = connection.execute(sa.select(tables.action).order_by(tables.action.c.name))
    return tuple(Action(row.name, row.resource_type, tuple(row.facts)) for row in rows)


def _roles(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(sa.select(role.c.name)).scalars())


def _check(text: str, catalogue: tuple[Action, ...], roles: Collection[str]) -> PolicyCheck:
    schema = schema_text(catalogue)
    found = check_text(text, schema, catalogue_of(catalogue))
    drafted = () if found.problems else explain(policy_set_of(0, text, "", catalogue))
    nobody = tuple(
        f"line {policy.line}: `{policy.id}`: "
        f"{not_found('role', policy.approver, roles).message} Nobody could approve what it holds back."
        for policy in drafted if policy.approver is not None and policy.approver not in roles
    )  # fmt: skip
    return PolicyCheck((*found.problems, *nobody), len(drafted), schema, found.warnings)


def _store(step: PermittedChange, fresh: PolicySet) -> PolicySet:
    table = tables.policy_set
    newest = step.connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.version), 0))).scalar_one()
    stored = replace(fresh, version=newest + 1, **step.created)
    state = step.insert(
        table,
        version=stored.version,
        text=stored.text,
        guards=stored.guards,
        actions=[asdict(action) for action in stored.actions],
        digest=_digest(stored),
        note=stored.note,
    )
    step.done("policy.store", "PolicySet", str(stored.version), {"digest": _digest(stored)}, state)
    _activate(step, stored, stored.note)
    return stored


def _activate(step: PermittedChange, policy_set: PolicySet, note: str, verb: Verb = ACTIVATE) -> None:
    state = step.insert(tables.activation, version=policy_set.version)
    content = {"note": note, "digest": _digest(policy_set)}
    step.done(verb.name, verb.resource_type, str(policy_set.version), content, state)


def _digest(policy_set: PolicySet) -> str:
    content = [policy_set.text, policy_set.guards, [asdict(action) for action in policy_set.actions]]
    return hashlib.sha256(canonical(content)).hexdigest()


def _version(connection: Connection, version: int, *, believed: bool = False) -> PolicySet:
    table = tables.policy_set
    row = connection.execute(sa.select(table).where(table.c.version == version)).first()
    if row is None:
        known = connection.execute(sa.select(table.c.version)).scalars()
        raise not_found("policy set", str(version), map(str, known))
    if believed:
        believe(connection, table, [row._asdict()])
    return _read(row)


def _read(row: Any) -> PolicySet:
    actions = tuple(Action(a["name"], a["resource_type"], tuple(a["facts"])) for a in row.actions)
    about = {"note": row.note, "created_at": row.created_at, "created_by": row.created_by}
    return policy_set_of(row.version, row.text, guards(), actions, **about)
