"""Reads OCEL 2.0 in any of its three forms."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from core.errors import BadInput
from ingest.formats import Format
from ingest.ocel.check import check
from ingest.ocel.flatten import flatten, object_types, totals
from ingest.ocel.from_json import read_json
from ingest.ocel.from_sqlite import read_sqlite
from ingest.ocel.from_xml import read_xml
from ingest.ocel.tables import Ocel
from ingest.source import Source
from ingest.values import Part, Reading


def read_ocel(connection: duckdb.DuckDBPyConnection, source: Source, *, object_type: str | None = None) -> Reading:
    """The log in `source` flattened by `object_type`, now in the table `raw` of `connection`.

    Raises BadInput for a log that is not consistent, and, with the object types listed, where none is chosen.
    """
    reading = flatten(_whole(connection, source), object_type, source.format.value)
    for table in ("type", "event", "event_value", "object", "object_value", "relation", "link", "touching", "latest"):
        connection.execute(f"DROP TABLE ocel_{table}")
    for table in ("event_wide", "object_wide"):
        connection.execute(f"DROP TABLE {table}")
    return reading


def parts_of_ocel(source: Source) -> tuple[Part, ...]:
    """The object types of the log in `source`, with their objects and the events that touch them."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return object_types(_whole(connection, source))


def _whole(connection: duckdb.DuckDBPyConnection, source: Source) -> Ocel:
    ocel = Ocel(connection, source.path)
    if source.format is Format.OCEL_SQLITE:
        with TemporaryDirectory(prefix="tandem-ocel-") as folder:
            read_sqlite(ocel, source.plain(Path(folder)))
    elif source.format is Format.OCEL_JSON:
        read_json(ocel, source.chunks())
    else:
        read_xml(ocel, source.chunks())
    check(ocel)
    if not totals(connection)[0]:
        raise BadInput(f"`{source.path}` is an empty event log: it has no event.")
    return ocel
