"""The populations of event logs: read once for each side, one row a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import not_found
from core.queries import load
from core.view import View
from core.workspace import Workspace
from kpi.verdict.values import Population

if TYPE_CHECKING:
    import duckdb

_MARK = "@"  # before the name of an attribute


@dataclass(frozen=True, eq=False)
class VerdictSide:
    """What a selection leaves of one log version: its cases, and how often each activity happened."""

    population: Population
    activities: Mapping[str, int]


def read_side(ws: Workspace, view: View, *, sla_seconds: float | None, as_of: datetime | None) -> VerdictSide:
    """One side of a comparison. Raises NotFound for what the selection names and the log has not, IntegrityError."""
    with ws.logs.open(view) as opened:
        moment = (as_of or opened.known_until).astimezone(UTC)
        parameters = {"sla_seconds": sla_seconds, "as_of": moment.replace(tzinfo=None)}
        columns = opened.connection.execute(load("kpi.verdict.sql", "population").sql, parameters).fetchnumpy()
        return VerdictSide(_population(columns, moment.timestamp()), _activities(opened.connection))


def check_segments(segments: tuple[str, ...] | None, *populations: Population) -> None:
    """Nothing. Raises NotFound for an attribute that a population does not have."""
    for population in populations:
        for name in segments or ():
            if name not in population.attributes:
                raise not_found("case attribute", name, population.attributes)


def _activities(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(connection.execute(load("kpi.verdict.sql", "activities").sql).fetchall())


def _population(columns: Mapping[str, Any], log_end: float) -> Population:
    wanted = {f.name for f in fields(Population)} - {"attributes", "log_end"}
    arrays = {name: _plain(columns[name]) for name in wanted}
    attributes = {
        name.removeprefix(_MARK): _plain(column)
        for name, column in columns.items()
        if name.startswith(_MARK) and column.dtype.kind not in "mM"  # moments say when, not what a case is like
    }
    return Population(**arrays, attributes=attributes, log_end=log_end)


def _plain(column: Any) -> Any:
    """An array without a mask: a missing number is NaN, anything else that is missing is None."""
    if not isinstance(column, np.ma.MaskedArray):
        return column
    if column.dtype.kind in "fiu":
        return np.ma.filled(column.astype(float), np.nan)
    if column.dtype.kind in "mM":
        return column.filled("NaT")
    missing, filled = np.ma.getmaskarray(column), column.data
    if missing.any():
        filled = filled.astype(object)
        filled[missing] = None
    return filled
