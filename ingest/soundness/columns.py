"""Rules that look at one column at a time: missing values, columns that say nothing, numbers far out.

Which attributes a log has differs from log to log, so their names are put into the SQL here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from ingest.soundness.values import ColumnFacts

_MOSTLY = 0.5  # of the instances of an activity, or of the cases: where others have a value, one without is missing it
_NEARLY_EMPTY = 0.01
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE")
_CORE = ("performer", "started", "system", "failed", "cost")
_KEPT_NUMBER = {"performer": "performer_no", "system": "system_no"}


@dataclass(frozen=True)
class StoredColumn:
    """A column of the stored log that holds values."""

    name: str  # as people call it
    of: str  # event or case
    type: str
    sql: str  # how SQL reads it

    @property
    def table(self) -> str:
        """The table it stands in."""
        if self.of == "case":
            return "case_attribute"
        return "event_attribute" if self.name.startswith("@") else "event"


@dataclass(frozen=True)
class Hits:
    """A rule's query for one column, and how many values it looks at."""

    code: str
    subject: str
    sql: str
    total: int


def find_columns(connection: duckdb.DuckDBPyConnection) -> list[StoredColumn]:
    """The columns of a log beside case, activity and end, with every attribute."""
    stored = _described(connection, "event")
    found = [
        StoredColumn(name, "event", stored[_KEPT_NUMBER.get(name, name)], _KEPT_NUMBER.get(name, name))
        for name in _CORE
    ]
    for of in ("event", "case"):
        for name, kind in _described(connection, f"{of}_attribute").items():
            if name.startswith("@"):
                found.append(StoredColumn(name, of, kind, '"' + name.replace('"', '""') + '"'))
    return found


def column_facts(connection: duckdb.DuckDBPyConnection, columns: Sequence[StoredColumn]) -> list[ColumnFacts]:
    """What each of `columns` holds, in their order."""
    found: dict[StoredColumn, ColumnFacts] = {}
    for table, total in (("event", "event"), ("event_attribute", "event"), ("case_attribute", "case_")):
        here = [column for column in columns if column.table == table]
        if not here:
            continue
        asked = ", ".join(f"count({c.sql}), min({c.sql})::VARCHAR, max({c.sql})::VARCHAR" for c in here)
        row = connection.execute(f"SELECT (SELECT count(*) FROM {total}), {asked} FROM {table}").fetchall()[0]  # noqa: S608
        for place, c in enumerate(here):
            filled, low, high = row[1 + 3 * place : 4 + 3 * place]
            if c.name in _KEPT_NUMBER:
                low, high = connection.execute(f"SELECT min(name), max(name) FROM {c.name}").fetchall()[0]  # noqa: S608
            found[c] = ColumnFacts(c.name, c.of, c.type, row[0], filled, low, high)
    return [found[column] for column in columns]


def column_hits(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[StoredColumn], facts: Sequence[ColumnFacts]
) -> Iterator[Hits]:
    """The queries of the rules that go by column, only for columns where they can find something."""
    carried = _carried(connection, columns, facts)
    for column, fact in zip(columns, facts, strict=True):
        if 0 < fact.filled < fact.total:
            yield from _missing(column, fact, carried)
        says_little = fact.constant or 0 < fact.filled < _NEARLY_EMPTY * fact.total
        if column.name.startswith("@") and says_little:
            yield Hits("constant_columns", column.name, _places(column, f"{column.sql} IS NOT NULL"), fact.total)
        if column.type in _NUMBERS and fact.lowest != fact.highest and column.name not in _KEPT_NUMBER:
            yield Hits("far_values", column.name, _far(column, fact), fact.filled)


def _missing(
    column: StoredColumn, fact: ColumnFacts, carried: dict[StoredColumn, dict[int, tuple[int, int]]]
) -> Iterator[Hits]:
    if column.of == "case":
        if fact.filled >= _MOSTLY * fact.total:
            yield Hits("missing_values", column.name, _places(column, f"{column.sql} IS NULL", "''"), fact.total)
        return
    if column.name == "cost":  # that some activities cost nothing is usual
        return
    if not column.name.startswith("@"):
        yield Hits("missing_values", column.name, _places(column, f"{column.sql} IS NULL", "''"), fact.total)
        return
    usual = {no: n for no, (n, filled) in carried[column].items() if filled >= _MOSTLY * n}
    lacking = [no for no in usual if carried[column][no][1] < usual[no]]
    if lacking:
        listed = ", ".join(map(str, lacking))
        sql = (
            "SELECT NULL AS subject, case_no, position, '' AS value, case_no AS rank "  # noqa: S608
            f"FROM event_attribute JOIN event USING (case_no, position) "
            f"WHERE {column.sql} IS NULL AND activity_no IN ({listed})"
        )
        yield Hits("missing_values", column.name, sql, sum(usual.values()))


def _carried(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[StoredColumn], facts: Sequence[ColumnFacts]
) -> dict[StoredColumn, dict[int, tuple[int, int]]]:
    """Of attributes of events that are filled in part: activity number to its instances, and those with a value."""
    partly = [c for c, f in zip(columns, facts, strict=True) if c.table == "event_attribute" and 0 < f.filled < f.total]
    if not partly:
        return {}
    counted = ", ".join(f"count({c.sql})" for c in partly)
    rows = connection.execute(
        f"SELECT activity_no, count(*), {counted} "  # noqa: S608
        "FROM event_attribute JOIN event USING (case_no, position) GROUP BY activity_no"
    ).fetchall()
    return {c: {row[0]: (row[1], row[2 + place]) for row in rows} for place, c in enumerate(partly)}


def _far(column: StoredColumn, fact: ColumnFacts) -> str:
    logarithmic = fact.lowest is not None and float(fact.lowest) >= 0
    scaled = f"ln({column.sql}::DOUBLE + 1)" if logarithmic else f"{column.sql}::DOUBLE"
    reach = 3 if logarithmic else 10
    beyond = (
        f"{scaled} > quartile[2] + {reach} * (quartile[2] - quartile[1]) "
        f"OR {scaled} < quartile[1] - {reach} * (quartile[2] - quartile[1])"
    )
    spread = (
        f"(SELECT quantile_cont({scaled}, [0.25, 0.75]) AS quartile, approx_count_distinct({column.sql}) AS n "  # noqa: S608
        f"FROM {column.table} WHERE {column.sql} IS NOT NULL)"
    )
    condition = f"n >= 20 AND quartile[2] > quartile[1] AND ({beyond})"
    return _places(column, condition, f"{column.sql}::VARCHAR", f"-abs({column.sql}::DOUBLE)", spread)


def _places(column: StoredColumn, condition: str, value: str = "", rank: str = "case_no", beside: str = "") -> str:
    """The query for the places of `column` that meet `condition`, in the shape that every rule has."""
    position = "NULL" if column.of == "case" else "position"
    shown = value or f"{column.sql}::VARCHAR"
    more = f", {beside}" if beside else ""
    return (
        f"SELECT NULL AS subject, case_no, {position} AS position, {shown} AS value, {rank} AS rank "  # noqa: S608
        f"FROM {column.table}{more} WHERE {condition}"
    )


def _described(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    rows = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall()  # noqa: S608
    return dict(rows)
