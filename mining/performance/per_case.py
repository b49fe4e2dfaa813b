"""The figures of every single case, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.queries import load
from mining.performance.timing import SQL

if TYPE_CHECKING:
    import duckdb


def case_kpis(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """One array a column, one row a case in the order of case numbers, of a connection that was prepared.

    `case_id`; `cycle` time (null where open or seen at one moment only), total `waiting` and `service` in seconds
    (service null without any start), `events`, `rework` (instances beyond the first of their activity), `performers`
    (distinct).
    """
    columns: dict[str, Any] = connection.execute(load(SQL, "case_kpis").sql).fetchnumpy()
    return columns
