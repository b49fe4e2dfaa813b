"""The one transaction in which a run moves.

Lock the run, drop the event if its key was seen, advance, append the run event, insert and update work items, put agent
work on the queue: all of it is stored, or nothing. Whoever locks anything of a run locks the run first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core import NotFound, Workspace, not_found
from orchestrator.advance import advance
from orchestrator.items import Offering, close, obey
from orchestrator.queue import TaskQueue
from orchestrator.records import Work
from orchestrator.serial import event_name, event_to_dict, state_from_dict, state_to_dict
from orchestrator.tables_runs import run, run_event, work_item
from orchestrator.values import EndRun, Note, RunEvent, RunStatus, Workflow
from orchestrator.workflows import get_workflow


class Runner:
    """What moving a run needs: the workspace, the queue, and the workflows read so far, which never change."""

    def __init__(self, ws: Workspace, queue: TaskQueue | None = None) -> None:
        self.ws = ws
        self.queue = queue or TaskQueue.of(ws.database)
        self._workflows: dict[tuple[str, int], Workflow] = {}

    def workflow(self, name: str, version: int) -> Workflow:
        """The workflow with this name and version."""
        if (name, version) not in self._workflows:
            self._workflows[name, version] = get_workflow(self.ws, name, version)
        return self._workflows[name, version]

    def newest(self, name: str) -> Workflow:
        """The newest promoted version of the workflow."""
        found = get_workflow(self.ws, name)
        return self._workflows.setdefault((name, found.version), found)


@dataclass(frozen=True)
class Happening:
    """An event together with what is kept beside it."""

    event: RunEvent
    key: str  # the same key moves the run once; an attempt of an item ends once, so its key is "<run>/<item>/<attempt>"
    performer: str | None = None  # principal id; None: the orchestrator itself
    work: Work | None = None  # what was performed, if anything was
    moment: datetime | None = None  # when it took effect in the run's time; None: when its work ended
    facts: dict[str, Any] | None = None  # anything else worth keeping with the event


def lock(connection: Connection, run_id: str) -> Row[Any]:
    """The row of the run, held until the transaction ends. Raises NotFound."""
    row = connection.execute(sa.select(run).where(run.c.id == run_id).with_for_update()).first()
    if row is None:
        raise unknown_run(connection, run_id)
    return row


def unknown_run(connection: Connection, run_id: str) -> NotFound:
    """The error for a run that does not exist; it ends in the newest ones."""
    known = connection.execute(sa.select(run.c.id).order_by(run.c.created_at.desc()).limit(12)).scalars()
    return not_found("run", run_id, known)


def step(runner: Runner, connection: Connection, run_id: str, happening: Happening) -> bool:
    """Whether the run moved: false where the key was seen before, or the event does not fit the run's state."""
    row = lock(connection, run_id)
    if _seen(connection, happening.key):
        return False
    workflow = runner.workflow(row.workflow, row.version)
    before = state_from_dict(row.state)
    after, commands = advance(workflow, before, happening.event)
    if after is before:
        return False
    now = runner.ws.clock.now()
    moment = _moment(connection, row, happening, now)
    close(connection, run_id, happening, moment)
    offering = Offering(runner.queue, connection, row, workflow, happening.event, moment, now)
    obey(offering, after, commands)
    notes = [{"node": c.node, "child": c.child, "reason": c.reason} for c in commands if isinstance(c, Note)]
    _append_event(connection, row, happening, notes, now)
    values: dict[str, Any] = {"state": state_to_dict(after), "status": after.status.value, "events": row.events + 1}
    for end in (c for c in commands if isinstance(c, EndRun)):
        values |= {"cause": end.cause, "ended_at": _end(connection, row, moment)}
    if after.status is RunStatus.RUNNING:
        values |= {"cause": None, "ended_at": None}
    connection.execute(sa.update(run).where(run.c.id == run_id).values(**values))
    return True


def remark(
    connection: Connection, row: Row[Any], kind: str, *, item: str | None, attempt: int | None,
    performer: str | None, at: datetime, facts: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Append to the locked run's events something that moves no state, such as `claimed`."""
    _append(connection, row, kind, f"{row.id}//{row.events + 1}", item, attempt, performer, at, facts or {})
    connection.execute(sa.update(run).where(run.c.id == row.id).values(events=row.events + 1))


def _append_event(
    connection: Connection, row: Row[Any], happening: Happening, notes: list[dict[str, Any]], now: datetime
) -> None:
    event = happening.event
    payload = {
        **event_to_dict(event),
        "work": happening.work.to_dict() if happening.work else None,
        "decisions": notes,
        "facts": happening.facts or {},
    }
    item, attempt = getattr(event, "item", None), getattr(event, "attempt", None)
    _append(connection, row, event_name(event), happening.key, item, attempt, happening.performer, now, payload)


def _append(
    connection: Connection, row: Row[Any], kind: str, key: str, item: str | None, attempt: int | None,
    performer: str | None, at: datetime, payload: dict[str, Any],
) -> None:  # fmt: skip
    postgres = connection.dialect.name == "postgresql"
    connection.execute(
        sa.insert(run_event).values(
            run=row.id, sequence=row.events + 1, kind=kind, key=key, item=item, attempt=attempt,
            performer=performer, at=at, payload=payload,
            txid=sa.literal_column("pg_current_xact_id()::text::bigint") if postgres else None,
        )
    )  # fmt: skip


def _seen(connection: Connection, key: str) -> bool:
    return connection.execute(sa.select(run_event.c.id).where(run_event.c.key == key)).first() is not None


def _moment(connection: Connection, row: Row[Any], happening: Happening, now: datetime) -> datetime:
    """When it happened in the run's time. What takes no work takes no time in a simulated run."""
    if happening.moment is not None:
        return happening.moment
    if happening.work is not None:
        return happening.work.ended
    if not row.simulated:
        return now
    item = getattr(happening.event, "item", None)
    if item is not None:
        found = sa.select(work_item.c.ready_at).where(work_item.c.run == row.id, work_item.c.item == item)
        ready: datetime = connection.execute(found).scalar_one()
        return ready
    return _end(connection, row, row.started_at)


def _end(connection: Connection, row: Row[Any], moment: datetime) -> datetime:
    """The latest end of anything in the run, not before `moment`."""
    latest = connection.execute(sa.select(sa.func.max(work_item.c.ended_at)).where(work_item.c.run == row.id)).scalar()
    return max(latest, moment) if latest else moment
