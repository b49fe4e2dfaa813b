"""How long a worker may keep others waiting on PostgreSQL, and what comes of it.

The server ends the session of a worker that was stopped in the middle of a transaction, and frees what it had locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

from core.locks import on_postgresql

IDLE_SECONDS = 5.0  # that a transaction may stand still
LOCK_SECONDS = 10.0  # that a statement waits for a lock: longer, so that a stopped worker's session has ended by then


@contextmanager
def bounded(engine: Engine) -> Iterator[None]:
    """Bound the waiting of all connections of `engine` for the length of the block. SQLite has bounds of its own."""
    if not on_postgresql(engine):
        yield
        return

    def connect(_dialect: object, _record: object, _arguments: object, named: dict[str, Any]) -> None:
        bounds = {"idle_in_transaction_session_timeout": IDLE_SECONDS, "lock_timeout": LOCK_SECONDS}
        said = " ".join(f"-c {name}={round(seconds * 1000)}" for name, seconds in bounds.items())
        named["options"] = f"{named.get('options', '')} {said}".strip()

    sa.event.listen(engine, "do_connect", connect)
    engine.dispose()  # what is connected already has no bounds
    try:
        yield
    finally:
        sa.event.remove(engine, "do_connect", connect)
        engine.dispose()


def passes(error: BaseException) -> bool:
    """Whether what the database said may pass: it could not be reached, ended the session, or a lock was not free."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, DBAPIError):
            kinds = (OperationalError, InterfaceError, InternalError)
            return cause.connection_invalidated or isinstance(cause, kinds)
        if type(cause).__module__.startswith("psycopg"):  # of the chain, which is appended to without SQLAlchemy
            return {"OperationalError", "InternalError"} & {kind.__name__ for kind in type(cause).__mro__} != set()
        cause = cause.__cause__
    return False
