"""Names in filters to the numbers under which the store keeps them, and attributes to where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from core.errors import not_found

NOT_GIVEN = "(not given)"
BUILT_IN = ("performer", "performer_kind", "system", "failed")
_CASE, _EVENT = "case:", "event:"


@dataclass(frozen=True)
class Place:
    """Where an attribute stands."""

    of_case: bool
    column: str  # as SQL writes it


class Lookup:
    """The dictionaries of one stored event log version, each read when it is first asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._known: dict[str, dict[str, int]] = {}

    def numbers(self, kind: str, names: Sequence[str]) -> list[int]:
        """The numbers of `names` in the dictionary `kind` (activity, performer or system). Raises NotFound."""
        known = self._dictionary(kind)
        for name in names:
            if name not in known:
                raise not_found(kind, name, known, "in this event log")
        return [known[name] for name in names]

    def number(self, kind: str, name: str) -> int:
        """The number of `name` in the dictionary `kind`. Raises NotFound."""
        return self.numbers(kind, [name])[0]

    def attribute(self, name: str) -> Place:
        """Where the attribute `name` stands; `case:@x` and `event:@x` tell two of one name apart. Raises NotFound."""
        known = self.attributes()
        for place in (name, f"{_EVENT}{name}", f"{_CASE}{name}"):
            if place in known:
                column = place.split(":", 1)[1]
                return Place(place.startswith(_CASE), '"' + column.replace('"', '""') + '"')
        raise not_found("attribute of this event log", name, {*BUILT_IN, *(k.split(":", 1)[1] for k in known)})

    def attributes(self) -> tuple[str, ...]:
        """Every attribute with where it stands before its name, such as `case:@amount`."""
        rows = self._connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'stored' "
            "AND table_name IN ('event_attribute', 'case_attribute') AND column_name[1] = '@' "
            "ORDER BY table_name, column_index"
        ).fetchall()
        return tuple(f"{_CASE if table == 'case_attribute' else _EVENT}{column}" for table, column in rows)

    def _dictionary(self, kind: str) -> dict[str, int]:
        if kind not in self._known:
            rows = self._connection.execute(f"SELECT name, {kind}_no FROM stored.{kind}").fetchall()  # noqa: S608
            self._known[kind] = dict(rows)
        return self._known[kind]
