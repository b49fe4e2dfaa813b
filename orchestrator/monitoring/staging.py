"""Fills the two tables that a new event log version is built from. See docs/event-log.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_EVENT = {
    "case_id": "VARCHAR",
    "activity": "VARCHAR",
    "started": "TIMESTAMP",
    "ended": "TIMESTAMP",
    "performer": "VARCHAR",
    "performer_kind": "VARCHAR",
    "simulated": "BOOLEAN",
    "system": "VARCHAR",
    "cost": "DOUBLE",
    "failed": "BOOLEAN",
    "started_offset": "SMALLINT",
    "ended_offset": "SMALLINT",
    "source_row": "BIGINT",
}
_CASE = {"case_id": "VARCHAR", "due": "TIMESTAMP", "state": "VARCHAR"}


def stage(
    connection: duckdb.DuckDBPyConnection, events: Sequence[Mapping[str, Any]], cases: Sequence[Mapping[str, Any]]
) -> None:
    """Create `staged` from `events`, in their order, and `staged_case` from `cases`."""
    numbered = [
        {**event, "source_row": number, "started_offset": 0, "ended_offset": 0}
        for number, event in enumerate(events, 1)
    ]
    _fill(connection, "staged", _EVENT, numbered)
    _fill(connection, "staged_case", _CASE, cases)


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, known: Mapping[str, str], rows: Sequence[Mapping[str, Any]]
) -> None:
    import pyarrow as pa

    columns = {**known, **_attributes(rows)}
    listed = ", ".join(f"{_quoted(name)} {kind}" for name, kind in columns.items())
    connection.execute(f"CREATE TABLE {table} ({listed})")
    data = pa.table({name: [_cell(row.get(name), kind) for row in rows] for name, kind in columns.items()})
    connection.register("rows_to_stage", data)
    connection.execute(f"INSERT INTO {table} SELECT * FROM rows_to_stage")  # noqa: S608  a constant
    connection.unregister("rows_to_stage")


def _attributes(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The columns of further attributes with their types; DuckDB takes names that differ only in case for one."""
    values: dict[str, list[Any]] = {}
    for row in rows:
        for name, value in row.items():
            if name.startswith("@") and value is not None:
                values.setdefault(name, []).append(value)
    names = {name.casefold(): name for name in sorted(values)}
    return {name: _type(values[name]) for name in sorted(names.values())}


def _type(values: Sequence[Any]) -> str:
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return "BOOLEAN"
    if not kinds <= {int, float} or any(isinstance(v, int) and not -(2**63) <= v < 2**63 for v in values):
        return "VARCHAR"
    return "BIGINT" if kinds == {int} else "DOUBLE"


def _cell(value: Any, kind: str) -> Any:
    if value is None or kind not in ("VARCHAR", "DOUBLE"):
        return value
    return str(value) if kind == "VARCHAR" else float(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
