"""A group of steps in one transaction: read at once what they will read, and write their rows in a few statements.

While a batch is open on a connection, `rows` puts what it writes here. It is written before anything of the same run is
read, and at the end of the transaction. Statements that do not pass `rows` do not see what is put off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core.database import before_commit, padded
from core.locks import on_postgresql
from orchestrator.running.queue import Put, TaskQueue
from orchestrator.running.tables import run, run_event, work_item

_OPEN = "tandem_batch"
_KEY = sa.bindparam("key_", type_=sa.String)  # no column's name, so that it cannot be taken for a value to set
_KEYS: sa.BindParameter[list[str]] = sa.bindparam("keys_", expanding=True)
_RUNS = sa.select(run).where(run.c.id.in_(_KEYS)).order_by(run.c.id).with_for_update()
_ITEMS = sa.select(work_item).where(work_item.c.id.in_(_KEYS))
_SEEN = sa.select(run_event.c.key).where(run_event.c.key.in_(_KEYS))
CHANGE_RUN = sa.update(run).where(run.c.id == _KEY)
CHANGE_ITEM = sa.update(work_item).where(work_item.c.id == _KEY)
INSERT_ITEM = sa.insert(work_item)
INSERT_EVENT = sa.insert(run_event)
_TRANSACTION = sa.select(sa.cast(sa.cast(sa.func.pg_current_xact_id(), sa.Text), sa.BigInteger))


@dataclass
class _Pending:
    """What is still to be written of one run."""

    new: dict[str, dict[str, Any]] = field(default_factory=dict)  # items, by id
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    run: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class RunBatch:
    """What was read ahead, and what is still to be written."""

    runs: dict[str, Row[Any]] = field(default_factory=dict)  # locked, and not touched since
    items: dict[str, Row[Any]] = field(default_factory=dict)  # by id, of runs that are not touched since
    seen: dict[str, bool] = field(default_factory=dict)  # by key of an event: whether it is there
    txid: int | None = None
    _pending: dict[str, _Pending] = field(default_factory=dict)  # by run
    _put: dict[int, tuple[TaskQueue, list[Put]]] = field(default_factory=dict)

    def insert_item(self, run_id: str, row: dict[str, Any]) -> None:
        """Put a new item off."""
        self._of(run_id).new[row["id"]] = row

    def change_item(self, run_id: str, item_id: str, values: Mapping[str, Any]) -> None:
        """Put a change of an item off, also of one that is itself put off."""
        pending = self._of(run_id)
        (pending.new.get(item_id) or pending.changed.setdefault(item_id, {})).update(values)

    def change_run(self, run_id: str, values: Mapping[str, Any]) -> None:
        """Put a change of a run off."""
        self._of(run_id).run.update(values)

    def insert_event(self, connection: Connection, values: dict[str, Any]) -> None:
        """Put an event off."""
        if self.txid is None and on_postgresql(connection):
            self.txid = transaction(connection)
        self.seen[values["key"]] = True
        self._of(values["run"]).events.append({**values, "txid": self.txid})

    def put(self, queue: TaskQueue, entry: Put) -> None:
        """Put an entry of the queue off."""
        self._put.setdefault(id(queue), (queue, []))[1].append(entry)

    def write_run(self, connection: Connection, run_id: str) -> None:
        """Write what was put off of one run."""
        pending = self._pending.pop(run_id, None)
        if pending is not None:
            _write(connection, {run_id: pending})

    def write(self, connection: Connection) -> None:
        """Write all that was put off."""
        _write(connection, self._pending)
        for queue, entries in self._put.values():
            queue.put_all(connection, entries)
        self._pending.clear()
        self._put.clear()

    def _of(self, run_id: str) -> _Pending:
        if self.runs.pop(run_id, None) is not None:
            for item_id in [i for i, row in self.items.items() if row.run == run_id]:
                del self.items[item_id]
        return self._pending.setdefault(run_id, _Pending())


def _write(connection: Connection, pending: Mapping[str, _Pending]) -> None:
    _many(connection, INSERT_ITEM, (row for each in pending.values() for row in each.new.values()))
    changed = ({"key_": k, **values} for each in pending.values() for k, values in each.changed.items())
    _many(connection, CHANGE_ITEM, changed)
    _many(connection, INSERT_EVENT, (event for each in pending.values() for event in each.events))
    _many(connection, CHANGE_RUN, ({"key_": run_id, **each.run} for run_id, each in pending.items() if each.run))


def open_batch(connection: Connection, wanted: Iterable[tuple[str, str, str]]) -> None:
    """Begin a batch: lock the runs, in the order of their ids, and read what steps in them will ask for.

    `wanted` are run, id of an item, and key of an event. Must be done before the transaction records anything.
    """
    wanted = list(wanted)
    batch = RunBatch()
    runs, items, keys = (padded(part) for part in zip(*wanted, strict=True))
    batch.runs = {row.id: row for row in connection.execute(_RUNS, {"keys_": runs})}
    batch.items = {row.id: row for row in connection.execute(_ITEMS, {"keys_": items})}
    batch.seen = dict.fromkeys(keys, False)
    batch.seen |= dict.fromkeys(connection.execute(_SEEN, {"keys_": keys}).scalars(), True)
    connection.info[_OPEN] = batch
    before_commit(connection, batch.write)


def batch_of(connection: Connection) -> RunBatch | None:
    """The batch that is open on the connection, if one is."""
    found: RunBatch | None = connection.info.get(_OPEN)
    return found


def transaction(connection: Connection) -> int:
    """The number of the present transaction of PostgreSQL."""
    return int(connection.execute(_TRANSACTION).scalar_one())


def _many(connection: Connection, statement: sa.Insert | sa.Update, rows: Iterable[dict[str, Any]]) -> None:
    """Execute once for each set of columns that rows have."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        alike.setdefault(tuple(sorted(row)), []).append(row)
    for group in alike.values():
        connection.execute(statement, group)
