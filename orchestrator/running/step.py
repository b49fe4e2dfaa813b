"""The one transaction in which a run moves.

Lock the run, drop the event if its key was seen, advance, append the run event, insert and update work items, put agent
work on the queue: all of it is stored, or nothing. Whoever locks anything of a run locks the run first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core.workspace import Workspace
from orchestrator.machine.advance import advance
from orchestrator.machine.serial import event_name, event_to_dict, state_from_dict, state_to_dict
from orchestrator.machine.values import EndRun, Note, RunEvent, Workflow
from orchestrator.promotion.workflows import get_workflow
from orchestrator.running.items import Carry, Offering, close, obey
from orchestrator.running.queue import TaskQueue
from orchestrator.running.records import Work
from orchestrator.running.rows import change_run, insert_event, is_seen, read_item, written
from orchestrator.running.tables import work_item


class Runner:
    """What moving a run needs: the workspace, the queue, and the workflows read so far, which never change."""

    def __init__(self, ws: Workspace, queue: TaskQueue | None = None) -> None:
        self.ws = ws
        self.queue = queue or TaskQueue.of(ws.database)
        self._workflows: dict[tuple[str, int], Workflow] = {}
        self._turn = threading.Lock()
        self.carry: Carry | None = None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A write transaction. The threads of one process take turns here.

        SQLite has one writer; who waits for it sleeps ever longer and wakes by chance, which cost a third of the time.
        """
        with self._turn if self.ws.database.is_sqlite else nullcontext(), self.ws.database.begin() as connection:
            yield connection

    def carrying(self, carry: Carry | None) -> Runner:
        """This runner for one step: the first agent task that the step offers goes to `carry`, if there is one."""
        other = copy(self)
        other.carry = carry
        return other

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


def step(runner: Runner, connection: Connection, row: Row[Any], happening: Happening) -> bool:
    """Whether the run moved: false where the key was seen before, or the event does not fit the run's state.

    `row` is the run as `lock` read it; a run moves once in a transaction, for its row is stale then.
    """
    if is_seen(connection, happening.key):
        return False
    workflow = runner.workflow(row.workflow, row.version)
    before = state_from_dict(row.state)
    after, commands = advance(workflow, before, happening.event)
    if after is before:
        return False
    now = runner.ws.clock.now()
    moment = _moment(connection, row, happening, now)
    close(connection, row.id, happening, moment, now)
    offering = Offering(
        runner.queue, connection, row, workflow, happening.event, happening.performer, moment, now, runner.carry
    )
    obey(offering, after, commands)
    notes = [{"node": c.node, "child": c.child, "reason": c.reason} for c in commands if isinstance(c, Note)]
    _append_event(connection, row, happening, notes, now)
    end = next((c for c in commands if isinstance(c, EndRun)), None)
    change_run(
        connection, row.id, state=state_to_dict(after), status=after.status.value, events=row.events + 1,
        cause=end.cause if end else None, ended_at=_end(connection, row, moment) if end else None,
    )  # fmt: skip
    return True


def remark(
    connection: Connection, row: Row[Any], kind: str, *, item: str | None, attempt: int | None,
    performer: str | None, at: datetime, facts: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Append to the locked run's events something that moves no state, such as `claimed`."""
    _append(connection, row, kind, f"{row.id}//{row.events + 1}", item, attempt, performer, at, facts or {})
    change_run(connection, row.id, events=row.events + 1)


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
    insert_event(
        connection, run=row.id, sequence=row.events + 1, kind=kind, key=key, item=item, attempt=attempt,
        performer=performer, at=at, payload=payload,
    )  # fmt: skip


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
        return read_item(connection, row.id, item).ready_at
    return _end(connection, row, row.started_at)


def _end(connection: Connection, row: Row[Any], moment: datetime) -> datetime:
    """The latest end of anything in the run, not before `moment`."""
    query = sa.select(sa.func.max(work_item.c.ended_at)).where(work_item.c.run == row.id)
    latest = written(connection, row.id).execute(query).scalar()
    return max(latest, moment) if latest else moment
