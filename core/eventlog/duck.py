"""DuckDB connections with the limits that the settings give."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from core.eventlog.facts import define_facts
from core.settings import Settings

_WRITING = 1_000_000_000  # bytes of memory while a version is built, and for each thread on top
_WRITING_THREAD = 128_000_000


def connect(path: Path, settings: Settings, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection to the DuckDB file at `path`, bounded in memory, threads and spilling; time zone UTC.

    One that writes is bounded closer: what an import holds beside is spilled, and costs little more time than memory.
    """
    limits = _limits(settings)
    if not read_only:
        most = _WRITING + _WRITING_THREAD * _threads(settings)
        limits["memory_limit"] = f"{min(most, _bytes(settings.duckdb_memory))}B"
    connection = duckdb.connect(str(path), read_only=read_only, config=limits)
    connection.execute("SET TimeZone = 'UTC'")
    define_facts(connection)
    if read_only:
        shut(connection)
    return connection


def shut(connection: duckdb.DuckDBPyConnection, writes: Path | None = None) -> None:
    """Let `connection` open no further file but `writes`: a view in a file that somebody prepared could read any."""
    if writes is not None:
        quoted = str(writes).replace("'", "''")
        connection.execute(f"SET allowed_paths = ['{quoted}']")
    connection.execute("SET enable_external_access = false")


def attach(path: Path, settings: Settings, writes: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in memory, bounded as `connect` says, with the file at `path` attached read-only as `stored`.

    The file's tables go by their plain names, unless a temporary table or view has the same one. No other file can be
    read, and none but `writes` written.
    """
    connection = duckdb.connect(":memory:", config=_limits(settings))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS stored (READ_ONLY)")
        connection.execute("USE stored")
        define_facts(connection)
        shut(connection, writes)
    except duckdb.Error:
        connection.close()
        raise
    return connection


def _threads(settings: Settings) -> int:
    return settings.duckdb_threads or os.cpu_count() or 1


def _bytes(size: str) -> int:
    """`size` such as `4GB` or `1.5 GiB` in bytes, as DuckDB takes it."""
    unit = size.lstrip("0123456789. ")
    base = 1024 if "i" in unit else 1000
    return int(float(size.removesuffix(unit)) * base ** "BKMGT".index(unit[0]))


def _limits(settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings.duckdb_memory,
        "threads": str(_threads(settings)),
        "max_temp_directory_size": settings.duckdb_temp,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "true",
    }
