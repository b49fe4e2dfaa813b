"""The catalogue of actions and the versions of the policy set."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core import BadInput, Workspace, not_found
from governance import tables
from governance.acting import Change, actor, change
from governance.decision import compile_set, decide, policy_set_of
from governance.digest import canonical
from governance.policy_text import check_text, guards
from governance.schema import catalogue_of, problems_of_action, schema_text
from governance.values import Action, Decision, Policy, PolicySet, Request


@dataclass(frozen=True)
class PolicyCheck:
    """What checking a draft of the policies found."""

    problems: tuple[str, ...]  # one line each; empty when the draft can be activated
    policies: int  # how many it has, guards not counted
    schema: str  # what it was checked against
    warnings: tuple[str, ...] = ()  # what should be looked at and may be meant


def declare_actions(ws: Workspace, actions: Sequence[Action], *, by: str) -> tuple[Action, ...]:
    """The whole catalogue, now with `actions`; one with a known name replaces it. They count from the next activation.

    Raises BadInput with everything that is wrong, and then nothing is stored; NotAllowed.
    """
    with change(ws, by, "policies") as step:
        return _declare(step, actions)


def actions(ws: Workspace) -> tuple[Action, ...]:
    """The catalogue of actions, by name."""
    with ws.database.read() as connection:
        return _catalogue(connection)


def check_policies(ws: Workspace, text: str, *, actions: Iterable[Action] = ()) -> PolicyCheck:
    """Everything that is wrong with a draft under the catalogue (and further `actions`); nothing is stored."""
    with ws.database.read() as connection:
        catalogue = _merged(_catalogue(connection), actions)
    return _check(text, catalogue)


def activate_policies(ws: Workspace, text: str, *, actions: Sequence[Action] = (), note: str, by: str) -> PolicySet:
    """The policy set with `text`, now in force, as a new version unless the one in force is equal.

    `actions` are declared first. Raises BadInput with every problem and its line, and then nothing is stored;
    NotAllowed.
    """
    with change(ws, by, "policies") as step:
        catalogue = _declare(step, actions)
        found = _check(text, catalogue)
        if found.problems:
            raise BadInput("The policies cannot be activated; nothing was stored.", problems=found.problems)
        fresh = policy_set_of(0, text, guards(), catalogue, note=note)
        current = in_force(step.connection)
        if current.version and _digest(current) == _digest(fresh):
            return current
        return _store(step, fresh)


def reactivate_policies(ws: Workspace, version: int, *, note: str, by: str) -> PolicySet:
    """The earlier policy set `version`, in force again. Raises NotFound, NotAllowed."""
    with change(ws, by, "policies") as step:
        found = _version(step.connection, version)
        _activate(step, found, note)
        return found


def check_version(ws: Workspace, version: int | None = None) -> PolicyCheck:
    """What checking finds today in the stored policy set `version`, by default the one in force, under its own actions.

    A set that was activated by an earlier release stays in force whatever is found. Raises NotFound.
    """
    found = policies(ws, version)
    return _check(found.text, found.actions)


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
        return decide(in_force(connection), actor(connection, request.principal), request)


def in_force(connection: Connection) -> PolicySet:
    """The policy set that was activated last; version 0, only the guards, when none was."""
    table = tables.activation
    version = connection.execute(sa.select(table.c.version).order_by(table.c.id.desc()).limit(1)).scalar()
    return policy_set_of(0, "", guards(), ()) if version is None else _version(connection, version)


def _declare(step: Change, actions: Sequence[Action]) -> tuple[Action, ...]:
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
        step.connection.execute(table.insert().values(**row, **step.created))
        step.done("action.declare", "Action", action.name, row)
    return merged


def _merged(known: Iterable[Action], more: Iterable[Action]) -> tuple[Action, ...]:
    by_name = {action.name: action for action in (*known, *more)}
    return tuple(by_name[name] for name in sorted(by_name))


def _catalogue(connection: Connection) -> tuple[Action, ...]:
    rows = connection.execute(sa.select(tables.action).order_by(tables.action.c.name))
    return tuple(Action(row.name, row.resource_type, tuple(row.facts)) for row in rows)


def _check(text: str, catalogue: tuple[Action, ...]) -> PolicyCheck:
    schema = schema_text(catalogue)
    found = check_text(text, schema, catalogue_of(catalogue))
    count = 0 if found.problems else len(explain(policy_set_of(0, text, "", catalogue)))
    return PolicyCheck(found.problems, count, schema, found.warnings)


def _store(step: Change, fresh: PolicySet) -> PolicySet:
    table = tables.policy_set
    newest = step.connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.version), 0))).scalar_one()
    stored = replace(fresh, version=newest + 1, **step.created)
    step.connection.execute(
        table.insert().values(
            version=stored.version,
            text=stored.text,
            guards=stored.guards,
            actions=[asdict(action) for action in stored.actions],
            digest=_digest(stored),
            note=stored.note,
            **step.created,
        )
    )
    _activate(step, stored, stored.note)
    return stored


def _activate(step: Change, policy_set: PolicySet, note: str) -> None:
    step.connection.execute(tables.activation.insert().values(version=policy_set.version, **step.created))
    content = {"note": note, "digest": _digest(policy_set)}
    step.done("policy.activate", "PolicySet", str(policy_set.version), content)


def _digest(policy_set: PolicySet) -> str:
    content = [policy_set.text, policy_set.guards, [asdict(action) for action in policy_set.actions]]
    return hashlib.sha256(canonical(content)).hexdigest()


def _version(connection: Connection, version: int) -> PolicySet:
    table = tables.policy_set
    row = connection.execute(sa.select(table).where(table.c.version == version)).first()
    if row is None:
        known = connection.execute(sa.select(table.c.version)).scalars()
        raise not_found("policy set", str(version), map(str, known))
    return _read(row)


def _read(row: Any) -> PolicySet:
    actions = tuple(Action(a["name"], a["resource_type"], tuple(a["facts"])) for a in row.actions)
    about = {"note": row.note, "created_at": row.created_at, "created_by": row.created_by}
    return policy_set_of(row.version, row.text, row.guards, actions, **about)
