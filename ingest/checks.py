"""Bulk checks over every staged activity instance, in DuckDB: what is stored as it is, and may mislead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import duckdb

from core.queries import load
from ingest.values import ColumnRole, Finding, Reading, Treatment

_MOSTLY = 0.9


def check(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    roles: Mapping[ColumnRole, Any],
    timezone: str,
    now: datetime,
    *,
    stated: Collection[ColumnRole] = (),
) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """The counts of all checks by name, and findings on those that are not as they should be.

    The stamps of the roles in `stated` are moments whatever the zone, though they state no offset from UTC.
    """
    bound = {"now": now.astimezone(UTC).replace(tzinfo=None)}
    cursor = connection.execute(load("ingest.sql", "checks").sql, bound)
    counts = dict(zip([d[0] for d in cursor.description], cursor.fetchall()[0], strict=True))
    alike = connection.execute(load("ingest.sql", "alike_activities").sql).fetchall()[0][0]
    counts["activities_alike"] = alike
    counts["traces_with_a_name_twice"] = _merged_traces(connection, reading)
    for role, name in ((ColumnRole.END, "ends_without_offset"), (ColumnRole.START, "starts_without_offset")):
        counts[name] = 0 if role in stated else counts[name]
    if ColumnRole.PERFORMER not in roles:
        del counts["without_performer"]
    return counts, tuple(_findings(counts, timezone))


def _merged_traces(connection: duckdb.DuckDBPyConnection, reading: Reading) -> int:
    if "traces" not in reading.facts:
        return 0
    cases = connection.execute(load("ingest.sql", "raw_cases").sql).fetchall()[0][0]
    empty = sum(f.count for f in reading.findings if f.code == "empty_traces")
    return max(0, int(reading.facts["traces"]) - empty - int(cases))


def _findings(counts: Mapping[str, int], timezone: str) -> Iterator[Finding]:
    told = {
        "ends_before_start": (
            Treatment.WARNING,
            "activity instances end before they start.",
        ),
        "ends_in_the_future": (Treatment.WARNING, "activity instances end in the future."),
        "ends_before_1971": (Treatment.WARNING, "activity instances end before 1971, as empty dates often do."),
        "negative_costs": (Treatment.WARNING, "costs are below zero; they lower every sum they are in."),
        "rows_out_of_order": (Treatment.REPAIRED, "rows stand in the file before what happened earlier; put in order."),
        "without_performer": (Treatment.NOTE, "activity instances do not say who did them."),
        "repeated_rows": (
            Treatment.WARNING,
            "activity instances equal another in case, activity, times and performer.",
        ),
        "activities_alike": (Treatment.WARNING, "activity names differ from another only by capitals or spaces."),
        "traces_with_a_name_twice": (
            Treatment.REPAIRED,
            "traces have the name of another; one name is one case.",
        ),
    }
    for code, (effect, words) in told.items():
        if counts.get(code):
            yield Finding(code, effect, counts[code], f"{counts[code]:,} {words}")
    naive = counts["ends_without_offset"] + counts["starts_without_offset"]
    if naive:
        message = f"{naive:,} timestamps state no offset from UTC; they were read as `{timezone}`."
        yield Finding("no_offset", Treatment.NOTE, naive, message)
    at_midnight = counts["ends_at_midnight"]
    if at_midnight > _MOSTLY * counts["instances"]:
        message = f"{at_midnight:,} activity instances end at midnight; times below a day mean nothing."
        yield Finding("dates_only", Treatment.WARNING, at_midnight, message)
