"""From runs back to an event log: a run is a case, every attempt that somebody worked on an activity instance.

A version is rebuilt from all run events up to its cursor, so nothing can be lost or doubled between versions; the
cursor, kept in the version's own file, tells whether there is anything new. On PostgreSQL events become visible in
another order than their ids: only those of transactions below the oldest one still open are taken.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.values import Actor
from core.actor.verb import Verb, permit, stamp
from core.eventlog import LogVersion
from core.eventlog.meta import RUNS, UNSEEN
from core.locks import on_postgresql
from core.workspace import Workspace
from orchestrator.machine.values import RunStatus, Workflow
from orchestrator.monitoring.staging import stage
from orchestrator.running.records import Work
from orchestrator.running.step import Runner
from orchestrator.running.tables import run, run_event

SYSTEM = "Tandem"  # where the work of a task is done that names no other system
CURSOR = "runs_cursor"  # meta key
VERSION = "@workflow_version"  # case attribute: the version that ran
FAILED = "task failed"
_WORKED = ("task completed", FAILED)
_STATES = {RunStatus.COMPLETED: "complete", RunStatus.FAILED: "failed", RunStatus.CANCELLED: "cancelled"}


@dataclass(frozen=True)
class _Found:
    """The run events of a workflow that a version holds, with the runs they belong to."""

    cursor: tuple[int, int]  # transaction (0 on SQLite) and id of the newest event
    count: int
    events: tuple[Mapping[str, Any], ...]  # rows of `staged`
    cases: tuple[Mapping[str, Any], ...]  # rows of `staged_case`
    unworked: tuple[sa.Row[Any], ...]  # runs on which nobody has worked


EXPORT = Verb("runs.export", "EventLog")


def runs_log(workflow: str) -> str:
    """The name of the event log that the workflow's runs are exported to."""
    return re.sub(r"[^a-z0-9_-]+", "-", workflow.lower()).strip("-_")[:90] + "-runs"


def export_runs(ws: Workspace, workflow: str, *, by: Actor) -> LogVersion | None:
    """The version of the workflow's event log that holds all its run events: a new one where there are new events.

    None where nobody has worked on anything yet. Raises NotFound for an unknown workflow.
    """
    permit(ws, by, EXPORT, workflow)
    runner = Runner(ws)
    newest = runner.newest(workflow)
    before = ws.logs.versions(runs_log(workflow))
    with ws.database.read() as connection:
        cursor, count = _bound(connection, workflow)
        if before and ws.logs.meta(before[-1]).more.get(CURSOR) == list(cursor):
            return before[-1]
        found = _found(connection, runner, workflow, cursor, count)
    return _publish(ws, newest, found, by) if found.events else None


def _publish(ws: Workspace, workflow: Workflow, found: _Found, by: Actor) -> LogVersion:
    meta = {
        "kind": RUNS,
        "workflow": workflow.name,
        "timezone": "UTC",
        "currency": _currency(ws, workflow),
        CURSOR: list(found.cursor),
        UNSEEN: _unseen(found.unworked, ws.clock.now()),
    }
    digest = hashlib.sha256(f"runs of {workflow.name} up to {found.cursor} {found.count}".encode()).hexdigest()
    with ws.logs.draft(runs_log(workflow.name)) as draft:
        stage(draft.connection, found.events, found.cases)
        return draft.publish(
            source=f"runs of {workflow.name}", digest=digest, created_by=stamp(ws, by, EXPORT), event_rows=found.count,
            meta={key: value for key, value in meta.items() if value is not None},
            # what simulated performers did has the times that they say, not those of this clock
            known_until=None if any(event["simulated"] for event in found.events) else ws.clock.now(),
        )  # fmt: skip


def _unseen(unworked: Sequence[sa.Row[Any]], now: datetime) -> str | None:
    """What must be said of runs on which nobody worked: a case needs an event, so the log cannot hold them."""
    if not unworked:
        return None
    ends = Counter(str(row.status) for row in unworked)
    overdue = sum(row.ended_at is None and row.due_at < now for row in unworked)
    told = {"failed": ends[RunStatus.FAILED.value], "cancelled": ends[RunStatus.CANCELLED.value], "overdue": overdue}
    parts = ", ".join(f"{number:,} {word}" for word, number in told.items() if number)
    runs = "1 run" if len(unworked) == 1 else f"{len(unworked):,} runs"
    return (
        f"{runs} on which nobody has worked cannot be in this log and count in no KPI{': ' + parts if parts else ''}."
    )


def _currency(ws: Workspace, workflow: Workflow) -> str | None:
    """The currency of costs: that of the event log that the workflow was mined from."""
    from mining.map.maps import get_map

    mined = get_map(ws, workflow.map_name, workflow.map_version)
    currency: str | None = ws.logs.meta(ws.logs.get(mined.log, mined.log_version)).currency
    return currency


def _of(workflow: str) -> sa.Select[Any]:
    return sa.select(run_event).join(run, run.c.id == run_event.c.run).where(run.c.workflow == workflow)


def _settled(connection: Connection) -> sa.ColumnElement[bool]:
    """True of events that no transaction still open can come before."""
    if not on_postgresql(connection):
        return sa.true()
    oldest = connection.execute(sa.text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")).scalar_one()
    settled: sa.ColumnElement[bool] = run_event.c.txid < oldest
    return settled


def _bound(connection: Connection, workflow: str) -> tuple[tuple[int, int], int]:
    """The cursor that a version made now would have, and how many events lie up to it."""
    transaction = sa.func.coalesce(run_event.c.txid, 0)
    settled = _of(workflow).where(_settled(connection)).with_only_columns(transaction, run_event.c.id)
    last = connection.execute(settled.order_by(transaction.desc(), run_event.c.id.desc()).limit(1)).first()
    cursor = (last[0], last[1]) if last else (0, 0)
    count = connection.execute(sa.select(sa.func.count()).select_from(_upto(workflow, cursor).subquery())).scalar_one()
    return cursor, count


def _upto(workflow: str, cursor: tuple[int, int]) -> sa.Select[Any]:
    """The workflow's run events up to the cursor: always the same ones, whatever happens meanwhile."""
    place = sa.tuple_(sa.func.coalesce(run_event.c.txid, 0), run_event.c.id)
    return _of(workflow).where(place <= sa.tuple_(sa.literal(cursor[0]), sa.literal(cursor[1])))


def _found(connection: Connection, runner: Runner, workflow: str, cursor: tuple[int, int], count: int) -> _Found:
    upto = _upto(workflow, cursor)
    newest = upto.with_only_columns(run_event.c.run, sa.func.max(run_event.c.sequence).label("sequence"))
    last = newest.group_by(run_event.c.run).subquery()
    runs = connection.execute(sa.select(run, last.c.sequence).join(last, last.c.run == run.c.id)).all()
    versions = {row.id: runner.workflow(workflow, row.version) for row in runs}
    worked = upto.where(run_event.c.kind.in_(_WORKED)).order_by(run_event.c.id)
    events = tuple(
        _instance(row, versions[row.run]) for row in connection.execute(worked) if row.payload["work"] is not None
    )
    cases = {event["case_id"] for event in events}
    unworked = tuple(row for row in runs if row.id not in cases)
    return _Found(cursor, count, events, tuple(_case(row) for row in runs if row.id in cases), unworked)


def _instance(row: sa.Row[Any], workflow: Workflow) -> dict[str, Any]:
    """The activity instance that the event of a worked attempt stands for."""
    work, task = Work.from_dict(row.payload["work"]), workflow.tasks[row.item.partition("#")[0]]
    return {
        "case_id": row.run,
        "activity": task.label,
        "started": _utc(work.started),
        "ended": _utc(work.ended),
        "performer": work.name,
        "performer_kind": work.kind,
        "simulated": work.simulated,
        "system": task.system or SYSTEM,
        "cost": work.cost,
        "failed": row.kind == FAILED,
        "@attempt": row.attempt,
        "@confidence": work.confidence,
    }


def _case(row: sa.Row[Any]) -> dict[str, Any]:
    """The run as a case; it is over when it ended, however it did, and everything that happened in it is here."""
    state = _STATES.get(RunStatus(row.status), "open") if row.events == row.sequence else "open"
    own = {"case_id": row.id, "due": _utc(row.due_at), "state": state, VERSION: row.version}
    context = {f"@{n}": v for n, v in row.state["context"].items() if isinstance(v, str | int | float | bool)}
    return {**context, **own}


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None
