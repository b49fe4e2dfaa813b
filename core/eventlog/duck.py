"""DuckDB connections with the limits that the settings give."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from core.settings import Settings


def connect(path: Path, settings: Settings, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection to the DuckDB file at `path`, bounded in memory, threads and spilling; time zone UTC."""
    connection = duckdb.connect(
        str(path),
        read_only=read_only,
        config={
            "memory_limit": settings.duckdb_memory,
            "threads": str(settings.duckdb_threads or os.cpu_count() or 1),
            "max_temp_directory_size": settings.duckdb_temp,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "true",
        },
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection
