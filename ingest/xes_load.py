"""From the tables of the pieces of an XES file to the table `raw`; traces without a name get one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import duckdb

from ingest.values import Column, Scope
from ingest.xes_worker import UNNAMED, UNREADABLE, meaning

Outcome = dict[str, Any]  # of one piece: its counts, columns and table, or its error
Spellings = dict[tuple[bool, str], list[str]]  # of a trace's or an event's key: the columns that say it, one a type

_NAME = (True, "concept:name")
_NUMBER = (True, UNNAMED)


def load_pieces(connection: duckdb.DuckDBPyConnection, outcomes: Sequence[Outcome]) -> tuple[tuple[Column, ...], int]:
    """The columns of the new table `raw`, and how many attributes of events have the key of another of another type.

    An attribute that was declared with several types is one column of text.
    """
    filled = [outcome for outcome in outcomes if outcome["rows"]]
    spellings = _spellings(filled)
    columns, expressions = [], []
    for number, ((of_trace, key), spelled) in enumerate(spellings.items()):
        columns.append(Column(f"c{number}", key, Scope.CASE if of_trace else Scope.EVENT))
        expressions.append(f"{_value(spelled)} AS c{number}")
    source = {"tables": [outcome["table"] for outcome in filled]}
    listed = ", ".join(expressions)
    connection.execute(
        f"CREATE TEMP TABLE raw AS SELECT {listed} FROM read_parquet($tables, union_by_name = true)",  # noqa: S608
        source,
    )
    if _NUMBER in spellings:
        keys = list(spellings)
        name, number_at = keys.index(_NAME), keys.index(_NUMBER)
        _name_traces(connection, f"c{name}", f"c{number_at}", outcomes)
        del columns[number_at]
    return tuple(columns), _mixed(connection, spellings, source)


def _spellings(filled: Iterable[Outcome]) -> Spellings:
    found: Spellings = {}
    for name in sorted({name for outcome in filled for name in outcome["columns"]}):
        of_trace, declared, key = meaning(name)
        if declared not in UNREADABLE:
            found.setdefault((of_trace, key), []).append(name)
    if _NUMBER in found:
        found.setdefault(_NAME, [])
    return found


def _value(spelled: Sequence[str]) -> str:
    quoted = [_quoted(name) for name in spelled]
    if len(quoted) < 2:
        return quoted[0] if quoted else "NULL::VARCHAR"
    return f"coalesce({', '.join(f'{q}::VARCHAR' for q in quoted)})"


def _quoted(name: str) -> str:
    return f'"{name.encode().hex()}"'  # DuckDB takes `Cost` and `cost` for one column


def _name_traces(connection: duckdb.DuckDBPyConnection, name: str, number: str, outcomes: Sequence[Outcome]) -> None:
    """Name the traces that have only a `number`, by their place in the log and as no other is named."""
    prefix, tries = "unnamed trace", 1
    while connection.execute(
        f"SELECT 1 FROM raw WHERE starts_with({name}, $prefix) LIMIT 1",  # noqa: S608
        {"prefix": f"{prefix} "},
    ).fetchall():
        prefix, tries = f"unnamed trace ({tries + 1})", tries + 1
    above = [0, *accumulate(outcome["traces"] for outcome in outcomes)]
    piece, within = (f"split_part({number}, ':', {part})::BIGINT" for part in (1, 2))
    place = f"list_extract($above::BIGINT[], {piece} + 1) + {within}"
    connection.execute(
        f"UPDATE raw SET {name} = concat($prefix, ' ', {place}) WHERE {number} IS NOT NULL",  # noqa: S608
        {"prefix": prefix, "above": above},
    )
    connection.execute(f"ALTER TABLE raw DROP COLUMN {number}")


def _mixed(connection: duckdb.DuckDBPyConnection, spellings: Spellings, source: dict[str, list[str]]) -> int:
    """How many values of events stand under the key of another that was declared with another type."""
    several = [spelled for (of_trace, _), spelled in spellings.items() if len(spelled) > 1 and not of_trace]
    if not several:
        return 0
    sums = [" + ".join(f"({_quoted(name)} IS NOT NULL)::INTEGER" for name in spelled) for spelled in several]
    extra = " + ".join(f"greatest(0, {each} - 1)" for each in sums)
    sql = f"SELECT coalesce(sum({extra}), 0)::BIGINT FROM read_parquet($tables, union_by_name = true)"  # noqa: S608
    return int(connection.execute(sql, source).fetchall()[0][0])
