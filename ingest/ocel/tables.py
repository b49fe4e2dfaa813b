"""The tables that every OCEL 2.0 reader fills, whatever the log is written in, and the problems it met on the way."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import duckdb

from core.errors import BadInput
from ingest.rows import TableWriter

SHOWN = 20  # problems that a message lists


class Ocel:
    """An object-centric log while it is read; `problems` is what is wrong with it, in words."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self.connection, self.path = connection, path
        self.problems: list[str] = []
        self.types = TableWriter(connection, "ocel_type", ("kind", "name"))  # `event` or `object`
        self.events = TableWriter(connection, "ocel_event", ("event", "type", "time"))
        self.event_values = TableWriter(connection, "ocel_event_value", ("event", "name", "value"))
        self.objects = TableWriter(connection, "ocel_object", ("object", "type"))
        self.object_values = TableWriter(connection, "ocel_object_value", ("object", "name", "value", "time"))
        self.relations = TableWriter(connection, "ocel_relation", ("event", "object", "qualifier"))
        self.links = TableWriter(connection, "ocel_link", ("source", "target", "qualifier"))

    def flush(self) -> None:
        """Put what is waiting into the tables."""
        for writer in (self.types, self.events, self.event_values, self.objects, self.object_values,
                       self.relations, self.links):  # fmt: skip
            writer.flush()

    def refuse_first(self) -> NoReturn:
        """Raise BadInput: the log is of the first version of OCEL, which has other names for everything."""
        raise BadInput(
            f"`{self.path}` is OCEL 1.0, and Tandem reads OCEL 2.0: convert it, such as with `read_ocel` and "
            "`write_ocel2` of pm4py."
        )

    def refuse(self) -> None:
        """Raise BadInput that lists the problems, if there are any."""
        if not self.problems:
            return
        count = len(self.problems)
        shown = self.problems[:SHOWN]
        more = [f"and {count - SHOWN:,} more"] if count > SHOWN else []
        raise BadInput(
            f"`{self.path}` is not a whole OCEL 2.0 log; nothing was stored. Correct it where it was made:",
            problems=[*shown, *more],
        )
