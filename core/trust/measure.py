"""Counts what decides which results a log can carry, on a connection to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import duckdb

from core.queries import load
from core.trust.labels import group_label

_SQL = "core.trust.sql"
UNSEEN = "unseen"  # meta key: a sentence on cases that exist and that the log cannot hold
_TOLD: dict[str, Any] = {"told": "log", "endings": []}


def prepare(connection: duckdb.DuckDBPyConnection, timezone: str, stored_at: datetime) -> None:
    """Make what the rules look at: wall clocks of the ends (`stamp`), and the order within cases (`step`)."""
    connection.execute("SET VARIABLE zone = $value", {"value": timezone})
    naive = stored_at.astimezone(UTC).replace(tzinfo=None)
    connection.execute("SET VARIABLE stored_at = $value::TIMESTAMP", {"value": naive})
    for name in ("local_of", "stamp", "step"):
        connection.execute(load(_SQL, name).sql)


def carrying(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The counts that decide which results a log can carry, by name; `label`: why its performers are no persons."""
    cursor = connection.execute(load(_SQL, "carrying").sql)
    counts = dict(zip([d[0] for d in cursor.description or ()], cursor.fetchall()[0], strict=True))
    return {
        **{name: int(value) for name, value in counts.items()},
        "label": group_label(connection),
        **_completeness(connection),
        "unseen": _kept(connection, UNSEEN, ""),
    }


def _completeness(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """How it is known which cases are complete: `told`, and `ends`, the activities with which a case is over."""
    kept: dict[str, Any] = _kept(connection, "completeness", _TOLD)
    over = [(e["activity"], e["share"]) for e in kept["endings"] if e["over"]]
    return {"told": kept["told"], "ends": over}


def _kept(connection: duckdb.DuckDBPyConnection, key: str, otherwise: Any) -> Any:
    """What is kept beside the events under `key`."""
    found = connection.execute("SELECT value FROM meta WHERE key = $key", {"key": key}).fetchall()
    return json.loads(found[0][0]) if found else otherwise
