"""The durable queue of agent work: DBOS, in the same database as the runs, so that both change in one transaction.

Nothing but this module and `worker` knows DBOS. Its tables lie in the schema `dbos` on PostgreSQL, on SQLite beside
ours.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from core.database import Database, make_engine, sqlite_module
from core.errors import IntegrityError
from core.locks import on_postgresql
from core.settings import Settings

if TYPE_CHECKING:
    from dbos import DBOSClient

APPLICATION = "tandem"
VERSION = "1"  # a constant: with DBOS's own, computed from the code, changed code would strand what is queued
NAME = "tandem-agents"
TASK = "perform"  # the DBOS workflow that performs one attempt of one task
EFFECT = "effect"  # the one that performs one effect in a system of record
LIVE = ("ENQUEUED", "DELAYED", "PENDING")  # DBOS statuses of what will still be performed
_JSON = "portable_json"  # what DBOS calls the only form that is ever read
_STORED = {  # the tables of DBOS that hold values of workflows, and whose they are
    **dict.fromkeys(
        ("workflow_status", "operation_outputs", "workflow_events", "workflow_events_history", "streams"),
        "workflow_uuid",
    ),
    "notifications": "destination_uuid",
}
_PURGED_AT_ONCE = 5_000
_CLAIMED_AHEAD = 4  # entries taken for each agent asked at once, so that none waits for the next look at the queue
_CHUNK = 500


_ENQUEUE = sa.text(
    """
    SELECT dbos.enqueue_workflow(
      workflow_name => :task_, queue_name => :queue_, app_version => :version_,
      application_name => :application_, workflow_id => e->>'id',
      positional_args => ARRAY(SELECT json_array_elements(e->'arguments')),
      delay_until_epoch_ms => (e->>'until')::bigint)
    FROM json_array_elements(CAST(:entries_ AS json)) AS e"""
).bindparams(task_=TASK, queue_=NAME, version_=VERSION, application_=APPLICATION)


@dataclass(frozen=True)
class Put:
    """One attempt that is to be queued, as entry `number` of it."""

    run: str
    item: str
    attempt: int
    number: int
    delay: float = 0.0  # seconds


class TaskQueue:
    """The queue, for whoever puts work on it. It costs nothing until it is used: importing DBOS takes a second."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @cached_property
    def _client(self) -> DBOSClient:
        return _client(self._engine)

    @staticmethod
    def of(database: Database) -> TaskQueue:
        """The queue in `database`, to put work on it and to look at it."""
        return TaskQueue(database.engine.execution_options(tandem_reading=True))

    def put(self, connection: Connection, run: str, item: str, attempt: int, number: int, delay: float = 0.0) -> None:
        """Queue the attempt in the caller's transaction: it is queued if, and only if, that commits."""
        self.put_all(connection, [Put(run, item, attempt, number, delay)])

    def put_all(self, connection: Connection, entries: Sequence[Put]) -> None:
        """Queue them all in the caller's transaction, on PostgreSQL in one statement with the function of DBOS."""
        if on_postgresql(connection):
            connection.execute(_ENQUEUE, {"entries_": json.dumps([_argument(entry) for entry in entries])})
            return
        from dbos import EnqueueOptions, WorkflowSerializationFormat

        for each in entries:
            options = EnqueueOptions(
                workflow_name=TASK,
                queue_name=NAME,
                workflow_id=entry(each.run, each.item, each.attempt, each.number),
                app_version=VERSION,
                serialization_type=WorkflowSerializationFormat.PORTABLE,
            )
            if each.delay > 0:
                options["delay_seconds"] = each.delay
            self._client.enqueue_in_transaction(connection, options, each.run, each.item, each.attempt, each.number)

    def put_effect(self, connection: Connection, run: str, item: str, number: int, delay: float = 0.0) -> None:
        """Queue the effect of the item in the caller's transaction."""
        from dbos import EnqueueOptions, WorkflowSerializationFormat

        options = EnqueueOptions(
            workflow_name=EFFECT,
            queue_name=NAME,
            workflow_id=effect_entry(run, item, number),
            app_version=VERSION,
            serialization_type=WorkflowSerializationFormat.PORTABLE,
        )
        if delay > 0:
            options["delay_seconds"] = delay
        self._client.enqueue_in_transaction(connection, options, run, item, number)

    def live(self, entries: Iterable[str]) -> set[str]:
        """Those of `entries` that are still to be performed, or are being performed."""
        return {
            status.workflow_id
            for chunk in _chunks(list(entries))
            for status in self._client.list_workflows(
                workflow_ids=chunk, status=list(LIVE), load_input=False, load_output=False
            )
        }

    def taken(self, executor: str) -> set[str]:
        """The entries that `executor` took from the queue and has not finished."""
        found = self._client.list_workflows(
            queue_name=NAME, status="PENDING", executor_id=executor, load_input=False, load_output=False
        )
        return {status.workflow_id for status in found}

    def forget(self, entries: Iterable[str]) -> None:
        """Remove `entries`, whatever state they are in."""
        for chunk in _chunks(list(entries)):
            self._client.delete_workflows(chunk)

    def busy(self) -> bool:
        """Whether anything at all is still to be performed.

        Asked once for both kinds: between two questions an effect may end and queue the task after it.
        """
        return bool(
            self._client.list_workflows(
                name=[TASK, EFFECT], status=list(LIVE), limit=1, load_input=False, load_output=False
            )
        )

    def purge(self) -> int:
        """How many entries were removed because they are done: what they did stands in the run events."""
        done = [
            status
            for name in (TASK, EFFECT)
            for status in self._client.list_workflows(
                name=name, status="SUCCESS", limit=_PURGED_AT_ONCE, load_input=False, load_output=False
            )
        ]
        for chunk in _chunks([status.workflow_id for status in done]):
            self._client.delete_workflows(chunk)
        return len(done)


def _argument(put: Put) -> dict[str, Any]:
    """An entry as the statement that queues on PostgreSQL takes it."""
    return {
        "id": entry(put.run, put.item, put.attempt, put.number),
        "arguments": [put.run, put.item, put.attempt, put.number],
        "until": round((time.time() + put.delay) * 1000) if put.delay > 0 else None,
    }


def entry(run: str, item: str, attempt: int, number: int) -> str:
    """The id of a queue entry."""
    return f"{run}/{item}/{attempt}/{number}"


def effect_entry(run: str, item: str, number: int) -> str:
    """The id of the queue entry of an effect."""
    return f"{run}/{item}/effect/{number}"


def claims(settings: Settings) -> int:
    """How many entries a worker takes at once, and so its threads: with fewer threads it would hoard entries."""
    return settings.worker_concurrency * _CLAIMED_AHEAD


def prepare(database: Database, settings: Settings) -> None:
    """Make sure that the queue exists, with the settings' concurrency and polling."""
    engine = queue_engine(database)
    try:
        client = _client(engine)
        client._sys_db.run_migrations()  # the public way opens the file with the interpreter's own, older SQLite
        client.register_queue(
            NAME,
            worker_concurrency=claims(settings),
            polling_interval_sec=settings.worker_poll_seconds,
        )
    finally:
        engine.dispose()


def foreign_entries(database: Database) -> tuple[str, ...]:
    """The ids of the queue entries with something stored that is no JSON, so that Tandem did not write it."""
    found: set[str] = set()
    with database.read() as connection:
        schema = None if database.is_sqlite else "dbos"
        there = sa.inspect(connection).get_table_names(schema=schema)
        for name, whose in _STORED.items():
            if name in there:
                table = sa.table(name, sa.column(whose), sa.column("serialization"), schema=schema)
                foreign = sa.select(table.c[whose]).where(table.c.serialization != _JSON)
                found.update(connection.execute(foreign).scalars())
    return tuple(sorted(found))


def read_json_only() -> None:
    """Make DBOS in this process refuse what is no JSON: a row can say it is a pickle, and reading one runs its code."""
    from dbos._serialization import DefaultSerializer

    DefaultSerializer.deserialize = _refuse  # type: ignore[assignment]


def _refuse(_serializer: object, _serialized: str) -> Any:
    raise IntegrityError("Something in the queue is no JSON. Tandem did not write it, and it is never read.")


def exists(database: Database) -> bool:
    """Whether `prepare` was ever done in this database."""
    with database.read() as connection:
        schema = None if database.is_sqlite else "dbos"
        return sa.inspect(connection).has_table("queues", schema=schema)


def queue_engine(database: Database) -> Engine:
    """An engine for DBOS alone. On SQLite it takes the write lock when it writes, not, as ours does, at once."""
    if not database.is_sqlite:
        return make_engine(database.url)
    engine = sa.create_engine(database.engine.url, module=sqlite_module(), pool_size=10, connect_args={"timeout": 60})

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=60000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _client(engine: Engine) -> DBOSClient:
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    read_json_only()
    return DBOSClient(
        system_database_engine=engine,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        lazy=True,
    )


def _chunks(entries: list[str]) -> Iterable[list[str]]:
    return (entries[start : start + _CHUNK] for start in range(0, len(entries), _CHUNK))
