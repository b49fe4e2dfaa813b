"""Rows of text on their way into a table of DuckDB, in batches; columns may join while rows come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from core.errors import BadInput

MOST_COLUMNS = 500  # the memory of looking at values grows faster than their columns; real logs have below 100
_BATCH = 20_000
_BATCH_SIZE = 64 << 20  # characters, roughly


class TableWriter:
    """Fills the temporary table `table`, all of it text. Call `flush` at the end."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> None:
        self._connection, self._table, self._columns = connection, table, list(columns)
        self._rows: list[Sequence[str | None]] = []
        self._size = 0
        self.count = 0
        listed = ", ".join(f"{column} VARCHAR" for column in columns)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({listed})")

    def widen(self, column: str) -> None:
        """Add `column`; it is empty in the rows that are in already."""
        self._connection.execute(f"ALTER TABLE {self._table} ADD COLUMN {column} VARCHAR")
        self._columns.append(column)

    def add(self, row: Sequence[str | None]) -> None:
        """Add a row; values that it lacks at its end are empty."""
        self._rows.append(row)
        self.count += 1
        self._size += sum(map(len, filter(None, row)))
        if len(self._rows) >= _BATCH or self._size >= _BATCH_SIZE:
            self.flush()

    def flush(self) -> None:
        """Put what is waiting into the table."""
        import pyarrow as pa

        if not self._rows:
            return
        width = len(self._columns)
        full = [row if len(row) == width else (*row, *[None] * (width - len(row))) for row in self._rows]
        arrays = [pa.array(values, pa.string()) for values in zip(*full, strict=True)]
        self._connection.register("waiting_rows", pa.table(arrays, names=self._columns))
        self._connection.execute(f"INSERT INTO {self._table} FROM waiting_rows")
        self._connection.unregister("waiting_rows")
        self._rows, self._size = [], 0


def check_width(path: Path, columns: int) -> None:
    """Raise BadInput for more columns than an event log can have."""
    if columns > MOST_COLUMNS:
        raise BadInput(
            f"`{path}` has {columns:,} columns; Tandem takes {MOST_COLUMNS} at most. "
            "Leave out those that say nothing about the work."
        )
