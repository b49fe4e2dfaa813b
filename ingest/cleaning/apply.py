"""Does a cleaning step to the staged tables, and says what it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from core.errors import BadInput
from core.queries import load
from ingest.cleaning.columns import StagedColumn, distinct_values, find_places, replace_values, rewrite
from ingest.cleaning.hiding import PERSONS, pseudonym, revealed
from ingest.cleaning.steps import (
    DropCases,
    DropDuplicates,
    DropEvents,
    LetterCase,
    MaskColumn,
    MergeLabels,
    RemoveColumn,
    Step,
    TidyLabels,
)
from ingest.personal.keys import MASK, Key, is_pseudonym


@dataclass(frozen=True)
class StepChange:
    """What one step changed."""

    instances: int = 0  # activity instances dropped
    cases: int = 0  # cases dropped
    values: int = 0  # values written otherwise, or removed

    @property
    def nothing(self) -> bool:
        """Whether the step had no effect."""
        return not (self.instances or self.cases or self.values)

    @property
    def words(self) -> str:
        """What changed, with counts."""
        parts = [
            f"{number:,} {one if number == 1 else many} {did}"
            for number, one, many, did in (
                (self.cases, "case", "cases", "dropped"),
                (self.instances, "activity instance", "activity instances", "dropped"),
                (self.values, "value", "values", "changed"),
            )
            if number
        ]
        return ", ".join(parts) or "nothing changed"

    def to_json(self) -> dict[str, Any]:
        """The counts by name."""
        return asdict(self)


def apply(connection: duckdb.DuckDBPyConnection, step: Step, key: Callable[[], Key]) -> StepChange:
    """What `step` changed in `staged` and `staged_case`; `key` is asked only where pseudonyms are made.

    Raises NotFound for a column that is not there, BadInput when nothing would be left.
    """
    if isinstance(step, DropDuplicates | DropCases | DropEvents):
        return _dropped(connection, step, key)
    if isinstance(step, MergeLabels):
        places = find_places(connection, step.column, besides=("case", "cost"))
        mapping = dict(step.mapping)
        if step.hidden:
            mapping = revealed(mapping, distinct_values(connection, places), step.column, key())
        return StepChange(values=replace_values(connection, places, mapping))
    if isinstance(step, TidyLabels):
        places = find_places(connection, step.column, besides=("case", "cost"))
        return StepChange(values=rewrite(connection, places, lambda place: _tidied(place, step.letters)))
    if isinstance(step, MaskColumn):
        places = find_places(connection, step.column, besides=("case", "activity", "cost"))
        return StepChange(values=rewrite(connection, places, lambda _place: f"'{MASK}'"))
    if isinstance(step, RemoveColumn):
        return _removed(connection, step.column)
    return StepChange(values=pseudonymise_staged(connection, step.column, key()))


def pseudonymise_staged(connection: duckdb.DuckDBPyConnection, column: str, key: Key) -> int:
    """How many values of `column` now are pseudonyms, in `staged` and `staged_case`.

    `column` is `performer`, `system`, `case`, or an attribute with its `@`. Performers that are systems or agents keep
    their names: they are no persons. What is a pseudonym already stays.
    """
    places = find_places(connection, column, besides=("activity", "cost"))
    persons = PERSONS if column == "performer" else "true"
    values = [value for value in distinct_values(connection, places, persons) if not is_pseudonym(value)]
    new = {value: pseudonym(value, column, key) for value in values}
    if len(set(new.values())) < len(new):
        raise BadInput(f"Two values of `{column}` would get one pseudonym. Delete the log's key and try again.")
    return replace_values(connection, places, new, persons)


def _dropped(
    connection: duckdb.DuckDBPyConnection, step: DropDuplicates | DropCases | DropEvents, key: Callable[[], Key]
) -> StepChange:
    before = _counts(connection)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE gone AS {_doomed(connection, step, key)}")
    connection.execute("DELETE FROM staged WHERE source_row IN (SELECT source_row FROM gone)")
    connection.execute("DROP TABLE gone")
    connection.execute("DELETE FROM staged_case WHERE case_id NOT IN (SELECT case_id FROM staged)")
    after = _counts(connection)
    if not after[0]:
        raise BadInput(f"The cleaning step “{step.words}” would leave nothing of the event log.")
    return StepChange(instances=before[0] - after[0], cases=before[1] - after[1])


def _doomed(
    connection: duckdb.DuckDBPyConnection, step: DropDuplicates | DropCases | DropEvents, key: Callable[[], Key]
) -> str:
    """The query for the source rows that `step` drops; what it compares with is bound as variables."""
    bound: dict[str, Any] = {}
    if isinstance(step, DropDuplicates):
        same = "case_id, activity, started, ended"
        if step.exact:
            names = [r[0] for r in connection.execute("SELECT column_name FROM (DESCRIBE staged)").fetchall()]
            own = (*same.split(", "), "source_row", "started_offset", "ended_offset")
            same += "".join(f", {StagedColumn('staged', name).quoted}" for name in names if name not in own)
        return (
            "SELECT source_row FROM staged "  # noqa: S608
            f"QUALIFY row_number() OVER (PARTITION BY {same} ORDER BY source_row) > 1"
        )
    name = ("drop_events_" if isinstance(step, DropEvents) else "drop_cases_") + step.where.value.replace(" ", "_")
    if isinstance(step, DropEvents):
        bound = {"moment": step.moment, "activities": list(step.activities)}
    else:
        cases = list(step.cases)
        if step.hidden:
            known = distinct_values(connection, find_places(connection, "case"))
            cases = list(revealed(dict.fromkeys(cases, ""), known, "case", key()))
        bound = {"since": step.since, "until": step.until, "activities": list(step.activities), "cases": cases}
    for variable, value in bound.items():
        naive = value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
        connection.execute(f"SET VARIABLE step_{variable} = $value", {"value": naive})
    return load("ingest.cleaning.sql", name).sql


def _counts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    instances, cases = connection.execute("SELECT count(*), count(DISTINCT case_id) FROM staged").fetchall()[0]
    return instances, cases


def _tidied(place: StagedColumn, letters: LetterCase) -> str:
    text = f"trim(regexp_replace({place.quoted}, '\\s+', ' ', 'g'))"
    if letters is LetterCase.SENTENCE:
        return f"upper({text}[1]) || lower({text}[2:])"
    return f"{letters.value}({text})" if letters is not LetterCase.KEEP else text


def _removed(connection: duckdb.DuckDBPyConnection, column: str) -> StepChange:
    places = find_places(connection, column, besides=("case", "activity"))
    values = 0
    for place in places:
        filled = connection.execute(f"SELECT count({place.quoted}) FROM {place.table}").fetchall()  # noqa: S608
        values += int(filled[0][0])
        if place.name.startswith("@"):
            connection.execute(f"ALTER TABLE {place.table} DROP COLUMN {place.quoted}")
            continue
        gone = [place.quoted, *(("performer_kind", "simulated") if place.name == "performer" else ())]
        connection.execute(f"UPDATE {place.table} SET " + ", ".join(f"{name} = NULL" for name in gone))  # noqa: S608
    return StepChange(values=values)
