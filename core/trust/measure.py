"""Counts what decides which results a log can carry, on a connection to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import duckdb

from core.eventlog.completeness import Completeness
from core.eventlog.meta import read_meta
from core.queries import load
from core.trust.labels import group_label

_SQL = "core.trust.sql"


def prepare(connection: duckdb.DuckDBPyConnection, timezone: str, stored_at: datetime) -> None:
    """Make what the rules look at: wall clocks of the ends (`stamp`), and the order within cases (`step`)."""
    connection.execute("SET VARIABLE zone = $value", {"value": timezone})
    naive = stored_at.astimezone(UTC).replace(tzinfo=None)
    connection.execute("SET VARIABLE stored_at = $value::TIMESTAMP", {"value": naive})
    for name in ("local_of", "stamp", "step"):
        connection.execute(load(_SQL, name).sql)


def carrying(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The counts that decide which results a log can carry, by name; `label`: why its performers are no persons."""
    meta = read_meta(connection)
    cursor = connection.execute(load(_SQL, "carrying").sql)
    counts = dict(zip([d[0] for d in cursor.description or ()], cursor.fetchall()[0], strict=True))
    return {
        **{name: int(value) for name, value in counts.items()},
        "label": group_label(connection),
        **_completeness(meta.completeness),
        "unseen": meta.unseen,
    }


def _completeness(kept: Completeness) -> dict[str, Any]:
    """How it is known which cases are complete: `told`, and `ends`, the activities with which a case is over."""
    return {"told": kept.told, "ends": [(e.activity, e.share) for e in kept.endings if e.over]}
