"""The variants of an event log version as conformance reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from core.eventlog import Opened
from core.queries import load as load_query
from mining.conformance.align import Trace


@dataclass(frozen=True)
class Row:
    """A variant as the log has it."""

    number: int
    digest: str
    trace: Trace
    cases: int


def read_rows(opened: Opened) -> list[Row]:
    """The variants of an opened view, by falling number of cases."""
    connection = opened.connection
    names = dict(connection.execute("SELECT activity_no, name FROM activity").fetchall())
    found: dict[str, Any] = connection.execute(load_query("mining.conformance.sql", "variants").sql).fetchnumpy()
    steps = iter([names[number] for number in found["steps"][0].tolist()])
    columns = (found[name][0].tolist() for name in ("numbers", "digests", "lengths", "cases"))
    return [
        Row(number, digest, tuple(islice(steps, length)), cases)
        for number, digest, length, cases in zip(*columns, strict=True)
    ]


def by_frequency(rows: Iterable[Row]) -> list[str]:
    """The activities of the log, that of the most cases first."""
    cases: dict[str, int] = {}
    for row in rows:
        for activity in set(row.trace):
            cases[activity] = cases.get(activity, 0) + row.cases
    return sorted(cases, key=lambda activity: (-cases[activity], activity))
