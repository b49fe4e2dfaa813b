"""One KPI period by period, told apart by when cases started: what began later is compared with what began before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from core.errors import BadInput
from core.queries import load
from core.view import View
from core.workspace import Workspace
from kpi.definitions import definition, query
from kpi.judge import LEAST_CASES, judge
from kpi.measure import fetch, sla_parameters
from kpi.values import Bucket, TrendPoint

_BY_ENDS = "throughput"  # of cases that ended in a period; all others speak of those that started in it
_DAYS = {Bucket.DAY: 1.0, Bucket.WEEK: 7.0, Bucket.MONTH: 30.4375, Bucket.QUARTER: 91.3125, Bucket.YEAR: 365.25}
_MONTHS = {Bucket.MONTH: 1, Bucket.QUARTER: 3, Bucket.YEAR: 12}
_FEWEST, _MOST = 8, 30  # periods that a reader can take in
_MOST_EVER = 20_000  # periods: beyond, no reader and no browser is served


def trend(
    ws: Workspace,
    view: View,
    key: str,
    *,
    bucket: Bucket | str | None = None,
    sla_seconds: float | None = None,
    as_of: datetime | None = None,
) -> tuple[TrendPoint, ...]:
    """One KPI for each period in which cases started (throughput: ended), with none left out between.

    A `bucket` of None is chosen by the length of the log and its number of cases. A period with few cases has no value.
    Raises NotFound, BadInput.
    """
    file, asked = query(key), None if bucket is None else _bucket(bucket)
    with ws.logs.open(view) as opened:
        chosen = asked or _fitting(opened.connection)
        parameters = {"bucket": chosen.value, **sla_parameters(opened, sla_seconds, as_of)}
        rows = {row["bucket"]: row for row in fetch(opened.connection, file, parameters)}
        unfinished = _unfinished(opened.connection, key, rows, parameters)
        trust, currency = opened.trust, opened.meta.currency
    starts = _span([*rows, *unfinished], chosen)
    return tuple(
        TrendPoint(
            _midnight(start),
            judge(
                definition(key), rows.get(start) or _empty(key, start, chosen), trust, currency=currency, whole=False
            ),
            chosen,
            start not in unfinished,
        )
        for start in starts
    )


def _bucket(bucket: Bucket | str) -> Bucket:
    try:
        return Bucket(bucket)
    except ValueError:
        known = ", ".join(f"`{b.value}`" for b in Bucket)
        raise BadInput(f"`{bucket}` is not a span of a trend. Use one of {known}.") from None


def _fitting(connection: duckdb.DuckDBPyConnection) -> Bucket:
    """The period that cuts the log into some 8 to 30, each with cases enough for a value where that can be had."""
    days, cases = connection.execute(load("kpi.detail", "span").sql).fetchall()[0]
    return fitting(days or 0.0, cases)


def fitting(days: float, cases: int) -> Bucket:
    """The period for cases that started over so many days. Few cases make it longer than the days alone would."""
    filled = [b for b in Bucket if cases >= LEAST_CASES * max(1.0, days / _DAYS[b])] or list(Bucket)
    return min(filled, key=lambda b: _far(max(1.0, days / _DAYS[b])))


def _far(periods: float) -> float:
    """How far, as a ratio, so many periods are from what a reader can take in; 0 within it."""
    return max(0.0, math.log(_FEWEST / periods), math.log(periods / _MOST))


def _unfinished(
    connection: duckdb.DuckDBPyConnection, key: str, rows: Mapping[Any, Any], parameters: Mapping[str, Any]
) -> set[Any]:
    """The periods whose value may still change."""
    if key == _BY_ENDS:
        last = max(rows, default=None)
        return {last} if last is not None and parameters["as_of"] < _next(last, Bucket(parameters["bucket"])) else set()
    column = "not_due" if key == "sla_adherence" else "open"
    found = fetch(connection, load("kpi.detail", "unfinished"), parameters)
    return {row["bucket"] for row in found if row[column]}


def _span(starts: list[Any], bucket: Bucket) -> list[Any]:
    """Every period from the first to the last of `starts`. Raises BadInput where nobody could read so many."""
    if not starts:
        return []
    if (max(starts) - min(starts)).days / _DAYS[bucket] > _MOST_EVER:
        raise BadInput(f"More than {_MOST_EVER:,} periods of a {bucket.value} lie between the cases. Use a longer one.")
    spans = [min(starts)]
    while spans[-1] < max(starts):
        spans.append(_next(spans[-1], bucket))
    return spans


def _next(start: Any, bucket: Bucket) -> Any:
    if bucket in _MONTHS:
        months = start.month - 1 + _MONTHS[bucket]
        return start.replace(year=start.year + months // 12, month=months % 12 + 1)
    return start + timedelta(days=_DAYS[bucket])


def _midnight(start: Any) -> datetime:
    return datetime(start.year, start.month, start.day, tzinfo=UTC)


def _empty(key: str, start: Any, bucket: Bucket) -> dict[str, Any] | None:
    """The row of a period in which nothing ended: for throughput that is a fact, 0 cases; for the others no row."""
    if key != _BY_ENDS:
        return None
    days = (_next(start, bucket) - start).days
    return {"value": 0.0, "n": 0, "days": days, "span": 0.0, "instances": 0, "simulated": 0}
