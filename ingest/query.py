"""Events from a query of any SQL database that SQLAlchemy reaches: only read, and streamed in batches."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import duckdb

from core.actor.values import Actor
from core.actor.verb import permit
from core.errors import BadInput, NotFound
from core.eventlog import check_log_name
from core.locks import on_postgresql
from core.queries import load
from core.workspace import Workspace
from ingest.query_text import check_query, check_url, database_name, in_words, without_secrets
from ingest.read import refuse_long_values
from ingest.rows import TableWriter, check_width
from ingest.service import IMPORT, store
from ingest.values import QUERY, Column, ImportResult, Progress, Reading
from ingest.way import Way

if TYPE_CHECKING:
    import sqlalchemy as sa

_BATCH = 10_000


def import_query(
    ws: Workspace,
    url: str,
    query: str,
    *,
    log: str,
    password: str | None = None,
    roles: Mapping[str, str] | None = None,
    timezone: str = "UTC",
    date_order: str | None = None,
    performer_kinds: Mapping[str, str] | None = None,
    missing_words: bool = True,
    decimal: str | None = None,
    error_words: Sequence[str] = (),
    pauses: Sequence[str] = (),
    ends: Sequence[str] = (),
    by: Actor,
    progress: Progress | None = None,
) -> ImportResult:
    """The event log version made from the rows that `query` gives on the database at `url`, stored and visible.

    `url` is a SQLAlchemy URL; its password, or `password` in its place, is used and then forgotten. `query` is one
    statement that only reads; the transaction around it is read-only on PostgreSQL, an SQLite file is opened so, and it
    is rolled back everywhere. The other arguments are those of `import_log`.

    Raises BadInput, with nothing stored, where the database or the query cannot be used, in words and without the
    password; Duplicate when the very same rows were imported in this very way before.
    """
    way = Way(
        timezone, None, date_order, dict(performer_kinds or {}), (), missing_words, decimal, tuple(error_words),
        tuple(pauses), tuple(ends),
    )  # fmt: skip
    way.check()
    name = check_log_name(log)
    permit(ws, by, IMPORT, name)
    address = check_url(url) if password is None else check_url(url).set(password=password)
    statement = check_query(query)
    with ws.logs.draft(name) as draft, ThreadPoolExecutor(1) as aside:
        draft.connection.execute(load("ingest.sql", "stamps").sql)
        reading, digest = _read(draft.connection, address, statement, progress)
        refuse_long_values(draft.connection, reading)
        return store(ws, draft, aside, reading, way, roles or {}, lambda: digest, by, progress)


def _read(
    connection: duckdb.DuckDBPyConnection, address: sa.URL, statement: str, progress: Progress | None
) -> tuple[Reading, str]:
    """The rows of the query, now in the table `raw`, and a digest of where they are from and what they say."""
    shown = database_name(address)
    hashed = hashlib.sha256(f"{shown}\n{statement}\n".encode())
    if progress:
        progress("Asking the database", 0)
    with _asked(address, statement) as (names, batches):
        columns = _columns(shown, names)
        writer = TableWriter(connection, "raw", [column.key for column in columns])
        for batch in batches:
            for row in batch:
                texts = [_text(value, shown, writer.count) for value in row]
                hashed.update(repr(texts).encode())
                writer.add(texts)
            if progress:
                progress("Reading rows", writer.count)
        writer.flush()
    if not writer.count:
        raise BadInput(f"The query of `{shown}` gives no row; nothing was stored.")
    facts = {"query": without_secrets(statement, address), "database": shown}
    return Reading(columns, writer.count, Path(shown), QUERY, facts=facts), hashed.hexdigest()


@contextmanager
def _asked(address: sa.URL, statement: str) -> Iterator[tuple[Sequence[str], Iterator[Sequence[Any]]]]:
    """The names of the query's columns and its rows in batches, in a transaction that is rolled back."""
    from sqlalchemy.exc import SQLAlchemyError

    shown = database_name(address)
    engine = None
    try:
        engine = _engine(address)
        with engine.connect() as connection:
            # The text goes to the driver as it is: `%` and `:` in it are no parameters.
            options: dict[str, Any] = {"stream_results": True, "yield_per": _BATCH, "no_parameters": True}
            if on_postgresql(engine):
                options["postgresql_readonly"] = True
            result = connection.execution_options(**options).exec_driver_sql(statement)
            if not result.returns_rows:
                raise BadInput(f"The query of `{shown}` gives no rows. Write a SELECT.")
            yield tuple(result.keys()), iter(result.partitions(_BATCH))
            result.close()
            connection.rollback()
    except (SQLAlchemyError, ModuleNotFoundError, UnicodeError) as error:
        raise BadInput(f"The query of `{shown}` failed: {in_words(error, address)}. Nothing was stored.") from None
    finally:
        if engine is not None:
            engine.dispose()


def _engine(address: sa.URL) -> sa.Engine:
    """An engine that opens one connection; SQLite files are opened read-only, and never made."""
    import sqlalchemy as sa
    from sqlalchemy.pool import NullPool

    if address.get_backend_name() != "sqlite":
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        return sa.create_engine(address, poolclass=NullPool)
    path = Path(str(address.database)).expanduser().absolute()
    if not path.is_file():
        raise NotFound(f"There is no file `{address.database}`.")
    uri = f"file:{quote(str(path))}?mode=ro"
    return sa.create_engine("sqlite://", poolclass=NullPool, creator=lambda: sqlite3.connect(uri, uri=True))


def _columns(shown: str, names: Sequence[str]) -> tuple[Column, ...]:
    doubled = sorted(name for name, times in Counter(names).items() if times > 1)
    if doubled:
        listed = ", ".join(f"`{name}`" for name in doubled)
        raise BadInput(f"The query of `{shown}` gives more than one column called {listed}. Name each with `AS`.")
    check_width(Path(shown), len(names))
    return tuple(Column(f"c{number}", name) for number, name in enumerate(names))


def _text(value: object, shown: str, above: int) -> str | None:
    """A value as text: moments as ISO 8601 writes them, bytes as hexadecimal digits, what is nested as JSON."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    text = str(value)
    if "\x00" in text:
        raise BadInput(f"Row {above + 1:,} of the query of `{shown}` has a NUL character. Nothing was stored.")
    return text
