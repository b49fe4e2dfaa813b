"""The service verbs of personal data: which columns of a stored log, or of a file's first rows, look personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from core.actor.values import Actor
from core.eventlog import LogVersion
from core.workspace import Workspace
from ingest.meaning.joins import split_name
from ingest.meaning.missing import means_missing
from ingest.personal.keys import MASK, find_key, forget_key, is_pseudonym
from ingest.personal.look import Personal, look
from ingest.values import ColumnRole, Preview

_ROWS = 50_000  # of the log that values are taken from
_VALUES = 500  # distinct ones that are looked at
_SILENT = (  # what these roles hold is no person, whatever it looks like
    ColumnRole.ACTIVITY, ColumnRole.START, ColumnRole.END, ColumnRole.LIFECYCLE, ColumnRole.PERFORMER_KIND,
    ColumnRole.COST, ColumnRole.OUTCOME, ColumnRole.DUE, ColumnRole.COMPLETE,
)  # fmt: skip


def personal_columns(ws: Workspace, log: str, version: int | None = None) -> tuple[Personal, ...]:
    """The columns of `version` of `log` (None: the newest) that look like data of persons, each with the reason.

    A column is called as cleaning steps call it: `performer`, `case`, or an attribute with its `@`.
    Raises NotFound for a log or version that does not exist.
    """
    found = ws.logs.get(log, version)
    with ws.logs.read(found) as connection:
        looked = [_performer(connection), _cases(connection, found)]
        for table in ("event_attribute", "case_attribute"):
            described = connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()  # noqa: S608
            for (name,) in described:
                if name.startswith("@"):
                    looked.append(look(name, _values(connection, table, name), first_year=found.started.year))
    return tuple(one for one in looked if one)


def personal_in(
    preview: Preview, roles: Mapping[str, str] | None = None, *, missing_words: bool = True
) -> tuple[Personal, ...]:
    """The columns of a file that look like data of persons, judged by its first rows; called as the file calls them.

    `roles` names the columns that were chosen (default: those that were guessed); `missing_words` says whether words
    such as `NA` are read as missing.
    """
    played = {guess.role.value: guess.column for guess in preview.roles} if roles is None else roles
    silent = {name for role in _SILENT for name in _columns(played.get(role.value, ""), preview)}
    found = []
    for place, column in enumerate(preview.columns):
        if column in silent:
            continue
        values = sorted({str(row[place]) for row in preview.rows if row[place] is not None})
        performs, identifies = column == played.get(ColumnRole.PERFORMER), column == played.get(ColumnRole.CASE)
        if missing_words and (performs or column == played.get(ColumnRole.SYSTEM)):
            values = [value for value in values if not means_missing(value)]
        found.append(look(column, values, performs=performs, identifies=identifies))
    return tuple(one for one in found if one)


def _columns(label: str, preview: Preview) -> tuple[str, ...]:
    """The column called `label`, or the two that it joins."""
    return split_name(label, preview.columns) or (label,)


def has_key(ws: Workspace, log: str) -> bool:
    """Whether `log` has a key that makes pseudonyms. Raises BadInput for a file that is no key."""
    return find_key(ws, log) is not None


def forget_pseudonyms(ws: Workspace, log: str, *, by: Actor) -> str:
    """Where the key of `log` lay, now deleted: no name can be turned into its pseudonym any more.

    Versions that were stored with the names still hold them. Raises NotFound where there is no key.
    """
    ws.logs.get(log)
    return str(forget_key(ws, log, by=by))


def _performer(connection: duckdb.DuckDBPyConnection) -> Personal | None:
    rows = connection.execute(
        "SELECT name FROM performer WHERE kind NOT IN ('system', 'agent') ORDER BY events DESC LIMIT $most",
        {"most": _VALUES},
    ).fetchall()
    names = _named([name for (name,) in rows])
    return look("performer", names, performs=True)


def _cases(connection: duckdb.DuckDBPyConnection, found: LogVersion) -> Personal | None:
    rows = connection.execute("SELECT case_id FROM case_ LIMIT $most", {"most": _VALUES}).fetchall()
    names = _named([name for (name,) in rows])
    return look("case", names, identifies=True, first_year=found.started.year)


def _values(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> list[str]:
    quoted = '"' + name.replace('"', '""') + '"'
    rows = connection.execute(
        f"SELECT DISTINCT value FROM (SELECT {quoted}::VARCHAR AS value FROM {table} "  # noqa: S608
        "WHERE value IS NOT NULL LIMIT $rows) ORDER BY value LIMIT $most",
        {"rows": _ROWS, "most": _VALUES},
    ).fetchall()
    return _named([value for (value,) in rows])


def _named(values: Sequence[str]) -> list[str]:
    """`values` without those that are pseudonyms or masks already."""
    return [value for value in values if value != MASK and not is_pseudonym(value)]
