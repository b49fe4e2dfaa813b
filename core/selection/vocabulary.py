"""What the filters on an event log can name: its activities, performers, systems, and attributes with their values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from core.queries import load
from core.selection.lookup import BUILT_IN, Lookup

if TYPE_CHECKING:
    from core.eventlog import LogVersion
    from core.workspace import Workspace

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


@dataclass(frozen=True)
class AttributeName:
    """An attribute of a log."""

    name: str  # as a filter names it: `@amount`, or `case:@amount` where events have one of that name too
    of_case: bool
    numeric: bool

    @property
    def label(self) -> str:
        """How people read it."""
        return f"{self.name.split(':', 1)[-1].removeprefix('@')}{' (case)' if self.of_case else ''}"


@dataclass(frozen=True)
class Vocabulary:
    """The names that a log knows, each kind by falling frequency."""

    activities: tuple[str, ...]
    performers: tuple[str, ...]
    systems: tuple[str, ...]
    kinds: tuple[str, ...]  # performer kinds that occur
    attributes: tuple[AttributeName, ...]
    has_failed: bool  # whether the log says what failed


@dataclass(frozen=True)
class AttributeValues:
    """What is known of one attribute's values."""

    rows: int  # cases, or activity instances
    filled: int
    different: int
    low: float | None  # where values are numbers
    high: float | None
    frequent: tuple[tuple[str, int], ...]  # value and how often, at most as many as were asked for


def vocabulary(ws: Workspace, found: LogVersion) -> Vocabulary:
    """The names that the filters on this log version can use."""
    with ws.logs.select(found) as connection:
        activities, performers, systems = (_names(connection, kind) for kind in ("activity", "performer", "system"))
        kinds = connection.execute("SELECT DISTINCT kind FROM performer ORDER BY kind").fetchall()
        failed = connection.execute("SELECT count(failed) > 0 FROM event").fetchall()[0][0]
        return Vocabulary(
            activities, performers, systems, tuple(k for (k,) in kinds), _attributes(connection), bool(failed)
        )


def attribute_values(ws: Workspace, found: LogVersion, attribute: str, *, most: int = 200) -> AttributeValues:
    """What the values of `attribute` are. Raises NotFound."""
    with ws.logs.select(found) as connection:
        if attribute in BUILT_IN:
            frequent = _built_in(connection, attribute)
            total = sum(times for _, times in frequent)
            return AttributeValues(found.events, total, len(frequent), None, None, frequent[:most])
        place = Lookup(connection).attribute(attribute)
        table = "case_attribute" if place.of_case else "event_attribute"
        connection.execute(f"CREATE TEMP VIEW attribute_value AS SELECT {place.column} AS value FROM {table}")  # noqa: S608
        rows, filled, different, low, high, pairs = connection.execute(
            load("core.selection.sql", "values_of").sql, {"most": most}
        ).fetchall()[0]
    return AttributeValues(rows, filled, different, low, high, tuple((v, int(n)) for v, n in pairs or ()))


def _names(connection: duckdb.DuckDBPyConnection, kind: str) -> tuple[str, ...]:
    rows = connection.execute(f"SELECT name FROM {kind} ORDER BY events DESC, name").fetchall()  # noqa: S608
    return tuple(name for (name,) in rows)


def _attributes(connection: duckdb.DuckDBPyConnection) -> tuple[AttributeName, ...]:
    rows = connection.execute(
        "SELECT table_name = 'case_attribute', column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = 'stored' AND table_name IN ('event_attribute', 'case_attribute') "
        "AND column_name[1] = '@' ORDER BY table_name, column_index"
    ).fetchall()
    of_events = {column for of_case, column, _ in rows if not of_case}
    return tuple(
        AttributeName(
            f"case:{column}" if of_case and column in of_events else column, of_case, kind.split("(")[0] in _NUMBERS
        )
        for of_case, column, kind in rows
    )


def _built_in(connection: duckdb.DuckDBPyConnection, attribute: str) -> tuple[tuple[str, int], ...]:
    if attribute == "failed":
        sql = "SELECT failed::VARCHAR, count(*) FROM event WHERE failed IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    elif attribute == "performer_kind":
        sql = "SELECT kind, sum(events)::BIGINT FROM performer GROUP BY 1 ORDER BY 2 DESC, 1"
    else:
        sql = f"SELECT name, events FROM {attribute} ORDER BY events DESC, name"  # noqa: S608
    return tuple(connection.execute(sql).fetchall())
