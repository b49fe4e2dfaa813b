"""Runs: start, list, show, pause, resume, cancel, retry."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Verb
from core.errors import BadInput, IllegalTransition, NotAllowed
from core.workspace import Workspace
from governance import ADMINISTRATOR, Entry, Principal, PrincipalKind, RecordKind, ensure_acting, record
from orchestrator.machine.serial import state_to_dict
from orchestrator.machine.unfilled import unfilled
from orchestrator.machine.values import (
    Cancelled,
    Paused,
    Resumed,
    Retried,
    RunEvent,
    RunState,
    RunStatus,
    Started,
    Workflow,
)
from orchestrator.running import queue
from orchestrator.running.keyed import Start, demand_same_within, started_before
from orchestrator.running.occurred import check_occurred
from orchestrator.running.records import Run, RunRecord, run_of, work_item_of
from orchestrator.running.refusing import refusals
from orchestrator.running.rows import insert_run, lock, unknown_run
from orchestrator.running.step import Happening, Runner, step
from orchestrator.running.submit import as_json
from orchestrator.running.tables import run, run_event, work_item

_LONGEST_KEY = 200
START = Verb("run.start", "Workflow")
CONTROLS = {name: Verb(f"run.{name}", "Run") for name in ("pause", "resume", "cancel", "retry")}


def start_run(
    ws: Workspace, workflow: str, *, context: Mapping[str, Any] | None = None, key: str | None = None,
    version: int | None = None, by: Actor, at: datetime | None = None,
) -> Run:  # fmt: skip
    """The run that was started, of the newest promoted version unless `version` says another.

    With a `key` that was used before for this workflow, that run is returned, marked `started_before`, and nothing is
    started; where its context, or the version that is asked for, is not the same, BadInput names what differs. `at` is
    its start in simulated time and is for simulated people. Raises NotFound, BadInput, NotAllowed.
    """
    return start_runs(ws, workflow, [(key, context or {}, at)], version=version, by=by)[0]


def start_runs(
    ws: Workspace, workflow: str, starts: list[tuple[str | None, Mapping[str, Any], datetime | None]],
    *, version: int | None = None, by: Actor,
) -> tuple[Run, ...]:  # fmt: skip
    """The runs for every (key, context, start in simulated time) of `starts`, each started as `start_run` does.

    None is started where one of them cannot be: only a start by somebody else at the same moment is found too late.
    """
    with refusals(ws, START, workflow, by=by):
        person = _person(ws, by)
    if not queue.exists(ws.database):
        queue.prepare(ws.database, ws.settings)
    runner = Runner(ws)
    definition = runner.newest(workflow) if version is None else runner.workflow(workflow, version)
    wanted = []
    for key, context, at in starts:
        if at is not None:
            check_occurred((at, at), person, at)
        _check_key(key)
        wanted.append(Start(workflow, version, as_json(context, "context"), key))
    demand_same_within(wanted)
    with ws.database.read() as connection:
        known = [started_before(connection, start) for start in wanted]
    begun: list[tuple[str, bool]] = []  # the run, and whether it was started before
    for start, found, (_, _, at) in zip(wanted, known, starts, strict=True):
        if found is not None:
            begun.append((found, True))
            continue
        with ws.database.begin() as connection:
            begun.append(_start(runner, connection, definition, start, by, person, at))
    with ws.database.read() as connection:
        return tuple(
            replace(
                _read(connection, run_id), started_before=before,
                warnings=() if before else unfilled(definition, start.context),
            )
            for (run_id, before), start in zip(begun, wanted, strict=True)
        )  # fmt: skip


def list_runs(
    ws: Workspace, *, workflow: str | None = None, status: RunStatus | str | None = None, limit: int = 100
) -> tuple[Run, ...]:
    """The newest runs first, at most `limit`."""
    query = sa.select(run).order_by(run.c.created_at.desc(), run.c.id).limit(limit)
    if workflow is not None:
        query = query.where(run.c.workflow == workflow)
    if status is not None:
        query = query.where(run.c.status == _status(status).value)
    with ws.database.read() as connection:
        return tuple(run_of(row._asdict()) for row in connection.execute(query))


def count_runs(ws: Workspace, workflow: str | None = None) -> dict[RunStatus, int]:
    """How many runs (of `workflow`) there are in each status that occurs."""
    query = sa.select(run.c.status, sa.func.count()).group_by(run.c.status)
    if workflow is not None:
        query = query.where(run.c.workflow == workflow)
    with ws.database.read() as connection:
        return {RunStatus(status): count for status, count in connection.execute(query)}


def get_run(ws: Workspace, run_id: str) -> Run:
    """The run with its work items, in the order of their offers, and everything that happened. Raises NotFound."""
    with ws.database.read() as connection:
        return _read(connection, run_id)


def pause_run(ws: Workspace, run_id: str, *, reason: str, by: Actor) -> Run:
    """The run, paused: what agents are doing is still completed, nothing new is begun. Raises IllegalTransition."""
    return _control(ws, run_id, "pause", Paused(), reason, by)


def resume_run(ws: Workspace, run_id: str, *, reason: str, by: Actor) -> Run:
    """The run, going on where it was paused. Raises IllegalTransition where it is not paused."""
    return _control(ws, run_id, "resume", Resumed(), reason, by)


def cancel_run(ws: Workspace, run_id: str, *, reason: str, by: Actor) -> Run:
    """The run, cancelled for good: its open items are withdrawn. Raises IllegalTransition where it has ended."""
    return _control(ws, run_id, "cancel", Cancelled(reason), reason, by)


def retry_run(ws: Workspace, run_id: str, *, reason: str, by: Actor) -> Run:
    """The failed run, running again: what was open when it failed is offered afresh. Raises IllegalTransition."""
    return _control(ws, run_id, "retry", Retried(), reason, by)


def _start(
    runner: Runner, connection: Connection, workflow: Workflow, start: Start,
    by: Actor, person: Principal, at: datetime | None,
) -> tuple[str, bool]:  # fmt: skip
    """The id of the run, and whether it was started before: with its key, by somebody else at the same moment."""
    now = runner.ws.clock.now()
    started = at or now
    identifier = _identifier(workflow.name, start.key)
    inserted = insert_run(
        connection, id=identifier, workflow=workflow.name, version=workflow.version, key=start.key,
        status=RunStatus.RUNNING.value, state=state_to_dict(RunState()), events=0, cause=None,
        simulated=at is not None, started_at=started, due_at=started + timedelta(seconds=workflow.sla_seconds),
        ended_at=None, created_at=now, created_by=person.id,
    )  # fmt: skip
    if not inserted:
        return started_before(connection, start) or identifier, True
    step(
        runner,
        connection,
        lock(connection, identifier),
        Happening(Started(start.context), f"{identifier}//started", performer=person.id),
    )
    about = {"workflow": workflow.name, "version": workflow.version}
    _audit(runner.ws, connection, by, person, "start", identifier, about)
    return identifier, False


def _identifier(workflow: str, key: str | None) -> str:
    """A name for the run: by its key where it has one, so that of two starts at once the second finds the first."""
    if key is None:
        return f"r{secrets.token_hex(6)}"
    return f"r{hashlib.sha256(json.dumps([workflow, key]).encode()).hexdigest()[:16]}"


def _control(ws: Workspace, run_id: str, verb: str, event: RunEvent, reason: str, by: Actor) -> Run:
    with refusals(ws, CONTROLS[verb], run_id, by=by):
        return _controlled(ws, run_id, verb, event, reason, by, _person(ws, by))


def _controlled(
    ws: Workspace, run_id: str, verb: str, event: RunEvent, reason: str, by: Actor, person: Principal
) -> Run:
    runner = Runner(ws)
    with ws.database.begin() as connection:
        row = lock(connection, run_id)
        owner = runner.workflow(row.workflow, row.version).owner_role
        if not {owner, ADMINISTRATOR} & set(person.roles):
            raise NotAllowed(
                f"`{person.name}` may not {verb} the run `{run_id}`: people of `{owner}` or `{ADMINISTRATOR}` may."
            )
        if not reason.strip():
            raise BadInput(f"To {verb} a run needs a reason.")
        key = f"{run_id}//{verb}/{row.events + 1}"
        moved = step(runner, connection, row, Happening(event, key, performer=person.id, facts={"reason": reason}))
        if not moved:
            raise IllegalTransition(f"The run `{run_id}` is {row.status}, so there is nothing to {verb}.")
        _audit(ws, connection, by, person, verb, run_id, {"reason": reason})
        return _read(connection, run_id)


def _audit(
    ws: Workspace, connection: Connection, by: Actor, person: Principal, verb: str, run_id: str,
    payload: dict[str, Any],
) -> None:  # fmt: skip
    entry = Entry(RecordKind.CHANGE, person.id, f"run.{verb}", "Run", run_id, payload=payload, actor=by)
    record(connection, entry, at=ws.clock.now())


def _check_key(key: str | None) -> None:
    if key is not None and not 0 < len(key) <= _LONGEST_KEY:
        raise BadInput(f"`{key[:40]}` cannot be the key of a run: give it 1 to {_LONGEST_KEY} characters.")


def _person(ws: Workspace, by: Actor) -> Principal:
    person = ensure_acting(ws, by)
    if person.kind is not PrincipalKind.PERSON or not person.active:
        raise NotAllowed(f"`{person.name}` is no active person; only people start and control runs.")
    return person


def _read(connection: Connection, run_id: str) -> Run:
    row = connection.execute(sa.select(run).where(run.c.id == run_id)).first()
    if row is None:
        raise unknown_run(connection, run_id)
    items = connection.execute(
        sa.select(work_item).where(work_item.c.run == run_id).order_by(work_item.c.ready_at, work_item.c.id)
    )
    events = connection.execute(sa.select(run_event).where(run_event.c.run == run_id).order_by(run_event.c.sequence))
    return run_of(
        row._asdict(),
        tuple(work_item_of(item._asdict()) for item in items),
        tuple(RunRecord(e.sequence, e.kind, e.item, e.attempt, e.performer, e.at, e.payload) for e in events),
    )


def _status(status: RunStatus | str) -> RunStatus:
    try:
        return RunStatus(status)
    except ValueError:
        known = ", ".join(f"`{s.value}`" for s in RunStatus)
        raise BadInput(f"`{status}` is no status of a run. Known: {known}.") from None
