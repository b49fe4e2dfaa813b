"""Measures KPIs: over a whole event log, and week by week or month by month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from core import BadInput, LogVersion, View, Workspace
from core.queries import Query, load
from kpi.definitions import KEYS, definition, query
from kpi.judge import judge
from kpi.values import Bucket, LeftOut, Measurement, TrendPoint

_PARAMETER = re.compile(r"\$([a-z_]+)")


def measure(
    ws: Workspace, view: View, *, sla_seconds: float | None = None, as_of: datetime | None = None
) -> tuple[Measurement, ...]:
    """All five KPIs over what `view` shows. A KPI is withheld where the log cannot carry it.

    `sla_seconds` is the SLA of cases for which the log gives no due moment. `as_of` decides which open cases are
    past due; by default the last end in the log, after which the log knows nothing. Raises NotFound, BadInput.
    """
    with ws.logs.open(view) as opened:
        parameters = {"bucket": None, **sla_parameters(opened.version, sla_seconds, as_of)}
        rows = {key: fetch(opened.connection, query(key), parameters) for key in KEYS}
        left_out = left_out_in(opened.connection)
        currency = opened.meta.get("currency")
        return tuple(
            judge(
                definition(key), rows[key][0] if rows[key] else None, opened.trust, currency=currency, left_out=left_out
            )
            for key in KEYS
        )


def trend(
    ws: Workspace,
    view: View,
    key: str,
    *,
    bucket: Bucket | str = Bucket.MONTH,
    sla_seconds: float | None = None,
    as_of: datetime | None = None,
) -> tuple[TrendPoint, ...]:
    """One KPI for each week or month in which a case ended (open cases past due: was due), with none left out between.

    Cases belong to the week or month of their end. Raises NotFound, BadInput.
    """
    file, bucket = query(key), _bucket(bucket)
    with ws.logs.open(view) as opened:
        parameters = {"bucket": bucket.value, **sla_parameters(opened.version, sla_seconds, as_of)}
        rows = {row["bucket"]: row for row in fetch(opened.connection, file, parameters)}
        trust, currency = opened.trust, opened.meta.get("currency")
    return tuple(
        TrendPoint(
            _midnight(start),
            judge(
                definition(key), rows.get(start) or _empty(key, start, bucket), trust, currency=currency, whole=False
            ),
        )
        for start in _span(list(rows), bucket)
    )


def left_out_in(connection: duckdb.DuckDBPyConnection) -> LeftOut:
    """How many cases stand in no KPI of complete cases, and why."""
    row = connection.execute(load("kpi.detail", "left_out").sql).fetchall()[0]
    return LeftOut(*map(int, row))


def sla_parameters(found: LogVersion, sla_seconds: float | None, as_of: datetime | None) -> dict[str, Any]:
    """The parameters that decide what is due. Raises BadInput for an SLA that is not above 0."""
    if sla_seconds is not None and not 0 < sla_seconds < 1e11:
        raise BadInput(f"An SLA of `{sla_seconds}` seconds cannot be met or missed. Give a number above 0.")
    moment = (as_of or found.ended).astimezone(UTC).replace(tzinfo=None)
    return {"sla_seconds": sla_seconds, "as_of": moment}


def fetch(connection: duckdb.DuckDBPyConnection, file: Query, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a named query, each by column name; of `parameters` it is given those that it names."""
    wanted = set(_PARAMETER.findall(file.sql))
    cursor = connection.execute(file.sql, {name: parameters[name] for name in wanted})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _bucket(bucket: Bucket | str) -> Bucket:
    try:
        return Bucket(bucket)
    except ValueError:
        raise BadInput(f"`{bucket}` is not a span of a trend. Use `week` or `month`.") from None


def _span(starts: list[Any], bucket: Bucket) -> list[Any]:
    """Every week or month from the first to the last of `starts`."""
    spans = [min(starts)] if starts else []
    while spans and spans[-1] < max(starts):
        spans.append(_next(spans[-1], bucket))
    return spans


def _next(start: Any, bucket: Bucket) -> Any:
    if bucket is Bucket.WEEK:
        return start + timedelta(days=7)
    return (start + timedelta(days=32)).replace(day=1)


def _midnight(start: Any) -> datetime:
    return datetime(start.year, start.month, start.day, tzinfo=UTC)


def _empty(key: str, start: Any, bucket: Bucket) -> dict[str, Any] | None:
    """The row of a span in which nothing ended: for throughput that is a fact, 0 cases; for the others no row."""
    if key != "throughput":
        return None
    days = (_next(start, bucket) - start).days
    return {"value": 0.0, "n": 0, "days": days, "span": 0.0, "instances": 0, "simulated": 0}
