"""The version of governance: raised with every change of principals, roles, actions or policies.

On PostgreSQL deciders share a lock that a change takes alone, so that nothing is decided by what is being replaced; on
SQLite one writer works at a time anyway.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.locks import Lock, share, take
from governance.tables import version

READ = "tandem_inputs"  # where a transaction keeps what it read of the version, which it holds to its end
_READ = sa.select(version.c.version)
_RAISE = sa.update(version).values(version=version.c.version + 1)


def raise_version(connection: Connection) -> None:
    """Say that governance changes in this transaction; deciders wait until it ends."""
    take(connection, Lock.GOVERNANCE)
    connection.execute(_RAISE)
    connection.info.pop(READ, None)


def current_version(connection: Connection) -> int:
    """The version in force; no change of governance commits before this transaction ends."""
    share(connection, Lock.GOVERNANCE)
    return int(connection.execute(_READ).scalar_one())
