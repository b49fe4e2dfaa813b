"""The operational database: SQLite in WAL mode by default, PostgreSQL by URL.

Rooms declare their tables on `metadata` and talk SQLAlchemy Core. `Database.begin()` is a write transaction
(on SQLite it takes the write lock at once, so that two writers queue instead of failing), `Database.read()`
a consistent view that writes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any
from weakref import ref

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from core.errors import BadInput, TandemError, damage_in_words, first_line
from core.locks import on_postgresql

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

OLDEST_SQLITE = (3, 42, 0)


_LAST = "tandem_before_commit"


def before_commit(connection: Connection, act: Callable[[Connection], None]) -> None:
    """Have `act` done as the last thing of the transaction, which `Database.begin` must have begun."""
    if _LAST not in connection.info:
        raise RuntimeError("what is done last needs a transaction of Database.begin")
    connection.info[_LAST].append(act)


def within(connection: Connection) -> bool:
    """Whether a transaction of `Database.begin` is open: its `info` is emptied when that ends."""
    return _LAST in connection.info


def padded(keys: Iterable[str]) -> list[str]:
    """`keys` once each, and the last again until there are 1, 2, 4, 8 ...: so few statements differ in their length."""
    once = list(dict.fromkeys(keys))
    return once + once[-1:] * ((1 << (len(once) - 1).bit_length()) - len(once)) if once else once


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment: aware UTC in Python, `timestamptz` on PostgreSQL, naive UTC on SQLite."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sqlite_module() -> ModuleType:
    """A DB-API module for SQLite 3.42 or newer: the interpreter's own, else pysqlite3's."""
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return sqlite3
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        raise BadInput(
            f"This Python has SQLite {sqlite3.sqlite_version}; Tandem needs 3.42 or newer. "
            "Install `pysqlite3-binary`, or set TANDEM_DATABASE_URL to a PostgreSQL database."
        ) from None
    module: ModuleType = dbapi2
    return module


def make_engine(url: str) -> Engine:
    """An engine for `url` (sqlite or postgresql). Raises BadInput for a URL that cannot be used."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadInput(
            "TANDEM_DATABASE_URL is not a database URL. Write `postgresql://user:password@host/database`."
        ) from None
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed)
    if parsed.get_backend_name() == "postgresql":
        return _postgresql_engine(parsed)
    raise BadInput(
        f"TANDEM_DATABASE_URL names `{parsed.get_backend_name()}`; Tandem runs on `sqlite` and `postgresql`."
    )


def _postgresql_engine(url: sa.URL) -> Engine:
    """An engine whose sessions end at the latest when they are given back after the engine was disposed of.

    SQLAlchemy alone leaves one that is in use then, by a thread that ends later, to the garbage collector.
    """
    engine = sa.create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10)

    @sa.event.listens_for(engine, "connect")
    def _note(_session: object, record: ConnectionPoolEntry) -> None:
        record.info["pool"] = ref(engine.pool)

    @sa.event.listens_for(engine, "checkin")
    def _end(_session: object, record: ConnectionPoolEntry) -> None:
        pool = record.info.get("pool")
        if pool is not None and pool() is not engine.pool:  # disposing puts another pool in its place
            record.invalidate()

    pools = [engine.pool]

    @sa.event.listens_for(engine, "engine_disposed")
    def _end_again(
        _engine: Engine,
    ) -> None:  # what a thread gave back to the old pool before the new one took its place
        for pool in pools:
            pool.dispose()
        pools.append(engine.pool)

    return engine


def _sqlite_engine(url: sa.URL) -> Engine:
    engine = sa.create_engine(
        url, module=sqlite_module(), poolclass=QueuePool, pool_size=10, connect_args={"timeout": 60}
    )

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=60000"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("tandem_reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


class Database:
    """The operational database, one engine for the whole process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        # PostgreSQL would otherwise show each statement a newer state than the one before it saw.
        snapshot = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reading: dict[str, Any] = {"tandem_reading": True, **snapshot}

    @property
    def shown(self) -> str:
        """Its URL without the password, for messages."""
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded default."""
        return not on_postgresql(self.engine)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A write transaction: committed at the end of the block, rolled back by any exception.

        What was asked for with `before_commit` is done last.
        """
        with self.engine.begin() as connection:
            last: list[Callable[[Connection], None]] = []
            kept = connection.info  # of the pooled connection, so that it must be empty again for the next
            kept[_LAST] = last
            try:
                yield connection
                for act in last if connection.in_transaction() else ():  # the caller may have rolled it back
                    act(connection)
            finally:
                kept.clear()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads and is rolled back at the end of the block."""
        with self.engine.connect().execution_options(**self._reading) as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the schema to the newest migration. Running it again changes nothing.

        Raises TandemError, with what to do, where the database cannot be opened or is of a newer Tandem.
        """
        from alembic.util import CommandError

        from core.migrations import upgrade

        try:
            upgrade(self.engine)
        except DBAPIError as error:
            damaged = damage_in_words(first_line(error.orig))
            if damaged is not None:
                raise damaged from error
            raise TandemError(
                f"The operational database `{self.shown}` cannot be opened: {first_line(error.orig)}. "
                "Check TANDEM_HOME and TANDEM_DATABASE_URL: see docs/settings.md."
            ) from error
        except CommandError as error:
            raise TandemError(
                f"The operational database `{self.shown}` is of another version of Tandem: {first_line(error)}. "
                "Install that version, or the newest."
            ) from error

    def close(self) -> None:
        """Give every pooled connection back."""
        self.engine.dispose()
