"""Named queries of the demo over an event log version, and their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.queries import load as load_query

if TYPE_CHECKING:
    import duckdb


def rows(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of the query `name`, each by column name."""
    cursor = connection.execute(load_query(__name__, name).sql, parameters)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
