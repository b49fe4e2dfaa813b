"""What the columns of a source mean: which role each plays, and how the texts of each role are to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from core.errors import BadInput
from core.queries import load
from ingest.meaning.amounts import COMMA, CURRENCIES, Amounts, amounts_of, costs_of, currency_beside, know_amounts
from ingest.meaning.joins import guess_joins, join_columns, without_clock
from ingest.meaning.missing import Spelled, find_missing, know_missing, missing_findings, read_as_missing
from ingest.profiling import profile
from ingest.role_names import FEEDING
from ingest.roles import EXAMPLES, WORDS, assign, require, resolve
from ingest.stamps import named_zones, stamp_kind
from ingest.values import Column, ColumnRole, Finding, Profile, Reading, RoleGuess, Treatment, counted
from ingest.way import Way
from ingest.words import plain

_STAMPS = (ColumnRole.END, ColumnRole.START, ColumnRole.DUE)


@dataclass(frozen=True)
class Recognised:
    """Which column plays which role; `reading` has a further column for every time that stands in two."""

    reading: Reading
    profiles: tuple[Profile, ...]
    found: Mapping[ColumnRole, RoleGuess]
    hints: tuple[str, ...]

    @property
    def columns(self) -> dict[ColumnRole, Column]:
        """The column of each role."""
        return resolve(self.reading.columns, {role.value: guess.column for role, guess in self.found.items()})


@dataclass(frozen=True)
class Meaning:
    """How the texts of the roles are to be read, and what to say of it."""

    kinds: Mapping[ColumnRole, str]  # how the stamps of a role are written
    missing: Mapping[ColumnRole, tuple[str, ...]] = field(default_factory=dict)  # texts that are read as missing
    costs: Amounts = field(default_factory=Amounts)
    attributes: Mapping[str, Amounts] = field(default_factory=dict)  # by key: how amounts without a role are written
    due: str | None = None  # `days`: every due date is one; `some`: those that show no clock are
    errors: frozenset[str] = frozenset()  # outcomes, plain, that are said to be errors
    findings: tuple[Finding, ...] = ()

    @property
    def told(self) -> dict[str, Any]:
        """What earlier releases did not understand, for the digest: empty where all is read as they read it."""
        costs = {"cost": self.costs.decimal} if self.costs.decimal else {}
        decimals = costs | {key: amounts.decimal for key, amounts in self.attributes.items()}
        told = {"missing": {role.value: list(texts) for role, texts in self.missing.items()}, "decimal": decimals}
        return {name: value for name, value in (told | {"due": self.due}).items() if value}

    def stated(self, columns: Mapping[ColumnRole, Column]) -> frozenset[ColumnRole]:
        """The roles whose stamps are moments in UTC by themselves: numbers since 1970, and moments of Parquet."""
        found = {r for r, kind in self.kinds.items() if kind == "epoch" or columns[r].instant}
        return frozenset(
            found | ({ColumnRole.START} if ColumnRole.START not in columns and ColumnRole.END in found else set())
        )


def recognise(
    connection: duckdb.DuckDBPyConnection, reading: Reading, roles: Mapping[str, str], way: Way
) -> Recognised:
    """Which column of `raw` plays which role, those named in `roles` first. Raises BadInput."""
    know_missing(connection, on=way.missing_words)
    know_amounts(connection)
    reading = join_columns(connection, reading, roles.values())
    profiles = profile(connection, reading.columns)
    errors = frozenset(map(plain, way.error_words))
    found, hints = assign(reading, profiles, roles, errors)
    given = {name for name, label in roles.items() if label} | {guess.role.value for guess in reading.known}
    absent = {name for name, label in roles.items() if not label}
    for guess in guess_joins(profiles, found, given, absent):
        reading = join_columns(connection, reading, [guess.column])
        joined = next(column for column in reading.columns if column.label == guess.column)
        found[guess.role] = _joined(connection, guess, joined)
    return Recognised(reading, profiles, found, tuple(_still_open(hints, reading.columns)))


def _joined(connection: duckdb.DuckDBPyConnection, guess: RoleGuess, column: Column) -> RoleGuess:
    """A guess of a time that stands in two columns; with its first values where KPIs are computed from it."""
    if guess.role not in FEEDING:
        return guess
    query = f"SELECT {column.key}::VARCHAR FROM raw WHERE {column.key} IS NOT NULL LIMIT {EXAMPLES}"  # noqa: S608
    return replace(guess, feeds=True, examples=tuple(text for (text,) in connection.execute(query).fetchall()))


def _still_open(hints: Sequence[str], columns: Sequence[Column]) -> Iterator[str]:
    """The hints without those on columns that were joined into a time afterwards."""
    keys = {key for column in columns for key in column.parts}
    joined = tuple(f"`{column.label}` is named like" for column in columns if column.key in keys)
    return (hint for hint in hints if not hint.startswith(joined))


def understand(connection: duckdb.DuckDBPyConnection, known: Recognised, way: Way) -> Meaning:
    """How the texts of the roles in `known` are to be read.

    Raises BadInput where the required roles are not found, where costs can be read in two ways, and where a word that
    is said to be an error stands nowhere.
    """
    require(known.found, known.reading, known.hints)
    columns = known.columns
    missing = find_missing(connection, columns)
    kinds = {r: stamp_kind(connection, columns[r].key, r, way.date_order) for r in _STAMPS if r in columns}
    costs, told = Amounts(), tuple[Finding, ...]()
    profiles = {p.column.key: p for p in known.profiles}
    if ColumnRole.COST in columns:
        cost, play = columns[ColumnRole.COST], {column.key for column in columns.values()}
        costs, told = costs_of(connection, cost, profiles[cost.key], way.decimal)
        free = [one for one in known.profiles if one.column.key not in play]
        costs, said = currency_beside(connection, cost, costs, _named_currency(cost), free)
        told = (*told, *said)
    attributes, kept = _attributes(connection, known.profiles, columns, way.decimal)
    never, due, days = (
        _due(connection, columns, kinds[ColumnRole.DUE].kind, way.timezone)
        if ColumnRole.DUE in columns
        else ((), None, ())
    )
    if way.error_words and ColumnRole.OUTCOME not in columns:
        raise BadInput(_no_outcome(way.error_words, known.profiles, columns))
    errors = _errors(connection, columns, way.error_words)
    findings = (
        *_hints(known.hints),
        *_findings(missing, columns),
        *(finding for kind in kinds.values() for finding in kind.findings),
        *(f for r in kinds for f in named_zones(connection, columns[r])),
        *told, *kept, *days, *without_clock(connection, columns),
    )  # fmt: skip
    spelled = read_as_missing(missing)
    if never:
        spelled[ColumnRole.DUE] = tuple(sorted({*spelled.get(ColumnRole.DUE, ()), *never}))
    return Meaning({r: k.kind for r, k in kinds.items()}, spelled, costs, attributes, due, errors, findings)


def currency_of(columns: Mapping[ColumnRole, Column], meaning: Meaning) -> str | None:
    """The currency of the costs: that of their values, else the one that the name of their column has."""
    if meaning.costs.currency or ColumnRole.COST not in columns:
        return meaning.costs.currency
    return _named_currency(columns[ColumnRole.COST])


def _named_currency(cost: Column) -> str | None:
    """The one currency that the name of the column of costs has."""
    words = re.split(r"[\s()\[\]_/,.;:-]+", cost.name)
    named = {CURRENCIES[word.lower()] for word in words if word.lower() in CURRENCIES}
    return named.pop() if len(named) == 1 else None


def _findings(missing: Spelled, columns: Mapping[ColumnRole, Column]) -> tuple[Finding, ...]:
    return tuple(missing_findings(missing, columns))


def _hints(hints: Sequence[str]) -> Iterator[Finding]:
    """Why a role was left open, as a note of the import."""
    for hint in hints:
        yield Finding("role_left_open", Treatment.NOTE, 1, hint)


def _attributes(
    connection: duckdb.DuckDBPyConnection,
    profiles: Sequence[Profile],
    columns: Mapping[ColumnRole, Column],
    said: str | None,
) -> tuple[dict[str, Amounts], list[Finding]]:
    """How the amounts of columns without a role are written, where they are no plain numbers."""
    play = {column.key for column in columns.values()}
    found: dict[str, Amounts] = {}
    findings = []
    for one in profiles:
        marked = one.tried and one.amounts == one.tried and one.numbers < one.tried
        if one.column.key in play or not (marked or (said == COMMA and _thousands(one))):
            continue
        amounts, finding = amounts_of(connection, one.column, said)
        if amounts is not None:
            found[one.column.key] = amounts
        findings += [finding] if finding else []
    return found, findings


def _thousands(one: Profile) -> bool:
    """Whether plain numbers may be thousands, should the decimal mark be said to be a comma."""
    return bool(one.tried) and one.numbers == one.tried and any("." in word for word in one.words)


def _due(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[ColumnRole, Column], kind: str, timezone: str
) -> tuple[tuple[str, ...], str | None, tuple[Finding, ...]]:
    """The due dates that mean none, whether the others are days, and what is said of it."""
    label, key = columns[ColumnRole.DUE].label, columns[ColumnRole.DUE].key
    connection.execute(f"CREATE OR REPLACE TEMP VIEW spoken AS SELECT {key}::VARCHAR AS cell FROM raw")  # noqa: S608
    far = connection.execute(load("ingest.sql", "due_never").sql, {"kind": kind}).fetchall()
    never = [text for text, _ in far]
    bound = {"kind": kind, "never": never}
    filled, days, midnights = connection.execute(load("ingest.sql", "due_days").sql, bound).fetchall()[0]
    connection.execute("DROP VIEW spoken")
    findings = []
    if far:
        count = sum(times for _, times in far)
        message = (
            f"{counted(count, 'value')} of `{label}` {'lies' if count == 1 else 'lie'} in the year 9999, such as "
            f"`{never[0]}`: read as no due date."
        )
        findings.append(Finding("due_never", Treatment.NOTE, count, message))
    due = "days" if filled and midnights == filled else "some" if days else None
    if due is not None:
        count = filled if due == "days" else days
        message = (
            f"{count:,} values of `{label}` are due dates without a time of day: the case is due at the end of that "
            f"day in `{timezone}`."
        )
        findings.append(Finding("due_days", Treatment.NOTE, count, message))
    return tuple(never), due, tuple(findings)


def _no_outcome(words: Sequence[str], profiles: Sequence[Profile], columns: Mapping[ColumnRole, Column]) -> str:
    """What to say where no column has outcomes, with the columns that may have them."""
    play = {column.key for column in columns.values()} | {key for c in columns.values() for key in c.parts}
    free = [p for p in profiles if p.column.key not in play and p.tried and p.distinct <= WORDS]
    texts = [p for p in free if p.amounts < p.tried and p.moments < p.tried]
    none = f"No column with an outcome has {_quoted(words)}"
    if not texts:
        return f"{none}: no column was recognised as one, and none has words that could be outcomes."
    listed = "; ".join(f"`{p.column.label}` has {_quoted(p.words)}" for p in texts)
    return f"{none}. Name the column with `--outcome COLUMN`. These have few different words: {listed}."


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _errors(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[ColumnRole, Column], words: Sequence[str]
) -> frozenset[str]:
    """The words that are errors, plain. Raises BadInput for one that is no word of the outcome."""
    if not words:
        return frozenset()
    column = columns[ColumnRole.OUTCOME]
    query = f"SELECT DISTINCT {column.key}::VARCHAR FROM raw WHERE {column.key} IS NOT NULL"  # noqa: S608
    spoken = {plain(text): text for (text,) in connection.execute(query).fetchall()}
    absent = [word for word in words if plain(word) not in spoken]
    if absent:
        listed = ", ".join(f"`{text}`" for text in sorted(spoken.values())[:20])
        raise BadInput(
            f"`{column.label}` has no outcome {' or '.join(f'`{word}`' for word in absent)}. It has: {listed}."
        )
    return frozenset(map(plain, words))
