"""Codes that look like numbers: `1.1` and `1.10` are two versions, and would become one number.

An amount that is written in two ways, such as `10` and `10.00`, is an ordinary number. What tells them apart: a code
has few different texts, none of them ends in `.00`, and texts that are not whole would become one.
"""

from __future__ import annotations

import duckdb

from core.queries import load
from ingest.values import Column, Finding, Treatment, counted

MOST_CODES = 100  # different texts that a column of codes has


def merged_codes(connection: duckdb.DuckDBPyConnection, column: Column, number: str) -> Finding | None:
    """What is said of a column whose different texts would become one number, read by the expression `number`.

    None where its values are ordinary numbers.
    """
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW spoken AS SELECT {column.key} AS cell, {number} AS number FROM raw"  # noqa: S608
    )
    row = connection.execute(load("ingest.sql", "merged_codes").sql).fetchall()[0]
    connection.execute("DROP VIEW spoken")
    texts, amounts, merged, rows, one, other = row
    if texts > MOST_CODES or amounts or not merged:
        return None
    message = (
        f"`{column.label}` is kept as text: as numbers, different texts such as `{one}` and `{other}` would become one "
        f"({counted(rows, 'row')}). If it holds amounts, write all of them with the same decimals."
    )
    return Finding("codes_kept", Treatment.NOTE, rows, message)
