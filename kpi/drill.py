"""From a KPI's number to the cases and the activities behind it."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from core.errors import BadInput
from core.queries import load
from core.view import View
from core.workspace import Workspace
from kpi.definitions import query
from kpi.measure import fetch, sla_parameters
from kpi.values import ActivityValue, CaseValue, KpiCases

_MOMENTS = ("started", "ended", "due")


def cases(
    ws: Workspace,
    view: View,
    key: str,
    *,
    limit: int = 50,
    offset: int = 0,
    sla_seconds: float | None = None,
    as_of: datetime | None = None,
) -> KpiCases:
    """The cases behind one KPI, those that weigh most against it first.

    Raises NotFound, and BadInput for a limit or offset that is out of range.
    """
    query(key)  # names every KPI when there is none of this name
    if not 1 <= limit <= 10_000 or offset < 0:
        raise BadInput(f"A page of `{limit}` cases from `{offset}` cannot be shown. Ask for 1 to 10,000, from 0 on.")
    with ws.logs.open(view) as opened:
        connection = opened.connection
        parameters = {"limit": limit, "offset": offset, **sla_parameters(opened, sla_seconds, as_of)}
        rows = fetch(connection, load("kpi.detail", key), parameters)
        if not rows and offset:  # past the last page: the count stands in no row
            rows_before = fetch(connection, load("kpi.detail", key), {**parameters, "limit": 1, "offset": 0})
            return KpiCases(key, rows_before[0]["total"] if rows_before else 0, ())
    return KpiCases(key, rows[0]["total"] if rows else 0, tuple(_case(row) for row in rows))


def by_activity(ws: Workspace, view: View) -> tuple[ActivityValue, ...]:
    """What each activity contributes to time, cost and errors of complete cases, most frequent activity first."""
    with ws.logs.open(view) as opened:
        rows = fetch(opened.connection, load("kpi.detail", "by_activity"), {})
        return opened.coarse(tuple(ActivityValue(**row) for row in rows))


def _case(row: dict[str, Any]) -> CaseValue:
    values = {field.name: row[field.name] for field in fields(CaseValue)}
    for name in _MOMENTS:
        values[name] = values[name].replace(tzinfo=UTC) if values[name] is not None else None
    return CaseValue(**values)
