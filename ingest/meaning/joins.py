"""Date and time of day in two columns, joined into one: `--end date+time`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb

from core.queries import load
from ingest.role_names import COMMON_NAMES
from ingest.values import Column, ColumnRole, Finding, Profile, Reading, RoleGuess, Treatment
from ingest.words import plain

MARK = "+"  # between the names of the two columns
JOINED = (ColumnRole.END, ColumnRole.START, ColumnRole.DUE)  # the roles that are times
_CLOCK = re.compile(
    r"(1899-12-3\d[T ]|1900-01-0\d[T ])?([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?"
)
_CLOCK_DIGITS = re.compile(r"([01]?\d|2[0-4])[0-5]\d[0-5]\d")
_EMPTY_CLOCK = re.compile(r"[T ]00:00(:00([.,]0+)?)?$")
_WITH_CLOCK = re.compile(r":|^\d{8}[T ]?\d{4,}|^\d{9,}|^/Date")
_CLOCK_NAMES = {
    "time", "zeit", "uhrzeit", "hora", "heure", "clock", "erzet", "utime", "uzeit", "cputm", "aezet", "aezeit",
}  # fmt: skip
_DAY_NAMES = {"date", "datum", "fecha", "day", "tag", "dia", "jour"}


def split_name(label: str, names: Iterable[str]) -> tuple[str, str] | None:
    """The names of the two columns that `label` joins; None where it is a column itself, or joins none."""
    known = set(names)
    if label in known:
        return None
    places = [place for place, sign in enumerate(label) if sign == MARK]
    pairs = [(label[:place].strip(), label[place + 1 :].strip()) for place in places]
    return next((pair for pair in pairs if set(pair) <= known and pair[0] != pair[1]), None)


def join_columns(connection: duckdb.DuckDBPyConnection, reading: Reading, labels: Iterable[str]) -> Reading:
    """`reading` with a further column in `raw` for each of `labels` that joins two of its columns."""
    by_label = {column.name: column for column in reading.columns} | {c.label: c for c in reading.columns}
    for label in dict.fromkeys(labels):
        pair = split_name(label, by_label)
        if pair is None or label in by_label:
            continue
        day, clock = (by_label[name] for name in pair)
        column = Column(f"c{len(reading.columns)}", label, day.scope, parts=(day.key, clock.key))
        connection.execute(load("ingest.sql", "joined").sql)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE raw AS SELECT *, "  # noqa: S608
            f"joined_stamp({day.key}::VARCHAR, {clock.key}::VARCHAR) AS {column.key} FROM raw"
        )
        reading = replace(reading, columns=(*reading.columns, column))
        by_label[label] = column
    return reading


def guess_joins(
    profiles: Sequence[Profile], found: Mapping[ColumnRole, RoleGuess], given: Iterable[str], absent: Iterable[str]
) -> Iterator[RoleGuess]:
    """Times that stand in two columns: of dates only, and of times of day only; none that was `given`."""
    taken = {guess.column for guess in found.values()}
    days = [p for p in profiles if holds_days(p)]
    clocks = [p for p in profiles if p.column.label not in taken and holds_clocks(p)]
    used: set[str] = set()
    for role in JOINED:
        if role.value in (*given, *absent):
            continue
        day = _day_of(role, days, found, taken | used)
        clock = _clock_of(day, [c for c in clocks if c.column.label not in used], days) if day else None
        if day and clock:
            used |= {day.column.label, clock.column.label}
            label = f"{day.column.label}{MARK}{clock.column.label}"
            reason = f"`{day.column.label}` has dates only and `{clock.column.label}` times of day only"
            yield RoleGuess(role, label, reason)


def possible_joins(profiles: Sequence[Profile]) -> tuple[str, ...]:
    """The names of all joins of a column of dates only with one of times of day only."""
    days = [p.column.label for p in profiles if holds_days(p)]
    clocks = [p.column.label for p in profiles if holds_clocks(p)]
    return tuple(f"{day}{MARK}{clock}" for day in days for clock in clocks)


def holds_days(profile: Profile) -> bool:
    """Whether the values are dates without a time of day, or all with an empty one."""
    words = [_EMPTY_CLOCK.sub("", word) for word in profile.words]
    return bool(profile.tried) and profile.moments == profile.tried and not any(map(_WITH_CLOCK.search, words))


def holds_clocks(profile: Profile) -> bool:
    """Whether the values are times of day without a date; mere digits are where the name says so."""
    named = bool(_CLOCK_NAMES & set(plain(profile.column.name).split()))
    return bool(profile.words) and all(
        _CLOCK.fullmatch(word) or (named and _CLOCK_DIGITS.fullmatch(word)) for word in profile.words
    )


def without_clock(connection: duckdb.DuckDBPyConnection, columns: Mapping[ColumnRole, Column]) -> Iterator[Finding]:
    """Findings on rows that have the date of a joined time and no time of day."""
    for column in (c for c in columns.values() if c.parts):
        clock = f"clock_text({column.parts[1]}::VARCHAR) = ''"
        query = f"SELECT count(*) FROM raw WHERE {column.key} IS NOT NULL AND {clock}"  # noqa: S608
        rows = connection.execute(query).fetchall()[0][0]
        if rows:
            words = f"{rows:,} rows have a date and no time of day in `{column.label}`; midnight was taken."
            yield Finding("no_time_of_day", Treatment.WARNING, rows, words)


def _day_of(
    role: ColumnRole, days: Sequence[Profile], found: Mapping[ColumnRole, RoleGuess], taken: set[str]
) -> Profile | None:
    """The column of dates that plays `role`, or the only one that could where the end is not found."""
    if role in found:
        return next((p for p in days if p.column.label == found[role].column), None)
    free = [p for p in days if p.column.label not in taken]
    return free[0] if role is ColumnRole.END and len(free) == 1 else None


def _clock_of(day: Profile, clocks: Sequence[Profile], days: Sequence[Profile]) -> Profile | None:
    """The times of day that belong to the dates of `day`: of the same name but for the word, or the only ones."""
    same = [p for p in clocks if _stem(p, _CLOCK_NAMES) == _stem(day, _DAY_NAMES)]
    if len(same) == 1:
        return same[0]
    return clocks[0] if len(clocks) == 1 and (len(days) == 1 or not _names_a_time(clocks[0])) else None


def _stem(profile: Profile, words: set[str]) -> tuple[str, ...]:
    return tuple(word for word in plain(profile.column.name).split() if word not in words)


def _names_a_time(clock: Profile) -> bool:
    """Whether the name says of which time it is, such as `start time`, so that it does not go with any other date."""
    return plain(clock.column.name) in COMMON_NAMES[ColumnRole.START] and bool(_stem(clock, _CLOCK_NAMES))
