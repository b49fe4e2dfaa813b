"""Builds the stored tables of an event log version from what was staged. See docs/event-log.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import duckdb

from core.errors import BadInput
from core.eventlog.completeness import COMPLETENESS, ENDS, tell_completeness
from core.eventlog.facts import FORM, KNOWN_UNTIL, PAUSES, SOUND, define_facts, find_bounds, set_known_until
from core.eventlog.meta import write_meta
from core.queries import load

_BEFORE_CASES = ("dictionaries", "case_order", "event", "pause", "going_on", "variant")
_AFTER = ("case_", "counts")


def build(
    connection: duckdb.DuckDBPyConnection,
    meta: Callable[[], Mapping[str, Any]],
    *,
    ends: list[str] | None = None,
    pauses: list[str] | None = None,
    known_until: datetime | None = None,
    made_at: datetime | None = None,
) -> None:
    """Turn `staged` (and `staged_case`, if there) into the stored tables and drop what was staged.

    `ends` are the activities that end a case, said by whoever makes the version (`*`: whichever is last), `pauses`
    those that wait for somebody outside; until `known_until` everything that happened is here (default: the last end),
    so what is open then and past due has missed its SLA. `made_at` is the present: what ends later has not happened and
    cannot be believed (default: nobody knows when that is). `meta` is asked last, so that it may still be worked out
    while the tables are built. Raises BadInput when nothing was staged, NotFound for activities that the log has not.
    """
    staged = connection.execute("SELECT count(*), count(started) FROM staged").fetchone() or (0, 0)
    if staged[0] == 0:
        raise BadInput("The event log is empty: it has no completed activity instance to store.")
    _complete_staged_case(connection)
    define_facts(connection)
    bounds = find_bounds(connection, made_at)
    connection.execute("SET VARIABLE pauses = $names::VARCHAR[]", {"names": pauses or []})
    set_known_until(connection, known_until)
    _run(connection, *_BEFORE_CASES)
    completeness = tell_completeness(connection, ends or [])
    _run(connection, *_AFTER)
    _attributes(connection)
    for table in ("staged", "staged_case", "numbered_case"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
    facts = {
        **meta(), "has_start": staged[1] > 0, "start_share": staged[1] / staged[0], "form": FORM,
        COMPLETENESS: completeness.to_json(), SOUND: [bound and bound.isoformat() for bound in bounds],
        **({ENDS: ends} if ends else {}), **({PAUSES: pauses} if pauses else {}),
        **({KNOWN_UNTIL: known_until.isoformat()} if known_until else {}),
    }  # fmt: skip
    write_meta(connection, facts)


def _run(connection: duckdb.DuckDBPyConnection, *steps: str) -> None:
    for step in steps:
        connection.execute(load("core.eventlog.sql", step).sql)


def _complete_staged_case(connection: duckdb.DuckDBPyConnection) -> None:
    """Give `staged_case` the columns that its writer left out."""
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "staged_case" not in tables:
        connection.execute("CREATE TABLE staged_case (case_id VARCHAR)")
    for column, kind in (
        ("due", "TIMESTAMP"),
        ("complete", "BOOLEAN"),
        ("state", "VARCHAR"),
        ("going_on", "TIMESTAMP"),
    ):
        connection.execute(f"ALTER TABLE staged_case ADD COLUMN IF NOT EXISTS {column} {kind}")


def _attributes(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep every further attribute (`@name`) of events and of cases."""
    extra = _extra_columns(connection, "staged")
    if extra:
        connection.execute(
            f"CREATE TABLE event_attribute AS SELECT e.case_no, e.position, {', '.join('s.' + c for c in extra)} "  # noqa: S608
            "FROM event e JOIN staged s ON s.source_row = e.source_row ORDER BY e.case_no, e.position"
        )
    else:
        connection.execute("CREATE TABLE event_attribute (case_no INTEGER, position INTEGER)")
    extra = _extra_columns(connection, "staged_case")
    connection.execute(
        f"CREATE TABLE case_attribute AS SELECT {', '.join(['c.case_no', *('s.' + c for c in extra)])} "  # noqa: S608
        "FROM numbered_case c LEFT JOIN staged_case s USING (case_id) ORDER BY c.case_no"
    )


def _extra_columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    rows = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND column_name[1] = '@' ORDER BY column_index",
        [table],
    ).fetchall()
    return ['"' + name.replace('"', '""') + '"' for (name,) in rows]
