"""How the timestamps of a column are written: decided from its values, never from where the computer stands."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from core import BadInput
from core.queries import load
from ingest.values import Effect, Finding, Role

ORDERS = {"dmy": "day_first", "mdy": "month_first"}
_PREFERRED = ("iso", "ticks", "epoch", "java", "year_first", "named_month", "day_first", "month_first")
_AMBIGUOUS = ("day_first", "month_first")


@dataclass(frozen=True)
class StampKind:
    """How a column's timestamps are written, as the macros of stamps.sql call it, and what to say of the choice."""

    kind: str
    findings: tuple[Finding, ...] = ()


def stamp_kind(connection: duckdb.DuckDBPyConnection, key: str, role: Role, order: str | None) -> StampKind:
    """How the column `key` of the table `raw` writes timestamps; `order` (`dmy` or `mdy`) settles 03/04/2026.

    Where day and month can be told apart by no value at all, the day is taken first, and a warning says so.
    """
    reads = _reads(connection, f"SELECT {key}::VARCHAR AS stamp FROM raw LIMIT 10000")  # noqa: S608
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
    return StampKind("day_first", (Finding("day_or_month", Effect.WARNING, 1, message),))


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
