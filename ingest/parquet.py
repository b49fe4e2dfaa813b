"""Reads Parquet into the table `raw`."""

from __future__ import annotations

import glob

import duckdb

from core.errors import BadInput
from core.queries import load
from ingest.parquet_numbers import read_whole_numbers
from ingest.source import Source
from ingest.values import Column, Reading

_FLOATS = ("DOUBLE", "FLOAT")


def read_parquet(connection: duckdb.DuckDBPyConnection, source: Source, *, head_only: bool = False) -> Reading:
    """What `source` holds, now in the table `raw` of `connection`. Raises BadInput when the file is damaged."""
    bound = {"path": glob.escape(str(source.path))}
    try:
        schema = connection.execute(load("ingest.sql", "parquet_columns").sql, bound).fetchall()
        columns = tuple(
            Column(f"c{number}", name, instant=kind == "TIMESTAMP WITH TIME ZONE")
            for number, (name, kind) in enumerate(schema)
        )
        listed = ", ".join(f"{_value(name, kind)} AS c{number}" for number, (name, kind) in enumerate(schema))
        connection.execute(
            f"CREATE TEMP TABLE raw AS SELECT {listed} FROM read_parquet($path, hive_partitioning = false) LIMIT $most",  # noqa: S608
            {**bound, "most": 10_000 if head_only else None},
        )
        floats = [column for column, (_, kind) in zip(columns, schema, strict=True) if kind in _FLOATS]
        findings = read_whole_numbers(connection, floats)
    except duckdb.Error as error:
        raise BadInput(f"`{source.path}` cannot be read as Parquet: {str(error).splitlines()[0]}") from None
    rows = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
    if not rows:
        raise BadInput(f"`{source.path}` is an empty event log: it has no row.")
    return Reading(columns, rows, source.path, "Parquet", findings=findings)


def _value(name: str, kind: str) -> str:
    """The expression that reads a column: moments as UTC, numbers and truth as they are, the rest as text."""
    quoted = '"' + name.replace('"', '""') + '"'
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"({quoted} AT TIME ZONE 'UTC')::TIMESTAMP"
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"{quoted}::TIMESTAMP"
    if kind in ("BOOLEAN", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", *_FLOATS):
        return quoted
    return f"{quoted}::VARCHAR"
