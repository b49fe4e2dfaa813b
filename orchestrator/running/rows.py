"""Rows of runs, run events and work items, read and written by key, with statements that are built only once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from core import NotFound, not_found
from orchestrator.running.records import WorkItem, work_item_of
from orchestrator.running.tables import run, run_event, work_item

_KEY = sa.bindparam("key_", type_=sa.String)  # no column's name, so that it cannot be taken for a value to set
_RUN = sa.select(run).where(run.c.id == _KEY).with_for_update()
_ITEM = sa.select(work_item).where(work_item.c.id == _KEY)
_SEEN = sa.select(run_event.c.id).where(run_event.c.key == _KEY)
_CHANGE_RUN = sa.update(run).where(run.c.id == _KEY)
_CHANGE_ITEM = sa.update(work_item).where(work_item.c.id == _KEY)
_INSERT_ITEM = sa.insert(work_item)
_INSERT_EVENT = sa.insert(run_event)
_TRANSACTION = sa.select(sa.cast(sa.cast(sa.func.pg_current_xact_id(), sa.Text), sa.BigInteger))


def lock(connection: Connection, run_id: str) -> Row[Any]:
    """The row of the run, held until the transaction ends. Raises NotFound."""
    row = connection.execute(_RUN, {"key_": run_id}).first()
    if row is None:
        raise unknown_run(connection, run_id)
    return row


def unknown_run(connection: Connection, run_id: str) -> NotFound:
    """The error for a run that does not exist; it ends in the newest ones."""
    known = connection.execute(sa.select(run.c.id).order_by(run.c.created_at.desc()).limit(12)).scalars()
    return not_found("run", run_id, known)


def insert_run(connection: Connection, **values: Any) -> bool:
    """Whether the new run was stored: not where one has its id or key, which a transaction at once may store."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(run).values(**values).on_conflict_do_nothing()  # whichever of the two is found first
    return connection.execute(statement.returning(run.c.id)).first() is not None


def change_run(connection: Connection, run_id: str, **values: Any) -> None:
    """Set columns of the run."""
    connection.execute(_CHANGE_RUN, {"key_": run_id, **values})


def read_item(connection: Connection, run_id: str, item: str) -> WorkItem:
    """The work item. Raises NotFound."""
    row = connection.execute(_ITEM, {"key_": item_id(run_id, item)}).first()
    if row is None:
        raise NotFound(f"There is no work item `{run_id}/{item}`. `tandem run show {run_id}` lists those there are.")
    return work_item_of(row._asdict())


def insert_item(connection: Connection, run_id: str, item: str, **values: Any) -> None:
    """Store a new work item."""
    connection.execute(_INSERT_ITEM, {"id": item_id(run_id, item), "run": run_id, "item": item, **values})


def change_item(connection: Connection, run_id: str, item: str, **values: Any) -> None:
    """Set columns of the work item."""
    connection.execute(_CHANGE_ITEM, {"key_": item_id(run_id, item), **values})


def item_id(run_id: str, item: str) -> str:
    """The id of the work item, over all runs."""
    return f"{run_id}/{item}"


def insert_event(connection: Connection, **values: Any) -> None:
    """Append a run event, on PostgreSQL with the transaction that it belongs to."""
    postgres = connection.dialect.name == "postgresql"
    values["txid"] = connection.execute(_TRANSACTION).scalar_one() if postgres else None
    connection.execute(_INSERT_EVENT, values)


def is_seen(connection: Connection, key: str) -> bool:
    """Whether a run event with this key is there."""
    return connection.execute(_SEEN, {"key_": key}).first() is not None
