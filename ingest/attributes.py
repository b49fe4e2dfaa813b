"""Every column that plays no role is kept as an attribute, of the event or of the case, with the type of its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from core.queries import load
from ingest.meaning.amounts import Amounts
from ingest.meaning.codes import MOST_CODES, merged_codes
from ingest.values import Column, ColumnRole, Finding, Profile, Reading, Scope, Treatment

_SAID_ELSEWHERE = (
    ColumnRole.CASE,
    ColumnRole.ACTIVITY,
    ColumnRole.END,
    ColumnRole.START,
    ColumnRole.PERFORMER,
    ColumnRole.SYSTEM,
    ColumnRole.COST,
)
_FIRST_ROWS = 10_000
_BUT_MISSING = " AND NOT is_missing({key})"
_FLOAT = r"-?(0|[1-9]\d{0,14})(\.\d+)?([eE][+-]?\d{1,2})?"  # up to 15 digits: more would be rounded


@dataclass(frozen=True)
class Attribute:
    """An attribute as it will be stored."""

    column: Column
    name: str  # with `@` before it
    type: str  # of DuckDB
    of_case: bool
    native: bool = False  # `raw` has the type already
    decimal: str | None = None  # how its amounts are written, if they are no plain numbers

    @property
    def quoted(self) -> str:
        """Its name as SQL writes it."""
        return '"' + self.name.replace('"', '""') + '"'

    @property
    def value(self) -> str:
        """The expression that reads it from `raw`."""
        key = self.column.key
        if self.native:
            return key
        if self.decimal:
            return f"amount_of({key}, '{self.decimal}')"
        if self.type == "TIMESTAMP":
            return f"iso_moment(nullif({key}, ''))"
        text = f"nullif({key}::VARCHAR, '')"
        return text if self.type == "VARCHAR" else f"try_cast({text} AS {self.type})"


@dataclass(frozen=True)
class _Test:
    """A type that a column may have, and the condition that a text of it is none."""

    key: str
    kind: str
    fails: str


def find_attributes(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    roles: Mapping[ColumnRole, Column],
    profiles: Sequence[Profile],
    amounts: Mapping[str, Amounts],
) -> tuple[tuple[Attribute, ...], tuple[Finding, ...]]:
    """The attributes of a log, and what had to be changed to keep them apart.

    A trace attribute of XES is the case's. In a table a column is the case's when it has one value in every row of
    every case. Roles whose texts are translated (outcome, performer kind, lifecycle) are kept as attributes too.
    `amounts` says of which columns the amounts are no plain numbers, and how they are written.
    """
    said = {key for role in _SAID_ELSEWHERE if role in roles for key in (roles[role].key, *roles[role].parts)}
    columns = [column for column in reading.columns if column.key not in said and not column.parts]
    types, missing = _types(connection, [c for c in columns if c.key not in amounts], profiles)
    types |= dict.fromkeys(amounts, ("DOUBLE", False))
    codes = _codes(connection, columns, types, profiles, amounts)
    types |= dict.fromkeys(codes, ("VARCHAR", False))
    blank = (missing | amounts.keys()) - codes.keys()
    said_missing = [said for column in columns if column.key in blank for said in _said(connection, column)]
    of_case = {column.key for column in columns if column.scope is Scope.CASE}
    if reading.format != "XES":
        of_case = _constant(connection, roles[ColumnRole.CASE], columns)
    found, names = [], _DistinctNames()
    for column in columns:
        kind, native = types[column.key]
        how = amounts[column.key].decimal if column.key in amounts else None
        is_case = column.key in of_case
        found.append(Attribute(column, names.take(column, is_case), kind, is_case, native, how))
    return tuple(found), (*names.findings(), *said_missing, *codes.values())


def stage_cases(
    connection: duckdb.DuckDBPyConnection, attributes: Iterable[Attribute], roles: Mapping[ColumnRole, Column]
) -> None:
    """Make the table `staged_case`: when each case is due, whether it is complete, and its attributes."""
    case = roles[ColumnRole.CASE]
    values = "".join(f", min({a.value}) AS {a.quoted}" for a in attributes if a.of_case)
    key = f"nullif({case.key}::VARCHAR, '')"
    connection.execute(f"CREATE TEMP TABLE case_value AS SELECT {key} AS case_id{values} FROM raw GROUP BY {key}")  # noqa: S608
    told = ColumnRole.DUE in roles or ColumnRole.COMPLETE in roles
    connection.execute(load("ingest.sql", "staged_case" if told else "staged_case_untold").sql)


def contradicted(connection: duckdb.DuckDBPyConnection, attributes: Iterable[Attribute], case: Column) -> list[Finding]:
    """Findings on attributes of cases that have several values in traces of one name; the smallest is kept."""
    told = [attribute for attribute in attributes if attribute.of_case and attribute.column.key != case.key]
    if not told:
        return []
    lows = ", ".join(f"min({a.value}) AS low{n}, max({a.value}) AS high{n}" for n, a in enumerate(told))
    cells = ", ".join(
        f"count(*) FILTER (low{n} <> high{n}), arg_min((name, low{n}::VARCHAR, high{n}::VARCHAR), name) "
        f"FILTER (low{n} <> high{n})"
        for n in range(len(told))
    )
    query = f"SELECT {cells} FROM (SELECT {case.key}::VARCHAR AS name, {lows} FROM raw GROUP BY {case.key})"  # noqa: S608
    row = connection.execute(query).fetchall()[0]
    return [
        _contradiction(attribute.column, row[2 * n], row[2 * n + 1]) for n, attribute in enumerate(told) if row[2 * n]
    ]


def _contradiction(column: Column, cases: int, example: Sequence[str]) -> Finding:
    name, low, high = example
    what = "case has" if cases == 1 else "cases have"
    message = (
        f"{cases:,} {what} different values of `{column.label}` in traces of one name, such as `{name}` with `{low}` "
        f"and `{high}`; one is kept, here `{low}`."
    )
    return Finding("traces_contradict", Treatment.DROPPED, cases, message)


class _DistinctNames:
    """Names that DuckDB can tell apart: it takes `Cost` and `cost` for one."""

    def __init__(self) -> None:
        self._taken: dict[bool, set[str]] = {True: set(), False: set()}
        self._renamed: list[tuple[str, str]] = []

    def take(self, column: Column, of_case: bool) -> str:
        plain = column.name.removeprefix("case:") if of_case else column.name
        name, number = f"@{plain}", 1
        while name.lower() in self._taken[of_case]:
            number += 1
            name = f"@{plain} ({number})"
        self._taken[of_case].add(name.lower())
        if number > 1:
            self._renamed.append((column.label, name))
        return name

    def findings(self) -> Iterable[Finding]:
        if self._renamed:
            listed = ", ".join(f"`{label}` as `{name}`" for label, name in self._renamed)
            message = f"Attributes whose names differ only by capitals are kept apart: {listed}."
            yield Finding("renamed_attributes", Treatment.REPAIRED, len(self._renamed), message)


def _types(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], profiles: Sequence[Profile]
) -> tuple[dict[str, tuple[str, bool]], set[str]]:
    """Type of each column's values, and whether `raw` has it already: the narrowest that every value of it has.

    Words such as `NA` are missing where all other values are numbers, moments or truth values: in the columns that are
    given beside the types.
    """
    stored = dict(connection.execute(load("ingest.sql", "raw_types").sql).fetchall())
    types = {c.key: (stored[c.key], stored[c.key] != "VARCHAR") for c in columns}
    sampled = {p.column.key: p for p in profiles}
    left = _possible(connection, [test for c in columns if not types[c.key][1] for test in _tests(sampled[c.key])])
    missing: dict[str, int] = {}
    while left:
        now = list({test.key: test for test in reversed(left)}.values())  # the first that is left of each column
        misread = _misread(connection, now)
        failed = [test for test, wrong in zip(now, misread, strict=True) if wrong]
        again = dict(zip(failed, _misread(connection, failed, _BUT_MISSING), strict=True))
        for test, wrong in zip(now, misread, strict=True):
            if not again.get(test):
                types[test.key] = (test.kind, False)
                missing[test.key] = wrong
        left = [test for test in left if test not in now and test.key not in missing]
    return types, {key for key, count in missing.items() if count}


def _codes(
    connection: duckdb.DuckDBPyConnection,
    columns: Sequence[Column],
    types: Mapping[str, tuple[str, bool]],
    profiles: Sequence[Profile],
    amounts: Mapping[str, Amounts],
) -> dict[str, Finding]:
    """The columns of numbers whose texts are codes, by key; only those with few different values are looked at."""
    few = {p.column.key for p in profiles if p.distinct <= MOST_CODES}
    texts = [c for c in columns if c.key in few and c.key not in amounts and types[c.key] == ("DOUBLE", False)]
    found = ((c.key, merged_codes(connection, c, f"try_cast({c.key} AS DOUBLE)")) for c in texts)
    return {key: finding for key, finding in found if finding}


def _tests(profile: Profile) -> Iterator[_Test]:
    """The types that the values of a column may have, by its profile, the narrowest first."""
    key = profile.column.key
    if not profile.tried:
        return
    if profile.numbers == profile.tried:
        yield _Test(key, "BIGINT", f"try_cast({key} AS BIGINT)::VARCHAR IS DISTINCT FROM {key}")
        # a code such as `007` would lose signs
        fails = f"NOT regexp_full_match({key}, '{_FLOAT}') OR strlen({key}) > 17 OR try_cast({key} AS DOUBLE) IS NULL"
        yield _Test(key, "DOUBLE", fails)
    elif profile.moments == profile.tried:
        # the last day of 9999 may lie in the year 10000 in another zone, which no program shows
        yield _Test(key, "TIMESTAMP", f"{key} >= '9999-12-31' OR iso_moment(nullif({key}, '')) IS NULL")
    elif profile.words and {word.lower() for word in profile.words} <= {"true", "false"}:
        yield _Test(key, "BOOLEAN", f"lower({key}) NOT IN ('true', 'false')")


def _possible(connection: duckdb.DuckDBPyConnection, tests: Sequence[_Test]) -> list[_Test]:
    """Those of `tests` that the first rows do not refute: most types are ruled out by few values."""
    wrong = _misread(connection, tests, _BUT_MISSING, most=_FIRST_ROWS)
    return [test for test, times in zip(tests, wrong, strict=True) if not times]


def _misread(
    connection: duckdb.DuckDBPyConnection, tests: Sequence[_Test], but: str = "", most: int | None = None
) -> Sequence[int]:
    """How many values of the first `most` rows fail each of `tests`, but for those that `but` lets pass."""
    if not tests:
        return ()
    counts = [f"count(*) FILTER ({t.key} <> '' AND ({t.fails}){but.format(key=t.key)})" for t in tests]
    found: Sequence[int] = connection.execute(f"SELECT {', '.join(counts)} FROM {_rows(most)}").fetchall()[0]  # noqa: S608
    return found


def _said(connection: duckdb.DuckDBPyConnection, column: Column) -> Iterable[Finding]:
    """What is said of the words that are missing values of an attribute."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW spoken AS SELECT {column.key} AS cell FROM raw")  # noqa: S608
    for text, count in connection.execute(load("ingest.sql", "missing_texts").sql).fetchall():
        words = f"`{column.label}`: {count:,} values `{text}` are read as missing; all others are of one type."
        yield Finding("missing_word", Treatment.REPAIRED, count, words)
    connection.execute("DROP VIEW spoken")


def _constant(connection: duckdb.DuckDBPyConnection, case: Column, columns: Sequence[Column]) -> set[str]:
    """The keys of the columns that have one value in every row of every case: refuted on a part first, then on all."""
    left = _same_in_cases(connection, case, [(column.key,) for column in columns], _FIRST_ROWS)
    if left and _same_in_cases(connection, case, [tuple(key for (key,) in left)]):  # all in one, as they mostly are
        return {key for (key,) in left}
    return {key for (key,) in _same_in_cases(connection, case, left)}


def _same_in_cases(
    connection: duckdb.DuckDBPyConnection, case: Column, groups: Sequence[tuple[str, ...]], most: int | None = None
) -> list[tuple[str, ...]]:
    """Those groups of columns that are the same in all rows of each case, among the first `most` rows."""
    if not groups:
        return []
    hashes = ", ".join(f"hash(struct_pack({', '.join(group)})) AS h{place}" for place, group in enumerate(groups))
    same = ", ".join(f"min(h{place}) = max(h{place}) AS s{place}" for place in range(len(groups)))
    held = connection.execute(
        f"SELECT {', '.join(f'bool_and(s{place})' for place in range(len(groups)))} FROM (SELECT {same} "  # noqa: S608
        f"FROM (SELECT {case.key}, {hashes} FROM {_rows(most)}) GROUP BY {case.key})"
    ).fetchall()[0]
    return [group for group, holds in zip(groups, held, strict=True) if holds]


def _rows(most: int | None) -> str:
    """What to read all rows from, or the first `most`: a limit, even of null, is read on one core alone."""
    return f"(FROM raw LIMIT {most})" if most else "raw"
