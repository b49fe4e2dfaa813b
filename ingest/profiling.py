"""What the first rows of the table `raw` look like, column by column."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from core.queries import load
from ingest.values import Column, Profile


def profile(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> tuple[Profile, ...]:
    """A profile of each of `columns`, from the first ten thousand rows."""
    found = {row[0]: row[1:] for row in connection.execute(load("ingest.sql", "profiles").sql).fetchall()}
    nothing = (0, 0, (), 0, 0, 0, 0)
    return tuple(
        Profile(column, filled, distinct, tuple(words), tried, moments, numbers, amounts)
        for column in columns
        for filled, distinct, words, tried, moments, numbers, amounts in [found.get(column.key, nothing)]
    )
