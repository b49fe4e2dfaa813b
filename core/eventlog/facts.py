"""The facts of activity instances and cases: defined once as macros of the database, on every connection to a log."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from core.queries import load

FORM = 2  # of the stored tables; rises when what is stored changes
PAUSES = "pauses"  # meta key: the activities that wait for somebody outside
KNOWN_UNTIL = "known_until"  # meta key: the moment up to which everything that happened is in the log
SOUND = "sound_between"  # meta key: the moments between which times can be believed
_EVER = datetime(1, 1, 1), datetime(9999, 12, 31)  # noqa: DTZ001  naive UTC, as stored


def define_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macros of facts.sql on `connection`."""
    connection.execute(load("core.eventlog.sql", "facts").sql)


def find_bounds(
    connection: duckdb.DuckDBPyConnection, made_at: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Between which moments the times of `staged` can be believed, None for no such bound; the macros are told.

    `made_at` is the present of the version: what ends later has not happened. None: nobody knows when that is.
    """
    connection.execute("SET VARIABLE made_at = $moment::TIMESTAMP", {"moment": _naive(made_at)})
    low, high = connection.execute(load("core.eventlog.sql", "bounds").sql).fetchall()[0]
    set_bounds(connection, low, high)
    return low, high


def set_bounds(connection: duckdb.DuckDBPyConnection, low: datetime | None, high: datetime | None) -> None:
    """Tell the macros between which moments times can be believed; None: no such bound."""
    for name, bound in (("sound_from", low or _EVER[0]), ("sound_until", high or _EVER[1])):
        connection.execute(f"SET VARIABLE {name} = $bound::TIMESTAMP", {"bound": bound})


def set_known_until(connection: duckdb.DuckDBPyConnection, moment: datetime | None) -> None:
    """Tell case_.sql up to when everything is in the log; None: up to its last end."""
    connection.execute("SET VARIABLE known_until = $moment::TIMESTAMP", {"moment": _naive(moment)})


def _naive(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None
