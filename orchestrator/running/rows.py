"""Rows of runs, run events and work items, read and written by key, with statements that are built only once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from core.errors import NotFound, not_found
from core.locks import on_postgresql
from orchestrator.machine.task import Doer
from orchestrator.machine.values import ItemStatus
from orchestrator.running.batch import CHANGE_ITEM, CHANGE_RUN, INSERT_EVENT, INSERT_ITEM, batch_of, transaction
from orchestrator.running.queue import Put, TaskQueue
from orchestrator.running.records import WorkItem, work_item_of
from orchestrator.running.tables import run, run_event, work_item

_KEY = sa.bindparam("key_", type_=sa.String)  # no column's name, so that it cannot be taken for a value to set
_RUN = sa.select(run).where(run.c.id == _KEY).with_for_update()
_ITEM = sa.select(work_item).where(work_item.c.id == _KEY)
_CARRIED = sa.select(work_item).where(work_item.c.run == _KEY, work_item.c.carried == sa.bindparam("entry_"))
_SEEN = sa.select(run_event.c.id).where(run_event.c.key == _KEY)


def lock(connection: Connection, run_id: str) -> Row[Any]:
    """The row of the run, held until the transaction ends. Raises NotFound."""
    batch = batch_of(connection)
    if batch is not None and run_id in batch.runs:
        return batch.runs[run_id]
    row = written(connection, run_id).execute(_RUN, {"key_": run_id}).first()
    if row is None:
        raise unknown_run(connection, run_id)
    return row


def unknown_run(connection: Connection, run_id: str) -> NotFound:
    """The error for a run that does not exist; it ends in the newest ones."""
    known = connection.execute(sa.select(run.c.id).order_by(run.c.created_at.desc()).limit(12)).scalars()
    return not_found("run", run_id, known)


def insert_run(connection: Connection, **values: Any) -> bool:
    """Whether the new run was stored: not where one has its id or key, which a transaction at once may store."""
    dialect = postgresql if on_postgresql(connection) else sqlite
    statement = dialect.insert(run).values(**values).on_conflict_do_nothing()  # whichever of the two is found first
    return connection.execute(statement.returning(run.c.id)).first() is not None


def change_run(connection: Connection, run_id: str, **values: Any) -> None:
    """Set columns of the run."""
    batch = batch_of(connection)
    if batch is not None:
        batch.change_run(run_id, values)
    else:
        connection.execute(CHANGE_RUN, {"key_": run_id, **values})


def read_item(connection: Connection, run_id: str, item: str) -> WorkItem:
    """The work item. Raises NotFound."""
    batch = batch_of(connection)
    row = batch.items.get(item_id(run_id, item)) if batch is not None else None
    if row is None:
        row = written(connection, run_id).execute(_ITEM, {"key_": item_id(run_id, item)}).first()
    if row is None:
        raise NotFound(f"There is no work item `{run_id}/{item}`. `tandem run show {run_id}` lists those there are.")
    return work_item_of(row._asdict())


def insert_item(connection: Connection, run_id: str, item: str, **values: Any) -> None:
    """Store a new work item."""
    row = {"id": item_id(run_id, item), "run": run_id, "item": item, **values}
    batch = batch_of(connection)
    if batch is not None:
        batch.insert_item(run_id, row)
    else:
        connection.execute(INSERT_ITEM, row)


def change_item(connection: Connection, run_id: str, item: str, **values: Any) -> None:
    """Set columns of the work item."""
    batch = batch_of(connection)
    if batch is not None:
        batch.change_item(run_id, item_id(run_id, item), values)
    else:
        connection.execute(CHANGE_ITEM, {"key_": item_id(run_id, item), **values})


def item_id(run_id: str, item: str) -> str:
    """The id of the work item, over all runs."""
    return f"{run_id}/{item}"


def insert_event(connection: Connection, **values: Any) -> None:
    """Append a run event, on PostgreSQL with the transaction that it belongs to."""
    batch = batch_of(connection)
    if batch is not None:
        batch.insert_event(connection, values)
        return
    txid = transaction(connection) if on_postgresql(connection) else None
    connection.execute(INSERT_EVENT, {**values, "txid": txid})


def is_seen(connection: Connection, key: str) -> bool:
    """Whether a run event with this key is there."""
    batch = batch_of(connection)
    if batch is not None and key in batch.seen:
        return batch.seen[key]
    return connection.execute(_SEEN, {"key_": key}).first() is not None


def enqueue(
    queue: TaskQueue, connection: Connection, run_id: str, item: str, attempt: int, number: int, delay: float = 0.0
) -> None:
    """Queue the attempt in the caller's transaction: it is queued if, and only if, that commits."""
    entry = Put(run_id, item, attempt, number, delay)
    batch = batch_of(connection)
    if batch is not None:
        batch.put(queue, entry)
    else:
        queue.put_all(connection, [entry])


def carried_by(connection: Connection, run_id: str, entry: str) -> WorkItem | None:
    """The open item of the run with which the queue entry `entry` goes on; None where there is none."""
    rows = written(connection, run_id).execute(_CARRIED, {"key_": run_id, "entry_": entry})
    found = (work_item_of(row._asdict()) for row in rows)
    return next((item for item in found if item.status is ItemStatus.OPEN and item.doer is Doer.AGENT), None)


def written(connection: Connection, run_id: str) -> Connection:
    """The connection, on which nothing of the run is put off any more: what is read now is as it was written."""
    batch = batch_of(connection)
    if batch is not None:
        batch.write_run(connection, run_id)
    return connection
