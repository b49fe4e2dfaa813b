"""The variants of an event log version as conformance reads them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from core import LogVersion, Selection, Workspace, load_query
from mining.conformance.align import Trace


@dataclass(frozen=True)
class Row:
    """A variant as the log has it."""

    number: int
    digest: str
    trace: Trace
    cases: int


def read_rows(ws: Workspace, stored: LogVersion, selection: Selection) -> list[Row]:
    """The variants of what `selection` leaves of `stored`, by falling number of cases."""
    with ws.logs.select(stored, selection) as connection:
        names = dict(connection.execute("SELECT activity_no, name FROM activity").fetchall())
        found: dict[str, Any] = connection.execute(load_query("mining.conformance.sql", "variants").sql).fetchnumpy()
    steps = iter([names[number] for number in found["steps"][0].tolist()])
    columns = (found[name][0].tolist() for name in ("numbers", "digests", "lengths", "cases"))
    return [
        Row(number, digest, tuple(islice(steps, length)), cases)
        for number, digest, length, cases in zip(*columns, strict=True)
    ]
