"""Brings the file of an event log version that an older release wrote to the form that this one reads."""

from __future__ import annotations

import json
from datetime import datetime

import duckdb

from core.eventlog.completeness import COMPLETENESS, tell_completeness
from core.eventlog.facts import FORM, SOUND, find_bounds
from core.eventlog.meta import write_meta
from core.queries import load

_ALL_COMPLETE = (
    "SELECT count(*) FILTER (NOT complete) = 0 AND (SELECT count(*) = 0 FROM meta WHERE key = 'kind') FROM case_"
)


def form_of(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the form that the stored tables have; those without one are of the first."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'form'").fetchall()
    return int(json.loads(found[0][0])) if found else 1


def upgrade(connection: duckdb.DuckDBPyConnection, made_at: datetime | None = None) -> None:
    """Bring the tables of the first form, open for writing on `connection`, to the present one.

    Who did what and which case is complete are worked out as if the version were built now: a log in which every case
    was called complete because nobody said otherwise is judged by the ends of its old cases. `made_at` is when the
    version was stored: what ends later had not happened.
    """
    run = connection.execute
    run("BEGIN")
    run(load("core.eventlog.sql", "upgrade_staged").sql)
    bounds = find_bounds(connection, made_at)
    run(load("core.eventlog.sql", "upgrade").sql)
    silent = bool(run(_ALL_COMPLETE).fetchall()[0][0])
    run(
        "CREATE TEMP TABLE staged_case AS SELECT case_id, due, CASE WHEN NOT $silent THEN complete END AS complete, "
        "NULL::VARCHAR AS state, NULL::TIMESTAMP AS going_on FROM case_",
        {"silent": silent},
    )
    run("DROP TABLE case_")
    completeness = tell_completeness(connection, [])
    run(load("core.eventlog.sql", "case_").sql)
    for table in ("staged", "staged_case", "numbered_case"):
        run(f"DROP TABLE {table}")
    facts = {
        "form": FORM, COMPLETENESS: completeness.to_json(), SOUND: [bound and bound.isoformat() for bound in bounds],
    }  # fmt: skip
    write_meta(connection, facts)
    run("COMMIT")
