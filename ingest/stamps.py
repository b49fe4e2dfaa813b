"""How the timestamps of a column are written: decided from its values, never from where the computer stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from core.errors import BadInput
from core.queries import load
from ingest.values import Column, ColumnRole, Finding, Treatment

ORDERS = {"dmy": "day_first", "mdy": "month_first"}
_PREFERRED = ("iso", "ticks", "epoch", "java", "year_first", "named_month", "day_first", "month_first")
_AMBIGUOUS = ("day_first", "month_first")


@dataclass(frozen=True)
class StampKind:
    """How a column's timestamps are written, as the macros of stamps.sql call it, and what to say of the choice."""

    kind: str
    findings: tuple[Finding, ...] = ()


def stamp_kind(connection: duckdb.DuckDBPyConnection, key: str, role: ColumnRole, order: str | None) -> StampKind:
    """How the column `key` of the table `raw` writes timestamps; `order` (`dmy` or `mdy`) settles 03/04/2026.

    Where day and month can be told apart by no value at all, the day is taken first, and a warning says so.
    """
    sample = f"SELECT {key}::VARCHAR AS stamp FROM raw WHERE NOT is_missing({key}::VARCHAR) LIMIT 10000"  # noqa: S608
    reads = _reads(connection, sample)
    best = max(_PREFERRED, key=lambda kind: (reads.get(kind, 0), -_PREFERRED.index(kind)))
    if best not in _AMBIGUOUS:
        return StampKind(best)
    if order:
        return StampKind(ORDERS[order])
    if reads["day_first"] == reads["month_first"]:
        reads = _reads(connection, f"SELECT DISTINCT left({key}, 10) AS stamp FROM raw", most=None)  # noqa: S608
    if reads["day_first"] != reads["month_first"]:
        return StampKind(max(_AMBIGUOUS, key=lambda kind: reads[kind]))
    message = (
        f"Nothing in the column of the {role} tells days from months (every one is 12 or below); "
        "the day was taken first. If that is wrong, import again with `--date-order mdy`."
    )
    return StampKind("day_first", (Finding("day_or_month", Treatment.WARNING, 1, message),))


def named_zones(connection: duckdb.DuckDBPyConnection, column: Column) -> Iterator[Finding]:
    """Findings on stamps that name their zone by letters, such as `CET`: how each was read."""
    key = column.key
    letters = f"regexp_matches({key}::VARCHAR, '[A-Z]{{3,4}}( \\d{{4}})?$') AND strlen({key}::VARCHAR) > 13"
    some = f"SELECT 1 FROM (SELECT {key} FROM raw LIMIT 1000) WHERE {letters} LIMIT 1"  # noqa: S608
    if column.instant or not connection.execute(some).fetchall():
        return
    connection.execute(f"CREATE OR REPLACE TEMP VIEW sampled AS SELECT {key}::VARCHAR AS stamp FROM raw")  # noqa: S608
    rows = connection.execute(load("ingest.sql", "named_zones").sql).fetchall()
    connection.execute("DROP VIEW sampled")
    for zone, minutes, count in rows:
        hours = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
        words = f"{count:,} values of `{column.label}` name their zone `{zone}`; it was read as UTC{hours}."
        yield Finding("zone_named", Treatment.NOTE, count, words)


def check_order(order: str | None) -> None:
    """Raise BadInput unless `order` is None, `dmy` or `mdy`."""
    if order is not None and order not in ORDERS:
        raise BadInput(f"`{order}` is no date order. Known: {', '.join(f'`{known}`' for known in ORDERS)}.")


def _reads(connection: duckdb.DuckDBPyConnection, sample: str, most: int | None = 2000) -> dict[str, int]:
    """How many different values of `sample` each kind reads."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW sampled AS {sample}")
    rows = connection.execute(load("ingest.sql", "stamp_kinds").sql, {"most": most}).fetchall()
    connection.execute("DROP VIEW sampled")
    return dict(rows)
