"""Memory of DuckDB connections: what the settings give, and less while a version is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.eventlog.duck import _bytes, connect
from core.settings import Settings


@pytest.mark.parametrize(
    ("size", "bytes_"),
    [("4GB", 4_000_000_000), ("1.5 GiB", 1_610_612_736), ("512MB", 512_000_000), ("100KB", 100_000), ("7B", 7)],
)
def test_sizes_are_read_as_duckdb_reads_them(size: str, bytes_: int) -> None:
    assert _bytes(size) == bytes_


@pytest.mark.parametrize(("memory", "limit"), [("8GB", "1.1 GiB"), ("500MB", "476.8 MiB")])
def test_a_connection_that_writes_gets_less_memory_than_the_settings_allow(
    tmp_path: Path, memory: str, limit: str
) -> None:
    settings = Settings(user="Ada", home=tmp_path, duckdb_memory=memory, duckdb_threads=2)
    with connect(tmp_path / "log.duckdb", settings, read_only=False) as connection:
        assert connection.execute("SELECT current_setting('memory_limit')").fetchall() == [(limit,)]
    with connect(tmp_path / "log.duckdb", settings, read_only=True) as connection:
        assert connection.execute("SELECT current_setting('memory_limit')").fetchall() != [("1.1 GiB",)]
