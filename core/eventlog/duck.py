"""DuckDB connections with the limits that the settings give."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from core.settings import Settings


def connect(path: Path, settings: Settings, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection to the DuckDB file at `path`, bounded in memory, threads and spilling; time zone UTC."""
    connection = duckdb.connect(str(path), read_only=read_only, config=_limits(settings))
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def attach(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """A connection in memory, bounded as `connect` says, with the file at `path` attached read-only as `stored`.

    The file's tables go by their plain names, unless a temporary table or view has the same one.
    """
    connection = duckdb.connect(":memory:", config=_limits(settings))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS stored (READ_ONLY)")
        connection.execute("USE stored")
    except duckdb.Error:
        connection.close()
        raise
    return connection


def _limits(settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings.duckdb_memory,
        "threads": str(settings.duckdb_threads or os.cpu_count() or 1),
        "max_temp_directory_size": settings.duckdb_temp,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "true",
    }
