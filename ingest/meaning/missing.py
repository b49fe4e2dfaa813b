"""Words that can only mean that a value is missing, where a column says who, when, what it cost or how it ended.

`unknown` is one of them: nobody is called so, and no system. A title such as `Na` is a name and is none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from core.queries import load
from ingest.values import Column, ColumnRole, Finding, Treatment

MISSING_WORDS = (
    "na", "n/a", "#n/a", "n.a.", "n.a", "n. a.", "<na>", "null", "(null)", "<null>", "[null]", "#null!", "none", "nan",
    "nat", "nil", "-", "--", "---", "–", "—", "?", "??", "unknown", "undefined", "missing", "not available",
    "not applicable", "(blank)", "(empty)", "unbekannt", "k.a.", "k. a.", "desconocido", "desconocida", "s/d",
    "inconnu", "inconnue",
)  # fmt: skip
TOUCHED = (
    ColumnRole.END, ColumnRole.START, ColumnRole.DUE, ColumnRole.PERFORMER, ColumnRole.PERFORMER_KIND,
    ColumnRole.SYSTEM, ColumnRole.COST, ColumnRole.OUTCOME, ColumnRole.COMPLETE,
)  # fmt: skip
NEVER = (ColumnRole.CASE, ColumnRole.ACTIVITY)
Spelled = Mapping[ColumnRole, Mapping[str, int]]  # by role: texts that mean nothing, and how many rows have each


def means_missing(text: str) -> bool:
    """Whether a text can only mean that a value is missing, as the macro `is_missing` tells in SQL."""
    return text.strip(" ") != "Na" and text.strip(" ").lower() in MISSING_WORDS


def know_missing(connection: duckdb.DuckDBPyConnection, *, on: bool) -> None:
    """Make the macro `is_missing` of SQL; with `on` false nothing is missing but what is empty."""
    connection.execute("SET VARIABLE missing_words = $words::VARCHAR[]", {"words": list(MISSING_WORDS) if on else []})
    connection.execute(load("ingest.sql", "missing").sql)


def find_missing(connection: duckdb.DuckDBPyConnection, roles: Mapping[ColumnRole, Column]) -> Spelled:
    """The texts that mean nothing in the columns of `roles`, each with its rows; roles that have none are left out."""
    stored = dict(connection.execute(load("ingest.sql", "raw_types").sql).fetchall())
    found: dict[ColumnRole, dict[str, int]] = {}
    for role, column in roles.items():
        if role is ColumnRole.LIFECYCLE or stored[column.key] not in ("VARCHAR", "FLOAT", "DOUBLE"):
            continue
        connection.execute(f"CREATE OR REPLACE TEMP VIEW spoken AS SELECT {column.key}::VARCHAR AS cell FROM raw")  # noqa: S608
        rows = connection.execute(load("ingest.sql", "missing_texts").sql).fetchall()
        if rows:
            found[role] = dict(rows)
    connection.execute("DROP VIEW IF EXISTS spoken")
    return found


def read_as_missing(found: Spelled) -> dict[ColumnRole, tuple[str, ...]]:
    """Of what was found, the texts that are read as missing, by role."""
    return {role: tuple(sorted(texts)) for role, texts in found.items() if role in TOUCHED}


def missing_findings(found: Spelled, roles: Mapping[ColumnRole, Column]) -> Iterator[Finding]:
    """What is said of every word: how many values of which column are read as missing, or look as if they were."""
    for role, texts in found.items():
        label = roles[role].label
        for text, count in sorted(texts.items(), key=lambda pair: (-pair[1], pair[0])):
            if role in TOUCHED:
                what = "value was" if count == 1 else "values were"
                words = f"`{label}` ({_named(role)}): {count:,} {what} `{text}`, which is read as missing."
                yield Finding("missing_word", Treatment.REPAIRED, count, words)
            elif role in NEVER:
                words = f"{count:,} rows have `{text}` as their {_named(role)}, in `{label}`; it is kept as it stands."
                yield Finding("looks_missing", Treatment.WARNING, count, words)


def _named(role: ColumnRole) -> str:
    return role.value.replace("_", " ")
