"""An object-centric log as the event log of one object type, and what gets lost on the way.

The definitions of convergence and divergence are those of van der Aalst, Object-Centric Process Mining (2019).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from core.errors import BadInput, not_found
from core.queries import load
from ingest.ocel.tables import Ocel
from ingest.rows import check_width
from ingest.values import Column, ColumnRole, Finding, Part, Reading, RoleGuess, Scope, Treatment, counted

_CASE, _ACTIVITY, _TIME = "ocel:oid", "ocel:activity", "ocel:timestamp"


def object_types(ocel: Ocel) -> tuple[Part, ...]:
    """The object types of `ocel`, those that most events touch first."""
    rows = ocel.connection.execute(load("ingest.ocel.sql", "types").sql).fetchall()
    return tuple(Part(name, "object type", events, objects) for name, objects, events in rows)


def flatten(ocel: Ocel, wanted: str | None, format_name: str) -> Reading:
    """The events of `ocel` in the table `raw`, once for each object of the type `wanted` that they touch.

    Raises BadInput where no type is wanted, or it is not there, or no event touches it.
    """
    chosen = _chosen(ocel, wanted)
    connection, bound = ocel.connection, {"type": chosen.name}
    connection.execute(load("ingest.ocel.sql", "touching").sql, bound)
    connection.execute(load("ingest.ocel.sql", "latest").sql, bound)
    columns = _raw(ocel)
    rows = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
    if not rows:
        raise BadInput(f"No event of `{ocel.path}` touches an object of the type `{chosen.name}`.\n{_listed(ocel)}")
    cursor = connection.execute(load("ingest.ocel.sql", "loss").sql, bound)
    loss = dict(zip([column[0] for column in cursor.description], cursor.fetchall()[0], strict=True))
    events, objects, event_types, types, relations, links = totals(connection)
    facts = {
        "object_type": chosen.name, "events": events, "objects": objects, "event_types": event_types,
        "object_types": types, "relations": relations, "links": links,
    }  # fmt: skip
    return Reading(
        columns, rows, ocel.path, format_name, findings=tuple(_findings(loss, chosen.name)), facts=facts,
        part=chosen.name, known=_known(chosen.name),
    )  # fmt: skip


def totals(connection: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Counts of events, objects, event types, object types, relations of events to objects and between objects."""
    return tuple(connection.execute(load("ingest.ocel.sql", "totals").sql).fetchall()[0])


def _chosen(ocel: Ocel, wanted: str | None) -> Part:
    parts = object_types(ocel)
    for part in parts:
        if part.name == wanted:
            return part
    if wanted is not None:
        raise not_found(f"object type in `{ocel.path.name}` called", wanted, [part.name for part in parts])
    raise BadInput(
        f"`{ocel.path}` is an object-centric log: say which objects are the cases, "
        f"such as `--object-type {_argument(parts[0].name) if parts else 'NAME'}`. Its object types:",
        problems=[_told(part) for part in parts],
    )


def _argument(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _told(part: Part) -> str:
    return f"{part.name}: {counted(part.objects or 0, 'object')}, touched by {counted(part.rows, 'event')}"


def _listed(ocel: Ocel) -> str:
    return "Its object types: " + "; ".join(_told(part) for part in object_types(ocel)) + "."


def _known(kind: str) -> tuple[RoleGuess, ...]:
    return (
        RoleGuess(ColumnRole.CASE, f"case:{_CASE}", f"the cases are the objects of the type `{kind}`"),
        RoleGuess(ColumnRole.ACTIVITY, _ACTIVITY, "it is the type of the event"),
        RoleGuess(ColumnRole.END, _TIME, "it is when the event happened"),
    )


def _raw(ocel: Ocel) -> tuple[Column, ...]:
    """The columns of `raw`, which is made here: one row for each event and object of the type that it touches."""
    connection = ocel.connection
    columns = [
        Column("c0", _CASE, Scope.CASE), Column("c1", _ACTIVITY), Column("c2", _TIME), Column("c3", "ocel:eid"),
        Column("c4", "ocel:qualifier"),
    ]  # fmt: skip
    of_event = _names(connection, "SELECT DISTINCT name FROM ocel_event_value SEMI JOIN ocel_touching USING (event)")
    of_object = _names(connection, "SELECT DISTINCT name FROM ocel_latest")
    check_width(ocel.path, len(columns) + len(of_event) + len(of_object))
    columns += [Column(f"c{number}", name) for number, name in enumerate(of_event, 5)]
    columns += [Column(f"c{number}", name, Scope.CASE) for number, name in enumerate(of_object, 5 + len(of_event))]
    wide = (
        ("event_wide", "event", "ocel_event_value SEMI JOIN ocel_touching USING (event)", columns[5:][: len(of_event)]),
        ("object_wide", "object", "ocel_latest", columns[5 + len(of_event) :]),
    )
    for table, key, source, named in wide:
        values = "".join(f", max(value) FILTER (name = {_literal(column.name)}) AS {column.key}" for column in named)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {key}{values} FROM {source} GROUP BY {key}")  # noqa: S608
    listed = "".join(f", {column.key}" for column in columns[5:])
    connection.execute(
        "CREATE TEMP TABLE raw AS SELECT t.object AS c0, e.type AS c1, e.time AS c2, e.event AS c3, t.qualifier AS c4"  # noqa: S608
        f"{listed} FROM ocel_touching t JOIN ocel_event e ON e.event = t.event "
        "LEFT JOIN event_wide w ON w.event = e.event LEFT JOIN object_wide o ON o.object = t.object "
        "ORDER BY e.rowid, t.object"
    )
    return tuple(columns)


def _names(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return sorted(name for (name,) in connection.execute(query).fetchall())


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _findings(loss: Mapping[str, Any], kind: str) -> Iterator[Finding]:
    told = (
        ("untouched", Treatment.DROPPED, "{untouched:,} events touch no object of the type `{kind}`."),
        ("convergent", Treatment.REPAIRED,
         "{convergent:,} events touch several objects of the type `{kind}` and stand in each of these cases: "
         "{repeated:,} rows more than events (convergence)."),
        ("divergent", Treatment.WARNING,
         "{divergent:,} times, in {divergent_cases:,} cases, an activity comes again because it was done for another "
         "object of some other type; it looks like rework (divergence)."),
        ("eventless", Treatment.DROPPED,
         "{eventless:,} of {objects:,} objects of the type `{kind}` have no event; they are no cases."),
        ("relations", Treatment.DROPPED,
         "{relations:,} relations of events to objects of {other_types:,} other types are not kept."),
        ("links", Treatment.DROPPED, "{links:,} relations between objects are not kept."),
        ("broken_links", Treatment.WARNING, "{broken_links:,} of these name an object that the log does not have."),
        ("doubled", Treatment.REPAIRED,
         "{doubled:,} relations of events to objects are stated twice; each counts once."),
        ("older", Treatment.DROPPED, "{older:,} earlier values of attributes of `{kind}` are not kept; the latest is."),
        ("unsaid", Treatment.NOTE,
         "{unsaid:,} changes of attributes of `{kind}` state no new value; the one before is kept."),
    )  # fmt: skip
    for code, effect, words in told:
        if loss[code]:
            yield Finding(f"ocel_{code}", effect, loss[code], words.format(kind=kind, **loss))
