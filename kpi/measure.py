"""Measures KPIs over what a view shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import duckdb

from core.errors import BadInput
from core.eventlog import Opened
from core.queries import Query, load
from core.view import View
from core.workspace import Workspace
from kpi.definitions import KEYS, definition, query
from kpi.judge import judge
from kpi.values import NOBODY, LeftOut, Measurement

_PARAMETER = re.compile(r"\$([a-z_]+)")


def measure(
    ws: Workspace, view: View, *, sla_seconds: float | None = None, as_of: datetime | None = None
) -> tuple[Measurement, ...]:
    """All five KPIs over what `view` shows. A KPI is withheld where the log cannot carry it.

    `sla_seconds` is the SLA of cases for which the log gives no due moment. `as_of` decides which open cases are
    past due; by default the last end in the log, after which the log knows nothing. Raises NotFound, BadInput.
    """
    with ws.logs.open(view) as opened:
        parameters = {"bucket": None, **sla_parameters(opened, sla_seconds, as_of)}
        rows = {key: fetch(opened.connection, query(key), parameters) for key in KEYS}
        left_out = left_out_in(opened.connection, parameters)
        currency = opened.meta.currency
        return tuple(
            judge(
                definition(key), rows[key][0] if rows[key] else None, opened.trust, currency=currency,
                left_out=left_out.get(key, NOBODY),
            )
            for key in KEYS
        )  # fmt: skip


def left_out_in(connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, Any]) -> dict[str, LeftOut]:
    """How many cases each KPI leaves out, and why, by its key; `parameters` are those of `sla_parameters`."""
    asked = {name: parameters[name] for name in ("sla_seconds", "as_of")}
    rows = connection.execute(load("kpi.detail", "left_out").sql, asked).fetchall()
    return {key: LeftOut(*map(int, counts)) for key, *counts in rows}


def sla_parameters(opened: Opened, sla_seconds: float | None, as_of: datetime | None) -> dict[str, Any]:
    """The parameters that decide what is due. Raises BadInput for an SLA that is not above 0."""
    if sla_seconds is not None and not 0 < sla_seconds < 1e11:
        raise BadInput(f"An SLA of `{sla_seconds}` seconds cannot be met or missed. Give a number above 0.")
    moment = (as_of or opened.known_until).astimezone(UTC).replace(tzinfo=None)
    return {"sla_seconds": sla_seconds, "as_of": moment}


def fetch(connection: duckdb.DuckDBPyConnection, file: Query, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a named query, each by column name; of `parameters` it is given those that it names."""
    wanted = set(_PARAMETER.findall(file.sql))
    cursor = connection.execute(file.sql, {name: parameters[name] for name in wanted})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
