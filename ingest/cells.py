"""The views through which SQL sees the table `raw` under the names of the roles that its columns play."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

import duckdb

from core.queries import load
from ingest.attributes import Attribute
from ingest.values import Column, ColumnRole, Reading
from ingest.words import failed_as_said, kind_of_name, kind_of_word, truth_of_word

INSTANCE = "concept:instance"
_STAMPS = (ColumnRole.START, ColumnRole.END, ColumnRole.DUE)


class Pace(StrEnum):
    """How stamps are read: the faster, the fewer kinds of them."""

    USUAL = "usual"  # a day and a clock to the second, and no offset
    QUICK = "quick"
    THOROUGH = "thorough"


def open_cells(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    roles: Mapping[ColumnRole, Column],
    attributes: Sequence[Attribute],
    kinds: Mapping[ColumnRole, str],
    missing: Mapping[ColumnRole, Sequence[str]] | None = None,
) -> None:
    """Make the view `cells`: `row_no`, `<role>_text` of each role (null where empty), `@<name>` of each attribute.

    `kinds` says how the stamps of a role are written; SQL reads it from the variables `<role>_kind`. The texts in
    `missing` are null too.
    """
    instance = next((column for column in reading.columns if column.label == INSTANCE), None)
    for role, words in (missing or {}).items():
        connection.execute(f"SET VARIABLE {role}_missing = $words", {"words": list(words)})
    texts = [f"{_known(role, roles.get(role), missing or {})} AS {role}_text" for role in ColumnRole]
    named = [f"{attribute.value} AS {attribute.quoted}" for attribute in attributes if not attribute.of_case]
    listed = ", ".join([*texts, f"{_text(instance)} AS instance_text", *named])
    connection.execute(f"CREATE OR REPLACE TEMP VIEW cells AS SELECT rowid + 1 AS row_no, {listed} FROM raw")  # noqa: S608
    for role in _STAMPS:
        connection.execute(f"SET VARIABLE {role}_kind = $kind", {"kind": kinds.get(role, "iso")})
        instant = role in roles and roles[role].instant
        connection.execute(f"SET VARIABLE {role}_instant = $instant", {"instant": instant})


def read_moments(
    connection: duckdb.DuckDBPyConnection,
    roles: Mapping[ColumnRole, Column],
    *,
    pace: Pace,
    paired: bool,
    due: str | None = None,
) -> None:
    """Make the macros `<role>_moment` and `<role>_offset` that read the stamps of a role, as far as `pace` goes.

    Due dates that are days, as `due` says (`days` or `some`), are due at the end of their day.
    """
    of_start = ColumnRole.END if paired else ColumnRole.START
    for role, like in (
        (ColumnRole.START, of_start),
        (ColumnRole.END, ColumnRole.END),
        (ColumnRole.DUE, ColumnRole.DUE),
    ):
        body = f"utc_moment(stamp, getvariable('{like}_kind'))"
        if like not in roles:
            body = "NULL::TIMESTAMP"
        elif pace is not Pace.THOROUGH and role is not ColumnRole.DUE:
            body = f"{pace}_moment(stamp)"
        elif role is ColumnRole.DUE and due:
            day = "end_of_day(stamp, getvariable('due_kind'))"
            some = f"CASE WHEN no_clock(stamp, getvariable('due_kind')) THEN {day} ELSE {body} END"
            body = day if due == "days" else some
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {role}_moment(stamp) AS {body}")
    for role in (ColumnRole.START, ColumnRole.END):
        stated = f"stated_offset(stamp, getvariable('{role}_kind'), moment)"
        body = f"CASE WHEN NOT getvariable('{role}_instant') THEN {stated} END"
        if pace is Pace.USUAL:
            body = "NULL::SMALLINT"
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {role}_offset(stamp, moment) AS {body}")


def open_instances(connection: duckdb.DuckDBPyConnection, attributes: Sequence[Attribute], *, paired: bool) -> None:
    """Make the view `instances`: `cells` as they are, or the pairs of the table `pairing` as one row each."""
    if not paired:
        connection.execute("CREATE OR REPLACE TEMP VIEW instances AS SELECT *, NULL::BOOLEAN AS aborted FROM cells")
        return
    connection.execute("SET VARIABLE start_kind = getvariable('end_kind')")
    connection.execute("SET VARIABLE start_instant = getvariable('end_instant')")
    shared = [
        f"{role}_text" for role in ColumnRole if role not in (ColumnRole.START, ColumnRole.END, ColumnRole.LIFECYCLE)
    ]
    shared += [attribute.quoted for attribute in attributes if not attribute.of_case]
    merged = ", ".join(f"coalesce(e.{name}, s.{name}) AS {name}" for name in shared)
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW instances AS "  # noqa: S608
        f"SELECT e.row_no, {merged}, s.end_text AS start_text, e.end_text, e.lifecycle_text, e.instance_text, "
        "CASE WHEN p.aborted THEN true END AS aborted "
        "FROM pairing p JOIN cells e ON e.row_no = p.end_row LEFT JOIN cells s ON s.row_no = p.start_row"
    )


def read_words(
    connection: duckdb.DuckDBPyConnection,
    roles: Mapping[ColumnRole, Column],
    performer_kinds: Mapping[str, str],
    errors: Collection[str] = (),
) -> None:
    """Set the variables that tell SQL what words mean: maps from each text in the log to its meaning.

    `errors` are outcomes, plain, that are said to be errors; where there are any, no other unknown word is one.
    """
    outcome = roles[ColumnRole.OUTCOME].name if ColumnRole.OUTCOME in roles else ""
    _map(connection, "kinds_said", dict(performer_kinds), "VARCHAR")
    _map(connection, "kind_words", _meanings(connection, "performer_kind", kind_of_word), "VARCHAR")
    _map(connection, "kinds_named", _meanings(connection, "performer", kind_of_name), "VARCHAR")
    failed = _meanings(connection, "outcome", lambda w: failed_as_said(w, outcome, errors))
    _map(connection, "outcome_words", failed, "BOOLEAN")
    _map(connection, "complete_words", _meanings(connection, "complete", truth_of_word), "BOOLEAN")


def read_costs(connection: duckdb.DuckDBPyConnection, decimal: str) -> None:
    """Make the macro `cost_of` read amounts with a decimal `comma` or `point`, marks of thousands and a currency."""
    connection.execute("SET VARIABLE cost_decimal = $decimal", {"decimal": decimal})
    body = "amount_of(cost_text, getvariable('cost_decimal'))"
    connection.execute(f"CREATE OR REPLACE TEMP MACRO cost_of(cost_text) AS {body}")


def _known(role: ColumnRole, column: Column | None, missing: Mapping[ColumnRole, Sequence[str]]) -> str:
    """The text of a role, null where it is one of those that mean nothing."""
    if column is None or role not in missing:
        return _text(column)
    return f"CASE WHEN NOT list_contains(getvariable('{role}_missing'), {column.key}::VARCHAR) THEN {_text(column)} END"


def _text(column: Column | None) -> str:
    if column is None:
        return "NULL::VARCHAR"
    return f"{column.key}::VARCHAR || 'Z'" if column.instant else f"filled({column.key}::VARCHAR)"


def _meanings(connection: duckdb.DuckDBPyConnection, role: str, read: Callable[[str], Any]) -> dict[str, Any]:
    """What `read` makes of every different text of `role`, where it makes anything of it."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW spoken AS SELECT {role}_text AS word FROM cells")  # noqa: S608
    words = connection.execute(load("ingest.sql", "words").sql).fetchall()
    connection.execute("DROP VIEW spoken")
    return {word: meaning for (word,) in words if (meaning := read(word)) is not None}


def _map(connection: duckdb.DuckDBPyConnection, name: str, meanings: Mapping[str, Any], kind: str) -> None:
    """Make the variable `name` and the macro `<name>_of(word)`, which looks nothing up where nothing is known."""
    connection.execute(
        f"SET VARIABLE {name} = map($words::VARCHAR[], $meanings::{kind}[])",
        {"words": list(meanings), "meanings": list(meanings.values())},
    )
    body = f"getvariable('{name}')[word]" if meanings else f"NULL::{kind}"
    connection.execute(f"CREATE OR REPLACE TEMP MACRO {name}_of(word) AS {body}")
