"""The service verbs of the ingest room: a file becomes an event log version, and says how sound it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from core.actor.values import Actor
from core.actor.verb import Verb, permit, stamp
from core.errors import BadInput
from core.eventlog import Draft, LogVersion, check_log_name, duplicate
from core.queries import load
from core.workspace import Workspace
from ingest.attributes import Attribute, contradicted, find_attributes
from ingest.cells import open_cells
from ingest.checks import check
from ingest.encodings import check_encoding
from ingest.meaning.joins import possible_joins
from ingest.meaning.understand import Meaning, Recognised, currency_of, recognise, understand
from ingest.personal.at_import import pseudonymise_import
from ingest.read import parts, read
from ingest.roles import unknown_outcomes
from ingest.source import log_name, open_source
from ingest.stage import offsets_beside, refuse_unknown_pauses, stage
from ingest.suite import take_sample, validate_sample
from ingest.values import REQUIRED, ColumnRole, Finding, ImportResult, Part, Preview, Progress, Reading, RoleGuess
from ingest.way import Way

IMPORT = Verb("log.import", "EventLog")


def import_log(
    ws: Workspace,
    path: Path | str,
    *,
    log: str | None = None,
    roles: Mapping[str, str] | None = None,
    timezone: str = "UTC",
    encoding: str | None = None,
    date_order: str | None = None,
    performer_kinds: Mapping[str, str] | None = None,
    part: str | None = None,
    pseudonymise: Sequence[str] = (),
    missing_words: bool = True,
    decimal: str | None = None,
    error_words: Sequence[str] = (),
    pauses: Sequence[str] = (),
    ends: Sequence[str] = (),
    by: Actor,
    progress: Progress | None = None,
) -> ImportResult:
    """The event log version made from the file at `path`, stored and visible.

    `log` is its name (default: the file's); a name that is taken gets its next version. `roles` names columns that are
    not to be guessed (an empty name: no column plays that role; `date+time` joins two), `timezone` where stamps
    without an offset were taken, `performer_kinds` what performers are, `part` the sheet of a workbook (default: its
    first table) or the object type whose objects are the cases, `pseudonymise` columns or roles of which only
    pseudonyms are stored. `missing_words` says whether words such as `NA` mean that a value is missing, `decimal`
    (`comma`, `point`) how numbers are written where they do not show it, `error_words` which outcomes are errors,
    `pauses` in which activities the work waits for somebody outside, `ends` with which activities a case is over
    (`*`: with any), where the file does not say which cases are complete.

    Raises BadInput, with nothing stored, for whatever cannot be read whole; Duplicate when this very file was
    imported in this very way before.
    """
    way = Way(
        timezone, encoding, date_order, dict(performer_kinds or {}), tuple(pseudonymise), missing_words, decimal,
        tuple(error_words), tuple(pauses), tuple(ends),
    )  # fmt: skip
    way.check()
    source = open_source(Path(path))
    name = check_log_name(log or log_name(source.stem))
    permit(ws, by, IMPORT, name)
    with ws.logs.draft(name) as draft, ThreadPoolExecutor(1) as aside:
        hashing = aside.submit(source.digest)  # lets go of Python's lock, so that reading goes on
        reading = read(draft.connection, source, encoding=encoding, part=part, progress=progress)
        return store(ws, draft, aside, reading, way, roles or {}, hashing.result, by, progress)


def store(
    ws: Workspace,
    draft: Draft,
    aside: Executor,
    reading: Reading,
    way: Way,
    roles: Mapping[str, str],
    source_digest: Callable[[], str],
    by: Actor,
    progress: Progress | None,
) -> ImportResult:
    """The event log version made from `reading`, whose rows lie in the table `raw` of `draft`; now visible.

    `source_digest` waits for the digest of what was read. Raises as `import_log` does.
    """
    known = recognise(draft.connection, reading, roles, way)
    meaning = understand(draft.connection, known, way)
    reading, columns = known.reading, known.columns
    digest = way.digest(source_digest(), columns, reading.part, meaning.told)
    _refuse_duplicate(ws, digest, reading)
    if progress:
        progress("Checking and storing", reading.rows)
    attributes, summary, sampled = _prepare(ws, draft.connection, known, meaning, way, aside)
    hidden = pseudonymise_import(ws, draft.log, draft.connection, way.pseudonymise, columns, attributes)
    version = draft.publish(
        source=reading.name, digest=digest, created_by=stamp(ws, by, IMPORT), event_rows=reading.rows, once=True,
        ends=list(way.ends), pauses=list(way.pauses),
        meta=lambda: _meta(
            source_digest(), known, meaning, attributes, way, summary | {"sample": sampled.result()}
        ) | hidden,
    )  # fmt: skip
    return _result(version, known.found, summary | {"sample": sampled.result()})


def guess_roles(
    path: Path | str,
    *,
    roles: Mapping[str, str] | None = None,
    encoding: str | None = None,
    part: str | None = None,
    missing_words: bool = True,
) -> Preview:
    """What the file at `path` holds and which column plays which role, from its first rows; nothing is stored."""
    check_encoding(encoding)
    source = open_source(Path(path))
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        reading = read(connection, source, encoding=encoding, part=part, head_only=True)
        rows = connection.execute(load("ingest.sql", "first_rows").sql).fetchall()
        known = recognise(connection, reading, roles or {}, Way(missing_words=missing_words))
    return Preview(
        source.path,
        reading.format,
        tuple(column.label for column in reading.columns),
        tuple(known.found.values()),
        tuple(role for role in REQUIRED if role not in known.found),
        known.hints,
        tuple(tuple(row) for row in rows),
        possible_joins(known.profiles),
        {one.column.label: one.words for one in known.profiles},
        {one.column.label: unknown_outcomes(one) for one in known.profiles},
    )


def parts_of(path: Path | str) -> tuple[Part, ...]:
    """The parts of the file at `path` that can be imported by themselves: sheets of a workbook, object types of OCEL.

    Empty for every other file. Raises BadInput for a file that cannot be read whole.
    """
    return parts(open_source(Path(path)))


def quality(ws: Workspace, log: str, version: int | None = None) -> dict[str, Any]:
    """The quality summary that was stored with `version` of `log` (default: the newest).

    Raises NotFound for a log or version that does not exist, BadInput for a log that was not made from a file.
    """
    summary: dict[str, Any] | None = ws.logs.meta(ws.logs.get(log, version)).more.get("quality")
    if not summary:
        raise BadInput(f"Event log `{log}` has no quality summary: it was not made from a file.")
    return summary


def _prepare(
    ws: Workspace,
    connection: duckdb.DuckDBPyConnection,
    known: Recognised,
    meaning: Meaning,
    way: Way,
    aside: Executor,
) -> tuple[tuple[Attribute, ...], dict[str, Any], Future[dict[str, Any]]]:
    """The attributes and the quality summary of what is now staged, and what the suite will say of a sample of it.

    The suite is Python, the checks and the tables are DuckDB's: side by side they cost little more than one.
    """
    reading, roles = known.reading, known.columns
    connection.execute("SET TimeZone = $zone", {"zone": way.timezone})
    attributes, renamed = find_attributes(connection, reading, roles, known.profiles, meaning.attributes)
    open_cells(connection, reading, roles, attributes, meaning.kinds, meaning.missing)
    staged = stage(connection, reading, roles, attributes, way.performer_kinds, meaning)
    refuse_unknown_pauses(connection, way.pauses)
    beside = offsets_beside(connection, way.timezone)
    connection.execute("SET TimeZone = 'UTC'")
    now = ws.clock.now()
    sampled = aside.submit(validate_sample, take_sample(connection), now)
    counts, checked = check(connection, reading, roles, way.timezone, now, stated=meaning.stated(roles))
    twice = contradicted(connection, attributes, roles[ColumnRole.CASE]) if counts["traces_with_a_name_twice"] else ()
    findings = (*reading.findings, *meaning.findings, *renamed, *staged, *beside, *checked, *twice)
    summary = {
        "rows": reading.rows,
        "instances": counts.pop("instances"),
        "findings": [_told(finding) for finding in findings],
        "checks": counts,
    }
    for leftover in ("instances", "cells"):
        connection.execute(f"DROP VIEW {leftover}")
    connection.execute("DROP TABLE raw")
    return attributes, summary, sampled


def _refuse_duplicate(ws: Workspace, digest: str, reading: Reading) -> None:
    known = ws.logs.by_digest(digest)
    if known:
        raise duplicate(known, str(reading.path))


def _meta(
    source_digest: str,
    known: Recognised,
    meaning: Meaning,
    attributes: Sequence[Attribute],
    way: Way,
    summary: Mapping[str, Any],
) -> dict[str, Any]:
    """What is kept beside the events; docs/event-log.md lists the keys."""
    reading = known.reading
    return {
        "format": reading.format,
        "source": reading.name,
        "source_digest": source_digest,
        "timezone": way.timezone,
        "mapping": {
            role.value: {"column": guess.column, "reason": guess.reason} for role, guess in known.found.items()
        },
        "attributes": {
            attribute.name: {"column": attribute.column.label, "of": "case" if attribute.of_case else "event"}
            for attribute in attributes
        },
        "reading": dict(reading.facts),
        "quality": dict(summary),
    } | _understood(known, meaning, way)


def _understood(known: Recognised, meaning: Meaning, way: Way) -> dict[str, Any]:
    """Of what was said or found out about meanings, what there is."""
    told = {
        "currency": currency_of(known.columns, meaning),
        "missing": {role.value: list(texts) for role, texts in meaning.missing.items()},
        "missing_words": None if way.missing_words else "kept",
        "decimal": meaning.costs.decimal,
        "error_words": list(way.error_words),
        "due": meaning.due,
        "guessed": [role.value for role, guess in known.found.items() if guess.feeds],
    }
    return {key: value for key, value in told.items() if value}


def _result(version: LogVersion, found: Mapping[ColumnRole, RoleGuess], summary: Mapping[str, Any]) -> ImportResult:
    return ImportResult(
        version.log, version.version, version.cases, version.events, version.event_rows, version.activities,
        version.performers, version.started, version.ended, version.digest,
        {role.value: guess.column for role, guess in found.items()}, summary,
        tuple(guess for guess in found.values() if guess.feeds),
    )  # fmt: skip


def _told(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "effect": finding.effect.value, "count": finding.count, "message": finding.message}
