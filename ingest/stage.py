"""Turns the table `raw` into the tables `staged` and `staged_case` that the event-log store builds from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import duckdb

from core.errors import BadInput, not_found
from core.queries import load
from ingest import lifecycle
from ingest.attributes import Attribute, stage_cases
from ingest.cells import Pace, open_instances, read_costs, read_moments, read_words
from ingest.meaning.understand import Meaning
from ingest.values import Column, ColumnRole, Finding, Reading, Treatment, counted

_SHOWN = 10


def stage(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    roles: Mapping[ColumnRole, Column],
    attributes: Sequence[Attribute],
    performer_kinds: Mapping[str, str],
    meaning: Meaning,
) -> tuple[Finding, ...]:
    """Make `staged` and `staged_case` from the view `cells`; gives what was dropped, paired or not understood.

    Raises BadInput when no row can be kept, or a timestamp cannot be read.
    """
    rows, no_case, no_activity, no_end, kept, starts = connection.execute(load("ingest.sql", "filled").sql).fetchall()[
        0
    ]
    lacking = {"case": no_case, "activity": no_activity, "end": no_end}
    if not kept:
        listed = ", ".join(f"{count:,} lack the {role}" for role, count in lacking.items())
        raise BadInput(
            f"None of the {rows:,} rows has a case, an activity and an end: {listed}. Name the right columns."
        )
    findings = [
        Finding(f"no_{role}", Treatment.DROPPED, count, f"{count:,} rows without the {role} of their event.")
        for role, count in lacking.items()
        if count
    ]
    paired = ColumnRole.START not in roles and ColumnRole.LIFECYCLE in roles and lifecycle.has_pairs(connection)
    read_words(connection, roles, performer_kinds, meaning.errors)
    if meaning.costs.decimal:
        read_costs(connection, meaning.costs.decimal)
    findings += _stage_events(connection, reading, roles, attributes, starts, paired=paired, due=meaning.due)
    stage_cases(connection, attributes, roles)
    if paired or (no_end and ColumnRole.START in roles):
        findings += _going_on(connection, paired=paired)
    findings += _due_twice(connection) if ColumnRole.DUE in roles else ()
    return (*findings, *_not_understood(connection, roles, whole=kept == rows and not paired))


def _going_on(connection: duckdb.DuckDBPyConnection, *, paired: bool) -> Iterator[Finding]:
    """What is said of rows that have a start and no end; the cases in which one began last go on."""
    connection.execute(load("ingest.sql", "begun_only_paired" if paired else "begun_only").sql)
    times = connection.execute("SELECT coalesce(sum(times), 0)::BIGINT FROM begun_only").fetchall()[0][0]
    connection.execute(load("ingest.sql", "going_on").sql)
    if times and not paired:  # of pairs it is said already
        have = "has" if times == 1 else "have"
        yield Finding(
            "never_ended",
            Treatment.NOTE,
            times,
            f"{counted(times, 'row')} {have} a start and no end; {lifecycle.NOT_YET}",
        )


def refuse_unknown_pauses(connection: duckdb.DuckDBPyConnection, pauses: Sequence[str]) -> None:
    """Raise NotFound for a pause that is no activity of what is staged."""
    if pauses:
        rows = connection.execute("SELECT DISTINCT activity FROM staged ORDER BY 1").fetchall()
        known = [activity for (activity,) in rows]
        for pause in pauses:
            if pause not in known:
                raise not_found("activity", pause, known)


def offsets_beside(connection: duckdb.DuckDBPyConnection, timezone: str) -> Iterator[Finding]:
    """A finding on stamps whose own offset is not that of the zone that was said."""
    if timezone == "UTC":
        return
    zone, utc = ZoneInfo(timezone), ZoneInfo("UTC")
    beside = [
        (times, offset)
        for offset, hour, times in connection.execute(load("ingest.sql", "offsets_beside").sql).fetchall()
        if hour.replace(tzinfo=utc).astimezone(zone).utcoffset() != timedelta(minutes=offset)
    ]
    if beside:
        times, offset = sum(count for count, _ in beside), beside[0][1]
        shown = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
        message = (
            f"{times:,} timestamps state an offset from UTC, such as {shown}, that `{timezone}` does not have at that "
            "time; their own offset was taken. Check the zone: days and hours are told in it."
        )
        yield Finding("offset_beside_zone", Treatment.WARNING, times, message)


def _stage_events(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    roles: Mapping[ColumnRole, Column],
    attributes: Sequence[Attribute],
    starts: int,
    *,
    paired: bool,
    due: str | None,
) -> tuple[Finding, ...]:
    """The findings of pairing; makes `staged`, its stamps read at the fastest pace that reads every one of them."""
    unread = "SELECT count(*) FILTER (ended IS NULL) + $starts - count(started) FROM staged"
    if paired:
        unread = "SELECT count(*) FILTER (moment IS NULL) FROM transition"
    for pace in _paces(connection):
        read_moments(connection, roles, pace=pace, paired=paired, due=due)
        if paired:
            connection.execute(load("ingest.sql", "transition").sql)
        else:
            open_instances(connection, attributes, paired=False)
            connection.execute(load("ingest.sql", "staged").sql)
        if not connection.execute(unread, {} if paired else {"starts": starts}).fetchall()[0][0]:
            break
    else:
        raise _unreadable(connection, reading)
    if not paired:
        return ()
    found = lifecycle.pair(connection)
    open_instances(connection, attributes, paired=True)
    connection.execute(load("ingest.sql", "staged").sql)
    return found


def _due_twice(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """A finding on cases whose rows state different due moments."""
    for case, first, last, cases in connection.execute(load("ingest.sql", "due_twice").sql).fetchall():
        message = (
            f"{counted(cases, 'case')} {'has' if cases == 1 else 'have'} more than one due moment, such as `{case}` "
            f"with {first:%Y-%m-%d %H:%M} and {last:%Y-%m-%d %H:%M} UTC; the latest was taken."
        )
        yield Finding("due_twice", Treatment.WARNING, cases, message)


def _paces(connection: duckdb.DuckDBPyConnection) -> Iterator[Pace]:
    """The paces at which the stamps of the first rows can all be read, the fastest first."""
    kinds = connection.execute("SELECT getvariable('end_kind'), getvariable('start_kind')").fetchall()[0]
    if kinds == ("iso", "iso"):
        not_usual, not_quick = connection.execute(load("ingest.sql", "quickly").sql).fetchall()[0]
        if not not_usual:
            yield Pace.USUAL
        if not not_quick:
            yield Pace.QUICK
    yield Pace.THOROUGH


def _unreadable(connection: duckdb.DuckDBPyConnection, reading: Reading) -> BadInput:
    """The error that some stamps cannot be read: with how many rows have one, and the first ten."""
    found = connection.execute(load("ingest.sql", "unreadable").sql, {"most": _SHOWN}).fetchall()
    what = "event" if reading.format == "XES" else "row"
    problems = [f"{what} {row + reading.first_row - 1:,}, {role}: `{stamp}`" for row, role, stamp, _ in found]
    rows = found[0][3]
    return BadInput(
        f"`{reading.path}` has {counted(rows, what)} with a timestamp that cannot be read; nothing was stored. "
        f"Correct them, or name the right column{_first(rows)}",
        problems=problems,
    )


def _first(rows: int) -> str:
    return f". The first {_SHOWN}:" if rows > _SHOWN else ":"


def _not_understood(
    connection: duckdb.DuckDBPyConnection, roles: Mapping[ColumnRole, Column], *, whole: bool
) -> Iterator[Finding]:
    """Findings on values of roles that mean nothing known; they are stored as unknown. `whole`: every row is staged."""
    asked = {ColumnRole.COST, ColumnRole.OUTCOME, ColumnRole.PERFORMER_KIND, ColumnRole.COMPLETE, ColumnRole.DUE} & set(
        roles
    )
    if not asked:
        return
    counts = [0] * 5
    if asked == {ColumnRole.COST} and whole:
        counts[0] = connection.execute(load("ingest.sql", "costs").sql).fetchall()[0][0]
    else:
        counts = list(connection.execute(load("ingest.sql", "not_understood").sql).fetchall()[0])
    told = (
        ("cost_not_a_number", Treatment.DROPPED, "costs are no numbers; their cost is unknown."),
        ("outcome_unknown", Treatment.NOTE, "outcomes are no known words; whether these failed is unknown."),
        ("kind_unknown", Treatment.NOTE, "performer kinds are no known words; these performers' kind is unknown."),
        ("complete_unknown", Treatment.NOTE, "answers on whether the case is complete are no known words."),
        ("due_not_a_date", Treatment.DROPPED, "due dates cannot be read; the SLA of their cases is unknown."),
    )
    for (code, effect, words), count in zip(told, counts, strict=True):
        if count:
            more = _unknown_outcomes(connection) if code == "outcome_unknown" else ""
            yield Finding(code, effect, count, f"{count:,} {words}{more}")


def _unknown_outcomes(connection: duckdb.DuckDBPyConnection) -> str:
    """Which words of the outcome are not known, and how to say which of them are errors."""
    rows = connection.execute(load("ingest.sql", "unknown_outcomes").sql, {"most": _SHOWN}).fetchall()
    listed = ", ".join(f"`{word}` ({times:,})" for word, times in rows)
    return f" They are: {listed}. Say which of them are errors with `--error-words`; the others are none then."
