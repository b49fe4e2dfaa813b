"""Reads a source of any format into the table `raw`."""

from __future__ import annotations

import duckdb

from core import BadInput
from core.queries import load
from ingest.delimited import read_delimited
from ingest.parquet import read_parquet
from ingest.source import Format, Source
from ingest.values import Progress, Reading
from ingest.xes import read_xes

_MOST_COLUMNS = 500  # the memory of looking at values grows faster than their columns; real logs have below 100


def read(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    *,
    encoding: str | None = None,
    part: str | None = None,
    head_only: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """What `source` holds, now in the table `raw`, and the macros that read its stamps; nothing outlives `connection`.

    With `head_only` a few thousand rows are read. Raises BadInput for what cannot be read whole.
    """
    connection.execute(load("ingest.sql", "stamps").sql)
    if source.format is Format.XES:
        reading = read_xes(connection, source, encoding=encoding, head_only=head_only, progress=progress)
    else:
        if progress:
            progress("Reading rows", 0)
        if source.format is Format.CSV:
            reading = read_delimited(connection, source, encoding=encoding, head_only=head_only)
        else:
            reading = read_parquet(connection, source, head_only=head_only)
    if len(reading.columns) > _MOST_COLUMNS:
        raise BadInput(
            f"`{source.path}` has {len(reading.columns):,} columns; Tandem takes {_MOST_COLUMNS} at most. "
            "Leave out those that say nothing about the work."
        )
    return reading
