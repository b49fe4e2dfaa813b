"""Runs the named queries of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.queries import load

if TYPE_CHECKING:
    import duckdb


def rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any] | None = None) -> list[Any]:
    """The rows of a named query of this package."""
    return connection.execute(load("mining.map.hidden.sql", query).sql, parameters or {}).fetchall()
