"""Working time inside DuckDB: a table of days with what was worked before them, and a macro that looks up two."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.calendar.values import Calendar
from core.calendar.working import DAY, day_spans
from core.errors import BadInput
from core.queries import load

if TYPE_CHECKING:
    import duckdb

MOST_DAYS = 366 * 200
_US = 1_000_000


def install_calendar(
    connection: duckdb.DuckDBPyConnection,
    calendar: Calendar,
    between: tuple[datetime, datetime] | None = None,
) -> None:
    """Give `connection` the temporary table `calendar_day` and the macro `working_seconds(start, end)` of `calendar`.

    The macro takes two UTC timestamps within `between` (default: from the first to the last moment of the log's
    events) and gives the same number as the function `working_seconds`; null where either is null or lies outside.
    Raises BadInput where the days are too many for a calendar.
    """
    first, last = between or _bounds(connection)
    days = range(_day(first) - 1, _day(last) + 2)
    if len(days) > MOST_DAYS:
        raise BadInput(
            f"The log runs from {first:%Y-%m-%d} to {last:%Y-%m-%d}: more years than a business calendar can be laid "
            "over. Trim the suspicious dates first, or measure in calendar time."
        )
    spans = [day_spans(calendar, day) for day in days]
    most = max(1, *map(len, spans))
    _fill(connection, days, spans, most)
    for statement in _macros(days.start, most):
        connection.execute(statement)


def _fill(connection: duckdb.DuckDBPyConnection, days: range, spans: list[list[tuple[int, int]]], most: int) -> None:
    """The table: day from 1970, microseconds worked before it, and its spans, filled up with empty ones."""
    columns: list[list[int]] = [[] for _ in range(2 + 2 * most)]
    worked = 0
    for day, found in zip(days, spans, strict=True):
        padded = [moment * _US for span in found + [(0, 0)] * (most - len(found)) for moment in span]
        for column, value in zip(columns, (day, worked, *padded), strict=True):
            column.append(value)
        worked += sum(end - start for start, end in found) * _US
    names = ["day", "before", *(f"{side}{n}" for n in range(1, most + 1) for side in ("from", "to"))]
    unnested = ", ".join(f"unnest(?::BIGINT[]) AS {name}" for name in names)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE calendar_day AS SELECT {unnested}", columns)
    lists = ", ".join(f"list({name} ORDER BY day) AS {name}" for name in names[1:])
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE calendar_list AS SELECT d FROM (SELECT {lists} FROM calendar_day) AS d"  # noqa: S608
    )


def _macros(first: int, most: int) -> list[str]:
    """What was worked up to a moment in microseconds, and from it the working time between two timestamps.

    The days are looked up in lists, by position: a join would have to be written into every query that asks.
    """
    within = "".join(f" + greatest(0, least(moment, d.to{n}[i]) - d.from{n}[i])" for n in range(1, most + 1))
    return [
        f"CREATE OR REPLACE TEMP MACRO worked_on(d, i, moment) AS d.before[i]{within}",
        load("core.calendar", "worked_until").sql.replace("$day", str(DAY * _US)).replace("$first", str(first - 1)),
        load("core.calendar", "working_seconds").sql,
    ]


def _bounds(connection: duckdb.DuckDBPyConnection) -> tuple[datetime, datetime]:
    first, last = connection.execute(load("core.calendar", "bounds").sql).fetchone() or (None, None)
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001 -- the store's timestamps are UTC without saying so
    return first or epoch, last or epoch


def _day(moment: datetime) -> int:
    return moment.toordinal() - 719_163  # of 1970-01-01
