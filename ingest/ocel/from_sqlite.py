"""Reads OCEL 2.0 in SQLite: only tables, never views, of a file that is opened read-only and proved whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from core.errors import BadInput, first_line
from ingest.ocel.tables import Ocel
from ingest.rows import TableWriter

_NEEDED = {
    "event": ("ocel_id", "ocel_type"),
    "object": ("ocel_id", "ocel_type"),
    "event_object": ("ocel_event_id", "ocel_object_id"),
    "event_map_type": ("ocel_type", "ocel_type_map"),
    "object_map_type": ("ocel_type", "ocel_type_map"),
}
_LINK = ("ocel_source_id", "ocel_target_id")
_TYPED = ("ocel_id", "ocel_time")
_CHANGED = "ocel_changed_field"
_QUALIFIER = "ocel_qualifier"


def read_sqlite(ocel: Ocel, path: Path) -> None:
    """Fill `ocel` from the SQLite file at `path`. Raises BadInput for what is no OCEL 2.0 at all, or damaged."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            found = [row[0] for row in database.execute("PRAGMA quick_check(10)")]
            if found != ["ok"]:
                raise sqlite3.DatabaseError(found[0])
            _SqliteReader(ocel, database).read()
    except sqlite3.Error as error:
        raise BadInput(
            f"`{ocel.path}` is a damaged or truncated SQLite database ({first_line(error)}). "
            "Copy or download it again; nothing was stored."
        ) from None


class _SqliteReader:
    """Goes through the tables, and notes what is missing."""

    def __init__(self, ocel: Ocel, database: sqlite3.Connection) -> None:
        self._ocel, self._database = ocel, database
        tables = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        self._tables = {name for name, sql in tables if not (sql or "").upper().startswith("CREATE VIRTUAL")}

    def read(self) -> None:
        missing = [name for name in _NEEDED if name not in self._tables]
        if len(missing) == len(_NEEDED):
            self._refuse_other()
        self._ocel.problems += [f"the table `{name}` is missing" for name in missing]
        for name, needed in _NEEDED.items():
            if name not in missing:
                self._lacks(name, needed)
        self._ocel.refuse()
        ocel = self._ocel
        self._copy("object", _NEEDED["object"], ocel.objects)
        self._copy("event_object", (*_NEEDED["event_object"], _QUALIFIER), ocel.relations)
        if "object_object" in self._tables and not self._lacks("object_object", _LINK):
            self._copy("object_object", (*_LINK, _QUALIFIER), ocel.links)
        times = self._events()
        for event, kind in self._rows("event", _NEEDED["event"]):
            ocel.events.add((event, kind, times.pop((event, kind), None)))
        self._refuse_rest(times)
        for table, _ in self._typed("object"):
            self._objects(table)

    def _events(self) -> dict[tuple[str | None, str | None], str | None]:
        """The time of each event by its identifier and type, from the tables of the types."""
        times: dict[tuple[str | None, str | None], str | None] = {}
        doubled = 0
        for table, kind in self._typed("event"):
            names = self._columns(table)
            more = [name for name in names if name not in _TYPED]
            for event, time, *values in self._rows(table, (*_TYPED, *more)):
                doubled += (event, kind) in times
                times[event, kind] = time
                for name, value in zip(more, values, strict=True):
                    if value is not None:
                        self._ocel.event_values.add((event, name, value))
        if doubled:
            self._ocel.problems.append(f"{doubled:,} rows of the tables of event types repeat an event")
        return times

    def _refuse_rest(self, times: dict[tuple[str | None, str | None], str | None]) -> None:
        if times:
            event, kind = next(iter(times))
            self._ocel.problems.append(
                f"{len(times):,} rows of the tables of event types are of events that the table `event` does not have "
                f"under this type, such as `{event}` of `{kind}`"
            )

    def _objects(self, table: str) -> None:
        names = self._columns(table)
        more = [name for name in names if name not in (*_TYPED, _CHANGED)]
        changed = _CHANGED if _CHANGED in names else "NULL"
        values = self._ocel.object_values
        for thing, time, field, *cells in self._rows(table, (*_TYPED, changed, *more)):
            found = dict(zip(more, cells, strict=True))
            if field is not None:
                values.add((thing, field, found.get(field), time))
                continue
            for name, value in found.items():
                if value is not None:
                    values.add((thing, name, value, time))
            if all(value is None for value in cells):
                values.add((thing, None, None, time))  # so that a row of an unknown object is noticed

    def _typed(self, kind: str) -> Iterator[tuple[str, str]]:
        """The tables of the types of `kind` with the type; types without one are problems."""
        for name, mapped in self._rows(f"{kind}_map_type", _NEEDED[f"{kind}_map_type"]):
            table = f"{kind}_{mapped}"
            self._ocel.types.add((kind, name))
            if table not in self._tables:
                self._ocel.problems.append(f"the table `{table}` of the {kind} type `{name}` is missing")
            elif not self._lacks(table, _TYPED):
                yield table, name or ""

    def _copy(self, table: str, columns: Sequence[str], writer: TableWriter) -> None:
        known = self._columns(table)
        for row in self._rows(table, [name if name in known else "NULL" for name in columns]):
            writer.add(row)

    def _rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
        listed = ", ".join(name if name == "NULL" else _quoted(name) for name in columns)
        for row in self._database.execute(f"SELECT {listed} FROM {_quoted(table)}"):  # noqa: S608
            yield tuple(None if value is None else _text(value) for value in row)

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self._database.execute(f"PRAGMA table_info({_quoted(table)})")]

    def _lacks(self, table: str, needed: Sequence[str]) -> bool:
        lacking = [name for name in needed if name not in self._columns(table)]
        self._ocel.problems += [f"the table `{table}` has no column `{name}`" for name in lacking]
        return bool(lacking)

    def _refuse_other(self) -> None:
        listed = ", ".join(f"`{name}`" for name in sorted(self._tables)[:12]) or "none"
        raise BadInput(
            f"`{self._ocel.path}` is an SQLite database, but no OCEL 2.0 log: it has none of the tables "
            f"{', '.join(f'`{name}`' for name in _NEEDED)}. Its tables: {listed}. "
            "Events in other tables are imported by a query: `tandem log query`."
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
