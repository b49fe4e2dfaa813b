"""The five KPIs, read from the headers of their files."""

from __future__ import annotations

from functools import cache

from core.errors import not_found
from core.queries import Query, load
from kpi.values import Definition, Direction

KEYS = ("cycle_time", "throughput", "cost_per_task", "error_rate", "sla_adherence")


def definitions() -> tuple[Definition, ...]:
    """The definitions of all KPIs, in the order in which they are shown."""
    return tuple(definition(key) for key in KEYS)


@cache
def definition(key: str) -> Definition:
    """The definition of one KPI. Raises NotFound that names them all."""
    header = query(key)
    return Definition(
        key=key,
        title=header["title"],
        definition=header["definition"],
        unit=header["unit"],
        direction=Direction(header["direction"]),
        needs=header["needs"],
        interval=header["interval"],
        source=header["formula source"],
        version=int(header["version"]),
    )


def query(key: str) -> Query:
    """The file that defines a KPI. Raises NotFound that names them all."""
    if key not in KEYS:
        raise not_found("KPI", key, KEYS)
    return load("kpi.sql", key)
