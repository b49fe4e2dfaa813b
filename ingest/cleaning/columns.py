"""Where a column that a step names stands in the staged tables, and how values are put in the place of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb

from core.errors import not_found

_CORE = {"case": "case_id", "activity": "activity", "performer": "performer", "system": "system", "cost": "cost"}


@dataclass(frozen=True)
class StagedColumn:
    """One column of a staged table."""

    table: str  # staged or staged_case
    name: str

    @property
    def quoted(self) -> str:
        """Its name as SQL writes it."""
        return '"' + self.name.replace('"', '""') + '"'


def find_places(
    connection: duckdb.DuckDBPyConnection, column: str, *, besides: tuple[str, ...] = ()
) -> list[StagedColumn]:
    """Every place of `column`, which is a word of the log or an attribute with its `@`; `besides` are not allowed.

    Raises NotFound that names the columns there are.
    """
    there = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE table_name IN ('staged', 'staged_case') AND database_name = 'temp' ORDER BY table_name, column_index"
    ).fetchall()
    wanted = _CORE.get(column, column)
    allowed = [word for word in _CORE if word not in besides]
    attributes = [name for _, name in there if name.startswith("@")]
    places = [StagedColumn(table, name) for table, name in there if name == wanted]
    if (column not in allowed and column not in attributes) or not places:
        raise not_found("column", column, {*allowed, *attributes})
    return places


def distinct_values(
    connection: duckdb.DuckDBPyConnection, places: list[StagedColumn], where: str = "true"
) -> list[str]:
    """Every value in `places` as text; `where` limits those of `staged`."""
    found: set[str] = set()
    for place in places:
        condition = where if place.table == "staged" else "true"
        rows = connection.execute(
            f"SELECT DISTINCT {place.quoted}::VARCHAR FROM {place.table} "  # noqa: S608
            f"WHERE {place.quoted} IS NOT NULL AND ({condition})"
        ).fetchall()
        found.update(value for (value,) in rows)
    return sorted(found)


def replace_values(
    connection: duckdb.DuckDBPyConnection, places: list[StagedColumn], new: Mapping[str, str], where: str = "true"
) -> int:
    """How many values were replaced: in `places`, by what `new` has for them."""
    if not new:
        return 0
    connection.execute("CREATE OR REPLACE TEMP TABLE renamed (old VARCHAR PRIMARY KEY, new VARCHAR NOT NULL)")
    connection.execute(
        "INSERT INTO renamed SELECT unnest($old), unnest($new)", {"old": list(new), "new": list(new.values())}
    )
    changed = 0
    for place in places:
        condition = where if place.table == "staged" else "true"
        _as_text(connection, place)
        changed += _number(
            connection,
            f"UPDATE {place.table} SET {place.quoted} = r.new FROM renamed r "  # noqa: S608
            f"WHERE {place.table}.{place.quoted} = r.old AND ({condition})",
        )
    connection.execute("DROP TABLE renamed")
    return changed


def rewrite(
    connection: duckdb.DuckDBPyConnection, places: list[StagedColumn], expression: Callable[[StagedColumn], str]
) -> int:
    """How many values changed when every value in `places` became what `expression` says in SQL."""
    changed = 0
    for place in places:
        _as_text(connection, place)
        written = expression(place)
        changed += _number(
            connection,
            f"UPDATE {place.table} SET {place.quoted} = {written} "  # noqa: S608
            f"WHERE {place.quoted} IS NOT NULL AND {place.quoted} IS DISTINCT FROM {written}",
        )
    return changed


def _as_text(connection: duckdb.DuckDBPyConnection, place: StagedColumn) -> None:
    kind = connection.execute(
        "SELECT data_type FROM duckdb_columns() "
        "WHERE table_name = $table AND column_name = $name AND database_name = 'temp'",
        {"table": place.table, "name": place.name},
    ).fetchall()[0][0]
    if kind != "VARCHAR":
        connection.execute(f"ALTER TABLE {place.table} ALTER {place.quoted} TYPE VARCHAR")


def _number(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    return int(connection.execute(statement).fetchall()[0][0])
