"""Logs written as whole cases with attributes, staged in bulk through the real store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from core.eventlog import LogVersion
from core.workspace import Workspace

DAY = datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None)  # as the store keeps it


@dataclass(frozen=True)
class Case:
    """A case: its steps stand `gap` hours apart, each done in no time."""

    trace: Sequence[str]
    start: float = 0.0  # hours after DAY
    gap: float = 1.0
    performer: str | None = None
    complete: bool = True
    due: float | None = None  # hours after DAY
    failed: bool | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)  # of the case, `@` before their names
    of_events: Mapping[str, Any] = field(default_factory=dict)  # of its first event


def log_of(ws: Workspace, cases: Sequence[Case], log: str = "cases") -> LogVersion:
    """`cases` published as a version of `log`; their identifiers count from 0."""
    events = [
        {
            "case_id": str(number), "activity": activity, "ended": DAY + timedelta(hours=case.start + case.gap * place),
            "performer": case.performer, "performer_kind": "human" if case.performer else None, "failed": case.failed,
            **(dict(case.of_events) if not place else {}),
        }
        for number, case in enumerate(cases)
        for place, activity in enumerate(case.trace)
    ]  # fmt: skip
    of_cases = [
        {
            "case_id": str(number), "complete": case.complete,
            "due": None if case.due is None else DAY + timedelta(hours=case.due), **case.attributes,
        }
        for number, case in enumerate(cases)
    ]  # fmt: skip
    with ws.logs.draft(log) as draft:
        draft.connection.register("given", _table(events))
        draft.connection.register("given_case", _table(of_cases))
        draft.connection.execute(
            "CREATE TABLE staged AS SELECT * REPLACE (performer::VARCHAR AS performer, failed::BOOLEAN AS failed, "
            "performer_kind::VARCHAR AS performer_kind), NULL::TIMESTAMP AS started, NULL::SMALLINT AS started_offset, "
            "NULL::SMALLINT AS ended_offset, false AS simulated, NULL::VARCHAR AS system, NULL::DOUBLE AS cost, "
            "row_number() OVER () AS source_row FROM given"
        )
        draft.connection.execute("CREATE TABLE staged_case AS SELECT * REPLACE (due::TIMESTAMP AS due) FROM given_case")
        draft.connection.unregister("given")
        draft.connection.unregister("given_case")
        return draft.publish(
            source="built in a test", digest=f"{log}-{len(events)}-{hash(tuple(str(c) for c in cases))}",
            created_by="tester", event_rows=len(events), meta={},
        )  # fmt: skip


def _table(rows: Sequence[Mapping[str, Any]]) -> Any:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: [row.get(name) for row in rows] for name in names})
