"""What holds others back on PostgreSQL until a transaction ends. On SQLite a write transaction is alone anyway.

Every number of an advisory lock stands here, so that no two jobs share one.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine


class Lock(IntEnum):
    """The jobs that are done by one transaction at a time."""

    UPGRADE = 7413061  # of two first starts at once, the second finds the schema of the first
    CHAIN = 7413062  # taken by the function `audit_seal`, which a migration wrote
    ATTEMPT = 7413063  # one for each key of an attempt
    FIRST_PERSON = 7413064  # of two who act first at once, the second finds the first's person
    GOVERNANCE = 7413065  # shared by those who decide
    APPROVAL = 7413066  # one for each digest, so that one request is asked for once


_KEYED = sa.text(
    "SELECT pg_advisory_xact_lock(:lock_, k) FROM "
    "(SELECT hashtext(k) AS k FROM unnest(CAST(:keys_ AS text[])) AS k ORDER BY 1) AS hashed"
)


def on_postgresql(where: Connection | Engine) -> bool:
    """Whether this is a PostgreSQL database; else it is SQLite."""
    return where.dialect.name == "postgresql"


def take(connection: Connection, lock: Lock) -> None:
    """Wait for `lock` and keep it until the transaction ends."""
    if on_postgresql(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(int(lock))))


def share(connection: Connection, lock: Lock) -> None:
    """Keep those who `take` the lock waiting until the transaction ends; others may share it."""
    if on_postgresql(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(int(lock))))


def take_keys(connection: Connection, lock: Lock, keys: Iterable[str]) -> None:
    """Wait for `lock` of each of `keys`, always in one order, and keep them until the transaction ends."""
    if on_postgresql(connection):
        connection.execute(_KEYED, {"lock_": int(lock), "keys_": list(keys)})


def hold_table(connection: Connection, table: sa.Table) -> None:
    """Keep others from writing to `table` until the transaction ends; they may read it."""
    if on_postgresql(connection):
        connection.exec_driver_sql(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")
