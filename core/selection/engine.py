"""Opens a selection: temporary views and tables under the names of the stored ones hold only what is selected.

DuckDB finds temporary names first, so every named query works on a selection as it does on the whole log. Cases are
narrowed by a join with the numbers of those that stay. Where activity instances are dropped, what then stands next to
each other is paired again while the rows stream by in their stored order: no join may come before that, since a join
may turn the order of rows round; which cases and rows stay is then looked up in bit strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from core.errors import BadInput
from core.queries import load
from core.selection.filters import CaseQuery, Events
from core.selection.lookup import BUILT_IN, NOT_GIVEN, Lookup
from core.selection.selection import Selection


@dataclass(frozen=True)
class Remaining:
    """What a filter, and those before it, left."""

    cases: int
    events: int  # activity instances


def open_selection(
    connection: duckdb.DuckDBPyConnection, selection: Selection, *, moves_only: bool = False, count: bool = True
) -> tuple[Remaining, ...]:
    """Narrow what `connection` shows of the log attached as `stored`; what each filter leaves, if it is to `count`.

    With `moves_only`, what a graph needs is narrowed and no more: `event`, whose positions may then have gaps and
    whose `repeated` may be stale where activity instances were dropped. Raises NotFound and BadInput.
    """
    if selection.is_whole:
        return ()
    opening = _Opening(connection)
    active = selection.active
    last = len(active) - 1 if moves_only and not selection.grouped_by else None
    left: list[Remaining] = []
    for number, found in enumerate(active):
        opening.narrow(found, moves_only=number == last)
        left += [opening.remaining()] if count else []
    if selection.grouped_by:
        opening.group(selection.grouped_by)
    if not moves_only:
        opening.finish()
    return tuple(left)


class _Opening:
    """A connection while it is narrowed, filter by filter."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lookup = Lookup(connection)
        self._event, self._case, self._variant = (
            "(SELECT *, rowid::INTEGER AS row_no FROM stored.event)",
            "stored.case_",
            "",
        )
        self._kept = ""  # the table of the cases that stay; empty: all
        self._grouped = False
        self._stale = False  # activity instances were dropped or renamed, and nothing was counted anew since
        self._behind = False  # `case_` shows more than `event` does
        self._step = 0
        self._set("pause_numbers", "SELECT coalesce(list(activity_no), []) FROM stored.activity WHERE pause")
        self._show()

    def narrow(self, found: Any, *, moves_only: bool = False) -> None:
        """Apply one filter. With `moves_only`, `case_` may stay behind."""
        self._step += 1
        asked = found.asks(self._lookup)
        if isinstance(asked, Events):
            self._keep_events(asked, inverted=found.inverted)
            if not moves_only:
                self._take_cases()
        else:
            if asked.counted:
                self._count_anew()
            self._keep_cases(asked, inverted=found.inverted)
        self._behind = moves_only and isinstance(asked, Events)

    def remaining(self) -> Remaining:
        """What is selected now."""
        cases, events = self._run("remaining_moves" if self._behind else "remaining").fetchall()[0]
        return Remaining(int(cases), int(events))

    def group(self, by: str) -> None:
        """Put what the attribute `by` says in the place of the activity."""
        self._step += 1
        self._execute(f"CREATE TEMP TABLE valued AS {self._value(by)}")
        self._execute(
            "CREATE TEMP TABLE named_activity AS "
            "SELECT (row_number() OVER (ORDER BY count(*) DESC, value) - 1)::INTEGER AS activity_no, value AS name "
            "FROM valued GROUP BY value"
        )
        self._execute(f"CREATE TEMP TABLE grouped AS {load('core.selection.sql', 'regrouped').sql}")
        self._execute("DROP TABLE valued")
        self._event, self._kept, self._grouped, self._stale = "grouped", "", True, True
        self._show()
        self._take_cases()
        self._run("activity_counts")

    def finish(self) -> None:
        """Count anew what is left of positions, variants, activities, performers and systems."""
        self._count_anew()
        if not self._grouped:
            self._execute("CREATE TEMP VIEW named_activity AS FROM stored.activity")
        self._run("activity_counts")
        self._run("performer_counts")

    def _keep_cases(self, asked: CaseQuery, *, inverted: bool) -> None:
        kept, join = f"kept_{self._step}", "ANTI" if inverted else "SEMI"
        self._execute(
            f"CREATE TEMP TABLE {kept} AS SELECT case_no FROM case_ {join} JOIN ({asked.sql}) AS meant USING (case_no)",
            asked.bound,
        )
        self._kept = kept
        self._show()

    def _keep_events(self, asked: Events, *, inverted: bool) -> None:
        staying = f"{self._in_order()} AND {self._stays(asked, inverted=inverted)}"
        moved = f"moved_{self._step}"
        self._execute(f"CREATE TEMP VIEW {moved} AS {load('core.selection.sql', 'moved').sql} FROM {staying}")
        self._event, self._kept, self._stale = moved, "", True
        self._show()

    def _in_order(self) -> str:
        """The events that are selected now, in their order: a FROM with a WHERE."""
        if not self._kept:
            return f"{self._event} AS staying WHERE true"
        name = f"kept_bits_{self._step}"
        self._set(name, f"SELECT bitstring_agg(case_no, 0, {self._last('case_')}) FROM {self._kept}")
        return f"{self._event} AS staying WHERE get_bit(getvariable('{name}'), case_no) = 1"

    def _stays(self, asked: Events, *, inverted: bool) -> str:
        """A condition on rows of the event table; it names variables, since a view cannot be bound to values."""
        if asked.of_attribute:
            name = f"rows_{self._step}"
            where = f"NOT {asked.condition}" if inverted else asked.condition
            rows = f"SELECT bitstring_agg(rowid, 0, {self._last('event')}) FROM stored.event_attribute WHERE {where}"
            self._set(name, rows, asked.bound)
            return f"coalesce(get_bit(getvariable('{name}'), row_no) = 1, false)"
        text = asked.condition
        for key, value in asked.bound.items():
            self._execute(f"SET VARIABLE {key}_{self._step} = $value", {"value": value})
            text = text.replace(f"${key}", f"getvariable('{key}_{self._step}')")
        return f"NOT ({text})" if inverted else f"({text})"

    def _take_cases(self) -> None:
        """Let the cases be those that have an activity instance left, with times and counts taken from these."""
        cases = f"cases_{self._step}"
        self._execute(f"CREATE TEMP TABLE {cases} AS {load('core.selection.sql', 'cases_again').sql}")
        self._case = cases
        self._show()

    def _count_anew(self) -> None:
        """Give positions from 1 without gaps, `repeated` and variants, where any of them is stale."""
        if not self._stale:
            return
        self._step += 1
        event, cases, variants = f"event_{self._step}", f"cases_{self._step}", f"variants_{self._step}"
        self._execute(f"CREATE OR REPLACE TEMP VIEW ordered AS SELECT * FROM {self._in_order()}")
        self._execute(f"CREATE TEMP TABLE {event} AS {load('core.selection.sql', 'numbered').sql}")
        self._execute("CREATE OR REPLACE TEMP TABLE cases_now AS FROM case_")
        self._event, self._kept, self._stale = event, "", False
        self._show()
        if not self._grouped:
            self._mend_repeated(event)
        for name, query in (("trace_again", "traces_again"), ("variant_again", "variants_again")):
            self._execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {load('core.selection.sql', query).sql}")
        self._execute(f"CREATE TEMP TABLE {variants} AS {load('core.selection.sql', 'variant_traces').sql}")
        self._execute(f"CREATE TEMP TABLE {cases} AS {load('core.selection.sql', 'case_variants').sql}")
        self._case, self._variant = cases, variants
        self._show()

    def _mend_repeated(self, event: str) -> None:
        """Tell the first of each activity in its case from those after it; only what was repeated can have changed."""
        self._execute(f"CREATE OR REPLACE TEMP TABLE first_now AS {load('core.selection.sql', 'first_now').sql}")
        self._execute(
            f"UPDATE {event} SET repeated = false FROM first_now AS f "
            f"WHERE {event}.case_no = f.case_no AND {event}.position = f.position"
        )

    def _show(self) -> None:
        """Let the names of the stored tables show what is selected now."""
        joined = f"JOIN {self._kept} USING (case_no)" if self._kept else ""
        attributes = "(SELECT *, rowid::INTEGER AS row_no FROM stored.event_attribute)"
        views = {
            "event": f"SELECT e.* FROM {self._event} AS e {joined}",
            "case_": f"SELECT c.* FROM {self._case} AS c {joined}",
            "pause": "SELECT p.* FROM stored.pause AS p JOIN (SELECT case_no FROM case_) USING (case_no)",
            "case_attribute": "SELECT a.* FROM stored.case_attribute AS a "
            "JOIN (SELECT case_no FROM case_) USING (case_no)",
            "event_attribute": "SELECT a.* EXCLUDE (row_no) REPLACE (e.position AS position) "
            f"FROM {attributes} AS a JOIN event AS e USING (row_no)",
            "variant": f"SELECT v.* REPLACE (n.cases AS cases) FROM {self._variant or 'stored.variant'} AS v "
            "JOIN (SELECT variant_no, count(*) AS cases FROM case_ GROUP BY variant_no) AS n USING (variant_no)",
        }
        for name, query in views.items():
            self._execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")

    def _value(self, by: str) -> str:
        """A query for the rows of `event` with the `value` that stands in the place of the activity."""
        if by == "failed":
            raise BadInput(
                "`failed` cannot stand in the place of activities. Group by performer, system or an attribute."
            )
        if by in BUILT_IN:
            if by == "performer_kind":
                return "SELECT e.*, e.kind::VARCHAR AS value FROM event AS e"
            return (
                f"SELECT e.*, coalesce(d.name, '{NOT_GIVEN}') AS value "
                f"FROM event AS e LEFT JOIN stored.{by} AS d USING ({by}_no)"
            )
        place = self._lookup.attribute(by)
        value = f"coalesce(a.{place.column}::VARCHAR, '{NOT_GIVEN}') AS value"
        table = "case_attribute" if place.of_case else "event_attribute"
        on = "a.case_no = e.case_no" if place.of_case else "a.rowid = e.row_no"
        return f"SELECT e.*, {value} FROM event AS e LEFT JOIN stored.{table} AS a ON {on}"

    def _last(self, table: str) -> int:
        """The number of the last row of a stored table."""
        return int(self._connection.execute(f"SELECT count(*) - 1 FROM stored.{table}").fetchall()[0][0])

    def _set(self, variable: str, sql: str, bound: dict[str, Any] | None = None) -> None:
        self._execute(f"SET VARIABLE {variable} = ({sql})", bound)

    def _run(self, name: str) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(load("core.selection.sql", name).sql)

    def _execute(self, sql: str, bound: dict[str, Any] | None = None) -> None:
        self._connection.execute(sql, bound or {})
