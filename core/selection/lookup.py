"""Names in filters to the numbers under which the store keeps them, and attributes to where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from core.errors import not_found
from core.labels import label_key
from core.selection.stored_values import AttributePlace, StoredValues

NOT_GIVEN = "(not given)"
BUILT_IN = ("performer", "performer_kind", "system", "failed")
_CASE, _EVENT = "case:", "event:"
_KINDS = ("human", "agent", "system", "unknown")


class Lookup:
    """The dictionaries of one stored event log version, each read when it is first asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._known: dict[str, dict[str, int]] = {}

    def numbers(self, kind: str, names: Sequence[str]) -> list[int]:
        """The numbers of `names` in the dictionary `kind` (activity, performer or system). Raises NotFound.

        A name that is there but for blanks, such as a non-breaking one, is taken for it.
        """
        known = self._dictionary(kind)
        return [known[name] if name in known else self._alike(kind, name, known) for name in names]

    def _alike(self, kind: str, name: str, known: dict[str, int]) -> int:
        """The number of the one name that differs from `name` by blanks alone. Raises NotFound."""
        alike = [number for each, number in known.items() if label_key(each) == label_key(name)]
        if len(alike) != 1:
            raise not_found(kind, name, known, "in this event log")
        return alike[0]

    def number(self, kind: str, name: str) -> int:
        """The number of `name` in the dictionary `kind`. Raises NotFound."""
        return self.numbers(kind, [name])[0]

    def attribute(self, name: str) -> AttributePlace:
        """Where the attribute `name` stands; `case:@x` and `event:@x` tell two of one name apart. Raises NotFound."""
        known = self._typed()
        for place in (name, f"{_EVENT}{name}", f"{_CASE}{name}"):
            if place in known:
                column = place.split(":", 1)[1]
                return AttributePlace(place.startswith(_CASE), '"' + column.replace('"', '""') + '"', known[place])
        raise not_found("attribute of this event log", name, {*BUILT_IN, *(k.split(":", 1)[1] for k in known)})

    def attributes(self) -> tuple[str, ...]:
        """Every attribute with where it stands before its name, such as `case:@amount`."""
        return tuple(self._typed())

    def stored_values(self, attribute: str, place: AttributePlace) -> StoredValues:
        """The values that `attribute` has in the stored log."""
        return StoredValues(self._connection, attribute, place)

    def _typed(self) -> dict[str, str]:
        """The attributes as `attributes` names them, with the type of their values."""
        rows = self._connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = 'stored' "
            "AND table_name IN ('event_attribute', 'case_attribute') AND column_name[1] = '@' "
            "ORDER BY table_name, column_index"
        ).fetchall()
        return {f"{_CASE if table == 'case_attribute' else _EVENT}{column}": kind for table, column, kind in rows}

    def _dictionary(self, kind: str) -> dict[str, int]:
        if kind not in self._known:
            rows = self._connection.execute(f"SELECT name, {kind}_no FROM stored.{kind}").fetchall()  # noqa: S608
            self._known[kind] = dict(rows)
        return self._known[kind]


def known_kinds(given: Sequence[str]) -> list[str]:
    """The performer kinds that `given` name. Raises NotFound for what is none."""
    kinds = [kind.strip().lower() for kind in given]
    for kind, said in zip(kinds, given, strict=True):
        if kind not in _KINDS:
            raise not_found("performer kind", said, _KINDS)
    return kinds
