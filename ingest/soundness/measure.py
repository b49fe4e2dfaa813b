"""Runs every rule on one connection to a stored log: what was found, how often, and up to five examples of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import duckdb

from core.durations import duration
from core.queries import load
from ingest.cleaning.apply import StepChange
from ingest.soundness.columns import StoredColumn, column_facts, column_hits, find_columns
from ingest.soundness.registry import rules
from ingest.soundness.values import ColumnFacts, Example, Rule

_SQL = "ingest.soundness.sql"
_EXAMPLES = 5
_BROKEN = ("unusual_end", "unusual_start")


@dataclass(frozen=True)
class Found:
    """What one rule found, as it was counted; words are put to it later."""

    code: str
    subject: str | None
    count: int
    total: int
    examples: tuple[Example, ...]
    touched: float | None = None  # share of all activity instances, where that is not `count` of `total`
    gone: StepChange | None = None  # what the rule's cleaning step would drop, if it has one


@dataclass(frozen=True)
class _Place:
    """An example by its numbers."""

    case_no: int | None
    position: int | None
    value: str | None


@dataclass(frozen=True)
class _Hit:
    """What a rule found, with its examples still numbers."""

    rule: Rule
    subject: str | None
    count: int
    total: int
    few: tuple[_Place, ...]
    touched: float | None = None
    gone: StepChange | None = None


@dataclass(frozen=True)
class SoundnessCounts:
    """Everything that was counted in one log version."""

    found: tuple[Found, ...]
    columns: tuple[ColumnFacts, ...]
    alike: tuple[tuple[str, str, str, str, int], ...]  # column, label, label to keep, how alike, activity instances
    broken: dict[str, tuple[str, ...]]  # activities at which cases break off or begin, by the rule's code
    instances: int  # activity instances in the log
    cases: int


def measure(connection: duckdb.DuckDBPyConnection) -> SoundnessCounts:
    """What all rules find on a prepared connection."""
    columns = find_columns(connection)
    _find_alike(connection, columns)
    totals = _row(connection, "totals")
    instances = int(totals["activity_instances"])
    hits = [
        _count(connection, rule, None, rule.sql, int(totals[rule.of.replace(" ", "_")]), instances)
        for rule in rules()
        if rule.sql
    ]
    facts = column_facts(connection, columns)
    by_code = {rule.code: rule for rule in rules()}
    for one in column_hits(connection, columns, facts):
        hits.append(_count(connection, by_code[one.code], one.subject, one.sql, one.total, instances))
    hits = [hit for hit in hits if hit.count]
    alike = connection.execute("SELECT kind, name, kept, how, events FROM alike ORDER BY ALL").fetchall()
    broken = {hit.rule.code: _values(connection, hit.rule) for hit in hits if hit.rule.code in _BROKEN}
    return SoundnessCounts(
        tuple(_named(connection, hits)), tuple(facts), tuple(alike), broken, instances, int(totals["cases"])
    )


def _find_alike(connection: duckdb.DuckDBPyConnection, columns: list[StoredColumn]) -> None:
    connection.execute(load(_SQL, "alike").sql)
    attributes = "".join(f", {c.sql}" for c in columns if c.table == "event_attribute")
    connection.execute(load(_SQL, "twin").sql.replace("{attributes}", attributes))


def _count(
    connection: duckdb.DuckDBPyConnection, rule: Rule, subject: str | None, sql: str, total: int, instances: int
) -> _Hit:
    touched = "sum(touched)" if rule.touches else "sum(0)"
    rows = connection.execute(
        f"WITH hit AS MATERIALIZED ({sql}), "  # noqa: S608
        f"few AS (SELECT * FROM hit ORDER BY rank, case_no, position LIMIT {_EXAMPLES}) "
        f"SELECT (SELECT count(*) FROM hit), (SELECT {touched} FROM hit), case_no, position, value::VARCHAR FROM few"
    ).fetchall()
    if not rows:
        return _Hit(rule, subject, 0, total, ())
    share = min(1.0, float(rows[0][1]) / instances) if rule.touches else None
    few = tuple(_Place(row[2], row[3], row[4]) for row in rows)
    return _Hit(rule, subject, rows[0][0], total, few, share, _gone(connection, rule))


def _gone(connection: duckdb.DuckDBPyConnection, rule: Rule) -> StepChange | None:
    """What the cleaning step of `rule` would drop; None where it has none that drops."""
    if not rule.drops:
        return None
    query = load(_SQL, f"gone_{rule.drops.replace(' ', '_')}").sql.replace("{hits}", rule.gone or rule.sql)
    instances, cases = connection.execute(query).fetchall()[0]
    return StepChange(int(instances or 0), int(cases or 0))


def _values(connection: duckdb.DuckDBPyConnection, rule: Rule) -> tuple[str, ...]:
    rows = connection.execute(f"SELECT DISTINCT value FROM ({rule.sql}) ORDER BY value").fetchall()  # noqa: S608
    return tuple(value for (value,) in rows)


def _named(connection: duckdb.DuckDBPyConnection, hits: Sequence[_Hit]) -> Iterator[Found]:
    """What was found, with the case, activity and moment of every example: looked up for all of them at once."""
    places = [place for hit in hits for place in hit.few]
    bound = {
        "cases": [place.case_no for place in places],
        "positions": [place.position for place in places],
        "orders": list(range(len(places))),
    }
    named = iter(connection.execute(load(_SQL, "named").sql, bound).fetchall() if places else [])
    for hit in hits:
        examples = []
        for place, (case, activity, at) in zip(hit.few, named, strict=False):
            moment = at.replace(tzinfo=UTC) if at else None
            examples.append(Example(case, activity, moment, _shown(hit.rule, place.value)))
        yield Found(hit.rule.code, hit.subject, hit.count, hit.total, tuple(examples), hit.touched, hit.gone)


def _shown(rule: Rule, value: str | None) -> str:
    return duration(float(value)) if rule.shows == "seconds" and value is not None else value or ""


def _row(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    cursor = connection.execute(load(_SQL, name).sql)
    return dict(zip([d[0] for d in cursor.description], cursor.fetchall()[0], strict=True))
