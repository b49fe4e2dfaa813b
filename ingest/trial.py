"""A file read in full without storing anything: how its times are understood, and which rows cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import duckdb

from core.eventlog.duck import connect
from core.queries import load
from core.workspace import Workspace
from ingest.cells import open_cells
from ingest.meaning.understand import Meaning, recognise, understand
from ingest.read import read
from ingest.source import open_source
from ingest.values import Column, ColumnRole, Progress, Reading
from ingest.way import Way

MOST_PROBLEMS = 100_000
_STAMPS = (ColumnRole.START, ColumnRole.END, ColumnRole.DUE)
_SHOWN = 5
_WRITTEN = {
    "iso": "year-month-day, as ISO 8601 has it",
    "epoch": "a number since 1970-01-01",
    "ticks": "ticks of .NET, tenths of a microsecond since the year 1",
    "java": "as Java writes it, such as Thu Jan 01 08:00:00 CET 2026",
    "year_first": "year first, such as 20260302 or 2026.03.02",
    "named_month": "with the month's name",
    "day_first": "day before month, such as 31/12/2026",
    "month_first": "month before day, such as 12/31/2026",
}
_LACKING = {ColumnRole.CASE: "no case", ColumnRole.ACTIVITY: "no activity", ColumnRole.END: "no time of its end"}


@dataclass(frozen=True)
class StampSample:
    """One time before and after it was read."""

    text: str
    utc: datetime  # naive
    local: datetime  # in the time zone that was given


@dataclass(frozen=True)
class StampTrial:
    """How the times of one role were read."""

    role: ColumnRole
    column: str
    written: str  # how they are written, in words
    filled: int
    unread: int
    stated: int  # of those filled, how many tell their offset from UTC or need none; the others are of the zone given
    samples: tuple[StampSample, ...]


@dataclass(frozen=True)
class Problem:
    """A value for which its row cannot be stored as it is."""

    row: int  # as people number it
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Trial:
    """What would become of a file if it were imported like this."""

    rows: int
    stamps: tuple[StampTrial, ...]
    problems: tuple[Problem, ...]  # by row, at most MOST_PROBLEMS
    problem_rows: int  # rows that have one
    dropped: int  # of these, rows without a case, an activity or an end: an import leaves them out
    unread: int  # of the others, rows with a time that cannot be read: one refuses the whole file
    findings: tuple[str, ...] = ()  # how texts were understood: missing values, amounts, due dates, zones

    @property
    def refused(self) -> bool:
        """Whether an import would store nothing."""
        return self.unread > 0 or self.dropped == self.rows


def try_reading(
    ws: Workspace,
    path: Path | str,
    *,
    roles: Mapping[str, str] | None = None,
    timezone: str = "UTC",
    encoding: str | None = None,
    date_order: str | None = None,
    part: str | None = None,
    missing_words: bool = True,
    decimal: str | None = None,
    progress: Progress | None = None,
) -> Trial:
    """What an import of the file at `path`, with these answers, would make of every row; nothing is stored.

    Raises BadInput as `import_log` does for a file that cannot be read at all.
    """
    way = Way(timezone, encoding, date_order, missing_words=missing_words, decimal=decimal)
    way.check()
    source = open_source(Path(path))
    with TemporaryDirectory(prefix="tandem-trial-") as folder:
        connection = connect(Path(folder) / "trial.duckdb", ws.settings, read_only=False)
        try:
            reading = read(connection, source, encoding=encoding, part=part, progress=progress)
            known = recognise(connection, reading, roles or {}, way)
            return _tried(connection, known.reading, known.columns, understand(connection, known, way), way)
        finally:
            connection.close()


def _tried(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    roles: Mapping[ColumnRole, Column],
    meaning: Meaning,
    way: Way,
) -> Trial:
    connection.execute("SET TimeZone = $zone", {"zone": way.timezone})
    kinds = {role: meaning.kinds[role] for role in _STAMPS if role in roles}
    open_cells(connection, reading, roles, (), kinds, meaning.missing)
    connection.execute(load("ingest.sql", "trial_problem").sql)
    stamps = tuple(_stamp(connection, role, roles[role].label, kind, way.timezone) for role, kind in kinds.items())
    told = connection.execute(load("ingest.sql", "trial_told").sql).fetchall()[0]
    rows = connection.execute(load("ingest.sql", "trial_problems").sql, {"most": MOST_PROBLEMS}).fetchall()
    problems = tuple(
        Problem(
            row + reading.first_row - 1, roles[ColumnRole(role)].label, text, _reason(ColumnRole(role), text, kinds)
        )
        for row, role, text in rows
    )
    findings = tuple(f.message for f in meaning.findings)
    return Trial(reading.rows, stamps, problems, *(*told, findings))


def _stamp(
    connection: duckdb.DuckDBPyConnection, role: ColumnRole, column: str, kind: str, timezone: str
) -> StampTrial:
    connection.execute(f"CREATE OR REPLACE TEMP VIEW stamped AS SELECT row_no, {role}_text AS stamp FROM cells")  # noqa: S608
    connection.execute(load("ingest.sql", "trial_moments").sql, {"kind": kind})
    connection.execute(
        "INSERT INTO trial_problem SELECT row_no, $role, stamp FROM tried WHERE moment IS NULL", {"role": role}
    )
    row = connection.execute(load("ingest.sql", "trial_samples").sql, {"kind": kind, "most": _SHOWN}).fetchall()[0]
    filled, unread, stated, pairs = row
    zone = ZoneInfo(timezone)
    samples = tuple(
        StampSample(text, utc, utc + (utc.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).utcoffset() or timedelta()))
        for text, utc in pairs or ()
    )
    return StampTrial(role, column, _WRITTEN[kind], filled, unread, stated, samples)


def _reason(role: ColumnRole, text: str, kinds: Mapping[ColumnRole, str]) -> str:
    if not text:
        return f"{_LACKING[role]}: the row is dropped"
    unknown = "; the case has no due date then" if role is ColumnRole.DUE else ""
    return f"not understood as a time that is written {_WRITTEN[kinds[role]]}{unknown}"
