"""The figures of every single case, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.queries import load
from mining.performance.timing import SQL

if TYPE_CHECKING:
    import duckdb

_MOST_BITS = 2_048


def case_kpis(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """One array a column, one row a case in the order of case numbers, of a connection that was prepared.

    `case_id`; `cycle` time (null where open or seen at one moment only), total `waiting` and `service` in seconds
    (service null without any start), `events`, `rework` (instances beyond the first of their activity), `performers`
    (distinct).
    """
    connection.execute(f"CREATE OR REPLACE TEMP MACRO distinct_performers(no) AS {_counted(connection)}")
    columns: dict[str, Any] = connection.execute(load(SQL, "case_kpis").sql).fetchnumpy()
    return columns


def _counted(connection: duckdb.DuckDBPyConnection) -> str:
    """How distinct performers are counted: by a bit for each where they are few, by a list made unique otherwise."""
    last = (connection.execute("SELECT max(performer_no) FROM performer").fetchone() or (None,))[0]
    if last is None or last >= _MOST_BITS:
        return "list_unique(list(no))"
    return f"bit_count(bitstring_agg(no, 0, {int(last)}))"
