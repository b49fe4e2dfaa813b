"""Small stored logs with any column: offsets, systems, costs, attributes of events and of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from core.eventlog import LogVersion
from core.workspace import Workspace
from tests.builders import COLUMNS, moment

MONDAY = datetime(2025, 3, 3, 9, tzinfo=UTC)
_NUMBERS = count()
Row = Mapping[str, Any]


def row(case: str, activity: str, end: str, start: str | None = None, performer: str | None = None, **more: Any) -> Row:
    """One activity instance; `more` are other columns of `staged`, attributes under `@name`."""
    kind = more.pop("kind", None) or ("human" if performer else None)
    return {
        "case_id": case, "activity": activity, "ended": moment(end), "started": moment(start),
        "performer": performer, "performer_kind": kind, **more,
    }  # fmt: skip


def at(hours: float) -> str:
    """The moment so many hours after nine on a Monday."""
    return (MONDAY + timedelta(hours=hours)).isoformat()


def sound(cases: int = 40) -> list[Row]:
    """Cases of three activity instances, 40 minutes apart, each done by one of two people in working hours."""
    rows = []
    for number in range(cases):
        day, who = 24 * (number % 5 + 7 * (number // 5)), ("Ada", "Bo")[number % 2]
        for place, activity in enumerate(("Register", "Check", "Pay")):
            start, minutes = day + place * 2 / 3 + (number % 2) * 3 + number / 100, 21 + number % 7
            rows.append(row(f"c{number}", activity, at(start + minutes / 60), at(start), who))
    return rows


def stored(
    ws: Workspace,
    rows: Sequence[Row],
    *,
    log: str | None = None,
    cases: Mapping[str, Mapping[str, Any]] | None = None,
    timezone: str = "UTC",
    types: Mapping[str, str] | None = None,
) -> LogVersion:
    """The published log of `rows`; `cases` has due, complete and attributes of cases, `types` those of attributes.

    Where one of `cases` tells whether it is complete, the others are complete.
    """
    kinds = dict(types or {})
    log = log or f"log{next(_NUMBERS)}"
    with ws.logs.draft(log) as draft:
        extra = list(dict.fromkeys(name for one in rows for name in one if name.startswith("@")))
        columns = COLUMNS | {name: kinds.get(name, "VARCHAR") for name in extra}
        _fill(draft.connection, "staged", columns, [{**one, "source_row": n} for n, one in enumerate(rows, 1)])
        cases = cases or {}
        told = [{"case_id": case, **values} for case, values in cases.items()]
        if any("complete" in one for one in told):
            told += [{"case_id": case} for case in dict.fromkeys(one["case_id"] for one in rows) if case not in cases]
            told = [{"complete": True, **one} for one in told]
        extra = list(dict.fromkeys(name for one in told for name in one if name.startswith("@")))
        columns = {"case_id": "VARCHAR", "due": "TIMESTAMP", "complete": "BOOLEAN"}
        columns |= {name: kinds.get(name, "VARCHAR") for name in extra}
        _fill(draft.connection, "staged_case", columns, told)
        return draft.publish(
            source="built in a test", digest=f"{log} {len(rows)}", created_by="tester", event_rows=len(rows),
            meta={"timezone": timezone},
        )  # fmt: skip


def tables(ws: Workspace, version: LogVersion) -> dict[str, Any]:
    """Every stored table but meta, with its columns, types and rows in order."""
    names = ("event", "case_", "activity", "performer", "system", "variant", "event_attribute", "case_attribute")
    with ws.logs.read(version) as connection:
        return {
            name: (
                [found[:2] for found in connection.execute(f"DESCRIBE {name}").fetchall()],
                connection.execute(f"FROM {name}").fetchall(),
            )
            for name in names
        }


def _fill(connection: Any, table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"CREATE TABLE {table} ({listed})")
    if rows:
        values = ", ".join(f"unnest($c{n})::{kind}" for n, kind in enumerate(columns.values()))
        bound = {f"c{n}": [one.get(name) for one in rows] for n, name in enumerate(columns)}
        connection.execute(f"INSERT INTO {table} SELECT {values}", bound)
